"""The connections to Slack's Web API, and what its failures mean."""

import asyncio
from typing import Any

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientHttpProxyError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
)
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.remedies import REMEDIES
from bot.runtime.adapter import NotSent, Rejected, RetryLater, Uncertain, Unreachable

CONNECT, TOTAL = 5.0, 12.0
TOO_MANY_REQUESTS, BROKEN = 429, 500
LIMITED = frozenset({"ratelimited", "rate_limited"})
SHUT_OUT = frozenset(REMEDIES)
"""Somebody has to put the app right: nothing is lost meanwhile, and the log says it."""
SHUT_OUT_PAUSE = 30.0
OF_CHATS = frozenset({"messages_tab_disabled"})
"""What shuts it out of private chats only."""
WRITES = "chat:write"
"""The scope that nearly everything needs: for want of any other, the rest need not wait."""
GONE = frozenset(
    {"channel_not_found", "user_not_found", "user_disabled", "not_in_channel", "is_archived"}
    | {"cannot_dm_bot", "user_not_in_channel", "user_not_visible", "app_access_restricted"}
    | {"restricted_action", "restricted_action_read_only_channel", "team_not_found"}
    | {"not_allowed", "ekm_access_denied", "invalid_channel", "posting_to_channel_denied"}
    | {"invalid_user_combination", "restricted_action_thread_only_channel"}
    | {"no_permission", "team_access_not_granted"}
)
THREADLESS = frozenset(
    {"cannot_reply_to_message", "restricted_action_thread_locked"}
    | {"restricted_action_non_threadable_channel"}
)
"""It can be said, but not in that thread."""
UNSURE = frozenset({"internal_error", "fatal_error", "request_timeout", "update_failed"})
"""Some of it may have been done (docs.slack.dev/reference/methods/chat.postMessage)."""
BUSY = frozenset(
    {"service_unavailable", "team_added_to_org", "accesslimited", "message_limit_exceeded"}
    | {"external_channel_migrating"}
)
UNEDITABLE = frozenset(
    {"message_not_found", "cant_update_message", "edit_window_closed", "channel_not_found"}
    | {"is_inactive", "used_url", "expired_url", "not_found", "block_mismatch", "invalid_ts"}
)
SPENT = frozenset({403, 404, 410})
"""How an address to answer by says that it has had its day, whatever its words are."""
LONGEST_PAUSE = 3600.0


class Api(AsyncWebClient):
    """Slack's methods; an answer that is no JSON object, over which the library trips, fails."""

    async def _request(self, *, http_verb: Any, api_url: Any, req_args: Any) -> dict[str, Any]:
        found = await super()._request(http_verb=http_verb, api_url=api_url, req_args=req_args)
        return found if isinstance(found["data"], dict) else {**found, "data": {}}


class HookError(Exception):
    """An address to answer a person by no longer takes anything."""

    def __init__(self, code: str, status: int = 0, pause: float = 0.0) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.pause = pause


class LackingError(Rejected):
    """The app was not granted what this one thing needs."""

    def __init__(self, scope: str) -> None:
        super().__init__(f"the app lacks a scope: {scope}")
        self.scope = scope


def session() -> ClientSession:
    """Connections that are kept open between calls; made inside the running loop."""
    return ClientSession(timeout=ClientTimeout(total=TOTAL, connect=CONNECT), trust_env=True)


def code(error: BaseException) -> str:
    """What Slack calls the failure, or nothing when it is none of Slack's."""
    if isinstance(error, HookError):
        return error.code
    if isinstance(error, LackingError):
        return "missing_scope"
    body = getattr(getattr(error, "response", None), "data", None)
    return str(body.get("error") or "") if isinstance(body, dict) else ""


def is_past(error: BaseException) -> bool:
    """Whether a card or an address is of no use any more, so that it is said another way."""
    return code(error) in UNEDITABLE or (isinstance(error, HookError) and error.status in SPENT)


def outcome(error: BaseException) -> Exception:
    """Say what a failed call means for the message that it carried."""
    match error:
        case LackingError():
            return error
        case SlackApiError() if lacks(error):
            return LackingError(lacks(error))
        case SlackApiError():
            return _refused(code(error), *_response(error.response), alone=not _posts(error))
        case HookError():
            return _refused(error.code, error.status, error.pause, alone=True)
        case UnicodeEncodeError():
            return Rejected("it holds what can't be written")
        case ClientConnectorError() | ConnectionTimeoutError() | ClientHttpProxyError():
            return NotSent(type(error).__name__)
        case _:
            return Uncertain(type(error).__name__)


def _response(response: Any) -> tuple[int, float]:
    """The status of an answer, and the wait that it asks for."""
    headers = getattr(response, "headers", None) or {}
    asked = {str(key).lower(): value for key, value in headers.items()}.get("retry-after")
    status = getattr(response, "status_code", 0) or getattr(response, "status", 0)
    return int(status or 0), seconds(asked)


def lacks(error: BaseException) -> str:
    """The scope for want of which one thing can't be done, while the others can."""
    if isinstance(error, LackingError):
        return error.scope
    if code(error) != "missing_scope" or _posts(error):
        return ""
    body = getattr(getattr(error, "response", None), "data", None)
    needed = str(body.get("needed") or "") if isinstance(body, dict) else ""
    return "" if needed == WRITES else needed or "missing_scope"


def _posts(error: BaseException) -> bool:
    """Whether it was the method by which nearly everything is said; Slack counts each alone."""
    response = getattr(error, "response", None)
    called = getattr(response, "api_url", "") or getattr(response, "url", "")
    return str(called).endswith("chat.postMessage")


def seconds(asked: object) -> float:
    """The wait of a Retry-After header."""
    try:
        return min(max(1.0, float(str(asked))), LONGEST_PAUSE)
    except ValueError:
        return 5.0


def _refused(reason: str, status: int, pause: float, *, alone: bool) -> Exception:
    """The meaning of a refusal; a limit that counts ``alone`` holds up nothing else."""
    if status == TOO_MANY_REQUESTS or reason in LIMITED:
        return RetryLater(pause or 5.0, chat_only=alone, reason=reason)
    if reason in SHUT_OUT:
        return RetryLater(SHUT_OUT_PAUSE, chat_only=reason in OF_CHATS, reason=reason)
    if reason in GONE:
        return Unreachable(reason)
    if reason in BUSY:
        return NotSent(reason)
    if reason in UNSURE or status >= BROKEN or not reason:
        return Uncertain(reason or f"HTTP status {status}")
    return Rejected(reason)


FAILURES = (SlackClientError, HookError, ClientError, OSError, asyncio.TimeoutError, ValueError)
"""What a call may raise; slack_sdk lets what it can't read through as it is."""
