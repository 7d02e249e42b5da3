"""Inviting everybody at once who was taken in from a table and is not connected yet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from services import joining
from services.access import scope_of
from storage.models import Import, Invite, Person, Role
from storage.work import Work

MOST = 200
"""Invitations in one go: a second or two of work."""


@dataclass(frozen=True)
class Invited:
    """An invitation for somebody who is known, and its code, which is kept nowhere."""

    person: Person
    invite: Invite
    code: str


@dataclass(frozen=True)
class Invitations:
    """Those who were invited, and how many are left for another time."""

    given: Sequence[Invited]
    left: int


async def invite_imported(
    work: Work, asker: Person, row: Import, *, new_code: Callable[[], str], now: datetime
) -> Invitations:
    """Invite those of an import who have no account yet and whom the asker may invite.

    Those who have no open invitation come first; when everybody has one, they get new ones.
    """
    people = await _without_account(work, asker, row)
    fresh = [each for each in people if not await work.invites.open_for(each.id, now)]
    given = [
        await _invited(work, asker, each, new_code(), now) for each in (fresh or people)[:MOST]
    ]
    return Invitations(given, len(fresh or people) - len(given))


async def _invited(work: Work, asker: Person, person: Person, code: str, now: datetime) -> Invited:
    given = await joining.invite(
        work,
        person.name,
        Role(person.role),
        person.unit,
        code=code,
        by=asker,
        person=person,
        now=now,
    )
    return Invited(person, given, code)


async def _without_account(work: Work, asker: Person, row: Import) -> list[Person]:
    """The active people of an import without an account on a platform, by their names."""
    numbers: set[int] = set()
    if row.change_id is not None:
        async for entries in work.tables.entries(row.change_id):
            numbers |= {e["key"] for e in entries if e["noun"] == Person.__tablename__}
    scope = await scope_of(work, asker)
    alone = await work.roster.without_account(numbers)
    seen = [await work.people.seen(number, scope) for number in alone]
    people = [each for each in seen if each and each.active and not each.unit.closed_at]
    may = [
        each
        for each in people
        if await joining.may_invite(work, asker, Role(each.role), each.unit)
    ]
    return sorted(may, key=lambda each: (each.name, each.id))
