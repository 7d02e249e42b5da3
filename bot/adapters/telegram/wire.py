"""The connections to the Bot API, and what their failures mean."""

import json
import re
from typing import Any

import httpx
from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    TelegramError,
)
from telegram.request import HTTPXRequest

from bot.runtime.adapter import NotSent, Rejected, RetryLater, Uncertain, Unreachable

CONNECT, READ, POOL = 5.0, 8.0, 2.0
CONNECTIONS = 32
KEPT_OPEN = 30.0
"""Seconds that an idle connection is kept: httpx's own 5 s mean a new handshake for most sends."""

TOKEN = re.compile(r"\d{3,}:[A-Za-z0-9_-]{20,}")
TOO_MANY_REQUESTS = 429
KNOWN_TO_PTB = frozenset({400, 401, 403, 404, 409})
NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
GONE = (
    "chat not found",
    "user not found",
    "user is deactivated",
    "peer_id_invalid",
    "bot was kicked",
    "not enough rights to send text messages",
    "chat_write_forbidden",
)
REVOKED_PAUSE = 30.0
"""A revoked token is replaced by a person: nothing is lost meanwhile, and the log says it."""


class FloodError(TelegramError):
    """Telegram asks for a pause of so many seconds.

    python-telegram-bot's own `RetryAfter` warns about a coming change whenever it is made.
    """

    seconds: float

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Too many requests: retry after {seconds} s")
        self.seconds = seconds


class Wire(HTTPXRequest):
    """python-telegram-bot's connections, with an error of its own for every kind of refusal."""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        status, body = await super().do_request(*args, **kwargs)
        if status == TOO_MANY_REQUESTS:
            raise FloodError(_pause(body))
        if 400 <= status < 500 and status not in KNOWN_TO_PTB:  # noqa: PLR2004 - HTTP's own border
            raise BadRequest(f"HTTP status {status}")
        return status, body


def wire(connections: int, read: float) -> Wire:
    limits = httpx.Limits(
        max_connections=connections,
        max_keepalive_connections=connections,
        keepalive_expiry=KEPT_OPEN,
    )
    return Wire(
        connect_timeout=CONNECT,
        read_timeout=read,
        pool_timeout=POOL,
        httpx_kwargs={"limits": limits},
    )


def outcome(error: Exception) -> Exception:
    """Say what a failed call means for the message that it carried."""
    words = described(error)
    match error:
        case FloodError(seconds=seconds):
            return RetryLater(seconds)
        case InvalidToken():
            return RetryLater(REVOKED_PAUSE)
        case Forbidden():
            return Unreachable(words)
        case BadRequest():
            gone = any(sign in words.casefold() for sign in GONE)
            return Unreachable(words) if gone else Rejected(words)
        case _:
            return _lost(error.__cause__)(words)


def _lost(cause: BaseException | None) -> type[Exception]:
    """Judge by what broke whether the message may have arrived."""
    if isinstance(cause, NEVER_LEFT):
        return NotSent
    return Rejected if isinstance(cause, UnicodeError) else Uncertain


def described(error: BaseException) -> str:
    """Write the error for people and logs, without the token that some of them carry."""
    return TOKEN.sub("<token>", f"{type(error).__name__}: {error}")


def _pause(body: bytes) -> float:
    """Read the wait out of a 429, which a proxy in between may have worded."""
    try:
        return max(1.0, float(json.loads(body)["parameters"]["retry_after"]))
    except (ValueError, TypeError, KeyError):
        return 5.0
