"""What happened in Slack; pure, and it raises on nonsense."""

import re
from dataclasses import dataclass

from bot.adapters.slack.arrivals import (
    PLATFORM,
    Json,
    identifier,
    is_apart,
    is_written,
    kind,
    moment,
    received,
    window,
)
from bot.adapters.slack.attached import files
from bot.adapters.slack.emoji import seen
from bot.adapters.slack.slashes import IsCommand
from bot.adapters.slack.submitted import detail, submission
from bot.adapters.slack.threads import beginning
from bot.adapters.slack.wording import names, unescaped, words
from bot.messages import Incoming, Message, Opened, Place, Press, Sender

EMPTY = "/help"
"""What a slash command alone says."""
JOINING = re.compile(
    r"[`*\s]*(?P<word>join|start|加入)[:：]?\s+[`*]?(?P<code>[A-Za-z0-9_-]{20,64})[`*\s.。]*",
    re.IGNORECASE,
)
"""How someone gets in by a message: Slack takes a slash for a command of its own."""
PASTED = re.compile(r"/salesbot\s+(?P<line>\S.*)", re.DOTALL)
"""A slash command that was sent as a message, copied from somewhere."""


@dataclass(frozen=True)
class Me:
    """The app in its workspace: its team, its user, its bot; the enterprise of many teams."""

    team: str = ""
    user: str = ""
    bot: str = ""
    name: str = ""
    enterprise: str = ""


def read(payload: Json, me: Me, is_command: IsCommand) -> Incoming | None:
    """The message, press, form or look at the home tab; None when nothing is for us."""
    match kind(payload):
        case "message" | "app_mention":
            return _message(payload["event"], me, is_command)
        case "command":
            return _command(payload, me, is_command)
        case "block_actions" if payload["actions"][0]["type"] == "external_select":
            return detail(payload, private(payload["user"]["id"], me), _person(payload))
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
    return Place(PLATFORM, me.team, identifier(user), thread)


def _message(event: Json, me: Me, is_command: IsCommand) -> Message | None:
    if event.get("subtype") == "message_changed":
        return _edited(event, me)
    if not is_written(event) or event.get("bot_id") or event.get("user") == me.user:
        return None
    text, attached = str(event.get("text") or ""), files(event.get("files") or ())
    said = words(seen(text, event.get("blocks")), me.user)
    if not said and not attached and not names(text, me.user):
        return None
    addressed = _is_direct(event) or event.get("type") == "app_mention" or names(text, me.user)
    return Message(
        sender=Sender(PLATFORM, identifier(event["user"])),
        place=_place(event, event["user"], me),
        text=_line(said, is_command) if said and addressed else said or (EMPTY * (not attached)),
        at=moment(event["ts"]),
        ref=f"{event['channel']}/{event['ts']}",
        files=attached,
        addressed=addressed,
    )


def _line(said: str, is_command: IsCommand) -> str:
    """The words, as a command where one is written in a way that needs no slash here."""
    if found := PASTED.fullmatch(said.strip("`*").strip()):
        said = found["line"]
        if is_command(f"/{said}"):
            return f"/{said}"
    found = JOINING.fullmatch(said)
    return f"/{found['word']} {found['code']}" if found else said


def _edited(event: Json, me: Me) -> Message | None:
    """A message that was worded anew; one whose links were only unfurled says the same.

    One that was deleted while others answered it is worded anew by Slack.
    """
    now, before = event["message"], event.get("previous_message") or {}
    if now.get("text") == before.get("text") or now.get("bot_id") or not is_written(now):
        return None
    if not _is_direct(event) or now.get("user") == me.user:
        return None
    return Message(
        sender=Sender(PLATFORM, identifier(now["user"])),
        place=private(now["user"], me, str(now.get("thread_ts") or "")),
        text=words(seen(str(now.get("text") or ""), now.get("blocks")), me.user),
        at=moment(now["ts"]),
        ref=f"{event['channel']}/{now['ts']}",
        edited=True,
    )


def _is_direct(event: Json) -> bool:
    """Whether it was said to us alone."""
    return event.get("channel_type") == "im" or str(event.get("channel")).startswith("D")


