"""Deals."""

from sqlalchemy import select

from storage.models import Deal
from storage.repository import Repository
from storage.scope import Scope


class Deals(Repository):
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
