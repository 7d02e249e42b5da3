"""Messages that only say how far something is, by how their names begin."""

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Delivery, DeliveryState
from storage.upsert import table

OUTBOX = table(Delivery)


async def drop_unsent(session: AsyncSession, prefix: str) -> None:
    """Forget those that still wait: something newer takes their place."""
    named = OUTBOX.c.dedup.startswith(prefix, autoescape=True)
    await session.execute(delete(OUTBOX).where(named, OUTBOX.c.state == DeliveryState.PENDING))


async def shown_at(session: AsyncSession, prefix: str) -> str:
    """The platform's name for the first of them that was sent, or nothing."""
    query = (
        select(OUTBOX.c.message_ref)
        .where(
            OUTBOX.c.dedup.startswith(prefix, autoescape=True),
            OUTBOX.c.message_ref.is_not(None),
        )
        .order_by(OUTBOX.c.id)
        .limit(1)
    )
    return await session.scalar(query) or ""
