"""Leaves: who is away, and who stands in for them."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from storage.models import Leave, Person
from storage.repository import Repository
from storage.scope import Scope

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

    async def get(self, leave_id: int) -> Leave | None:
        """A leave with its people, locked: it is read to be changed."""
        query = _whole().where(Leave.id == leave_id).with_for_update(of=Leave)
        found = await self._session.scalars(query.execution_options(populate_existing=True))
        return found.one_or_none()

    async def of(
        self, people: Collection[int], since: date, until: date | None = None
    ) -> list[Leave]:
        """The leaves of these people that reach into the days from one on, to another if said."""
        query = _whole().where(Leave.person_id.in_(people), Leave.ends_on >= since)
        if until is not None:
            query = query.where(Leave.starts_on <= until)
        return list(await self._session.scalars(query))

    async def in_scope(self, scope: Scope, since: date, until: date, limit: int) -> list[Leave]:
        """The leaves of others in scope that reach into these days, the earliest first."""
        query = (
            _whole()
            .join(Person, Leave.person_id == Person.id)
            .where(
                Person.active,
                Leave.person_id != scope.person_id,
                Leave.ends_on >= since,
                Leave.starts_on <= until,
                scope.where(Person.id, Person.unit_id),
            )
            .limit(limit)
        )
        return list(await self._session.scalars(query))

    async def deputies(self, person: Person, limit: int) -> list[Person]:
        """Who may stand in for somebody, with their units; those of the same unit first."""
        query = (
            select(Person)
            .where(Person.active, Person.role >= person.role, Person.id != person.id)
            .options(joinedload(Person.unit))
            .order_by(Person.unit_id != person.unit_id, Person.role, Person.name, Person.id)
            .limit(limit)
        )
        return list(await self._session.scalars(query))

    async def remove(self, leave: Leave) -> None:
        await self._session.delete(leave)
        await self._session.flush()


def _whole() -> Select[Leave]:
    """Leaves with the units of whoever they are about, the earliest first."""
    return (
        select(Leave)
        .options(
            joinedload(Leave.person).joinedload(Person.unit),
            joinedload(Leave.deputy).joinedload(Person.unit),
        )
        .order_by(Leave.starts_on, Leave.id)
    )
