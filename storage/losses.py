"""Losses: who may see less by what is being flushed.

A row is seen by its owner and by the active managers of its unit and of those above. Who stands
in for one of them sees it too; HQ sees everything and loses nothing but its role.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, inspect, select
from sqlalchemy.orm import Session

from storage.models import (
    Account,
    Base,
    Contact,
    Deal,
    Identity,
    Leave,
    Person,
    Reminder,
    Role,
    Unit,
    Visit,
)
from storage.upsert import table

Holder = tuple[int, int]
"""Whose a row is: a person, and a unit."""
OWNED: Mapping[type[Base], tuple[str, str]] = {
    Account: ("owner_id", "unit_id"),
    Deal: ("owner_id", "unit_id"),
    Person: ("id", "unit_id"),
    Reminder: ("person_id", "unit_id"),
    Visit: ("rep_id", "unit_id"),
}
PEOPLE, UNITS, ACCOUNTS = table(Person), table(Unit), table(Account)


@dataclass
class Losses:
    """What was taken from whom; `found` says who that is, by at most four look-ups."""

    people: set[int] = field(default_factory=set)
    """Those whose own place or role changed."""
    absent: set[int] = field(default_factory=set)
    """Those for whom somebody may stand in from another day on, or to another."""
    moved: set[tuple[Holder, Holder | None]] = field(default_factory=set)
    """Rows by whose they were and whose they are now."""
    paths: set[tuple[str, str]] = field(default_factory=set)
    """Where units were, and where they are now."""
    accounts: set[int] = field(default_factory=set)
    """Customers that have lost a contact."""
    author: int | None = None
    """Who does it: what one removes oneself was taken from nobody."""
    changes_scopes: bool = False

    def __bool__(self) -> bool:
        return bool(self.people or self.absent or self.moved or self.paths or self.accounts)

    def found(self, session: Session) -> set[int]:
        """The people."""
        connection = session.connection()
        moved = self.moved | {(each, None) for each in _held(connection, self.accounts)}
        ids = {unit for pair in moved for held in pair if held for unit in held[1:]}
        paths = _paths(connection, ids)
        units = {each for path in paths.values() for each in above(path)}
        units |= {each for before, _now in self.paths for each in above(before)}
        managers = _managers(connection, units)

        def seen_by(held: Holder) -> set[int]:
            return {held[0], *_of(managers, above(paths.get(held[1], "")))}

        people = set(self.people)
        for before, now in moved:
            people |= seen_by(before) - (seen_by(now) if now else {self.author or 0})
        for was, now_at in self.paths:
            people |= {*_of(managers, above(was) - above(now_at))}
        return people


def above(path: str) -> set[int]:
    """The units of a path: itself and those above it."""
    return {int(part) for part in path.split("/") if part}


def _of(managers: Mapping[int, Collection[int]], units: Collection[int]) -> Iterator[int]:
    for unit in units:
        yield from managers.get(unit, ())


def _held(connection: Connection, account_ids: Collection[int]) -> set[Holder]:
    if not account_ids:
        return set()
    query = select(ACCOUNTS.c.owner_id, ACCOUNTS.c.unit_id).where(ACCOUNTS.c.id.in_(account_ids))
    return {(owner, unit) for owner, unit in connection.execute(query)}


def _paths(connection: Connection, unit_ids: Collection[int]) -> dict[int, str]:
    if not unit_ids:
        return {}
    query = select(UNITS.c.id, UNITS.c.path).where(UNITS.c.id.in_(unit_ids))
    return {each.id: each.path for each in connection.execute(query)}


def _managers(connection: Connection, unit_ids: Collection[int]) -> dict[int, list[int]]:
    if not unit_ids:
        return {}
    query = select(PEOPLE.c.unit_id, PEOPLE.c.id).where(
        PEOPLE.c.unit_id.in_(unit_ids), PEOPLE.c.role == Role.MANAGER, PEOPLE.c.active
    )
    found: dict[int, list[int]] = {}
    for unit, person in connection.execute(query):
        found.setdefault(unit, []).append(person)
    return found


def lost(session: Session) -> Losses:
    """What the rows of a flush take away; nothing is looked up for that."""
    author = session.info.get("author")
    losses = Losses(author=author.person_id if author else None)
    for row in session.dirty:
        _note(losses, row, gone=False)
    for row in session.deleted:
        _note(losses, row, gone=True)
    return losses


def _note(losses: Losses, row: Any, *, gone: bool) -> None:
    if names := OWNED.get(type(row)):
        before, now = _holder(row, names, before=True), _holder(row, names)
        if gone or before != now:
            losses.moved.add((before, None if gone else now))
    match row:
        case Person() if not gone:
            _of_person(losses, row)
        case Unit() if gone or _differs(row, "path"):
            losses.changes_scopes = True
            losses.paths |= {(was, row.path)} if (was := _before(row, "path")) else set()
        case Leave():
            losses.changes_scopes = True
            losses.people |= {_before(row, "deputy_id")} - {None}
        case Contact() if gone or _differs(row, "account_id"):
            losses.accounts.add(_before(row, "account_id"))
        case Identity() if gone or _differs(row, "person_id"):
            losses.people.add(_before(row, "person_id"))


def _of_person(losses: Losses, person: Person) -> None:
    if _differs(person, "role", "unit_id", "active"):
        losses.people.add(person.id)
    elif _differs(person, "zone"):
        losses.absent.add(person.id)


def _holder(row: Any, names: tuple[str, str], *, before: bool = False) -> Holder:
    owner, unit = (_before(row, each) if before else getattr(row, each) for each in names)
    return owner, unit


def _differs(row: Any, *names: str) -> bool:
    return any(_before(row, each) != getattr(row, each) for each in names)


def _before(row: Any, name: str) -> Any:
    """A column as it was before it was changed."""
    history = inspect(row).attrs[name].history
    return history.deleted[0] if history.deleted else getattr(row, name)
