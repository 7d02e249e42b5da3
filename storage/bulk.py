"""Many rows at once, made ready ahead for the driver itself, which takes them as they are.

While 100,000 rows are written, SQLite lets nobody else write. So all that can be is done before:
what the transaction is left with is unpacking tuples and handing them over.
"""

import asyncio
import pickle
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from typing import Any

import asyncpg
from sqlalchemy import Dialect, Table, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from storage.journal import change_of
from storage.models import Base, Entry, Person, Standing
from storage.upsert import table

Row = Mapping[str, Any]
Values = tuple[Any, ...]
PACK = 2_000
"""Tuples that are packed together: a tenth of a second of work, on another thread."""
LEVEL = 1
"""zlib's quickest: names are a seventh of their size by it."""
CHANGE = "change_id"


@dataclass(frozen=True, slots=True)
class Job:
    """One statement for many rows: the columns that it sets, or the ids that it deletes."""

    model: type[Base]
    kind: str
    """``insert``, ``update`` (by the id, which comes last) or ``delete``."""
    names: tuple[str, ...]
    packed: bytes

    @property
    def rows(self) -> list[Values]:
        """The tuples; not for the event loop."""
        found: list[Values] = pickle.loads(zlib.decompress(self.packed))  # noqa: S301 - our own
        return found


@dataclass
class Jobs:
    """What is to be written, in order, for one dialect; making it is not for the event loop."""

    dialect: Dialect
    done: list[Job] = field(default_factory=list)

    def insert(self, model: type[Base], rows: Sequence[Row]) -> None:
        """Rows that have their ids; all of them have the same columns."""
        if rows:
            names = tuple(rows[0])
            self._add(model, "insert", names, self._tuples(model, names, rows))

    def update(self, model: type[Base], changes: Sequence[tuple[int, Row]]) -> None:
        """Some columns of each row, by its id; those alike are written together."""
        alike: dict[tuple[str, ...], list[Row]] = {}
        for key, values in changes:
            alike.setdefault(tuple(sorted(values)), []).append({**values, "id": key})
        for names, rows in alike.items():
            self._add(model, "update", names, self._tuples(model, (*names, "id"), rows))

    def delete(self, model: type[Base], ids: Sequence[int]) -> None:
        """Rows by their ids."""
        if ids:
            self._add(model, "delete", (), [(each,) for each in ids])

    def journal(self, entries: Sequence[Row]) -> None:
        """Entries of the change that is going to be: noun, key, before and after."""
        self.insert(Entry, entries)

    def _tuples(
        self, model: type[Base], names: Sequence[str], rows: Sequence[Row]
    ) -> list[Values]:
        write = _writers(model, self.dialect)
        ways = [(name, write.get(name)) for name in names]
        return [
            tuple([_plain(row[name]) if way is None else way(row[name]) for name, way in ways])
            for row in rows
        ]

    def _add(
        self, model: type[Base], kind: str, names: tuple[str, ...], rows: list[Values]
    ) -> None:
        for at in range(0, len(rows), PACK):
            some = pickle.dumps(rows[at : at + PACK], pickle.HIGHEST_PROTOCOL)
            self.done.append(Job(model, kind, names, zlib.compress(some, LEVEL)))


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value


@cache
def _writers(model: type[Base], dialect: Dialect) -> Mapping[str, Callable[[Any], Any]]:
    """How a column's values, as the journal has them, are handed to the driver."""
    found: dict[str, Callable[[Any], Any]] = {}
    for column in table(model).c:
        kind: Any = column.type.python_type
        way = column.type.dialect_impl(dialect).bind_processor(dialect)
        if parse := getattr(kind, "fromisoformat", None):
            found[column.name] = _parsed(parse, way)
        elif way is not None:
            found[column.name] = way
    return found


def _parsed(parse: Callable[[str], Any], way: Callable[[Any], Any] | None) -> Callable[[Any], Any]:
    def written(value: Any) -> Any:
        moment = parse(value) if isinstance(value, str) else value
        return way(moment) if way else moment

    return written


async def write(session: AsyncSession, jobs: Sequence[Job]) -> None:
    """Do what was made ready, in this session's transaction."""
    if not jobs:
        return
    connection = await session.connection()
    await connection.execute(select(1))  # the driver itself begins no transaction
    change_id = await session.run_sync(change_of) if _journaled(jobs) else 0
    raw: Any = (await connection.get_raw_connection()).driver_connection
    is_sqlite = connection.dialect.name == "sqlite"
    for job in jobs:
        rows, names = await asyncio.to_thread(_rows, job, change_id)
        if job.kind == "delete":
            await _delete(session, job.model, [key for (key,) in rows])
            continue
        try:
            if is_sqlite:
                await raw.executemany(_statement(job.model, job.kind, names, "?"), rows)
            elif job.kind == "insert":
                name = table(job.model).name
                await raw.copy_records_to_table(name, records=rows, columns=names)
            else:
                await raw.executemany(_statement(job.model, job.kind, names, "$"), rows)
        except (sqlite3.IntegrityError, asyncpg.IntegrityConstraintViolationError) as error:
            raise IntegrityError(None, None, error) from None


def _journaled(jobs: Sequence[Job]) -> bool:
    return any(job.model is Entry for job in jobs)


def _rows(job: Job, change_id: int) -> tuple[list[Values], tuple[str, ...]]:
    rows = job.rows
    if job.model is not Entry:
        return rows, job.names
    return [(*row, change_id) for row in rows], (*job.names, CHANGE)


@cache
def _statement(model: type[Base], kind: str, names: tuple[str, ...], mark: str) -> str:
    """The statement as the driver takes it; names of tables and columns are our own."""
    rows: Table = table(model)
    marks = _marks(mark)
    if kind == "insert":
        columns, places = ", ".join(map(_quoted, names)), ", ".join(next(marks) for _ in names)
        return f"INSERT INTO {rows.name} ({columns}) VALUES ({places})"  # noqa: S608 - see above
    new = ", ".join(f"{_quoted(name)} = {next(marks)}" for name in names)
    return f"UPDATE {rows.name} SET {new} WHERE id = {next(marks)}"  # noqa: S608 - see above


def _quoted(name: str) -> str:
    return f'"{name}"'


def _marks(mark: str) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        yield mark if mark == "?" else f"{mark}{number}"


async def _delete(session: AsyncSession, model: type[Base], ids: Sequence[int]) -> None:
    connection = await session.connection()
    if model is Person:
        standings = table(Standing)
        await connection.execute(delete(standings).where(standings.c.person_id.in_(ids)))
    await connection.execute(delete(table(model)).where(table(model).c.id.in_(ids)))
