"""Putting a backup back, on the same database or on the other one: all of it, or nothing."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from sqlalchemy import Connection, MetaData, Table, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from storage.archive import BackupError, Manifest, lines_of, opened, verify
from storage.engine import Database
from storage.journal import Author
from storage.lanes import now_ms
from storage.migrate import alone, require_known, upgrade
from storage.models import Base, Delivery, DeliveryState, Priority
from storage.numbers import count_on
from storage.portable import at_once, lines, own_references, row, tables
from storage.upsert import table
from storage.verifying import Verified
from storage.verifying import verify as verify_journal
from storage.work import Work

RESTORED = "restored"
"""Why a message that was owed is not sent: it may have been, after the backup was made."""
OUTBOX = table(Delivery)
Erased = tuple[str, int]


@dataclass
class Restored:
    """What was put back, how its journal is, and what was erased since and is back with it."""

    manifest: Manifest
    journal: Verified
    dropped: int = 0
    back: list[Erased] = field(default_factory=list)


async def is_empty(database: Database) -> bool:
    """Whether a database holds nothing that a restore would take the place of."""
    async with database.engine.connect() as connection:
        for each in await connection.run_sync(tables):
            if (await connection.execute(select(1).select_from(each).limit(1))).first():
                return False
    return True


async def restore(
    database: Database, source: Path, now: datetime, *, erased: Iterable[Erased] = ()
) -> Restored:
    """Put a backup in the place of all that a database holds, and bring it to the newest schema.

    ``erased`` is what is known to have been erased, beside what the database itself says; what of
    it the backup brings back is told.
    """
    with opened(source) as (archive, manifest):
        verify(archive, manifest)
        known = set(erased) | await _erased_in(database)
        async with database.engine.connect() as connection, alone(connection):
            await connection.run_sync(_clear)
            await _load(connection, archive, manifest)
            await connection.run_sync(upgrade)
            done = await _settle(connection, manifest, now)
    done.back = sorted(known - {*_erased_by(source)})
    return done


def erased_in(source: Path) -> set[Erased]:
    """What was erased when a backup was made, after its hashes were checked."""
    with opened(source) as (archive, manifest):
        verify(archive, manifest)
    return _erased_by(source)


def _erased_by(source: Path) -> set[Erased]:
    with opened(source) as (archive, manifest):
        if "erasures" not in manifest.tables:
            return set()
        rows = map(json.loads, lines_of(archive, "erasures"))
        return {(each["noun"], each["key"]) for each in rows}


async def _erased_in(database: Database) -> set[Erased]:
    async with database.engine.connect() as connection:
        found = {each.name: each for each in await connection.run_sync(tables)}
        if "erasures" not in found:
            return set()
        columns = found["erasures"].c
        rows = await connection.execute(select(columns.noun, columns.key))
        return {(noun, key) for noun, key in rows}


def _clear(connection: Connection) -> None:
    """Drop what there is: the journal lets nobody delete its rows."""
    metadata = MetaData()
    ours = {*Base.metadata.tables, "alembic_version"}
    metadata.reflect(connection, only=lambda name, _: name in ours)
    metadata.drop_all(connection)


async def _load(connection: AsyncConnection, archive: ZipFile, manifest: Manifest) -> None:
    await connection.run_sync(require_known, manifest.schema)
    await connection.run_sync(upgrade, manifest.schema)
    found = await connection.run_sync(tables)
    if missing := sorted({*manifest.tables} - {each.name for each in found}):
        raise BackupError(f"The backup has tables that its schema has not: {', '.join(missing)}.")
    for each in found:
        if each.name in manifest.tables:
            await _fill(connection, archive, each)
    numbers = {
        name: content.highest
        for name, content in manifest.tables.items()
        if content.highest is not None
    }
    await connection.run_sync(count_on, numbers)
    # PostgreSQL alters no table that a cursor is open on, and only going back closes them.
    reading = await connection.begin_nested()
    for each in found:
        await _compare(connection, each, manifest)
    await reading.rollback()


async def _fill(connection: AsyncConnection, archive: ZipFile, filled: Table) -> None:
    """Insert the rows of a table; what refers to a row further on is pointed to it at the end."""
    dialect, later = connection.dialect.name, []
    own = own_references(filled)
    rows = (row(filled, line, dialect) for line in lines_of(archive, filled.name))
    while some := list(islice(rows, at_once(filled))):
        for each in some:
            ahead = {name: each[name] for name in own if (each[name] or 0) >= each["id"]}
            if ahead:
                later.append({"row": each["id"], **{f"to_{name}": each[name] for name in own}})
                each.update(dict.fromkeys(ahead))
        await connection.execute(filled.insert(), some)
    if later:
        pointed: dict[str, Any] = {name: bindparam(f"to_{name}") for name in own}
        by_id = update(filled).where(filled.c.id == bindparam("row")).values(**pointed)
        await connection.execute(by_id, later)


async def _compare(connection: AsyncConnection, loaded: Table, manifest: Manifest) -> None:
    """See that what is in the database now is what was in the other one."""
    content = manifest.tables.get(loaded.name)
    if content is None:
        return
    hashed = hashlib.sha256()
    async for line in lines(connection, loaded):
        hashed.update(line)
    if hashed.hexdigest() != content.sha256:
        raise BackupError(f"The table {loaded.name} came back otherwise; nothing was changed.")


async def _settle(connection: AsyncConnection, manifest: Manifest, now: datetime) -> Restored:
    """Let go of what may have been sent since the backup, and note where it all came from."""
    session = AsyncSession(connection, autoflush=False)
    try:
        dropped = await _drop_owed(session)
        work = Work(session, Author(now, None, "restore", source="terminal"))
        await work.note("Restored the backup of {made_at}", made_at=manifest.made_at)
        journal = await verify_journal(session)
        await session.commit()
    finally:
        await session.close()
    return Restored(manifest, journal, dropped)


async def _drop_owed(session: AsyncSession) -> int:
    """Fail what was owed, and may have left meanwhile; a reminder still ahead can't have."""
    owed = OUTBOX.c.state.in_([DeliveryState.PENDING, DeliveryState.SENDING])
    ahead = (OUTBOX.c.priority == Priority.REMINDER) & (OUTBOX.c.ready_at > await now_ms(session))
    statement = update(OUTBOX).where(owed, ~ahead)
    done = await session.execute(statement.values(state=DeliveryState.FAILED, error=RESTORED))
    return int(done.rowcount)  # type: ignore[attr-defined]  # of an update there is one
