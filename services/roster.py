"""People as their managers see them: a list by unit, and a card of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from services import leaves, org, posts
from services.access import scope_of
from services.posts import May
from storage.models import Group, Identity, Invite, Leave, Person, Unit
from storage.roster import Owned, Placed
from storage.work import Work

DAY = timedelta(days=1)


async def listed(work: Work, asker: Person, unit: Unit | None = None) -> list[Placed]:
    """The active people somebody sees, by unit in the order of the tree, managers first.

    Of one unit and those below it when said.
    """
    below = await work.people.subtree(unit) if unit else None
    found = await work.roster.active(await scope_of(work, asker), below)
    order = {each.unit.id: place for place, each in enumerate(await org.tree(work, asker))}
    return sorted(found, key=lambda each: order.get(each.unit_id, len(order)))


@dataclass(frozen=True)
class Member:
    """Somebody in the list; ``reached`` is whether any account of theirs reaches them."""

    who: Placed
    reached: bool
    away: bool


async def members(work: Work, shown: Sequence[Placed], *, now: datetime) -> list[Member]:
    """What else the list says of a few of them: who is away, whom nothing reaches."""
    numbers = [each.id for each in shown]
    alone = await work.roster.without_account(numbers)
    around = await work.leaves.of(numbers, (now - DAY).date(), (now + DAY).date())
    away = {each.person_id for each in around if leaves.is_on(each, each.person, now)}
    return [Member(each, each.id not in alone, each.id in away) for each in shown]


@dataclass(frozen=True)
class PersonCard:
    """All that is shown of a person, and what the asker may do about them.

    ``leave`` is the one that they are on, or else the next.
    """

    person: Person
    path: Sequence[str]
    managers: Sequence[str]
    groups: Sequence[Group]
    owned: Owned
    leave: Leave | None
    identities: Sequence[Identity]
    invite: Invite | None
    may: May


async def card(work: Work, asker: Person, person: Person, *, now: datetime) -> PersonCard:
    """A person as somebody sees them who may see them at all."""
    scope = await scope_of(work, asker)
    managers = await work.people.managers(person.unit)
    doors = await work.invites.open_for(person.id, now)
    ahead = await leaves.of_person(work, person, now=now)
    return PersonCard(
        person,
        await work.org.names(person.unit),
        [each.name for each in managers if each.id != person.id],
        await work.org.groups_of(person.id),
        await work.roster.owned(person.id, scope),
        ahead[0] if ahead else None,
        await work.people.identities(person.id),
        doors[-1] if doors else None,
        await posts.may(work, asker, person),
    )
