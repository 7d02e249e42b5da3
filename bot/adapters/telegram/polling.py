"""Our own getUpdates loop: what Telegram may forget is in the inbox first.

python-telegram-bot's loop confirms updates that are still in memory (kill -9 lost 572 of 800).
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

import structlog
from telegram.error import Conflict

from bot.adapters.telegram.arrivals import KINDS, PLATFORM, Takes, arrivals, number, utc_now
from bot.adapters.telegram.client import Telegram
from bot.adapters.telegram.wire import FloodError, described
from bot.runtime.health import Health

log = structlog.get_logger(__name__)

PART = "telegram"
SILENCE = 150.0
"""Seconds without a successful poll after which the bot counts as deaf: a few long polls."""

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
CONFLICT_PAUSE = 3.0
ASKED = json.dumps(KINDS)


class MalformedError(Exception):
    """The answer is no list of updates, so that asking again at once would spin."""


@dataclass
class Poller:
    """Takes one bot's updates into the inbox; `run` until it is someone else's turn."""

    telegram: Telegram
    inbox: Takes
    health: Health
    now: Callable[[], datetime] = utc_now
    failures: int = 0
    """How often in a row it went wrong."""

    async def run(self) -> None:
        """Poll until cancelled; trouble of any kind is waited out."""
        self.health.expect(PART, SILENCE)
        try:
            while not await self._tried(self._free):
                pass
            while True:
                await self._tried(self._turn)
        finally:
            self.health.forget(PART)

    async def _tried(self, step: Callable[[], Awaitable[object]]) -> bool:
        """Take a step, or log why it failed and wait for a while."""
        try:
            await step()
        except Exception as error:  # whatever it is, the next poll may go well
            self.failures += 1
            await asyncio.sleep(self._pause(error))
            return False
        self.failures = 0
        return True

    async def _free(self) -> None:
        """Remove a webhook, if there is one: with it Telegram refuses every poll."""
        await self.telegram.api.delete_webhook(drop_pending_updates=False)

    async def _turn(self) -> None:
        """Ask once, and commit what came before anything else is asked."""
        position = await self.inbox.position(PLATFORM, self.telegram.bot)
        updates = await self.telegram.fetch_updates(position, ASKED)
        if not isinstance(updates, list):
            raise MalformedError(f"a {type(updates).__name__} in place of a list")
        if updates:
            await self._commit(updates, position or 0)
        self.health.beat(PART)

    async def _commit(self, updates: list[object], position: int) -> None:
        ids = [found for update in updates if (found := number(update)) is not None]
        rows = arrivals(updates, self.telegram.bot, self.now())
        if not ids:
            raise MalformedError(f"none of {len(updates)} updates has an id")
        cursor = max(position, max(ids) + 1)
        await self.inbox.take(PLATFORM, self.telegram.bot, rows, cursor=cursor)

    def _pause(self, error: Exception) -> float:
        """Log the trouble and say how long to wait it out."""
        what = {"bot": self.telegram.bot, "reason": described(error), "failures": self.failures}
        match error:
            case Conflict():
                log.warning("telegram.someone_else_polls", **what)
                return CONFLICT_PAUSE
            case FloodError():
                log.warning("telegram.asked_to_wait", **what)
                return error.seconds
            case _:
                log.warning("telegram.poll_failed", **what)
                return min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(self.failures - 1, 10))


async def poll(
    telegram: Telegram, inbox: Takes, health: Health, *, now: Callable[[], datetime] = utc_now
) -> None:
    """Poll for this bot's updates until cancelled."""
    await Poller(telegram, inbox, health, now).run()
