"""Holding something alone: by a file lock beside SQLite, by an advisory lock on PostgreSQL.

Both are let go by the operating system or the server when the holder dies, however it dies, so
there is no heartbeat and nobody to declare anyone dead.
"""

import fcntl
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import text

from storage.engine import Database

StillHeld = Callable[[], Awaitable[bool]]


@asynccontextmanager
async def hold(database: Database, name: str) -> AsyncIterator[StillHeld | None]:
    """Hold ``name`` while inside, if nobody else does; yields None when somebody does.

    What it yields asks whether it is still held: a lost connection lets go of the lock.
    """
    holding = _file(database, name) if database.is_sqlite else _advisory(database, name)
    async with holding as held:
        yield held


@asynccontextmanager
async def _file(database: Database, name: str) -> AsyncIterator[StillHeld | None]:
    path = Path(f"{database.engine.url.database}.{name.replace(':', '-')}.lock")
    with path.open("w") as file:  # noqa: ASYNC230 - it opens in no time and holds the lock
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
            return
        yield _always


async def _always() -> bool:
    return True


@asynccontextmanager
async def _advisory(database: Database, name: str) -> AsyncIterator[StillHeld | None]:
    key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
    async with database.engine.connect() as connection:
        autocommit = await connection.execution_options(isolation_level="AUTOCOMMIT")
        held = await autocommit.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": key})

        async def still() -> bool:
            try:
                await autocommit.execute(text("SELECT 1"))
            except Exception:  # whatever it is, the lock can't be relied on any more
                return False
            return True

        try:
            yield still if held else None
        finally:
            await connection.invalidate()
