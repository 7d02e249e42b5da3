"""Holding an update while what its answer needs is fetched: no transaction may be open so long.

The rest of its chat waits behind it, and nobody else answers it. A hold has a lease on the
database's clock: when its holder dies, somebody else fetches the same once more.
"""

from collections.abc import Mapping

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.clock import NowMs
from storage.models import Update, UpdateState
from storage.upsert import table

LEASE = 15_000
"""Milliseconds; whoever holds on takes it anew long before it ends."""

INBOX = table(Update)
THIS = INBOX.c.id == bindparam("row")
TAKE = (
    update(INBOX)
    .where(
        THIS,
        INBOX.c.state == UpdateState.NEW,
        or_(INBOX.c.held_until.is_(None), INBOX.c.held_until <= NowMs()),
    )
    .values(held_until=NowMs() + LEASE)
    .returning(INBOX.c.id)
)
EXTEND = update(INBOX).where(THIS, INBOX.c.held_until.is_not(None))
LET_GO = update(INBOX).where(INBOX.c.held_until.is_not(None)).values(held_until=None)


async def hold(session: AsyncSession, update_id: int) -> bool:
    """Hold an update that is still to be answered; False when somebody else does."""
    return await session.scalar(TAKE, {"row": update_id}) is not None


async def extend(session: AsyncSession, update_id: int) -> None:
    """Hold on for another lease."""
    await session.execute(EXTEND.values(held_until=NowMs() + LEASE), {"row": update_id})


async def keep_fetched(
    session: AsyncSession, update_id: int, fetched: Mapping[str, str | None]
) -> bool:
    """Keep what was fetched and let go; False when the update was answered meanwhile."""
    query = select(INBOX.c.fetched).where(THIS, INBOX.c.state == UpdateState.NEW)
    row = (await session.execute(query.with_for_update(), {"row": update_id})).one_or_none()
    if row is None:
        return False
    both = {**(row.fetched or {}), **fetched}
    await session.execute(
        update(INBOX).where(THIS).values(fetched=both, held_until=None), {"row": update_id}
    )
    return True


async def let_go(session: AsyncSession, update_id: int | None = None) -> None:
    """Let go of an update, or of all: it is answered, or fetched for, by whoever is next."""
    if update_id is None:
        await session.execute(LET_GO)
    else:
        await session.execute(LET_GO.where(THIS), {"row": update_id})
