"""Visits and what was kept with them."""

from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import joinedload

from storage.models import Attachment, Change, Entry, Visit
from storage.repository import Repository
from storage.scope import Scope


class Visits(Repository):
    async def count(self, rep_id: int, since: datetime) -> int:
        """How many visits a rep made since then."""
        query = select(func.count()).where(Visit.rep_id == rep_id, Visit.at >= since)
        return await self._session.scalar(query) or 0

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

    async def get(self, visit_id: int, scope: Scope) -> Visit | None:
        """A visit that the asker may see, with its account."""
        query = (
            select(Visit)
            .where(Visit.id == visit_id, scope.where(Visit.rep_id, Visit.unit_id))
            .options(joinedload(Visit.account))
        )
        return (await self._session.scalars(query)).one_or_none()

    async def latest(self, rep_id: int, since: datetime) -> Visit | None:
        """The visit that a rep logged last, if they did so since then."""
        logged = exists().where(
            Entry.noun == Visit.__tablename__,
            Entry.key == Visit.id,
            Entry.change_id == Change.id,
            Change.at >= since,
        )
        newest = select(func.max(Visit.id)).where(Visit.rep_id == rep_id).scalar_subquery()
        query = select(Visit).where(Visit.id == newest, logged).options(joinedload(Visit.account))
        return (await self._session.scalars(query)).one_or_none()

    async def attachments(self, visit_ids: list[int]) -> dict[int, int]:
        """How many files each of these visits has."""
        query = (
            select(Attachment.visit_id, func.count())
            .where(Attachment.visit_id.in_(visit_ids))
            .group_by(Attachment.visit_id)
        )
        return dict((await self._session.execute(query)).all())
