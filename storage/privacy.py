"""All that is kept of one person, to be handed to them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Table, func, or_, select

from storage.clock import NowMs
from storage.models import (
    Account,
    Change,
    Claim,
    Contact,
    Deal,
    Delivery,
    DeliveryState,
    Entry,
    Group,
    Identity,
    Invite,
    Leave,
    Membership,
    Person,
    Reminder,
    Standing,
    Unit,
    Update,
    UpdateState,
    Visit,
)
from storage.repository import Repository
from storage.upsert import table

Row = dict[str, Any]
A_FEW = {"yield_per": 200}
"""Rows that are made of what the database says at once: some milliseconds."""
OWN: Mapping[str, tuple[Table, str]] = {
    "identities": (table(Identity), "person_id"),
    "accounts": (table(Account), "owner_id"),
    "reminders": (table(Reminder), "person_id"),
    "deals": (table(Deal), "owner_id"),
    "leaves": (table(Leave), "person_id"),
    "claims": (table(Claim), "claimant_id"),
    "invites": (table(Invite), "person_id"),
}
"""Rows that are somebody's, by the column that says so."""
HIDDEN = frozenset({"code_hash"})
"""What is kept only to recognise something by, and tells nobody anything."""


class Holdings(Repository):
    """Every query is of one person's own rows, whom it names."""

    async def counts(self, person_id: int) -> dict[str, int]:
        """How many visits, deals and open to-dos somebody has."""
        open_ones = (Reminder.person_id == person_id, Reminder.done_at.is_(None))
        queries = {
            "visits": select(func.count()).where(Visit.rep_id == person_id),
            "deals": select(func.count()).where(Deal.owner_id == person_id),
            "reminders": select(func.count()).where(*open_ones),
        }
        return {name: await self._session.scalar(each) or 0 for name, each in queries.items()}

    async def person(self, person_id: int) -> Row:
        """What is kept about who somebody is."""
        query = (
            select(table(Person), Unit.name.label("unit"))
            .join(Unit, Unit.id == Person.unit_id)
            .where(Person.id == person_id)
        )
        return dict((await self._session.execute(query)).mappings().one())

    async def rows(self, person_id: int) -> dict[str, list[Row]]:
        """What is somebody's, by table."""
        found = {}
        for name, (rows, column) in OWN.items():
            shown = [each for each in rows.c if each.name not in HIDDEN]
            query = select(*shown).where(rows.c[column] == person_id).order_by(rows.c.id)
            found[name] = await self._read(query)
        return found

    async def visits(self, person_id: int) -> list[Row]:
        """The visits that somebody made, each with whom they met where."""
        query = (
            select(table(Visit), Account.name.label("account"), Contact.name.label("contact"))
            .join(Account, Account.id == Visit.account_id)
            .outerjoin(Contact, Contact.id == Visit.contact_id)
            .where(Visit.rep_id == person_id)
            .order_by(Visit.at, Visit.id)
        )
        return await self._read(query)

    async def groups(self, person_id: int) -> list[str]:
        """What somebody's groups are called."""
        query = (
            select(Group.name)
            .join(Membership, Membership.group_id == Group.id)
            .where(Membership.person_id == person_id)
            .order_by(Group.name)
        )
        return list(await self._session.scalars(query))

    async def journal(self, person_id: int) -> list[Row]:
        """What somebody did when; of which rows, but not what was in them: others may be."""
        query = (
            select(Change.at, Change.command, Change.source, Entry.noun, Entry.key)
            .outerjoin(Entry, Entry.change_id == Change.id)
            .where(Change.author_id == person_id)
            .order_by(Change.id, Entry.id)
        )
        return await self._read(query)

    async def messages(self, person_id: int) -> tuple[list[Row], list[Row]]:
        """What was sent to somebody and what they wrote in private, as far as it is still kept.

        And only as far as they may see it still: what was sent before they lost something is not.
        """
        now = select(Standing.number).where(Standing.person_id == person_id).scalar_subquery()
        sent = (
            select(Delivery.created_at, Delivery.payload)
            .where(
                Delivery.person_id == person_id,
                Delivery.state == DeliveryState.SENT,
                func.coalesce(Delivery.standing, 0) == func.coalesce(now, 0),
                or_(Delivery.lapses_at.is_(None), Delivery.lapses_at > NowMs()),
            )
            .order_by(Delivery.id)
        )
        written = (
            select(Update.received_at, Update.payload)
            .where(Update.state == UpdateState.DONE, or_(*await self._private(person_id)))
            .order_by(Update.id)
        )
        return await self._read(sent), await self._read(written)

    async def asked(self, person_id: int, command: str, since: datetime) -> datetime | None:
        """When somebody asked for something that is only noted, since then."""
        query = select(func.max(Change.at)).where(
            Change.author_id == person_id, Change.command == command, Change.at >= since
        )
        found: datetime | None = await self._session.scalar(query)
        return found

    async def _read(self, query: Any) -> list[Row]:
        """All rows, a few at a time: years of somebody's work hold up nobody."""
        result = await self._session.stream(query, execution_options=A_FEW)
        return [dict(row) async for row in result.mappings()]

    async def _private(self, person_id: int) -> Sequence[Any]:
        """The chats that only somebody reads."""
        query = select(Identity.platform, Identity.bot, Identity.chat).where(
            Identity.person_id == person_id
        )
        keys = [f"{p}:{b}:{c}" for p, b, c in await self._session.execute(query)]
        return [Update.chat == key for key in keys] or [Update.id < 0]
