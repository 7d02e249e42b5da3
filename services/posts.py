"""Who may change whom: moving people, their roles, leaving the company and coming back.

HQ may change anybody; a manager the reps of their own unit and of those below it. Nobody changes
their own role or ends themselves, and there is always somebody left at HQ.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from services.access import scope_of
from services.errors import (
    ClosedUnit,
    GonePerson,
    LastHQ,
    NotAllowed,
    NotYours,
    NotYourUnit,
    OwnRole,
)
from storage.models import Account, Deal, Person, Reminder, Role, Unit
from storage.work import Work


class Post(StrEnum):
    """A role that may be given, by its name."""

    REP = "rep"
    MANAGER = "manager"
    HQ = "hq"

    @property
    def role(self) -> Role:
        return Role[self.name]


@dataclass(frozen=True)
class May:
    """What an actor may do about a person."""

    move: bool = False
    role: bool = False
    end: bool = False
    groups: bool = False
    invite: bool = False


@dataclass(frozen=True)
class Moved:
    """Somebody in a unit, and how much went there with them."""

    person: Person
    unit: Unit
    accounts: int = 0
    deals: int = 0
    reminders: int = 0


async def looked_after(work: Work, actor: Person) -> frozenset[int]:
    """The units whose reps a manager may change: their own and those below it.

    Not those of whoever they stand in for: a deputy only sees what they see.
    """
    if not actor.active or actor.role < Role.MANAGER:
        return frozenset()
    return await work.people.subtree(await work.people.unit(actor.unit_id))


async def may(work: Work, actor: Person, person: Person) -> May:
    """What an actor may do about a person."""
    hq = actor.active and actor.role >= Role.HQ
    theirs = hq or is_theirs(actor, person, await looked_after(work, actor))
    other = person.id != actor.id
    return May(
        move=theirs and person.active,
        role=hq and other and person.active,
        end=theirs and other,
        groups=hq and person.active,
        invite=theirs and other and person.active,
    )


class Posted(Protocol):
    """Somebody as far as it counts for who may change them."""

    @property
    def role(self) -> int: ...

    @property
    def unit_id(self) -> int: ...


def is_theirs(actor: Person, person: Posted, units: frozenset[int]) -> bool:
    """Whether a manager looks after somebody."""
    return (
        actor.active
        and actor.role == Role.MANAGER
        and person.role == Role.REP
        and person.unit_id in units
    )


async def move(work: Work, actor: Person, person: Person, unit: Unit) -> Moved:
    """Put somebody into another unit, with their accounts and all that is still open.

    Visits and closed deals stay where they were made.
    """
    changed = await _changing(work, actor, person)
    if not changed.active:
        raise GonePerson
    into = await _open_unit(work, actor, unit)
    return await carry(work, changed, into)


async def carry(work: Work, person: Person, unit: Unit) -> Moved:
    """Put somebody, who is locked, into a unit with all that goes where they go."""
    kept = await work.org.belongings(person.id, await scope_of(work, person))
    person.unit_id = unit.id
    for each in kept:
        each.unit_id = unit.id
    await work.people.flush()
    count = Counter(type(each) for each in kept)
    there = await work.people.get(person.id, lock=True)
    return Moved(there, unit, count[Account], count[Deal], count[Reminder])


async def give_role(work: Work, actor: Person, person: Person, role: Role) -> Person:
    """Give somebody another role; it holds at once."""
    if actor.role < Role.HQ or role > actor.role or role < Role.REP:
        raise NotYours(name=person.name)
    changed = await _changing(work, actor, person, oneself=False)
    if role < Role.HQ:
        await _someone_stays(work, changed)
    changed.role = role
    await work.people.flush()
    return changed


async def end(work: Work, actor: Person, person: Person, *, now: datetime) -> Person:
    """Somebody has left: nothing of the company is theirs to see from now on.

    What they own stays theirs until it is handed over; invitations for them let nobody in.
    """
    changed = await _changing(work, actor, person, oneself=False)
    await _someone_stays(work, changed)
    changed.active = False
    for each in await work.invites.open_for(changed.id, now):
        each.expires_at = now
    await work.people.flush()
    return changed


async def bring_back(
    work: Work, actor: Person, person: Person, unit: Unit | None = None
) -> Person:
    """Somebody is back: the same person, with their history, in their unit or another one."""
    changed = await _changing(work, actor, person, oneself=False)
    into = await _open_unit(work, actor, unit or await work.people.unit(changed.unit_id))
    changed.active = True
    if into.id != changed.unit_id:
        return (await carry(work, changed, into)).person
    await work.people.flush()
    return changed


async def _changing(work: Work, actor: Person, person: Person, *, oneself: bool = True) -> Person:
    """The person, locked, when the actor may change them; oneself only where that is allowed."""
    if not oneself:
        if person.id == actor.id:
            raise OwnRole
        await _still_there(work, actor)
    changed = await work.people.get(person.id, lock=True)
    hq = actor.active and actor.role >= Role.HQ
    if not hq and not is_theirs(actor, changed, await looked_after(work, actor)):
        raise NotYours(name=changed.name)
    return changed


async def _still_there(work: Work, actor: Person) -> None:
    """Whether an actor at HQ was not ended or given another role a moment ago; locks HQ."""
    heads = await work.people.heads()
    if actor.role >= Role.HQ and actor.id not in {each.id for each in heads}:
        raise NotAllowed(role=Role.HQ.name.lower())


async def _open_unit(work: Work, actor: Person, unit: Unit) -> Unit:
    """A unit that takes people in, locked, and that the actor looks after."""
    found = await work.people.unit(unit.id, lock=True)
    if actor.role < Role.HQ and found.id not in await looked_after(work, actor):
        raise NotYourUnit(unit=found.name)
    if found.closed_at:
        raise ClosedUnit(unit=found.name)
    return found


async def _someone_stays(work: Work, person: Person) -> None:
    """Refuse to lose the last one at HQ; whoever asks holds the lock on all of them."""
    heads = await work.people.heads()
    if person.id in {each.id for each in heads} and len(heads) == 1:
        raise LastHQ(name=person.name)
