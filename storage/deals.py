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
