"""``INSERT … ON CONFLICT`` for whichever database it is."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession


def upsert(session: AsyncSession, model: type[Any]) -> Any:
    """An insert into ``model`` that has ``on_conflict_do_nothing`` and ``…_do_update``."""
    postgres = session.get_bind().dialect.name == "postgresql"
    return postgresql.insert(model) if postgres else sqlite.insert(model)
