"""Owing: messages become rows of the outbox, each with the standing that it was made for."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Boolean, bindparam, func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Delivery, Standing
from storage.standing import held
from storage.upsert import prepared, table

OUTBOX = table(Delivery)
STANDINGS = table(Standing)
LESS_SINCE = literal_column(
    "COALESCE((SELECT number FROM standings WHERE standings.person_id = deliveries.person_id), 0)"
    " > deliveries.standing",
    Boolean,
)
"""Whether somebody else has taken something from the reader meanwhile."""


@prepared
def _insert(insert: Any) -> Any:
    """Owe a message; where its reader's standing was not read before, it is that of now."""
    now = select(STANDINGS.c.number).where(STANDINGS.c.person_id == bindparam("reader"))
    standing: Any = func.coalesce(bindparam("held"), now.scalar_subquery(), 0)
    statement = insert(OUTBOX).values(standing=standing)
    statement = statement.on_conflict_do_nothing(index_elements=["dedup"])
    return statement.returning(OUTBOX.c.id, LESS_SINCE)


async def insert_deliveries(session: AsyncSession, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Store messages owed; a known ``dedup`` is left out. Returns the new ids in order."""
    return [number for number, _less in await store_owed(session, rows)]


async def store_owed(
    session: AsyncSession, rows: Sequence[Mapping[str, Any]]
) -> list[tuple[int, bool]]:
    """The same: the new ids in order, and whether their readers see less by now.

    A row's ``standing`` is the one before anything was looked up for its reader: what the row
    says, or what this transaction remembers (`storage.standing.hold_all`).
    """
    found = await session.execute(_insert(session), [_stored(session, row) for row in rows])
    return sorted((number, bool(less)) for number, less in found)


def _stored(session: AsyncSession, row: Mapping[str, Any]) -> dict[str, Any]:
    reader, given = row["person_id"], row.get("standing")
    made_for = held(session, reader) if given is None else given
    kept = {name: value for name, value in row.items() if name != "standing"}
    return {"lapses_at": None, **kept, "reader": reader, "held": made_for}
