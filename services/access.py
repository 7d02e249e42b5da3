"""Who may see what. Every such question is answered here."""

from zoneinfo import ZoneInfo

from services.errors import NotAllowed
from services.times import wall
from storage.models import Leave, Person, Role
from storage.scope import Scope
from storage.work import Work


async def scope_of(work: Work, person: Person) -> Scope:
    """What a person may see: a rep their own, a manager their unit's subtree, HQ everything.

    A deputy sees what those who are away see, unless that is more than their own role may.
    """
    known = work.scopes.get(person.id)
    if known is None:
        known = work.scopes[person.id] = await _scope(work, person)
    return known


async def _scope(work: Work, person: Person) -> Scope:
    if person.role >= Role.HQ:
        return Scope(person.id, everything=True)
    away = [leave.person for leave in await stands_for(work, person)]
    units = [each.unit for each in (person, *away) if each.role >= Role.MANAGER]
    seen = [await work.people.subtree(unit) for unit in units]
    return Scope(
        person.id,
        frozenset().union(*seen),
        stands_for=frozenset(each.id for each in away),
    )


async def stands_for(work: Work, deputy: Person) -> list[Leave]:
    """The leaves, each with its person, that let somebody see today what those people see."""
    now = work.author.at
    return [
        leave
        for leave in await work.leaves.of_deputy(deputy.id, around=now)
        if leave.person.active
        and leave.person.role <= deputy.role
        and leave.starts_on <= wall(now, ZoneInfo(leave.person.zone)).date() <= leave.ends_on
    ]


def require(person: Person | None, role: Role) -> None:
    """Refuse whoever has less than this role."""
    held = Role(person.role) if person and person.active else Role.GUEST
    if held < role:
        raise NotAllowed(role=role.name.lower())
