"""Erasing a person or a contact: every table that knows them, one by one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, Table, and_, cast, false, or_, select, update

from storage.models import (
    Attendee,
    Contact,
    Delivery,
    DeliveryState,
    Draft,
    Gate,
    Identity,
    Import,
    Invite,
    Leave,
    Membership,
    Page,
    Person,
    StoredCall,
    Update,
)
from storage.repository import Repository
from storage.scrubbing import (
    ATTACHMENTS,
    ENTRIES,
    REMINDERS,
    VISITS,
    WRITTEN,
    Traces,
    clean_messages,
    drop_buttons,
    drop_exports,
    drop_tables,
    empty_entries,
    empty_updates,
    holding,
    write_texts,
)
from storage.trail import Trail
from storage.upsert import table

CONTACTS, ATTENDEES, PEOPLE = table(Contact), table(Attendee), table(Person)
IDENTITIES, INVITES = table(Identity), table(Invite)
OWN: Mapping[Table, str] = {
    table(Membership): "person_id",
    table(Leave): "person_id",
    table(Page): "person_id",
    table(Draft): "person_id",
    table(StoredCall): "person_id",
    table(Delivery): "person_id",
    IDENTITIES: "person_id",
}
"""What is somebody's alone, and goes with them."""


@dataclass(frozen=True)
class Known:
    """What somebody is known by: in texts about them, and in any other."""

    near: Traces
    anywhere: Traces


