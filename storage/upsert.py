"""The statements whose dialects or results need a hand."""

from collections.abc import Callable
from functools import cache, wraps
from typing import Any, cast

from sqlalchemy import CursorResult, Delete, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session


def upsert(session: AsyncSession, model: type[Any]) -> Any:
    """An insert into ``model`` that has ``on_conflict_do_nothing`` and ``…_do_update``."""
    postgres = session.get_bind().dialect.name == "postgresql"
    return postgresql.insert(model) if postgres else sqlite.insert(model)


def table(model: type[Any]) -> Table:
    """A model's table, for statements that every update runs: without the ORM they cost half."""
    return cast("Table", model.__table__)


def prepared(build: Callable[[Any], Any]) -> Callable[[AsyncSession | Session], Any]:
    """A statement built of its dialect's ``insert`` once, since building it costs as much as it.

    Rows are passed when it is executed: ``values`` of a list are compiled again each time.
    """
    inserts = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
    built = cache(lambda dialect: build(inserts[dialect]))

    @wraps(build)
    def statement(session: AsyncSession | Session) -> Any:
        return built(session.get_bind().dialect.name)

    return statement


async def delete_rows(session: AsyncSession, statement: Delete) -> int:
    """Run a DELETE; returns how many rows went."""
    return cast("CursorResult[Any]", await session.execute(statement)).rowcount


async def many(session: AsyncSession, statement: Any, rows: list[dict[str, Any]]) -> None:
    """Run a statement for every row, in one trip to the database."""
    connection = await session.connection()
    await connection.execute(statement, rows)
