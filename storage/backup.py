"""A consistent copy of the whole database in one file, while everybody goes on writing."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from storage.archive import Content, Manifest, opened, verify, write_manifest, written
from storage.engine import Database
from storage.migrate import revision
from storage.numbers import highest
from storage.portable import lines, tables
from storage.seals import head


async def back_up(
    database: Database, target: Path, now: datetime, *, force: bool = False
) -> Manifest:
    """Write all that a database holds, as it is at one moment, and read the file once over."""
    schema = await revision(database)
    manifest = Manifest(now.isoformat(), schema or "")
    with written(target, force=force) as archive:
        async with snapshot(database) as connection:
            await _write(connection, archive, manifest)
        write_manifest(archive, manifest)
    with opened(target) as (archive, found):
        verify(archive, found)
    return manifest


@asynccontextmanager
async def snapshot(database: Database) -> AsyncIterator[AsyncConnection]:
    """A transaction that reads one moment, whatever is written meanwhile, and blocks nobody."""
    async with database.engine.connect() as connection:
        if database.is_sqlite:
            await connection.execution_options(read_only=True)
        else:
            await connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        async with connection.begin():
            yield connection


async def _write(connection: AsyncConnection, archive: ZipFile, manifest: Manifest) -> None:
    found = await connection.run_sync(tables)
    names = [table.name for table in found]
    for table in found:
        manifest.tables[table.name] = await _write_table(connection, archive, table)
    for name, number in (await connection.run_sync(highest, names)).items():
        manifest.tables[name].highest = number
    async with AsyncSession(connection) as session:
        newest = await head(session)
    if newest:
        manifest.links, manifest.head = newest.id, newest.hash


async def _write_table(connection: AsyncConnection, archive: ZipFile, table: Table) -> Content:
    content, hashed = Content(), hashlib.sha256()
    with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as file:
        async for line in lines(connection, table):
            file.write(line)
            hashed.update(line)
            content.rows += 1
    content.sha256 = hashed.hexdigest()
    return content
