"""Payloads as Slack sends them, small enough to read."""

import json
from datetime import UTC, datetime
from typing import Any

from bot.adapters.slack.arrivals import stamped
from bot.adapters.slack.receive import Me, read
from bot.messages import Incoming

Json = dict[str, Any]

ME = Me("T1", "UBOT", "BBOT", "salesbot")
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TS = "1795338000.000100"
SENT = datetime.fromtimestamp(float(TS), UTC)
HOOK = "https://hooks.slack.com/actions/T1/1/abc"
WHO = {"id": "U1", "username": "ana", "name": "ana", "team_id": "T1"}


def event(body: Json, **more: Any) -> Json:
    """An event in the envelope that all of them come in."""
    return {
        "token": "verification-token",
        "team_id": "T1",
        "api_app_id": "A1",
        "event": body,
        "type": "event_callback",
        "event_id": "Ev1",
        "event_time": 1795338000,
        "authorizations": [{"team_id": "T1", "user_id": "UBOT", "is_bot": True}],
        **more,
    }


def message(text: str | None = "visited Acme", **more: Any) -> Json:
    """Somebody writes to the bot alone."""
    said = {"type": "message", "user": "U1", "ts": TS, "team": "T1", "text": text}
    where = {"channel": "D1", "channel_type": "im", "event_ts": TS}
    return event(said | where | more)


def in_channel(text: str | None, **more: Any) -> Json:
    return message(text, **{"channel": "C1", "channel_type": "channel"} | more)


def mention(text: str = "<@UBOT> me", **more: Any) -> Json:
    """What comes beside the message where the bot is named in a channel: without its kind."""
    found = in_channel(text, type="app_mention", **more)
    del found["event"]["channel_type"]
    return found | {"event_id": "Ev2"}


def changed(before: str, now: str, **more: Any) -> Json:
    """A message was worded anew, by who wrote it or by Slack."""
    said = {"type": "message", "user": "U1", "ts": TS, "text": now} | more
    body = {"type": "message", "subtype": "message_changed", "message": said}
    body |= {"previous_message": said | {"text": before}, "channel": "D1", "channel_type": "im"}
    return event(body | {"ts": "1795338009.000100", "event_ts": "1795338009.000100"})


def command(text: str | None = "", **more: Any) -> Json:
    return {
        "token": "verification-token",
        "team_id": "T1",
        "channel_id": "C1",
        "channel_name": "team",
        "user_id": "U1",
        "user_name": "ana",
        "command": "/salesbot",
        "text": text,
        "response_url": "https://hooks.slack.com/commands/T1/1/abc",
        "trigger_id": "1.2.abc",
        **more,
    }


def press(action: Json | None = None, **more: Any) -> Json:
    """Somebody taps a button on a card in a channel."""
    button = {"type": "button", "action_id": "do:tok", "block_id": "b", "value": "tok"}
    return {
        "type": "block_actions",
        "user": WHO,
        "token": "verification-token",
        "container": {
            "type": "message",
            "message_ts": TS,
            "channel_id": "C1",
            "is_ephemeral": False,
        },
        "trigger_id": "1.2.abc",
        "team": {"id": "T1", "domain": "corp"},
        "channel": {"id": "C1", "name": "team"},
        "message": {"type": "message", "user": "UBOT", "bot_id": "BBOT", "ts": TS},
        "response_url": HOOK,
        "actions": [action or button],
        **more,
    }


def form(values: Json | None = None, **more: Any) -> Json:
    """Somebody sends a form back."""
    view = {
        "id": "V1",
        "type": "modal",
        "callback_id": "form",
        "private_metadata": json.dumps({"token": "tok", "card": "D1/1.2"}),
        "state": {"values": values or {"note": {"answer": typed("went well")}}},
    }
    return {
        "type": "view_submission",
        "team": {"id": "T1", "domain": "corp"},
        "user": WHO,
        "token": "verification-token",
        "trigger_id": "1.2.abc",
        "view": view | more,
        "response_urls": [],
    }


def typed(text: str | None) -> Json:
    return {"type": "plain_text_input", "value": text}


def picked(value: str | None, kind: str = "static_select") -> Json:
    option = {"text": {"type": "plain_text", "text": "?"}, "value": value}
    return {"type": kind, "selected_option": option if value is not None else None}


def shortcut(said: Json | None = None, **more: Any) -> Json:
    """A shortcut, on a message where there is one."""
    on = {"message": said, "channel": {"id": "C1", "name": "team"}} if said else {}
    return {
        "type": "message_action" if said else "shortcut",
        "user": {"id": "U1", "username": "ana", "team_id": "T1"},
        "callback_id": "log",
        "trigger_id": "1.2.abc",
        **on,
        **more,
    }


def suggestion(text: str, **more: Any) -> Json:
    """Somebody types in a field that has suggestions."""
    view = {"id": "V1", "type": "modal", "private_metadata": json.dumps({"token": "tok"})}
    asked = {"type": "block_suggestion", "user": WHO, "block_id": "account~1a", "value": text}
    return asked | {"action_id": "answer", "view": view} | more


def home(tab: str = "home") -> Json:
    return event({"type": "app_home_opened", "user": "U1", "tab": tab, "channel": "D1"})


def reading(payload: Json, window: str = "") -> Incoming | None:
    """What is read of it, once it has been kept."""
    kept = json.loads(stamped(payload, NOW, window))
    return read(kept, ME, lambda text: text.split()[0] in {"/visit", "/join", "/start"})
