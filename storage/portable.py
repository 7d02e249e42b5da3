"""Rows as text that either database reads: what a backup is made of.

What is NULL is left out, so that the null of a JSON column stays another thing. Instants are UTC,
bytes base64. A table always gives the same text, on either database, by which it can be compared.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Date,
    DateTime,
    LargeBinary,
    MetaData,
    Select,
    String,
    Table,
    Text,
    Time,
    cast,
    collate,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.models import Base

AT_ONCE = 500
"""Rows in memory at once; of a table that holds files, one."""


def tables(connection: Connection) -> list[Table]:
    """The company's tables as the database has them, each after those that it refers to."""
    metadata = MetaData()
    metadata.reflect(connection, only=lambda name, _: name in Base.metadata.tables)
    found = metadata.sorted_tables
    for column in (column for each in found for column in each.columns):
        if isinstance(column.type, JSON):
            column.type = JSON(none_as_null=True)
    return found


def at_once(table: Table) -> int:
    """How many rows of a table are kept in memory."""
    return 1 if any(isinstance(each.type, LargeBinary) for each in table.columns) else AT_ONCE


async def lines(connection: AsyncConnection, table: Table) -> AsyncIterator[bytes]:
    """Every row of a table as a line of JSON, in the order of its key, a few in memory at once."""
    query = _query(table, connection.dialect.name)
    size = at_once(table)
    result = await connection.stream(query, execution_options={"yield_per": size})
    names = [column.name for column in table.columns]
    kinds = [column.type for column in table.columns]
    async for row in result:
        found = {
            name: _encoded(kind, value)
            for name, kind, value in zip(names, kinds, row, strict=True)
            if value is not None
        }
        yield json.dumps(found, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def _query(table: Table, dialect: str) -> Select[Any]:
    """All rows; texts are ordered by their bytes, which is each database's own way no more."""
    by_bytes = "BINARY" if dialect == "sqlite" else "C"
    order = [
        collate(column, by_bytes) if isinstance(column.type, String) else column
        for column in table.primary_key
    ]
    columns = [
        cast(column, Text) if isinstance(column.type, JSON) else column for column in table.columns
    ]
    return select(*columns).order_by(*order)


def _encoded(kind: Any, value: Any) -> Any:
    if isinstance(kind, JSON):
        return json.loads(value)
    if isinstance(value, datetime):
        aware = value if value.tzinfo else value.replace(tzinfo=UTC)
        return aware.astimezone(UTC).isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    return b64encode(value).decode() if isinstance(value, bytes) else value


def row(table: Table, line: bytes, dialect: str) -> dict[str, Any]:
    """The inverse of `lines`, as a statement takes it."""
    found: Mapping[str, Any] = json.loads(line)
    return {
        column.name: _decoded(column, found[column.name], dialect)
        if column.name in found
        else None
        for column in table.columns
    }


def _decoded(column: Column[Any], value: Any, dialect: str) -> Any:
    match column.type:
        case JSON():
            return JSON.NULL if value is None else value
        case DateTime():
            at = datetime.fromisoformat(value)
            return at.replace(tzinfo=None) if dialect == "sqlite" else at
        case Date():
            return date.fromisoformat(value)
        case Time():
            return time.fromisoformat(value)
        case LargeBinary():
            return b64decode(value)
        case _:
            return value


def own_references(table: Table) -> Sequence[str]:
    """The columns by which rows of a table refer to other rows of it."""
    return [key.parent.name for key in table.foreign_keys if key.column.table is table]
