"""The schema: which one a database has, and bringing it to the newest."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import Database
from storage.models import Base

LOCATION = Path(__file__).parent / "migrations"
LOCK = 0x53616C6573626F74
"""The advisory lock that whoever migrates a PostgreSQL database holds."""

LOCK_SECONDS = 60
"""How long a migration may wait for a table: all who come after it wait as well."""


class SchemaError(Exception):
    """The database can't be brought to the newest schema; the text says why and what to do."""


@dataclass(frozen=True)
class Migrated:
    """What was done: the schema before and after, and where the copy of the old file is."""

    before: str | None
    after: str
    backup: Path | None

    @property
    def changed(self) -> bool:
        return self.before != self.after


async def migrate(database: Database, *, backup_dir: Path | None, now: datetime) -> Migrated:
    """Bring a database to the newest schema, in one transaction, after a copy of an SQLite file.

    Any number of processes may do so at once: the first does it and the others wait. Within one
    process only one database may be migrated at a time. Without a ``backup_dir`` nothing is copied.
    """
    async with database.engine.connect() as connection, _alone(connection):
        before = await connection.run_sync(_revision)
        await connection.run_sync(_require_ours, before)
        if before == head():
            return Migrated(before, before, None)
        backup = None
        if before and backup_dir and _file(connection):
            name = f"{_file(connection).stem}-{before}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.db"
            backup = backup_dir / name
            await asyncio.to_thread(_copy, _file(connection), backup)
        await connection.run_sync(_upgrade)
        return Migrated(before, head(), backup)
