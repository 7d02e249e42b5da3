"""Waking a loop when there is work for it, here or in another process."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncSession

from storage.engine import Database

CHANNEL = "salesbot"


class Wake:
    """Events by topic, set when a transaction with news for them has committed.

    A topic that this process does not serve itself is announced to the others, through the
    database that they share (PostgreSQL; SQLite has one process). A lost announcement costs a
    moment, never a message: every loop also looks by itself.
    """

    def __init__(self, here: Iterable[str] = ()) -> None:
        self._events = {topic: asyncio.Event() for topic in here}

    async def announce(self, session: AsyncSession, topic: str, count: int = 1) -> None:
        """There will be ``count`` new things of ``topic`` once this session commits."""
        if not count:
            return
        if topic in self._events:
            event.listen(
                session.sync_session, "after_commit", lambda _: self.set(topic), once=True
            )
        elif session.get_bind().dialect.name == "postgresql":
            await session.execute(
                text("SELECT pg_notify(:channel, :topic)"), {"channel": CHANNEL, "topic": topic}
            )

    def set(self, topic: str) -> None:
        """Wake whoever waits for this topic here."""
        if topic in self._events:
            self._events[topic].set()

    async def wait(self, topic: str, seconds: float) -> None:
        """Until there is news of ``topic``, or for so long."""
        waiting = self._events[topic]
        with suppress(TimeoutError):
            await asyncio.wait_for(waiting.wait(), seconds)
        waiting.clear()

    async def listen(self, database: Database, retry: float = 1.0) -> None:
        """Hear what other processes announce, until cancelled."""
        while not database.is_sqlite:
            with suppress(OSError, asyncio.TimeoutError):
                await self._hear(database)
            await asyncio.sleep(retry)

    async def _hear(self, database: Database) -> None:
        async with database.engine.connect() as connection:
            raw: Any = (await connection.get_raw_connection()).driver_connection
            ended = asyncio.Event()
            raw.add_termination_listener(lambda _: ended.set())
            await raw.add_listener(CHANNEL, lambda *said: self.set(str(said[-1])))
            try:
                await ended.wait()
            finally:
                await connection.invalidate()  # a connection that listens must not be reused
