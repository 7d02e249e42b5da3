"""Who may see what. Every such question is answered here.

- A rep sees their own rows: accounts and deals they own, visits they made, what they have to do.
  So do a manager and HQ, wherever in the company they are.
- A manager sees the rows of their unit and of those below. A row stays in the unit it was made in:
  who has moved on leaves it behind, and who comes in finds it there.
- HQ sees everything.
- A deputy sees, on the days of the leave, what who is away sees, unless that is more than the
  deputy's own role may. Not what those see whom they in turn stand in for.
- What belongs to an account is seen with the account: its contacts, phone, tax number, place.
- An account's name and its owner's anybody may know, so that two reps don't court one customer.
- Who has left sees nothing. A group lets nobody see anything.

What may be done to a row may be done by whoever sees it and has the command's role; but who only
stands in for somebody looks after it, and hands nothing on, merges and erases nothing, decides no
claims, and changes nobody's post or leave (`Scope.own`). It is judged
when a button is pressed, when an answer is given, at undo, and again when what was made of it is
sent (`storage.standing`).
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from services.errors import NotAllowed
from services.times import first_instant, wall
from storage.models import Leave, Person, Role
from storage.scope import Scope
from storage.standing import lapse, leaves_of
from storage.work import Work

LAST = date(9999, 12, 1)
"""Past it no instant can be reckoned."""
NOBODY = Scope(0)
"""What somebody sees who has left."""


async def scope_of(work: Work, person: Person) -> Scope:
    """What a person may see: a rep their own, a manager their unit's subtree, HQ everything.

    A deputy sees what those who are away see, unless that is more than their own role may.
    """
    if not person.active:
        return NOBODY
    known = work.scopes.get(person.id)
    if known is None:
        known = work.scopes[person.id] = await _scope(work, person)
    return known


async def _scope(work: Work, person: Person) -> Scope:
    if person.role >= Role.HQ:
        return Scope(person.id, everything=True)
    leaves = await stands_for(work, person)
    for leave in leaves:
        lapse(work.session, person.id, ends(leave))
    own = await _managed(work, [person])
    return Scope(
        person.id,
        own | await _managed(work, [leave.person for leave in leaves]),
        stands_for=frozenset(leave.person_id for leave in leaves),
        own_units=own,
    )


async def _managed(work: Work, people: Iterable[Person]) -> frozenset[int]:
    """The units of those of these who are managers, and all below them."""
    units = {each.unit_id for each in people if each.role >= Role.MANAGER}
    return await work.people.below(units) if units else frozenset()


async def stands_for(work: Work, deputy: Person) -> list[Leave]:
    """The leaves, each with its person, that let somebody see today what those people see."""
    now = work.author.at
    around = await work.leaves.of_deputy(deputy.id, around=now)
    return [leave for leave in around if _counts(leave, deputy, now)]


async def lapses(work: Work, people: Iterable[int]) -> dict[int, datetime]:
    """When what these see as somebody's deputies ends by itself; only of those who are some's."""
    now, found = work.author.at, dict[int, datetime]()
    for leave, deputy in await leaves_of(work.session, people, now):
        if deputy.role < Role.HQ and _counts(leave, deputy, now):
            found[deputy.id] = min(found.get(deputy.id, ends(leave)), ends(leave))
    return found


def ends(leave: Leave) -> datetime:
    """The first instant after a leave, where who is away lives."""
    last = min(leave.ends_on, LAST)
    return first_instant(last + timedelta(days=1), ZoneInfo(leave.person.zone))


def _counts(leave: Leave, deputy: Person, now: datetime) -> bool:
    """Whether it lets the deputy see anything on this day."""
    today = wall(now, ZoneInfo(leave.person.zone)).date()
    is_on = leave.starts_on <= today <= leave.ends_on
    return is_on and leave.person.active and leave.person.role <= deputy.role


def require(person: Person | None, role: Role) -> None:
    """Refuse whoever has less than this role."""
    held = Role(person.role) if person and person.active else Role.GUEST
    if held < role:
        raise NotAllowed(role=role.name.lower())
