"""One websocket to Slack, and how its frames are read."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientError, ClientWebSocketResponse
from slack_sdk.errors import SlackApiError

from bot.adapters.slack.envelope import KINDS, Envelope, retries
from bot.adapters.slack.wire import code
from bot.runtime.adapter import RetryLater


@dataclass(eq=False)
class Connection:
    """A websocket, and whether Slack still wants it."""

    websocket: ClientWebSocketResponse
    limit: asyncio.Timeout = field(default_factory=lambda: asyncio.timeout(None))
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    """Slack has said whether it is welcome."""
    ending: asyncio.Event = field(default_factory=asyncio.Event)
    welcome: bool = False
    reason: str = ""
    """Why it ends."""

    def greet(self) -> None:
        self.welcome = True
        self.answered.set()

    def end(self, reason: str) -> None:
        """Another is needed; what was said first is the reason."""
        self.reason = self.reason or reason
        self.ending.set()
        self.answered.set()

    def end_in(self, seconds: float) -> None:
        """Read it no longer than that, also where Slack doesn't close it."""
        if self.limit.when() is None:
            self.limit.reschedule(asyncio.get_running_loop().time() + seconds)

    async def tell(self, text: str) -> bool:
        """Send a frame; False when the connection is closed."""
        if self.websocket.closed:
            return False
        try:
            await self.websocket.send_str(text)
        except (ClientError, ConnectionError, RuntimeError):
            return False
        return True


@dataclass(frozen=True)
class Hello:
    """The connection is open."""


@dataclass(frozen=True)
class Goodbye:
    """The connection is about to be closed, or was never wanted."""

    reason: str


@dataclass(frozen=True)
class Oddity:
    """A frame that means nothing to us."""

    what: str


def read(text: str) -> Hello | Goodbye | Envelope | Oddity:
    """What a frame says; never raises."""
    match _parsed(text):
        case {"type": "hello"}:
            return Hello()
        case {"type": "disconnect", **more}:
            return Goodbye(str(more.get("reason") or "unnamed"))
        case {"type": str(kind), "envelope_id": str(name), "payload": dict(payload), **more} if (
            kind in KINDS
        ):
            return Envelope(name, kind, payload, retries(more.get("retry_attempt")))
        case {"type": str(kind)}:
            return Oddity(kind[:40])
        case _:
            return Oddity("no frame of Slack's")


def described(error: Exception) -> str:
    """What went wrong, without the URL that many of these errors hold."""
    match error:
        case SlackApiError():
            return code(error) or "no answer of Slack's"
        case _ if status := getattr(error, "status", 0):
            return f"{type(error).__name__} {status}"
        case _:
            return type(error).__name__


def asked_to_wait(error: Exception) -> float:
    """The seconds that Slack asks us to wait, if it does."""
    match error:
        case RetryLater():
            return error.seconds
        case SlackApiError():
            wait = str((getattr(error.response, "headers", None) or {}).get("Retry-After", ""))
            return float(wait) if wait.isdecimal() else 0.0
        case _:
            return 0.0


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
