"""What happened in Slack; pure, and it raises on nonsense."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.adapters.slack.arrivals import PLATFORM, WRITTEN, Json, kind, moment, received, window
from bot.adapters.slack.submitted import submission
from bot.adapters.slack.wording import names, unescaped, words
from bot.messages import File, Incoming, Message, Opened, Place, Press, Sender

EMPTY = "/help"
"""What a slash command alone says."""
JOINING = re.compile(r"(?:join|start|加入)\s+\S{20,80}", re.IGNORECASE)
"""How someone gets in by a message: Slack takes a slash for a command of its own."""


@dataclass(frozen=True)
class Me:
    """The app in its workspace: its team, its user, its bot."""

    team: str = ""
    user: str = ""
    bot: str = ""
    name: str = ""


IsCommand = Callable[[str], bool]
"""Whether a text, with its slash, is a command of ours."""


def read(payload: Json, me: Me, is_command: IsCommand) -> Incoming | None:
    """The message, press, form or look at the home tab; None when nothing is for us."""
    match kind(payload):
        case "message" | "app_mention":
            return _message(payload["event"], me)
        case "command":
            return _command(payload, me, is_command)
        case "block_actions":
            return _press(payload, me)
        case "view_submission":
            return submission(payload, private(payload["user"]["id"], me), _person(payload))
        case "shortcut" | "message_action":
            return _shortcut(payload, me)
        case "app_home_opened":
            return _opened(payload, me)
        case _:
            return None


def private(user: str, me: Me, thread: str = "") -> Place:
    """Where a person alone is spoken to: Slack takes their own id for their chat with us."""
    return Place(PLATFORM, me.team, _id(user), thread)


def _message(event: Json, me: Me) -> Message | None:
    if event.get("subtype") == "message_changed":
        return _edited(event, me)
    if event.get("subtype") not in WRITTEN or event.get("bot_id") or event.get("user") == me.user:
        return None
    text, files = str(event.get("text") or ""), _files(event.get("files") or ())
    said = words(text, me.user)
    if not said and not files:
        return None
    return Message(
        sender=Sender(PLATFORM, _id(event["user"])),
        place=_place(event, event["user"], me),
        text=f"/{said}" if JOINING.fullmatch(said) else said,
        at=moment(event["ts"]),
        ref=f"{event['channel']}/{event['ts']}",
        files=files,
        addressed=event.get("channel_type") == "im" or names(text, me.user),
    )


def _edited(event: Json, me: Me) -> Message | None:
    """A message that was worded anew; one whose links were only unfurled says the same."""
    now, before = event["message"], event.get("previous_message") or {}
    if now.get("text") == before.get("text") or now.get("bot_id"):
        return None
    if event.get("channel_type") != "im":
        return None
    return Message(
        sender=Sender(PLATFORM, _id(now["user"])),
        place=_place({**now, **_where(event)}, now["user"], me),
        text=words(str(now.get("text") or ""), me.user),
        at=moment(now["ts"]),
        ref=f"{event['channel']}/{now['ts']}",
        edited=True,
    )


def _where(event: Json) -> dict[str, Any]:
    return {"channel": event["channel"], "channel_type": event.get("channel_type")}


def _place(event: Json, user: str, me: Me) -> Place:
    """The person's own chat, or the thread in a channel; it begins with what is answered."""
    thread = str(event.get("thread_ts") or "")
    if event.get("channel_type") == "im":
        return private(user, me, thread)
    return Place(PLATFORM, me.team, _id(event["channel"]), thread or event["ts"], private=False)


def _command(payload: Json, me: Me, is_command: IsCommand) -> Message:
    user, text = payload["user_id"], unescaped(str(payload.get("text") or "")).strip()
    if text and not text.startswith("/") and is_command(f"/{text}"):
        text = f"/{text}"
    return Message(
        sender=Sender(PLATFORM, _id(user), str(payload.get("user_name") or "")),
        place=_answered(payload["channel_id"], user, payload.get("response_url"), me),
        text=text or EMPTY,
        at=received(payload),
        opens=f"trigger:{payload['trigger_id']}",
        window=window(payload),
    )


