"""People as their managers see them: where they are, and how much is theirs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import exists, func, select

from storage.models import Account, Deal, Identity, Person, Reminder, Unit, Visit
from storage.repository import Repository
from storage.scope import Scope


@dataclass(frozen=True)
class Owned:
    """How much somebody has: accounts, open deals, what they have to do, their last visit."""

    accounts: int
    deals: int
    reminders: int
    last_visit: datetime | None
    last_is_day: bool = False


class Placed(NamedTuple):
    """Somebody, and the unit they are in."""

    id: int
    name: str
    role: int
    unit_id: int
    unit: str


class Roster(Repository):
    async def active(self, scope: Scope, unit_ids: Collection[int] | None = None) -> list[Placed]:
        """The active people in scope, managers first; only of some units when said."""
        query = (
            select(Person.id, Person.name, Person.role, Person.unit_id, Unit.name)
            .join(Unit, Person.unit_id == Unit.id)
            .where(Person.active, scope.where(Person.id, Person.unit_id))
            .order_by(Person.role.desc(), Person.name, Person.id)
        )
        if unit_ids is not None:
            query = query.where(Person.unit_id.in_(unit_ids))
        return [Placed(*row) for row in await self._session.execute(query)]

    async def without_account(self, person_ids: Collection[int]) -> set[int]:
        """Those of them whom no account on any platform reaches."""
        reached = exists().where(Identity.person_id == Person.id, Identity.reachable)
        query = select(Person.id).where(Person.id.in_(person_ids), ~reached)
        return set(await self._session.scalars(query))

    async def owned(self, person_id: int, scope: Scope) -> Owned:
        """How much somebody has, as far as the asker may see it."""
        accounts = (
            select(func.count(Account.id))
            .where(Account.owner_id == person_id, scope.where(Account.owner_id, Account.unit_id))
            .scalar_subquery()
        )
        deals = (
            select(func.count(Deal.id))
            .where(
                Deal.owner_id == person_id,
                Deal.closed_at.is_(None),
                scope.where(Deal.owner_id, Deal.unit_id),
            )
            .scalar_subquery()
        )
        reminders = (
            select(func.count(Reminder.id))
            .where(
                Reminder.person_id == person_id,
                Reminder.done_at.is_(None),
                scope.where(Reminder.person_id, Reminder.unit_id),
            )
            .scalar_subquery()
        )
        counts = (await self._session.execute(select(accounts, deals, reminders))).one()
        last = (
            select(Visit.at, Visit.all_day)
            .where(Visit.rep_id == person_id, scope.where(Visit.rep_id, Visit.unit_id))
            .order_by(Visit.at.desc())
            .limit(1)
        )
        visit = (await self._session.execute(last)).one_or_none()
        return Owned(*counts, *(visit or (None, False)))
