"""What is older than it may be kept: how much there is, and letting go of it a slice at a time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Table,
    and_,
    delete,
    exists,
    func,
    not_,
    or_,
    select,
    true,
    update,
)

from storage.models import (
    Attachment,
    Attendee,
    Blob,
    Change,
    Contact,
    Delivery,
    DeliveryState,
    Draft,
    Entry,
    Erasure,
    Person,
    Retention,
    Update,
    UpdateState,
    Visit,
)
from storage.repository import Repository
from storage.trail import ERASURES, Trail, empty
from storage.upsert import delete_rows, table

ENTRIES, VISITS, ATTACHMENTS, BLOBS = table(Entry), table(Visit), table(Attachment), table(Blob)
WAITING = (DeliveryState.PENDING, DeliveryState.SENDING)


class Retentions(Repository):
    async def all(self) -> dict[str, Retention]:
        """What HQ has decided, by kind."""
        return {each.kind: each for each in await self._session.scalars(select(Retention))}

    async def sent(self, before: datetime) -> int:
        """How many messages left, or could not, before then."""
        return await self._count(Delivery, _sent(before))

    async def answered(self, before: datetime) -> int:
        """How many updates that came in before then are answered."""
        done = Update.state == UpdateState.DONE
        return await self._count(Update, and_(Update.received_at < before, done))

    async def unfinished(self, before: datetime) -> int:
        """How many forms nobody went on with since then."""
        return await self._count(Draft, Draft.updated_at < before)

    async def forget_sent(self, before: datetime, limit: int) -> int:
        """Delete messages that left, or could not, before then; returns how many."""
        some = select(Delivery.id).where(_sent(before)).limit(limit)
        return await delete_rows(self._session, delete(Delivery).where(Delivery.id.in_(some)))

    async def files(self, before: datetime) -> int:
        """How many files are kept with visits before then."""
        return await self._count(Attachment, _of_old_visits(before))

    async def drop_files(self, trail: Trail, before: datetime, limit: int) -> int:
        """Delete some of them, and the bytes where we keep those ourselves."""
        query = (
            select(ATTACHMENTS).where(_of_old_visits(before)).order_by(Attachment.id).limit(limit)
        )
        rows = (await self._session.execute(query)).all()
        numbers = [row.id for row in rows]
        trail.add(ATTACHMENTS.name, [list(row) for row in rows], len(rows))
        await self._empty(trail, _about(ATTACHMENTS, numbers))
        await self._session.execute(BLOBS.delete().where(BLOBS.c.ref.in_([r.ref for r in rows])))
        await self._session.execute(ATTACHMENTS.delete().where(ATTACHMENTS.c.id.in_(numbers)))
        return len(rows)

    async def notes(self, before: datetime) -> int:
        """How many visits before then have a note or a next step."""
        return await self._count(Visit, _noted(before))

    async def clear_notes(self, trail: Trail, before: datetime, limit: int) -> int:
        """Empty some of them, here and in the journal."""
        columns = (VISITS.c.id, VISITS.c.note, VISITS.c.next_step)
        query = select(*columns).where(_noted(before)).order_by(Visit.id).limit(limit)
        rows = (await self._session.execute(query)).all()
        numbers = [row.id for row in rows]
        trail.add(VISITS.name, [list(row) for row in rows], len(rows))
        await self._empty(trail, _about(VISITS, numbers))
        emptied = update(VISITS).where(VISITS.c.id.in_(numbers)).values(note="", next_step="")
        await self._session.execute(emptied)
        return len(rows)

    async def journal(self, before: datetime) -> int:
        """How many entries of the journal before then still have their contents."""
        return await self._count(Entry, _old_entries(before))

    async def clear_journal(self, trail: Trail, before: datetime, limit: int) -> int:
        """Empty some of them; who did it and when stays, and so does the chain."""
        some = select(ENTRIES.c.id).where(_old_entries(before)).order_by(ENTRIES.c.id).limit(limit)
        return await self._empty(trail, ENTRIES.c.id.in_(some))

    async def left(
        self, before: datetime, limit: int | None = None, *, only: int | None = None
    ) -> Sequence[int]:
        """Who has left and was last changed before then, and has no customers any more."""
        erased = select(Erasure.key).where(Erasure.noun == Person.__tablename__)
        query = (
            select(Person.id)
            .where(not_(Person.active), Person.id.not_in(erased), _untouched(Person, before))
            .where(true() if only is None else Person.id == only)
            .order_by(Person.id)
            .limit(limit)
        )
        return (await self._session.scalars(query)).all()

    async def unmet(
        self, before: datetime, limit: int | None = None, *, only: int | None = None
    ) -> Sequence[int]:
        """The contacts whom nobody has met since then, and of whom nobody wrote anything."""
        others = exists().where(
            Attendee.contact_id == Contact.id, Attendee.visit_id == Visit.id, Visit.at >= before
        )
        first = exists().where(Visit.contact_id == Contact.id, Visit.at >= before)
        query = (
            select(Contact.id)
            .where(~first, ~others, _untouched(Contact, before))
            .where(true() if only is None else Contact.id == only)
            .order_by(Contact.id)
            .limit(limit)
        )
        return (await self._session.scalars(query)).all()

    async def _empty(self, trail: Trail, where: ColumnElement[bool]) -> int:
        """Take the contents out of entries that have any; their digests stay."""
        query = select(ENTRIES).where(where, ENTRIES.c.salt.is_not(None)).order_by(ENTRIES.c.id)
        rows = (await self._session.execute(query)).all()
        await empty(self._session, trail, rows)
        return len(rows)

    async def _count(self, model: type[Any], where: ColumnElement[bool]) -> int:
        query = select(func.count()).select_from(model).where(where)
        return await self._session.scalar(query) or 0


def _sent(before: datetime) -> ColumnElement[bool]:
    return and_(Delivery.created_at < before, Delivery.state.not_in(WAITING))


def _of_old_visits(before: datetime) -> ColumnElement[bool]:
    return exists().where(Visit.id == Attachment.visit_id, Visit.at < before)


def _noted(before: datetime) -> ColumnElement[bool]:
    return and_(Visit.at < before, or_(Visit.note != "", Visit.next_step != ""))


def _old_entries(before: datetime) -> ColumnElement[bool]:
    old = exists().where(Change.id == Entry.change_id, Change.at < before)
    return and_(Entry.salt.is_not(None), Entry.noun != ERASURES, old)


def _about(rows: Table, numbers: Sequence[int]) -> ColumnElement[bool]:
    return and_(ENTRIES.c.noun == rows.name, ENTRIES.c.key.in_(numbers))


def _untouched(model: type[Person] | type[Contact], before: datetime) -> ColumnElement[bool]:
    """Rows that the journal knows, and saw change last before then."""
    mine = and_(
        Entry.noun == model.__tablename__, Entry.key == model.id, Entry.change_id == Change.id
    )
    return and_(exists().where(mine), ~exists().where(mine, Change.at >= before))
