"""The database: one way to open it and one kind of transaction, on SQLite and on PostgreSQL."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

import storage.journal
import storage.standing  # noqa: F401 - and these note who may see less

PRAGMAS = (
    "PRAGMA busy_timeout=30000",
    "PRAGMA synchronous=FULL",  # what a platform was told is safe survives a power cut
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",  # what is erased is overwritten, not only let go
)
WAL_SECONDS = 30.0


TIMEOUTS = {
    # A machine that freezes in a transaction holds its lane and its updates: kill -9 closes the
    # connection, a pulled plug does not.
    "idle_in_transaction_session_timeout": "10s",
    "lock_timeout": "5s",
}


@dataclass(frozen=True)
class Database:
    """An engine and its transactions. Make it with `connect`, end it with `close`."""

    engine: AsyncEngine
    _sessions: async_sessionmaker[AsyncSession]
    _gate: AbstractAsyncContextManager[Any]

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncSession]:
        """A transaction that writes: commits on success, rolls back on error.

        SQLite has one writer; its own waiting polls in steps of up to 100 ms, so writers of this
        process queue here instead.
        """
        async with self._gate:
            async with self._sessions.begin() as session:
                yield session
            if self.is_sqlite and session.info.get("erased"):
                await self._overwrite()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A transaction that only reads, and so never waits for a writer."""
        async with self._sessions() as session:
            await session.connection(execution_options={"read_only": True})
            yield session

    async def _overwrite(self) -> None:
        """Empty the log of writes, where the pages of what was erased still stand.

        Readers may be in the way; then the next time, at the latest when the database is closed.
        """
        async with self.engine.connect() as connection:
            raw: Any = (await connection.get_raw_connection()).driver_connection
            await raw.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")  # no transaction is open

    async def close(self) -> None:
        """Close every connection; aiosqlite's threads keep the process alive otherwise."""
        await self.engine.dispose()


def connect(url: str, *, pool_size: int = 16, schema: str | None = None) -> Database:
    """Open a database by its URL; the folder of an SQLite file is made if missing.

    ``schema`` is PostgreSQL's, where the tables are not in the default one.
    """
    parsed = make_url(url)
    sqlite = parsed.get_backend_name() == "sqlite"
    if sqlite and parsed.database and not parsed.database.startswith((":memory:", "file:")):
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(
        parsed,
        hide_parameters=True,
        pool_size=pool_size,
        max_overflow=0,
        pool_pre_ping=not sqlite,
        connect_args={} if sqlite else {"server_settings": _server_settings(schema)},
    )
    if sqlite:
        event.listen(engine.sync_engine, "connect", _prepare)
        event.listen(engine.sync_engine, "begin", _begin)
    sessions = async_sessionmaker(engine, expire_on_commit=False, autoflush=False)
    return Database(engine, sessions, asyncio.Lock() if sqlite else nullcontext())


def _server_settings(schema: str | None) -> dict[str, str]:
    return TIMEOUTS | ({"search_path": schema} if schema else {})


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN is DEFERRED and loses updates
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    _use_wal(cursor)
    cursor.close()


def _use_wal(cursor: Any) -> None:
    """Write ahead. SQLite does not wait for this lock: 19 of 1,000 first openings failed."""
    until = time.monotonic() + WAL_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


def _begin(connection: Connection) -> None:
    """Take the write lock before the first read: DEFERRED lost 130 of 200 read-modify-writes."""
    read_only = connection.get_execution_options().get("read_only")
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