class Erasures(Repository):
    async def erase_contact(
        self, trail: Trail, contact: Contact, known: Known, *, this: int | None
    ) -> None:
        """Delete a contact, and take it out of everything else; visits and their dates stay."""
        session, number, account = self._session, contact.id, contact.account_id
        met = await self._numbers(ATTENDEES, ATTENDEES.c.contact_id == number)
        await self._texts(trail, known, {"account_id": account})
        await self._entries(
            trail, known, {"contacts": [number], "attendees": met}, {"account_id": account}
        )
        await self._transient(trail, known, false(), false(), this)
        await self._delete(trail, ATTENDEES, ATTENDEES.c.contact_id == number)
        visits = update(VISITS).where(VISITS.c.contact_id == number).values(contact_id=None)
        await session.execute(visits)
        await self._delete(trail, CONTACTS, CONTACTS.c.id == number)

    async def erase_person(
        self,
        trail: Trail,
        person_id: int,
        known: Known,
        *,
        marker: str,
        this: int | None,
    ) -> None:
        """Delete what is somebody's alone, and leave of the rest a number without a name."""
        chats = await self._chats(person_id)
        numbers = {
            each.name: await self._numbers(each, each.c[column] == person_id)
            for each, column in {**OWN, INVITES: "person_id"}.items()
            if each.name in {"memberships", "leaves", "identities", "invites"}
        }
        mine = {"rep_id": person_id, "person_id": person_id, "owner_id": person_id}
        mine |= {"claimant_id": person_id}
        await self._reminders(trail, person_id, numbers)
        await self._texts(trail, known, mine)
        await self._entries(trail, known, {"people": [person_id], **numbers}, mine)
        for each, column in OWN.items():
            await self._delete(trail, each, each.c[column] == person_id)
        await self._delete(trail, table(Delivery), _in_chats(table(Delivery).c.chat, chats))
        await self._delete(trail, table(Gate), table(Gate).c.key.in_(chats))
        written = _in_chats(table(Update).c.chat, chats)
        sent = table(Import).c.person_id == person_id
        await self._transient(trail, known, written, sent, this)
        await drop_tables(self._session, trail, known.near, table(Import).c.person_id == person_id)
        await self._neutral(trail, person_id, known, marker)

    async def _neutral(self, trail: Trail, person_id: int, known: Known, marker: str) -> None:
        row = (await self._session.execute(select(PEOPLE).where(PEOPLE.c.id == person_id))).one()
        trail.add(PEOPLE.name, list(row))
        values = {"name": marker, "code": "", "language": "en", "zone": "UTC", "active": False}
        values |= {"quiet_from": None, "quiet_to": None, "save_at_once": False}
        statement = update(PEOPLE).where(PEOPLE.c.id == person_id).values(**values)
        await self._session.execute(statement)
        theirs = or_(
            INVITES.c.person_id == person_id, holding([INVITES.c.name], known.anywhere.hints)
        )
        query = select(INVITES.c.id, INVITES.c.name, INVITES.c.person_id).where(theirs)
        for row_id, name, whose in (await self._session.execute(query)).all():
            if whose == person_id or known.anywhere.cleaned(name) != name:
                trail.add(INVITES.name, [row_id, name])
                named = update(INVITES).where(INVITES.c.id == row_id).values(name=marker)
                await self._session.execute(named)

    async def _reminders(
        self, trail: Trail, person_id: int, numbers: dict[str, list[int]]
    ) -> None:
        """What somebody had to do for themselves; what is about a customer stays with that."""
        private = and_(REMINDERS.c.person_id == person_id, REMINDERS.c.account_id.is_(None))
        numbers["reminders"] = await self._numbers(REMINDERS, private)
        await self._delete(trail, REMINDERS, private)

    async def _texts(self, trail: Trail, known: Known, marks: Mapping[str, int]) -> None:
        for written in WRITTEN:
            near = _near(written, marks)
            await write_texts(self._session, trail, written, known.near, near)
            await write_texts(self._session, trail, written, known.anywhere, ~near)

    async def _entries(
        self,
        trail: Trail,
        known: Known,
        rows: Mapping[str, Collection[int]],
        marks: Mapping[str, int],
    ) -> None:
        async def judge(entries: Sequence[Any]) -> list[Traces]:
            near = await self._nearby(entries, marks)
            return [
                known.near
                if (each.noun, each.key) in near or _marked(each, marks)
                else known.anywhere
                for each in entries
            ]

        theirs = or_(
            false(),
            *(
                and_(ENTRIES.c.noun == noun, ENTRIES.c.key.in_(keys))
                for noun, keys in rows.items()
                if keys
            ),
        )
        await empty_entries(self._session, trail, known.near, theirs, judge)

    async def _nearby(
        self, entries: Sequence[Any], marks: Mapping[str, int]
    ) -> set[tuple[str, int]]:
        """Which of these entries are about rows that are about somebody."""
        found = set()
        for written in WRITTEN:
            keys = [each.key for each in entries if each.noun == written.name]
            if keys:
                where = and_(_near(written, marks), written.c.id.in_(keys))
                found |= {(written.name, number) for number in await self._numbers(written, where)}
        return found

    async def _transient(
        self,
        trail: Trail,
        known: Known,
        written: ColumnElement[bool],
        sent: ColumnElement[bool],
        this: int | None,
    ) -> None:
        """What would be forgotten in some weeks anyhow: whole names, whomever it is about."""
        await self._sent_files(trail)
        await clean_messages(self._session, trail, known.near)
        await drop_buttons(self._session, trail, known.near)
        await empty_updates(self._session, trail, known.near, written, this)
        await drop_tables(self._session, trail, known.near, sent)
        await drop_exports(self._session)

    async def _sent_files(self, trail: Trail) -> None:
        """Copies and tables that were sent to people, which anybody may be in."""
        sent = table(Delivery)
        query = select(sent.c.id, sent.c.payload).where(
            sent.c.state.not_in((DeliveryState.PENDING, DeliveryState.SENDING)),
            cast(sent.c.payload, String).like('%"content": "%'),
        )
        for number, payload in (await self._session.execute(query)).all():
            emptied = _without_files(payload)
            if emptied != payload:
                trail.add(sent.name, [number, payload])
                clean = update(sent).where(sent.c.id == number).values(payload=emptied)
                await self._session.execute(clean)

    async def _chats(self, person_id: int) -> list[str]:
        """The private chats of somebody, by their places' keys."""
        query = select(Identity.platform, Identity.bot, Identity.chat).where(
            Identity.person_id == person_id
        )
        return [
            f"{platform}:{bot}:{chat}"
            for platform, bot, chat in await self._session.execute(query)
        ]

    async def _numbers(self, rows: Table, where: ColumnElement[bool]) -> list[int]:
        return list(await self._session.scalars(select(rows.c.id).where(where)))

    async def _delete(self, trail: Trail, rows: Table, where: ColumnElement[bool]) -> None:
        gone = (await self._session.execute(select(rows).where(where))).all()
        trail.add(rows.name, [list(row) for row in gone], len(gone))
        await self._session.execute(rows.delete().where(where))


def _near(written: Table, marks: Mapping[str, int]) -> ColumnElement[bool]:
    """The rows of a table that are about somebody."""
    if written is ATTACHMENTS:
        visits = select(VISITS.c.id).where(_near(VISITS, marks))
        return ATTACHMENTS.c.visit_id.in_(visits)
    return or_(
        false(),
        *(written.c[name] == number for name, number in marks.items() if name in written.c),
    )


def _in_chats(column: Any, chats: Sequence[str]) -> ColumnElement[bool]:
    """Chats, and the windows beside them."""
    return or_(
        column.in_(chats), *(column.startswith(f"{chat}#", autoescape=True) for chat in chats)
    )


def _without_files(payload: Any) -> Any:
    """A message without the bytes of what was sent with it."""
    match payload:
        case dict():
            return {
                name: "" if name == "content" else _without_files(each)
                for name, each in payload.items()
            }
        case list():
            return [_without_files(each) for each in payload]
        case _:
            return payload


def _marked(entry: Any, marks: Mapping[str, int]) -> bool:
    """Whether an entry itself says that it is about somebody: its row may be gone."""
    sides = [side for side in (entry.before, entry.after) if side]
    return any(side.get(name) == number for side in sides for name, number in marks.items())
