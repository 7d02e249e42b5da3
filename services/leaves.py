"""Leaves: who is away and when, and who stands in meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from services.access import scope_of, stands_for
from services.errors import (
    AwayAlready,
    DeputyIsOneself,
    DeputyTooLow,
    GoneLeave,
    GonePerson,
    LeaveBackwards,
    LeaveBegun,
    LeaveOver,
    LeaveTooFar,
    LeaveTooLong,
    OwnAwayAlready,
)
from services.times import wall
from storage.models import Leave, Person, Role
from storage.scope import Scope
from storage.work import Work

LONGEST = timedelta(days=366)
FARTHEST = timedelta(days=5 * 366)
"""How far ahead a leave may end: what is farther is a slip."""
LISTED = 10
AHEAD = timedelta(days=31)
"""How far ahead the leaves of a manager's people are listed."""


class Away(Protocol):
    """Somebody as far as it counts for a leave."""

    @property
    def id(self) -> int: ...

    @property
    def name(self) -> str: ...

    @property
    def role(self) -> int: ...

    @property
    def unit_id(self) -> int: ...

    @property
    def active(self) -> bool: ...

    @property
    def zone(self) -> str: ...


@dataclass(frozen=True)
class Days:
    """From a day to a day, both of them included."""

    first: date
    last: date


@dataclass(frozen=True)
class Taken:
    """A leave as it is kept, with whoever it is about.

    ``absent`` are the leaves of the deputy that reach into it; ``before`` is who would have stood
    in, where somebody else does now.
    """

    leave: Leave
    person: Person
    deputy: Person | None
    absent: Sequence[Leave] = ()
    before: Person | None = None


async def take(
    work: Work,
    asker: Person,
    person: Person,
    days: Days,
    deputy: Person | None,
    *,
    now: datetime,
) -> Taken:
    """Keep that somebody will be away; oneself, or one of the asker's people."""
    await _may(work, asker, person)
    await _check(work, asker, person, days, deputy, now=now)
    leave = Leave(
        starts_on=days.first,
        ends_on=days.last,
        person_id=person.id,
        deputy_id=deputy.id if deputy else None,
    )
    await work.leaves.add(leave)
    return await _taken(work, leave, person, deputy)


async def change(
    work: Work, asker: Person, leave_id: int, days: Days, deputy: Person | None, *, now: datetime
) -> Taken:
    """Put other days or another deputy to a leave that is not over."""
    leave = await get(work, asker, leave_id, now=now)
    person, before = leave.person, leave.deputy
    await _check(work, asker, person, days, deputy, now=now, besides=leave)
    leave.starts_on, leave.ends_on = days.first, days.last
    leave.deputy_id = deputy.id if deputy else None
    await work.leaves.flush()
    return await _taken(work, leave, person, deputy, before)


async def end_today(work: Work, asker: Person, leave_id: int, *, now: datetime) -> Taken:
    """Today is the last day of a leave that has begun."""
    leave = await get(work, asker, leave_id, now=now)
    if leave.starts_on > today_of(leave.person, now):
        raise GoneLeave
    leave.ends_on = today_of(leave.person, now)
    await work.leaves.flush()
    return await _taken(work, leave, leave.person, leave.deputy)


async def cancel(work: Work, asker: Person, leave_id: int, *, now: datetime) -> Taken:
    """Take a leave back that has not begun before today."""
    leave = await get(work, asker, leave_id, now=now)
    if leave.starts_on < today_of(leave.person, now):
        raise LeaveBegun
    taken = await _taken(work, leave, leave.person, leave.deputy)
    await work.leaves.remove(leave)
    return taken


async def get(work: Work, asker: Person, leave_id: int, *, now: datetime) -> Leave:
    """A leave that the asker may change and that is not over, with its people."""
    leave = await work.leaves.get(leave_id)
    if leave is None or leave.ends_on < today_of(leave.person, now):
        raise GoneLeave
    try:
        await _may(work, asker, leave.person)
    except GonePerson:
        raise GoneLeave from None
    return leave


async def deputies(work: Work, person: Person, limit: int) -> list[Person]:
    """Who may stand in for somebody, those of their own unit first."""
    return await work.leaves.deputies(person, limit)


