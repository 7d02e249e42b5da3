"""The inbox: what a platform told us, committed before it is told that we have it."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.metrics import Metrics
from bot.runtime.wake import Wake
from bot.runtime.whole import whole
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
    express: asyncio.Queue[int] = field(default_factory=asyncio.Queue, compare=False)
    """What this process answers at once, by our numbers: somebody waits for it."""

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
            fresh = len(await insert_arrivals(session, platform, bot, arrivals, now))
            if cursor is not None:
                await move_cursor(session, f"{platform}:{bot}", cursor, now, now - CURSOR_LIFE)
            await self.wake.announce(session, "inbox", fresh)
        self.metrics.updates_received.labels(platform).inc(fresh)
        return fresh

    async def position(self, platform: str, bot: str) -> int | None:
        """Where the poller of this bot goes on, or None to ask for whatever there is."""
        async with self.database.read() as session:
            return await read_cursor(session, f"{platform}:{bot}", self.now() - CURSOR_LIFE)


@dataclass
class Gathered:
    """Updates that come one by one, committed together, in the order in which they came.

    While one commit is under way the next gathers: a database that commits 50 times a second
    still takes in hundreds of updates.
    """

    inbox: Inbox
    platform: str
    bot: str
    _waiting: list[tuple[Arrival, asyncio.Future[int | None]]] = field(default_factory=list)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def take(self, arrival: Arrival) -> int | None:
        """Commit an update; its number, or None when it is known already."""
        taken: asyncio.Future[int | None] = asyncio.get_running_loop().create_future()
        self._waiting.append((arrival, taken))
        async with self._turn:
            if not taken.done():
                await whole(self._commit())
        return await taken

    async def _commit(self) -> None:
        batch, self._waiting = self._waiting, []
        try:
            numbers = await self._store([arrival for arrival, _ in batch])
        except Exception as error:  # each of them must hear of it, and be sent once more
            for _, taken in batch:
                taken.set_exception(error)
            return
        for arrival, taken in batch:
            taken.set_result(numbers.pop(arrival.external_id, None))

    async def _store(self, arrivals: Sequence[Arrival]) -> dict[str, int]:
        inbox = self.inbox
        async with inbox.database.begin() as session:
            numbers = await insert_arrivals(
                session, self.platform, self.bot, arrivals, inbox.now()
            )
            await inbox.wake.announce(session, "inbox", len(numbers))
        inbox.metrics.updates_received.labels(self.platform).inc(len(numbers))
        return numbers
