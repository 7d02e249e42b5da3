"""What Slack sends, on its way into the inbox: its unique name, its order, and our own marks."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

Json = Mapping[str, Any]

PLATFORM = "slack"
MARKS = "salesbot"
"""Our own marks on a stored envelope: when it came, and the window that was opened for it."""
WRITTEN = frozenset({None, "file_share", "thread_broadcast", "me_message"})
"""The kinds of message that a person wrote (docs.slack.dev/reference/events/message)."""
SECRET = frozenset({"token", "authorizations"})


def kind(payload: Json) -> str:
    """What sort of thing happened: an event's name, ``command``, or an interaction's type."""
    if "command" in payload:
        return "command"
    if payload.get("type") == "event_callback":
        return str((payload.get("event") or {}).get("type"))
    return str(payload.get("type"))


def name(payload: Json) -> str:
    """What tells it from everything else that ever came, also when it is sent again.

    A mention in a channel comes as two events, which are one message.
    """
    event = payload.get("event") or {}
    written = kind(payload) in {"message", "app_mention"} and event.get("subtype") in WRITTEN
    if written and event.get("ts"):
        return f"message:{event.get('channel')}:{event['ts']}"
    if found := payload.get("event_id") or payload.get("trigger_id"):
        return f"{kind(payload)}:{found}"
    told = json.dumps(payload, sort_keys=True, ensure_ascii=False)
    return f"{kind(payload)}:{hashlib.sha256(told.encode('utf-8', 'replace')).hexdigest()}"


def is_ours(payload: Json, me: str, bot: str) -> bool:
    """Whether we did it ourselves: Slack tells an app its own messages too."""
    event = payload.get("event") or {}
    said = event.get("message") or event
    return bool(event) and (said.get("user") == me or (said.get("bot_id") or "-") == bot)


def stamped(payload: Json, at: datetime, window: str = "") -> str:
    """The envelope as the inbox keeps it: without what lets in, with our marks."""
    kept = {key: value for key, value in payload.items() if key not in SECRET}
    marks = {"at": at.timestamp()} | ({"window": window} if window else {})
    return json.dumps({**kept, MARKS: marks}, ensure_ascii=False)


def received(payload: Json) -> datetime:
    """When it came in."""
    return moment(payload[MARKS]["at"])


def window(payload: Json) -> str:
    """The window that was opened for it."""
    return str(payload[MARKS].get("window", ""))


def moment(seconds: str | float) -> datetime:
    """A time as Slack writes it."""
    return datetime.fromtimestamp(float(seconds), UTC)