def _place(event: Json, user: str, me: Me) -> Place:
    """The person's own chat, or the thread in a channel; it begins with what is answered."""
    thread = str(event.get("thread_ts") or "")
    if _is_direct(event):
        return private(user, me, thread)
    thread = thread or beginning(event["ts"])
    return Place(PLATFORM, me.team, identifier(event["channel"]), thread, private=False)


def _command(payload: Json, me: Me, is_command: IsCommand) -> Message:
    user, text = payload["user_id"], unescaped(str(payload.get("text") or "")).strip()
    if text and not text.startswith("/") and is_command(f"/{text}"):
        text = f"/{text}"
    return Message(
        sender=Sender(PLATFORM, identifier(user), str(payload.get("user_name") or "")),
        place=_told(payload, user, me),
        text=text or EMPTY,
        at=received(payload),
        opens=_opens(payload),
        window=window(payload),
    )


def _opens(payload: Json) -> str:
    """What lets a window be opened for a few seconds; where Slack gives nothing, none can be."""
    return f"trigger:{payload['trigger_id']}" if payload.get("trigger_id") else ""


def _told(payload: Json, user: str, me: Me) -> Place:
    """Where a command is answered: in a chat that people have without us, by its address."""
    channel, url = identifier(payload["channel_id"]), payload.get("response_url")
    if is_apart(payload) and url:
        only = f"{identifier(user)} {url}"
        return Place(PLATFORM, me.team, channel, private=False, only=only)
    return _answered(channel, user, url, me)


def _answered(channel: str, user: str, url: str | None, me: Me, thread: str = "") -> Place:
    """Where a person alone is answered: in their chat with us, or for their eyes in a channel."""
    if identifier(channel).startswith("D"):
        return private(user, me, thread)
    only = " ".join(filter(None, (identifier(user), url)))
    return Place(PLATFORM, me.team, channel, thread, private=False, only=only)


def _press(payload: Json, me: Me) -> Press | None:
    token = _token(payload["actions"][0])
    if token is None:
        return None
    user, container = payload["user"]["id"], payload["container"]
    opens, opened = _opens(payload), window(payload)
    if container["type"] == "view":
        view = payload["view"]
        opened = opened or (f"view:{identifier(view['id'])}" if view["type"] == "modal" else "")
        place, card = private(user, me), ""
    else:
        place, card = _pressed(payload, me)
    return Press(_person(payload), place, token, received(payload), card, "", opens, opened)


def _pressed(payload: Json, me: Me) -> tuple[Place, str]:
    """Where a card is, and how it is edited: one that a person alone sees, by its address."""
    user, container = payload["user"]["id"], payload["container"]
    channel, ts = identifier(container["channel_id"]), container["message_ts"]
    said = payload.get("message") or {}  # not told of what was whispered
    thread = str(said.get("thread_ts") or container.get("thread_ts") or "")
    if container.get("is_ephemeral"):
        url = str(payload.get("response_url") or "")
        return _answered(channel, user, url, me, thread), url
    if channel.startswith("D"):
        return private(user, me, thread), f"{channel}/{ts}"
    place = Place(PLATFORM, me.team, channel, thread or beginning(ts), private=False)
    return place, f"{channel}/{ts}"


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
        text=words(seen(str(message.get("text") or ""), message.get("blocks")), me.user),
        at=moment(message["ts"]) if message.get("ts") else received(payload),
        files=files(message.get("files") or ()),
        command=str(payload["callback_id"]),
        opens=_opens(payload),
        window=window(payload),
    )


def _opened(payload: Json, me: Me) -> Opened | None:
    event = payload["event"]
    if event.get("tab") != "home":
        return None
    user = identifier(event["user"])
    place = private(user, me)
    return Opened(Sender(PLATFORM, user), place, received(payload), f"home:{user}")


def _person(payload: Json) -> Sender:
    user = payload["user"]
    return Sender(
        PLATFORM, identifier(user["id"]), str(user.get("name") or user.get("username") or "")
    )
