"""Visits and what was kept with them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import case, exists, func, select
from sqlalchemy.orm import joinedload

from storage.models import Account, Attachment, Attendee, Change, Entry, Person, Visit
from storage.repository import Repository
from storage.scope import Scope


class Visits(Repository):
    async def count(self, rep_id: int, since: datetime) -> int:
        """How many visits a rep made since then."""
        query = select(func.count()).where(Visit.rep_id == rep_id, Visit.at >= since)
        return await self._session.scalar(query) or 0

    async def count_between(
        self, scope: Scope, start: datetime, end: datetime, *, account_id: int | None = None
    ) -> int:
        """How many visits in scope there were from one instant until before another."""
        query = select(func.count()).where(
            Visit.at >= start, Visit.at < end, scope.where(Visit.rep_id, Visit.unit_id)
        )
        if account_id is not None:
            query = query.where(Visit.account_id == account_id)
        return await self._session.scalar(query) or 0

    async def counts(
        self, scope: Scope, spans: Sequence[tuple[datetime, datetime]]
    ) -> tuple[int, ...]:
        """How many visits in scope there were in each of several spans, their ends left out."""
        within = [func.count(case(((Visit.at >= a) & (Visit.at < b), 1))) for a, b in spans]
        first, last = min(a for a, _end in spans), max(b for _start, b in spans)
        query = select(*within).where(
            Visit.at >= first, Visit.at < last, scope.where(Visit.rep_id, Visit.unit_id)
        )
        return tuple((await self._session.execute(query)).one())

    async def last(self, scope: Scope, limit: int) -> list[Visit]:
        """The last visits in scope, the newest first, each with its account and rep."""
        query = (
            select(Visit)
            .where(scope.where(Visit.rep_id, Visit.unit_id))
            .options(joinedload(Visit.account), joinedload(Visit.rep))
            .order_by(Visit.at.desc(), Visit.id.desc())
            .limit(limit)
        )
        return list(await self._session.scalars(query))

    async def competitors(self, rep_id: int, limit: int) -> list[str]:
        """The competitors that a rep has written of, each once."""
        query = (
            select(Visit.competitor)
            .where(Visit.rep_id == rep_id, Visit.competitor != "")
            .distinct()
            .limit(limit)
        )
        return list(await self._session.scalars(query))

    async def attendees(self, visit_ids: list[int]) -> list[Attendee]:
        """Who else was met at these visits."""
        query = (
            select(Attendee)
            .where(Attendee.visit_id.in_(visit_ids))
            .options(joinedload(Attendee.contact))
            .order_by(Attendee.id)
        )
        return list(await self._session.scalars(query))

    async def of_account(self, account_id: int, scope: Scope, limit: int) -> list[Visit]:
        """The last visits to an account that the asker may see, the newest first."""
        query = (
            select(Visit)
            .where(Visit.account_id == account_id, scope.where(Visit.rep_id, Visit.unit_id))
            .options(joinedload(Visit.rep), joinedload(Visit.contact))
            .order_by(Visit.at.desc(), Visit.id.desc())
            .limit(limit)
        )
        return list(await self._session.scalars(query))

    async def others(self, account_id: int, scope: Scope) -> list[str]:
        """Who was at an account before, of whose visits the asker may see none, by name.

        Nothing else of those visits; for whoever owns the account alone.
        """
        query = (
            select(Person.name)
            .join(Visit, Visit.rep_id == Person.id)
            .join(Account, Account.id == Visit.account_id)
            .where(
                Account.id == account_id,
                Account.owner_id == scope.person_id,
                ~scope.where(Visit.rep_id, Visit.unit_id),
            )
            .group_by(Person.id, Person.name)
            .order_by(Person.id)
        )
        return list(await self._session.scalars(query))

    async def get(self, visit_id: int, scope: Scope) -> Visit | None:
        """A visit that the asker may see, with its account."""
        query = (
            select(Visit)
            .where(Visit.id == visit_id, scope.where(Visit.rep_id, Visit.unit_id))
            .options(joinedload(Visit.account))
        )
        return (await self._session.scalars(query)).one_or_none()

    async def latest(
        self,
        rep_id: int,
        since: datetime,
        account_id: int | None = None,
        visit_id: int | None = None,
    ) -> Visit | None:
        """The visit that a rep logged last, if they did so since then.

        With an account the last one to that; with a visit only that one.
        """
        logged = exists().where(
            Entry.noun == Visit.__tablename__,
            Entry.key == Visit.id,
            Entry.change_id == Change.id,
            Change.at >= since,
        )
        newest = select(func.max(Visit.id)).where(Visit.rep_id == rep_id)
        if account_id is not None:
            newest = newest.where(Visit.account_id == account_id)
        if visit_id is not None:
            newest = newest.where(Visit.id == visit_id)
        query = (
            select(Visit)
            .where(Visit.id == newest.scalar_subquery(), logged)
            .options(joinedload(Visit.account))
        )
        return (await self._session.scalars(query)).one_or_none()

    async def with_files_of(self, update_ids: Sequence[int]) -> int | None:
        """The visit that the files of these updates are kept with."""
        query = (
            select(func.max(Attachment.visit_id))
            .join(Entry, (Entry.noun == Attachment.__tablename__) & (Entry.key == Attachment.id))
            .join(Change, Change.id == Entry.change_id)
            .where(Change.update_id.in_(update_ids))
        )
        found: int | None = await self._session.scalar(query)
        return found

    async def attachments(self, visit_ids: list[int]) -> dict[int, int]:
        """How many files each of these visits has."""
        query = (
            select(Attachment.visit_id, func.count())
            .where(Attachment.visit_id.in_(visit_ids))
            .group_by(Attachment.visit_id)
        )
        return dict((await self._session.execute(query)).all())
