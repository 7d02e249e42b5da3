"""Leaves: who is away, and who stands in for them."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from storage.models import Leave, Person
from storage.repository import Repository

DAY = timedelta(days=1)


class Leaves(Repository):
    async def of_deputy(self, deputy_id: int, *, around: datetime) -> list[Leave]:
        """The leaves that somebody may stand in for now, wherever on earth it is which day."""
        today = around.date()
        query = (
            select(Leave)
            .where(
                Leave.deputy_id == deputy_id,
                Leave.starts_on <= today + DAY,
                Leave.ends_on >= today - DAY,
            )
            .options(joinedload(Leave.person).joinedload(Person.unit))
            .order_by(Leave.id)
        )
        return list(await self._session.scalars(query))
