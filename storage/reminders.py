"""Reminders: what is to be done, by whom and when."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from storage.models import Reminder
from storage.repository import Repository
from storage.scope import Scope


class Reminders(Repository):
    async def open_of(
        self,
        person_id: int,
        limit: int,
        *,
        before: datetime | None = None,
        others: Mapping[int, datetime] | None = None,
    ) -> list[Reminder]:
        """What a person has yet to do, or until some time, the earliest first, with accounts.

        Of each of the ``others`` as well what is due before their time.
        """
        mine = Reminder.person_id == person_id
        theirs = [
            (Reminder.person_id == other) & (Reminder.due_at < until)
            for other, until in (others or {}).items()
        ]
        query = (
            select(Reminder)
            .where(or_(mine, *theirs), Reminder.done_at.is_(None))
            .options(joinedload(Reminder.account))
            .order_by(Reminder.due_at, Reminder.id)
            .limit(limit)
        )
        if before is not None:
            query = query.where(Reminder.due_at < before)
        return list(await self._session.scalars(query))

    async def of_account(self, account_id: int, scope: Scope, limit: int) -> list[Reminder]:
        """What is yet to be done at an account, as far as the asker may see it."""
        query = (
            select(Reminder)
            .where(
                Reminder.account_id == account_id,
                Reminder.done_at.is_(None),
                scope.where(Reminder.person_id, Reminder.unit_id),
            )
            .order_by(Reminder.due_at, Reminder.id)
            .limit(limit)
        )
        return list(await self._session.scalars(query))

    async def planned(self, visit_ids: list[int]) -> set[int]:
        """Those of these visits whose next step has a reminder, done or not."""
        query = select(Reminder.visit_id).where(Reminder.visit_id.in_(visit_ids))
        return {found for found in await self._session.scalars(query) if found is not None}

    async def get(self, reminder_id: int, people: Collection[int]) -> Reminder | None:
        """A reminder of one of these people, locked: it is done once."""
        query = (
            select(Reminder)
            .where(Reminder.id == reminder_id, Reminder.person_id.in_(people))
            .with_for_update()
        )
        return (await self._session.scalars(query)).one_or_none()
