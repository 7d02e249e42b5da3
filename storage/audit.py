"""The journal, searched: who did what, when, and where from."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Subquery, Text, and_, case, cast, exists, func, or_, select
from sqlalchemy.orm import aliased

from storage.models import (
    Account,
    AccountKey,
    Attendee,
    Change,
    Claim,
    Contact,
    Deal,
    Entry,
    Group,
    Person,
    Reminder,
    Unit,
    Visit,
)
from storage.repository import Repository
from storage.upsert import table

ENTRIES = table(Entry)
A_FEW = {"yield_per": 200}
"""Rows that are made of what the database says at once: some milliseconds."""
OF_ACCOUNT = (AccountKey, Claim, Contact, Deal, Reminder, Visit)
NAMED = {"accounts": Account, "contacts": Contact, "deals": Deal, "groups": Group,
         "people": Person, "units": Unit}  # fmt: skip


@dataclass(frozen=True)
class Search:
    """Which changes are looked for; what is empty is not asked."""

    author_id: int | None = None
    start: datetime | None = None
    end: datetime | None = None
    nouns: frozenset[str] = frozenset()
    noted: bool = False
    """Only what changed no row, such as exports and what was refused."""
    account_id: int | None = None
    before: int | None = None
    """Only changes with a lower number: what comes after a page."""


@dataclass(frozen=True)
class Sum:
    """How many rows of a table a change made, altered, deleted, or has lost what it said of."""

    change_id: int
    noun: str
    made: int
    altered: int
    deleted: int
    emptied: int

    @property
    def count(self) -> int:
        return self.made + self.altered + self.deleted + self.emptied


class Audit(Repository):
    async def changes(self, search: Search, limit: int) -> list[Change]:
        """The newest changes first."""
        query = select(Change).where(*_conditions(search)).order_by(Change.id.desc()).limit(limit)
        return list(await self._session.scalars(query))

    async def change(self, number: int) -> Change | None:
        """One of them."""
        return (
            await self._session.scalars(select(Change).where(Change.id == number))
        ).one_or_none()

    async def sums(self, change_ids: Collection[int]) -> list[Sum]:
        """What each of some changes did, by table; a row made or deleted isn't also altered."""
        rows = _rows_of(change_ids)
        made, altered, deleted, emptied = (each == 1 for each in list(rows.c)[3:7])
        kinds = (made, and_(altered, ~made, ~deleted), deleted, emptied)
        query = (
            select(
                rows.c.change_id,
                rows.c.noun,
                *(func.sum(case((each, 1), else_=0)) for each in kinds),
            )
            .group_by(rows.c.change_id, rows.c.noun)
            .order_by(rows.c.change_id, func.min(rows.c.first))
        )
        return [Sum(*row) for row in await self._session.execute(query)]

    async def entries(self, change_id: int, limit: int, after: int = 0) -> Sequence[Any]:
        """The rows of a change, those after an entry's number."""
        query = (
            select(ENTRIES)
            .where(ENTRIES.c.change_id == change_id, ENTRIES.c.id > after)
            .order_by(ENTRIES.c.id)
            .limit(limit)
        )
        return (await self._session.execute(query)).all()

    async def entries_of(self, change_ids: Collection[int], limit: int) -> dict[int, list[Any]]:
        """The rows of several changes, the newest change first, until there are as many."""
        query = (
            select(ENTRIES)
            .where(ENTRIES.c.change_id.in_(change_ids))
            .order_by(ENTRIES.c.change_id.desc(), ENTRIES.c.id)
            .limit(limit)
        )
        found: dict[int, list[Any]] = {}
        async for row in await self._session.stream(query, execution_options=A_FEW):
            found.setdefault(row.change_id, []).append(row)
        return found

    async def names(self, noun: str, ids: Collection[int]) -> dict[int, str]:
        """What rows of a table are called."""
        model: Any = NAMED[noun]
        query = select(model.id, model.name).where(model.id.in_(ids))
        return {row[0]: row[1] for row in await self._session.execute(query)}

    async def currencies(self, ids: Collection[int]) -> dict[int, str]:
        """What the amounts of deals are in."""
        query = select(Deal.id, Deal.currency).where(Deal.id.in_(ids))
        return {row[0]: row[1] for row in await self._session.execute(query)}

    async def accounts_of(self, noun: str, ids: Collection[int]) -> dict[int, int]:
        """At which account rows of a table are."""
        model: Any = {each.__tablename__: each for each in OF_ACCOUNT}[noun]
        query = select(model.id, model.account_id).where(model.id.in_(ids))
        return {row[0]: row[1] for row in await self._session.execute(query)}

    async def noted_since(self, person_id: int, since: datetime, command: str) -> bool:
        """Whether somebody has done something since then already, by its command."""
        query = select(Change.id).where(
            Change.author_id == person_id, Change.command == command, Change.at > since
        )
        return (await self._session.scalars(query.limit(1))).first() is not None


def _rows_of(change_ids: Collection[int]) -> Subquery:
    """What changes did to each row, which may have several entries: 1 for each kind."""
    columns = ENTRIES.c
    was, is_ = _holds(columns.before), _holds(columns.after)
    kinds = {
        "made": and_(~was, is_),
        "altered": and_(was, is_),
        "deleted": and_(was, ~is_),
        "emptied": and_(~was, ~is_),
    }
    return (
        select(
            columns.change_id,
            columns.noun,
            columns.key,
            *(func.max(case((each, 1), else_=0)).label(kind) for kind, each in kinds.items()),
            func.min(columns.id).label("first"),
        )
        .where(columns.change_id.in_(change_ids))
        .group_by(columns.change_id, columns.noun, columns.key)
        .subquery()
    )


def _holds(side: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a side of an entry says anything; null of JSON is nothing as well."""
    return func.coalesce(cast(side, Text), "null") != "null"


def _conditions(search: Search) -> list[ColumnElement[bool]]:
    of_change = Entry.change_id == Change.id
    found = []
    if search.author_id is not None:
        found.append(Change.author_id == search.author_id)
    if search.start is not None:
        found.append(Change.at >= search.start)
    if search.end is not None:
        found.append(Change.at < search.end)
    if search.before is not None:
        found.append(Change.id < search.before)
    if search.noted:
        found.append(Change.note != "")
    if search.nouns:
        found.append(exists().where(of_change, Entry.noun.in_(search.nouns)))
    if search.account_id is not None:
        found.append(exists().where(of_change, _about(search.account_id)))
    return found


def _about(account_id: int) -> ColumnElement[bool]:
    """An account itself, or what hangs on it; also rows that are gone, by what they said."""
    hanging = [
        and_(
            Entry.noun == model.__tablename__,
            or_(
                Entry.key.in_(select(model.id).where(model.account_id == account_id)),
                Entry.after["account_id"].as_integer() == account_id,
                Entry.before["account_id"].as_integer() == account_id,
            ),
        )
        for model in OF_ACCOUNT
    ]
    visit = aliased(Visit)
    met = select(Attendee.id).join(visit, Attendee.visit_id == visit.id)
    attended = Entry.key.in_(met.where(visit.account_id == account_id))
    return or_(
        and_(Entry.noun == "accounts", Entry.key == account_id),
        and_(Entry.noun == "attendees", attended),
        *hanging,
    )
