"""The schema: which one a database has, and bringing it to the newest."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Mapping
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
"""The advisory lock of whoever migrates a PostgreSQL database."""

LOCK_SECONDS = 60
"""How long a migration waits for a table in use: everybody else queues behind it meanwhile."""


class SchemaError(Exception):
    """The schema can't be brought up to date; the text says why and what to do."""


@dataclass(frozen=True)
class Migrated:
    """The schema before and after, and where the copy of the SQLite file is, if one was made."""

    before: str | None
    after: str
    backup: Path | None

    @property
    def changed(self) -> bool:
        return self.before != self.after

    def __str__(self) -> str:
        if not self.changed:
            return f"The database has the newest schema, {self.after}."
        kept = f" The file as it was is {self.backup}." if self.backup else ""
        return f"The database has schema {self.after}, from {self.before or 'nothing'}.{kept}"


async def migrate(database: Database, *, backup_dir: Path | None, now: datetime) -> Migrated:
    """Bring a database to the newest schema, all or nothing, after copying an SQLite file.

    Any number of processes may call it at once: one migrates, the others wait for it. Within one
    process only one database at a time. Without ``backup_dir`` nothing is copied.
    """
    async with database.engine.connect() as connection, alone(connection):
        before = await connection.run_sync(_revision)
        await connection.run_sync(require_known, before)
        after = head()
        if before == after:
            return Migrated(before, after, None)
        backup = None
        if before and backup_dir and database.is_sqlite:
            source = Path(database.engine.url.database or "")
            backup = backup_dir / f"{source.stem}-{before}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.db"
            # Nobody else can write until this transaction ends, so the copy is the last state.
            await asyncio.to_thread(_copy, source, backup)
        await connection.run_sync(upgrade)
        return Migrated(before, after, backup)


async def revision(database: Database) -> str | None:
    """The schema that a database has; None when it has none yet."""
    async with database.read() as session:
        connection = await session.connection()
        return await connection.run_sync(_revision)


def head() -> str:
    """The newest schema."""
    newest = ScriptDirectory.from_config(configuration()).get_current_head()
    if newest is None:
        raise SchemaError("no migrations are installed; install Salesbot again")
    return newest


async def is_current(database: Database) -> bool:
    """Whether a database has the newest schema."""
    return await revision(database) == head()


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's configuration, which its commands take; they run on ``connection``."""
    config = Config()
    config.set_main_option("script_location", str(LOCATION).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config


@asynccontextmanager
async def alone(connection: AsyncConnection) -> AsyncIterator[None]:
    """One transaction that no other migration runs beside."""
    if connection.dialect.name != "sqlite":
        async with connection.begin():
            await connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
            await connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'"))
            yield
        return
    # Altering a table on SQLite drops and renames it, which must not delete what refers to it; the
    # pragma does nothing within a transaction.
    await _pragma(connection, "foreign_keys=OFF")
    try:
        async with connection.begin():
            yield
            await _require_references(connection)
    finally:
        await _pragma(connection, "foreign_keys=ON")


async def _pragma(connection: AsyncConnection, pragma: str) -> None:
    raw = await connection.get_raw_connection()
    await raw.driver_connection.execute(f"PRAGMA {pragma}")  # type: ignore[union-attr]


async def _require_references(connection: AsyncConnection) -> None:
    broken = (await connection.execute(text("PRAGMA foreign_key_check"))).all()
    if broken:
        tables = ", ".join(sorted({row[0] for row in broken}))
        raise SchemaError(
            f"{len(broken)} rows of {tables} would refer to nothing, so nothing was changed;"
            " report this with the number of your version"
        )


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def require_known(connection: Connection, found: str | None) -> None:
    """Refuse a schema that a newer Salesbot made, and tables that are somebody else's."""
    script = ScriptDirectory.from_config(configuration())
    if found and found not in {each.revision for each in script.walk_revisions()}:
        raise SchemaError(
            f"the database has schema {found}, which a newer Salesbot made; update Salesbot"
        )
    if found is None and set(inspect(connection).get_table_names()) & set(Base.metadata.tables):
        raise SchemaError(
            "the database has tables named like Salesbot's that no migration made;"
            " set DATABASE_URL to an empty database"
        )


def upgrade(connection: Connection, to: str = "head") -> None:
    """Bring the schema to a newer one, in the transaction of a connection that is `alone`."""
    numbers = _numbers(connection)
    command.upgrade(configuration(connection), to)
    _never_again(connection, numbers)


def _numbers(connection: Connection) -> dict[str, int]:
    """The highest number that each table of an SQLite file has ever given a row."""
    if connection.dialect.name != "sqlite":
        return {}
    kept = text("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'")
    if connection.scalar(kept) is None:
        return {}
    rows = connection.execute(text("SELECT name, seq FROM sqlite_sequence"))
    return {str(name): int(number) for name, number in rows}


def _never_again(connection: Connection, before: Mapping[str, int]) -> None:
    """Give no number twice: a table that was made anew to be altered counts on where it was."""
    now, there = _numbers(connection), set(inspect(connection).get_table_names())
    for name in there & before.keys():
        row = {"name": name, "number": max(before[name], now.get(name, 0))}
        connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), row)
        connection.execute(text("INSERT INTO sqlite_sequence VALUES (:name, :number)"), row)


def _copy(source: Path, target: Path) -> None:
    """Copy an SQLite file; under its name there is only ever a whole, readable copy."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(part)) as new:
        old.backup(new)
        new.execute("PRAGMA journal_mode=DELETE")  # one file, which can be moved about by itself
        if new.execute("PRAGMA quick_check").fetchall() != [("ok",)]:
            raise SchemaError(f"{source} is damaged and was not changed; restore a backup")
    shutil.copymode(source, part)
    part.rename(target)