async def of_person(work: Work, person: Person, *, now: datetime) -> list[Leave]:
    """When somebody is away, now and later, the earliest first."""
    return await work.leaves.of([person.id], today_of(person, now))


async def of_people(work: Work, asker: Person, *, now: datetime) -> list[Leave]:
    """Who of a manager's people is away now or within a month, the earliest first.

    One more than are `LISTED`, if there are more.
    """
    if asker.role < Role.MANAGER:
        return []
    scope, today = await scope_of(work, asker), today_of(asker, now)
    return await work.leaves.in_scope(scope, today, today + AHEAD, LISTED + 1)


async def away_now(work: Work, person_id: int, *, now: datetime) -> Leave | None:
    """The leave that somebody is on today, if they are, which any colleague may know."""
    around = now.date()
    day = timedelta(days=1)
    found = await work.leaves.of([person_id], around - day, around + day)
    return next((each for each in found if is_on(each, each.person, now)), None)


async def stood_in_for(work: Work, deputy: Person) -> list[Leave]:
    """The leaves during which somebody sees today what others see."""
    return await stands_for(work, deputy)


def is_on(leave: Leave, person: Person, now: datetime) -> bool:
    """Whether it is one of the leave's days where its person is."""
    return leave.starts_on <= today_of(person, now) <= leave.ends_on


def today_of(person: Away, now: datetime) -> date:
    """Which day it is for somebody."""
    return wall(now, ZoneInfo(person.zone)).date()


async def _may(work: Work, asker: Person, person: Person) -> None:
    """Refuse whose leave isn't the asker's to plan."""
    if not may(asker, await scope_of(work, asker), person):
        raise GonePerson


def may(asker: Person, scope: Scope, person: Away) -> bool:
    """Whether somebody plans a person's leave: their own, or that of one of their people.

    Not of whom one only stands in for, nor of their people: else a deputy could stay one for as
    long as they like.
    """
    if person.id == asker.id:
        return asker.active
    theirs = scope.everything or person.unit_id in scope.own_units
    beside = person.role == asker.role == Role.MANAGER and person.unit_id == asker.unit_id
    manages = asker.role >= max(Role.MANAGER, person.role)
    return person.active and theirs and manages and not beside


async def _check(
    work: Work,
    asker: Person,
    person: Person,
    days: Days,
    deputy: Person | None,
    *,
    now: datetime,
    besides: Leave | None = None,
) -> None:
    fit(person, days, deputy, now=now)
    await work.people.get(person.id, lock=True)  # else two at once would overlap
    for each in await work.leaves.of([person.id], days.first, days.last):
        if besides is None or each.id != besides.id:
            when = {"since": each.starts_on, "until": each.ends_on}
            if person.id == asker.id:
                raise OwnAwayAlready(**when)
            raise AwayAlready(name=person.name, **when)


def fit(person: Away, days: Days, deputy: Away | None, *, now: datetime) -> None:
    """Refuse days that make no leave, and a deputy who can't be one."""
    if days.last < days.first:
        raise LeaveBackwards
    if days.last < today_of(person, now):
        raise LeaveOver(until=days.last)
    if days.last - days.first > LONGEST:
        raise LeaveTooLong
    if days.last - today_of(person, now) > FARTHEST:
        raise LeaveTooFar
    _stands_in(person, deputy)


def _stands_in(person: Away, deputy: Away | None) -> None:
    """A deputy sees what the person sees, so they hold at least the same role."""
    if deputy is None:
        return
    if deputy.id == person.id:
        raise DeputyIsOneself
    if not deputy.active:
        raise GonePerson
    if deputy.role < person.role:
        raise DeputyTooLow(name=person.name, role=Role(person.role).name.lower())


async def _taken(
    work: Work,
    leave: Leave,
    person: Person,
    deputy: Person | None,
    before: Person | None = None,
) -> Taken:
    for each in filter(None, (deputy, before)):
        work.scopes.pop(each.id, None)  # they see more from today on, or no longer
    absent = await work.leaves.of([deputy.id], leave.starts_on, leave.ends_on) if deputy else []
    changed = before if before and (deputy is None or before.id != deputy.id) else None
    return Taken(leave, person, deputy, absent, changed)
