"""What Slack sends, on its way into the inbox: its unique name, its order, and our own marks."""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

Json = Mapping[str, Any]

PLATFORM = "slack"
MARKS = "salesbot"
"""Our own marks on a stored envelope: when it came, where, and the window that it opened."""
WRITTEN = frozenset({None, "file_share", "thread_broadcast", "me_message"})
"""The kinds of message that a person wrote (docs.slack.dev/reference/events/message)."""
SECRET = frozenset({"token", "authorizations", "bot_access_token"})
ID = re.compile(r"[A-Za-z0-9]{1,40}")
NAME = re.compile(r"[!-~]{1,120}")


def kind(payload: Json) -> str:
    """What sort of thing happened: an event's name, ``command``, or an interaction's type."""
    if "command" in payload:
        return "command"
    if payload.get("type") == "event_callback":
        return str(_event(payload).get("type"))
    return str(payload.get("type"))


def name(payload: Json) -> str:
    """What tells it from everything else that ever came, also when it is sent again.

    A mention in a channel comes as two events, which are one message.
    """
    event = _event(payload)
    if kind(payload) in {"message", "app_mention"} and is_written(event) and event.get("ts"):
        found = f"message:{event.get('channel')}:{event['ts']}"
    else:
        found = f"{kind(payload)}:{payload.get('event_id') or payload.get('trigger_id') or ''}"
    if NAME.fullmatch(found) and not found.endswith(":"):
        return found
    told = json.dumps(payload, sort_keys=True)
    return f"hash:{hashlib.sha256(told.encode()).hexdigest()}"


def is_written(said: Json) -> bool:
    """Whether a person wrote it; what Slack says by itself has other kinds."""
    subtype = said.get("subtype")
    return subtype is None or (isinstance(subtype, str) and subtype in WRITTEN)


def is_ours(payload: Json, me: str, bot: str) -> bool:
    """Whether we did it ourselves: Slack tells an app its own messages too."""
    event = _event(payload)
    said = _part(event, "message") or event
    return bool(event) and (said.get("user") == me or (said.get("bot_id") or "-") == bot)


def is_foreign(payload: Json, team: str, enterprise: str = "") -> bool:
    """Whether somebody of another company did it, who shares a channel with ours.

    Colleagues are those of our workspace, and those of another one of the same enterprise.
    """
    theirs = _senders_team(payload) or team
    if not team or theirs in {team, enterprise}:
        return False
    if _event(payload):  # it names no enterprise; where no other company is, all are colleagues
        return not enterprise or payload.get("is_ext_shared_channel") is not False
    company = payload.get("enterprise_id") or _part(payload, "enterprise").get("id")
    return not enterprise or company != enterprise


def _senders_team(payload: Json) -> str:
    """The workspace of whoever did it, where Slack says which."""
    event = _event(payload)
    said = _part(event, "message") or event
    found = [said.get(name) for name in ("user_team", "source_team", "team")]
    found.append(_part(payload, "user").get("team_id"))
    if "command" in payload:
        found.append(payload.get("team_id"))
    return next((each for each in found if isinstance(each, str) and each), "")


def stamped(payload: Json, at: datetime, window: str = "", *, apart: bool = False) -> str:
    """The envelope as the inbox keeps it: without what lets in, with our marks."""
    kept = {key: value for key, value in payload.items() if key not in SECRET}
    marks = {"at": at.timestamp()} | ({"window": window} if window else {})
    marks |= {"apart": True} if apart else {}
    # In ASCII, because neither database holds half a surrogate pair.
    return json.dumps({**kept, MARKS: marks})


def received(payload: Json) -> datetime:
    """When it came in."""
    return moment(payload[MARKS]["at"])


def window(payload: Json) -> str:
    """The window that was opened for it."""
    return str(payload[MARKS].get("window", ""))


def is_apart(payload: Json) -> bool:
    """Whether it was done in a chat that people have without us."""
    return bool(payload[MARKS].get("apart"))


def moment(seconds: str | float) -> datetime:
    """A time as Slack writes it."""
    return datetime.fromtimestamp(float(seconds), UTC)


def identifier(value: object) -> str:
    """One of Slack's names for people, channels, windows and files."""
    if not isinstance(value, str) or not ID.fullmatch(value):
        raise ValueError("not one of Slack's names")
    return value


def _event(payload: Json) -> Json:
    return _part(payload, "event")


def _part(payload: Json, name: str) -> Json:
    part = payload.get(name)
    return part if isinstance(part, dict) else {}
