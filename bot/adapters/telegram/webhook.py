"""Updates by webhook: committed, then acknowledged."""

import asyncio
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from aiohttp import web
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from bot.adapters.telegram.arrivals import KINDS, PLATFORM, Takes, arrivals, utc_now
from bot.adapters.telegram.client import Telegram
from bot.adapters.telegram.wire import FloodError, described, outcome

log = structlog.get_logger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
LARGEST = 1024 * 1024
CONNECTIONS = 40
TRIES = 6
HOPELESS = (BadRequest, Forbidden, InvalidToken)


@dataclass(frozen=True)
class Webhook:
    """Takes one bot's updates into the inbox; `receive` is the aiohttp handler."""

    bot: str
    secret: str = field(repr=False)
    inbox: Takes
    now: Callable[[], datetime] = utc_now

    async def receive(self, request: web.Request) -> web.Response:
        """Answer 200 only when the update is committed."""
        if not self._knows(request.headers.get(SECRET_HEADER, "")):
            return web.Response(status=401)
        body = await _body(request)
        if body is None:
            return web.Response(status=413)
        try:
            update = json.loads(body)
        except (ValueError, RecursionError):
            log.warning("telegram.webhook_not_json", bot=self.bot, size=len(body))
            return web.Response(status=400)
        return web.Response(status=await self._commit(update))

    def _knows(self, secret: str) -> bool:
        return bool(self.secret) and hmac.compare_digest(secret.encode(), self.secret.encode())

    async def _commit(self, update: object) -> int:
        """Commit and return the status: anything but 200 makes Telegram send it again."""
        try:
            rows = arrivals([update], self.bot, self.now())
            if rows:
                await self.inbox.take(PLATFORM, self.bot, rows)
        except Exception as error:  # Telegram keeps it and tries again
            log.warning("telegram.webhook_failed", bot=self.bot, reason=described(error))
            return 500
        return 200


async def register(
    telegram: Telegram, url: str, secret: str, *, connections: int = CONNECTIONS
) -> None:
    """Have Telegram send its updates to ``url``; safe to call from many processes at once.

    It is set every time because the secret in use can't be asked for.
    """
    for attempt in range(TRIES):
        try:
            await telegram.api.set_webhook(
                url, max_connections=connections, allowed_updates=KINDS, secret_token=secret
            )
        except TelegramError as error:
            if attempt == TRIES - 1 or isinstance(error, HOPELESS):
                raise outcome(error) from None
            pause = error.seconds if isinstance(error, FloodError) else 2.0**attempt
            log.warning("telegram.webhook_not_set", reason=described(error), again_in=pause)
            await asyncio.sleep(pause)
        else:
            return


async def _body(request: web.Request) -> bytes | None:
    """Read the body, or None when it is larger than any update."""
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > LARGEST:
            return None
    return bytes(body)