def _answered(channel: str, user: str, url: str | None, me: Me, thread: str = "") -> Place:
    """Where a person alone is answered: in their chat with us, or for their eyes in a channel."""
    if _id(channel).startswith("D"):
        return private(user, me, thread)
    only = " ".join(filter(None, (_id(user), url)))
    return Place(PLATFORM, me.team, channel, thread, private=False, only=only)


def _press(payload: Json, me: Me) -> Press | None:
    token = _token(payload["actions"][0])
    if token is None:
        return None
    user, container = payload["user"]["id"], payload["container"]
    opens, opened = f"trigger:{payload['trigger_id']}", window(payload)
    if container["type"] == "view":
        view = payload["view"]
        opened = opened or (f"view:{view['id']}" if view["type"] == "modal" else "")
        place, card = private(user, me), ""
    else:
        place, card = _pressed(payload, me)
    return Press(_person(payload), place, token, received(payload), card, "", opens, opened)


def _pressed(payload: Json, me: Me) -> tuple[Place, str]:
    """Where a card is, and how it is edited: one that a person alone sees, by its address."""
    user, container = payload["user"]["id"], payload["container"]
    channel, ts = _id(container["channel_id"]), container["message_ts"]
    thread = str((payload.get("message") or {}).get("thread_ts") or "")
    if container.get("is_ephemeral"):
        url = payload["response_url"]
        return _answered(channel, user, url, me, thread), url
    if channel.startswith("D"):
        return private(user, me, thread), f"{channel}/{ts}"
    return Place(PLATFORM, me.team, channel, thread or ts, private=False), f"{channel}/{ts}"


def _token(action: Json) -> str | None:
    """What was pressed or picked; None for a link, which Slack opens itself."""
    if action["type"] == "button" and not str(action["action_id"]).startswith("link:"):
        return str(action["value"])
    if action["type"] == "static_select" and str(action["action_id"]).startswith("choice:"):
        return str(action["selected_option"]["value"]).partition(":")[2]
    return None


def _shortcut(payload: Json, me: Me) -> Message:
    message = payload.get("message") or {}
    return Message(
        sender=_person(payload),
        place=private(payload["user"]["id"], me),
        text=words(str(message.get("text") or ""), me.user),
        at=moment(message["ts"]) if message.get("ts") else received(payload),
        files=_files(message.get("files") or ()),
        command=str(payload["callback_id"]),
        opens=f"trigger:{payload['trigger_id']}",
        window=window(payload),
    )


def _opened(payload: Json, me: Me) -> Opened | None:
    event = payload["event"]
    if event.get("tab") != "home":
        return None
    user = _id(event["user"])
    place = private(user, me)
    return Opened(Sender(PLATFORM, user), place, received(payload), f"home:{user}")


def _person(payload: Json) -> Sender:
    user = payload["user"]
    return Sender(PLATFORM, _id(user["id"]), str(user.get("name") or user.get("username") or ""))


def _files(entries: Any) -> tuple[File, ...]:
    """The files that can be fetched; one that was deleted or is elsewhere can't."""
    kept = (each for each in entries if each.get("mode") not in {"tombstone", "hidden_by_limit"})
    return tuple(file(each) for each in kept if not each.get("is_external"))


def file(entry: Json) -> File:
    """A file by its number."""
    mime = str(entry.get("mimetype") or "application/octet-stream")
    name = str(entry.get("name") or entry.get("title") or "file")
    return File(name, mime, _id(entry["id"]), spoken=mime.startswith("audio/"))


def _id(value: object) -> str:
    """One of Slack's names for people, channels and files."""
    if not isinstance(value, str) or not value.isalnum():
        raise ValueError("not one of Slack's names")
    return value
