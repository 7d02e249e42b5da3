"""The inbox: what a platform told us, committed before it is told that we have it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.metrics import Metrics
from bot.runtime.wake import Wake
from storage.engine import Database
from storage.inbox import Arrival, insert_arrivals, move_cursor, read_cursor

CURSOR_LIFE = timedelta(days=6)
"""Telegram renumbers updates after a week without any (core.telegram.org/bots/api#update); a
cursor older than this would ask for numbers that never come."""


@dataclass(frozen=True)
class Inbox:
    """Where every adapter hands in its updates."""

    database: Database
    now: Callable[[], datetime]
    wake: Wake
    metrics: Metrics

    async def take(
        self,
        platform: str,
        bot: str,
        arrivals: Sequence[Arrival],
        *,
        cursor: int | None = None,
    ) -> int:
        """Commit updates, and how far the poller has read; those known already are left out.

        Returns how many were new. When it returns, the platform may be told.
        """
        now = self.now()
        async with self.database.begin() as session:
            fresh = await insert_arrivals(session, platform, bot, arrivals, now)
            if cursor is not None:
                await move_cursor(session, f"{platform}:{bot}", cursor, now, now - CURSOR_LIFE)
            await self.wake.announce(session, "inbox", fresh)
        self.metrics.updates_received.labels(platform).inc(fresh)
        return fresh

    async def position(self, platform: str, bot: str) -> int | None:
        """Where the poller of this bot goes on, or None to ask for whatever there is."""
        async with self.database.read() as session:
            return await read_cursor(session, f"{platform}:{bot}", self.now() - CURSOR_LIFE)
