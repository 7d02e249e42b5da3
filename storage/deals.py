"""Deals."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from storage.models import Deal, Stage
from storage.repository import Repository
from storage.scope import Scope


@dataclass(frozen=True)
class Total:
    """How many deals of one currency are open or were won, and what they are worth together."""

    open: bool
    currency: str
    count: int
    minor: int


class Deals(Repository):
    async def totals(self, scope: Scope, won_since: datetime) -> list[Total]:
        """What is open in scope, and what was won since then, the most deals first."""
        is_open = Deal.closed_at.is_(None)
        won = (Deal.stage == Stage.WON) & (Deal.closed_at >= won_since)
        number = func.count()
        query = (
            select(is_open, Deal.currency, number, func.sum(Deal.amount))
            .where(or_(is_open, won), scope.where(Deal.owner_id, Deal.unit_id))
            .group_by(is_open, Deal.currency)
            .order_by(number.desc(), Deal.currency)
        )
        rows = (await self._session.execute(query)).all()
        return [Total(bool(is_it), each, count, int(minor)) for is_it, each, count, minor in rows]

    async def open_of(self, account_id: int, scope: Scope) -> list[Deal]:
        """An account's open deals that the asker may see, the largest first."""
        query = (
            select(Deal)
            .where(
                Deal.account_id == account_id,
                Deal.closed_at.is_(None),
                scope.where(Deal.owner_id, Deal.unit_id),
            )
            .order_by(Deal.amount.desc(), Deal.id)
        )
        return list(await self._session.scalars(query))

    async def get(self, deal_id: int, scope: Scope, *, lock: bool = False) -> Deal | None:
        """A deal that the asker may see, locked when it is read to be changed."""
        query = select(Deal).where(Deal.id == deal_id, scope.where(Deal.owner_id, Deal.unit_id))
        if lock:
            query = query.with_for_update().execution_options(populate_existing=True)
        return (await self._session.scalars(query)).one_or_none()

    async def names(self, owner_id: int, limit: int) -> list[str]:
        """What a rep's deals are about, each once."""
        query = select(Deal.name).where(Deal.owner_id == owner_id).distinct().limit(limit)
        return list(await self._session.scalars(query))
