"""The two statements whose dialects or results need a hand."""

from typing import Any, cast

from sqlalchemy import CursorResult, Delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession


def upsert(session: AsyncSession, model: type[Any]) -> Any:
    """An insert into ``model`` that has ``on_conflict_do_nothing`` and ``…_do_update``."""
    postgres = session.get_bind().dialect.name == "postgresql"
    return postgresql.insert(model) if postgres else sqlite.insert(model)


async def delete_rows(session: AsyncSession, statement: Delete) -> int:
    """Run a DELETE; returns how many rows went."""
    return cast("CursorResult[Any]", await session.execute(statement)).rowcount
