"""Waking a loop when there is work for it, here or in another process."""

import asyncio
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import structlog
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncSession

from storage.engine import Database

log = structlog.get_logger(__name__)
CHANNEL = "salesbot"


@dataclass
class Bell:
    """Wakes as many of those who rest as there are things to do, and not all of them for one."""

    _resting: deque[asyncio.Future[None]] = field(default_factory=deque)
    _unheard: bool = False

    def ring(self, count: int) -> None:
        """Wake ``count``; where fewer rest, the next who would rest looks again first."""
        while count and self._resting:
            waiting = self._resting.popleft()
            if not waiting.done():
                waiting.set_result(None)
                count -= 1
        self._unheard = self._unheard or count > 0

    async def rest(self, seconds: float) -> None:
        """Until it rings, or for so long."""
        if self._unheard:
            self._unheard = False
            return
        waiting = asyncio.get_running_loop().create_future()
        self._resting.append(waiting)
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(waiting, seconds)
        finally:
            with suppress(ValueError):
                self._resting.remove(waiting)


class Wake:
    """A bell for each topic, rung when a transaction with news for it has committed.

    A topic that this process does not serve itself is announced to the others, through the
    database that they share (PostgreSQL; SQLite has one process). A lost announcement costs a
    moment, never a message: every loop also looks by itself.
    """

    def __init__(self, here: Iterable[str] = ()) -> None:
        self._bells = {topic: Bell() for topic in here}

    async def announce(self, session: AsyncSession, topic: str, count: int = 1) -> None:
        """There will be ``count`` new things of ``topic`` once this session commits."""
        if not count:
            return
        if topic in self._bells:
            event.listen(
                session.sync_session, "after_commit", lambda _: self.set(topic, count), once=True
            )
        elif session.get_bind().dialect.name == "postgresql":
            await session.execute(
                text("SELECT pg_notify(:channel, :news)"),
                {"channel": CHANNEL, "news": f"{topic} {count}"},
            )

    def set(self, topic: str, count: int = 1) -> None:
        """Wake so many of those who wait for this topic here."""
        if topic in self._bells:
            self._bells[topic].ring(count)

    async def wait(self, topic: str, seconds: float) -> None:
        """Until there is news of ``topic``, or for so long."""
        await self._bells[topic].rest(seconds)

    async def listen(self, database: Database, retry: float = 1.0) -> None:
        """Hear what other processes announce, until cancelled."""
        while not database.is_sqlite:
            try:
                await self._hear(database)
            except Exception as error:  # without it everything still works, a little later
                log.warning("not_listening", error=repr(error))
            await asyncio.sleep(retry)

    async def _hear(self, database: Database) -> None:
        async with database.engine.connect() as connection:
            raw: Any = (await connection.get_raw_connection()).driver_connection
            ended = asyncio.Event()
            raw.add_termination_listener(lambda _: ended.set())
            await raw.add_listener(CHANNEL, lambda *said: self._heard(str(said[-1])))
            try:
                await ended.wait()
            finally:
                await connection.invalidate()  # a connection that listens must not be reused

    def _heard(self, news: str) -> None:
        topic, _, count = news.partition(" ")
        self.set(topic, int(count))
