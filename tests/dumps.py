"""Everything that a database holds, as text, to look for what must not be in it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import select

from storage.engine import Database
from storage.models import Base

Dump = dict[str, dict[Any, dict[str, Any]]]


async def dump(database: Database) -> Dump:
    """Every row of every table, by its key."""
    found: Dump = {}
    async with database.read() as session:
        for table in Base.metadata.sorted_tables:
            keys = [column.name for column in table.primary_key]
            rows = (await session.execute(select(table))).mappings()
            found[table.name] = {tuple(row[key] for key in keys): dict(row) for row in rows}
    return found


def texts(held: Dump) -> Iterator[tuple[str, str]]:
    """Every text anywhere in a dump, and where it is."""
    for name, rows in held.items():
        for key, row in rows.items():
            for column, value in row.items():
                yield from _within(value, f"{name}{key}.{column}")


def _within(value: Any, place: str) -> Iterator[tuple[str, str]]:
    match value:
        case dict():
            for name, each in value.items():
                yield from _within(name, place)
                yield from _within(each, f"{place}.{name}")
        case list():
            for each in value:
                yield from _within(each, place)
        case bytes():
            yield place, value.decode("utf-8", "replace")
        case None:
            return
        case _:
            yield place, str(value)


async def places_of(database: Database, *canaries: str) -> list[str]:
    """Where one of these still stands, in whatever case."""
    return [
        place
        for place, text in texts(await dump(database))
        if any(each.casefold() in text.casefold() for each in canaries)
    ]


def on_disk(database: Database, *canaries: str) -> list[str]:
    """In which of SQLite's files one of these still stands, also between the rows."""
    path = database.engine.url.database if database.is_sqlite else None
    found = []
    for file in Path(path).parent.glob(f"{Path(path).name}*") if path else ():
        content = file.read_bytes()
        found += [f"{file.name}: {each}" for each in canaries if each.encode() in content]
    return found
