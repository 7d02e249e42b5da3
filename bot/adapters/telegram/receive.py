"""What a Telegram update says; pure, and it raises on nonsense."""

from datetime import UTC, datetime
from typing import Any

from bot.adapters.telegram.addressing import Me, addressed
from bot.adapters.telegram.arrivals import PLATFORM, RECEIVED
from bot.messages import (
    ContactCard,
    File,
    Incoming,
    Location,
    Message,
    Place,
    Press,
    Reachable,
    Sender,
)
from bot.runtime.adapter import Json

GROUP_ANONYMOUS_BOT = 1087968824
MEDIA = {
    "document": ("file", "application/octet-stream"),
    "voice": ("voice.oga", "audio/ogg"),
    "video": ("video.mp4", "video/mp4"),
    "video_note": ("video.mp4", "video/mp4"),
    "audio": ("audio.mp3", "audio/mpeg"),
}
SPOKEN = frozenset({"voice", "audio", "video_note"})
FORWARDED = frozenset({"forward_origin", "forward_date", "forward_from", "via_bot"})
"""What a message has that somebody else made."""
WORDLESS = frozenset({"sticker", "dice", "poll", "story", "checklist", "game"})
"""Sent by a person although we can't use it: silence would look like a fault."""


def read(update: Json, me: Me) -> Incoming | None:
    """Return the message, press or change of heart in an update; None when none is for us."""
    if edited := update.get("edited_message"):
        return None if _live(edited) else _message(edited, me, edited=True)
    if message := update.get("message"):
        return _message(message, me)
    if query := update.get("callback_query"):
        return _press(query, me, update.get(RECEIVED))
    if change := update.get("my_chat_member"):
        return _reachable(change, me)
    return None


def _message(message: Json, me: Me, *, edited: bool = False) -> Message | None:
    heard = addressed(message, me)
    if heard is None or _automatic(message):
        return None
    files, location, contact = _files(message), _location(message), _contact(message)
    if not (heard.text or files or location or contact or WORDLESS & message.keys()):
        return None
    return Message(
        sender=_sender(message),
        place=_place(message, me),
        text=heard.text,
        at=_moment(message["date"]),
        ref=str(message["message_id"]),
        files=files,
        location=location,
        contact=contact,
        edited=edited,
        addressed=heard.to_us,
        album=str(message.get("media_group_id") or ""),
    )


def _press(query: Json, me: Me, received: int | None) -> Press | None:
    card = query.get("message")
    if card is None or "data" not in query:
        return None
    return Press(
        sender=_person(query["from"]),
        place=_place(card, me),
        token=query["data"],
        at=_moment(received or card.get("edit_date") or card["date"]),
        card=str(card["message_id"]),
        ack=str(query["id"]),
    )


def _reachable(change: Json, me: Me) -> Reachable | None:
    status = change["new_chat_member"]["status"]
    if change["chat"]["type"] != "private" or status not in {"kicked", "member"}:
        return None
    return Reachable(
        sender=_person(change["from"]),
        place=_place(change, me),
        reachable=status == "member",
        at=_moment(change["date"]),
    )


def _place(message: Json, me: Me) -> Place:
    chat = message["chat"]
    private = chat["type"] == "private"
    return Place(PLATFORM, me.id, str(int(chat["id"])), _thread(message), private=private)


def _thread(message: Json) -> str:
    """Name the topic; in a group without topics the number only names a chain of replies."""
    thread = message.get("message_thread_id")
    topic = message.get("is_topic_message") or message["chat"].get("is_forum")
    return str(thread) if thread and (topic or "reply_to_message" not in message) else ""


def _sender(message: Json) -> Sender:
    """Say who wrote; without an id when they hide behind a group or channel."""
    author = message["from"]
    if message.get("sender_chat") or author["id"] == GROUP_ANONYMOUS_BOT:
        return Sender(PLATFORM, "")
    return _person(author)


def _person(user: Json) -> Sender:
    name = " ".join(filter(None, (user.get("first_name"), user.get("last_name"))))
    return Sender(PLATFORM, str(int(user["id"])), name, user.get("language_code") or "")


def _automatic(message: Json) -> bool:
    """Tell posts of channels and other bots, which could be answered for ever."""
    robot = message["from"].get("is_bot") and _sender(message).id
    return bool(robot or message.get("is_automatic_forward"))


def _live(message: Json) -> bool:
    """Tell a moving position, which is edited every few seconds."""
    return "live_period" in (message.get("location") or {})


def _files(message: Json) -> tuple[File, ...]:
    found: list[File] = []
    if photo := message.get("photo"):
        largest = max(photo, key=lambda size: size["width"] * size["height"])
        found.append(File("photo.jpg", "image/jpeg", largest["file_id"]))
    for kind, (name, mime) in MEDIA.items():
        if media := message.get(kind):
            found.append(_file(media, name, mime, spoken=kind in SPOKEN))
    return tuple(found)


def _file(media: Json, name: str, mime: str, *, spoken: bool) -> File:
    return File(
        media.get("file_name") or name,
        media.get("mime_type") or mime,
        media["file_id"],
        spoken=spoken,
    )


def _location(message: Json) -> Location | None:
    """Read a place; one's own current one comes with the phone's accuracy, a picked one without.

    A live one is read once, where it begins: it is always the phone's own.
    """
    found = message.get("location")
    if not found:
        return None
    accuracy = found.get("horizontal_accuracy")
    measured = accuracy is not None or _live(message)
    passed_on = FORWARDED & message.keys() or "venue" in message
    return Location(
        float(found["latitude"]),
        float(found["longitude"]),
        None if accuracy is None else float(accuracy),
        picked=bool(passed_on or not measured),
    )


def _contact(message: Json) -> ContactCard | None:
    found: Any = message.get("contact")
    if not found:
        return None
    name = " ".join(filter(None, (found.get("first_name"), found.get("last_name"))))
    return ContactCard(name, str(found["phone_number"]))


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
