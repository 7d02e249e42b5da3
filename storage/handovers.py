"""What goes over when accounts change hands: they, what is open of them, and what is known."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from storage.models import Account, Contact, Deal, Reminder, Visit
from storage.repository import Repository
from storage.scope import Scope

Row = TypeVar("Row", Account, Deal, Reminder)


class Handovers(Repository):
    async def accounts(self, owner_id: int, scope: Scope, *, lock: bool = False) -> list[Account]:
        """Somebody's accounts that the asker may see, by name; locked when they are to change."""
        query = select(Account).where(
            Account.owner_id == owner_id, scope.where(Account.owner_id, Account.unit_id)
        )
        found = await self._found(query, Account, lock=lock)
        return sorted(found, key=lambda each: (each.name, each.id))

    async def deals(
        self, owner_id: int, scope: Scope, account_id: int | None = None, *, lock: bool = False
    ) -> list[Deal]:
        """Somebody's open deals in scope, the largest first; of one account or all."""
        query = select(Deal).where(
            Deal.owner_id == owner_id,
            Deal.closed_at.is_(None),
            scope.where(Deal.owner_id, Deal.unit_id),
        )
        if account_id is not None:
            query = query.where(Deal.account_id == account_id)
        found = await self._found(query, Deal, lock=lock)
        return sorted(found, key=lambda each: (-each.amount, each.id))

    async def reminders(
        self, person_id: int, scope: Scope, account_id: int | None = None, *, lock: bool = False
    ) -> list[Reminder]:
        """What somebody has yet to do at their own accounts, or at one, the earliest first."""
        query = (
            select(Reminder)
            .join(Account, Reminder.account_id == Account.id)
            .where(
                Reminder.person_id == person_id,
                Reminder.done_at.is_(None),
                Account.owner_id == person_id,
                scope.where(Reminder.person_id, Reminder.unit_id),
            )
        )
        if account_id is not None:
            query = query.where(Reminder.account_id == account_id)
        found = await self._found(query, Reminder, lock=lock)
        return sorted(found, key=lambda each: (each.due_at, each.id))

    async def _found(self, query: Select[Row], model: type[Row], *, lock: bool) -> list[Row]:
        """Rows by number, in which all are locked who are: two at once don't wait in a ring."""
        query = query.order_by(model.id)
        if lock:
            query = query.with_for_update(of=model).execution_options(populate_existing=True)
        return list(await self._session.scalars(query))

    async def last_visits(self, account_ids: Sequence[int], scope: Scope) -> dict[int, Visit]:
        """The last visit to each of a few accounts that the asker may see, with its rep."""
        rank = func.row_number().over(
            partition_by=Visit.account_id, order_by=(Visit.at.desc(), Visit.id.desc())
        )
        ranked = (
            select(Visit.id, rank.label("rank"))
            .where(Visit.account_id.in_(account_ids), scope.where(Visit.rep_id, Visit.unit_id))
            .subquery()
        )
        query = (
            select(Visit)
            .join(ranked, ranked.c.id == Visit.id)
            .where(ranked.c.rank == 1)
            .options(joinedload(Visit.rep))
        )
        return {each.account_id: each for each in await self._session.scalars(query)}

    async def contacts(self, account_ids: Sequence[int], scope: Scope) -> list[Contact]:
        """The people at a few accounts that the asker may see, the newest last."""
        query = (
            select(Contact)
            .join(Account, Contact.account_id == Account.id)
            .where(
                Contact.account_id.in_(account_ids), scope.where(Account.owner_id, Account.unit_id)
            )
            .order_by(Contact.id)
        )
        return list(await self._session.scalars(query))

    async def seen_last(self, account_ids: Sequence[int], scope: Scope) -> dict[int, datetime]:
        """When each of these accounts was last visited, as far as the asker may see it."""
        query = (
            select(Visit.account_id, func.max(Visit.at))
            .where(Visit.account_id.in_(account_ids), scope.where(Visit.rep_id, Visit.unit_id))
            .group_by(Visit.account_id)
        )
        return dict((await self._session.execute(query)).all())
