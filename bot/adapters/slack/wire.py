"""The connections to Slack's Web API, and what its failures mean."""

import asyncio
from typing import Any

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
)
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.runtime.adapter import NotSent, Rejected, RetryLater, Uncertain, Unreachable

CONNECT, TOTAL = 5.0, 12.0
TOO_MANY_REQUESTS, BROKEN = 429, 500
LIMITED = frozenset({"ratelimited", "rate_limited"})
SHUT_OUT = frozenset(
    {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"}
    | {"missing_scope", "no_permission", "org_login_required", "team_access_not_granted"}
)
"""Somebody has to put the app right: nothing is lost meanwhile, and the log says it."""
SHUT_OUT_PAUSE = 30.0
GONE = frozenset(
    {"channel_not_found", "user_not_found", "user_disabled", "not_in_channel", "is_archived"}
    | {"cannot_dm_bot", "user_not_in_channel", "messages_tab_disabled", "user_not_visible"}
    | {"restricted_action", "team_not_found", "not_allowed"}
)
UNSURE = frozenset({"internal_error", "fatal_error", "request_timeout"})
"""Some of it may have been done (docs.slack.dev/reference/methods/chat.postMessage)."""
BUSY = frozenset({"service_unavailable", "team_added_to_org", "accesslimited"})
UNEDITABLE = frozenset(
    {"message_not_found", "cant_update_message", "edit_window_closed", "channel_not_found"}
    | {"is_inactive", "used_url", "expired_url", "not_found"}
)


class HookError(Exception):
    """An address to answer a person by no longer takes anything."""

    def __init__(self, code: str, status: int = 0, pause: float = 0.0) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.pause = pause


def session() -> ClientSession:
    """Connections that are kept open between calls; made inside the running loop."""
    return ClientSession(timeout=ClientTimeout(total=TOTAL, connect=CONNECT), trust_env=True)


def code(error: BaseException) -> str:
    """What Slack calls the failure, or nothing when it is none of Slack's."""
    if isinstance(error, HookError):
        return error.code
    body = getattr(getattr(error, "response", None), "data", None)
    return str(body.get("error") or "") if isinstance(body, dict) else ""


def outcome(error: BaseException) -> Exception:
    """Say what a failed call means for the message that it carried."""
    match error:
        case SlackApiError():
            return _refused(code(error), *_response(error.response))
        case HookError():
            return _refused(error.code, error.status, error.pause)
        case ClientConnectorError() | ConnectionTimeoutError():
            return NotSent(type(error).__name__)
        case _:
            return Uncertain(type(error).__name__)


def _response(response: Any) -> tuple[int, float]:
    """The status of an answer, and the wait that it asks for."""
    headers = getattr(response, "headers", None) or {}
    asked = {str(key).lower(): value for key, value in headers.items()}.get("retry-after")
    return int(getattr(response, "status_code", 0) or 0), seconds(asked)


def seconds(asked: object) -> float:
    """The wait of a Retry-After header."""
    try:
        return max(1.0, float(str(asked)))
    except ValueError:
        return 5.0


def _refused(reason: str, status: int, pause: float) -> Exception:
    if status == TOO_MANY_REQUESTS or reason in LIMITED:
        return RetryLater(pause or 5.0)
    if reason in SHUT_OUT:
        return RetryLater(SHUT_OUT_PAUSE)
    if reason in GONE:
        return Unreachable(reason)
    if reason in BUSY:
        return NotSent(reason)
    if reason in UNSURE or status >= BROKEN or not reason:
        return Uncertain(reason or f"HTTP status {status}")
    return Rejected(reason)


FAILURES = (SlackClientError, HookError, ClientError, OSError, asyncio.TimeoutError, ValueError)
"""What a call may raise; slack_sdk lets what it can't read through as it is."""
