"""The company's tree of units as somebody sees it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from services.access import scope_of
from services.errors import GoneGroup, GoneUnit
from services.names import fold
from services.naming import Named
from storage.models import Group, Person, Unit
from storage.work import Work


async def units(work: Work, asker: Person) -> list[Unit]:
    """The units that somebody may see, closed ones too, each after its parent."""
    return await work.org.units(await scope_of(work, asker), asker.unit_id)


async def named_units(work: Work, asker: Person) -> list[Named]:
    """What the open units are called that somebody may see; told apart by those above them."""
    seen = await units(work, asker)
    names = {each.id: each.name for each in seen}
    return [
        Named(each.id, each.name, beside=names.get(each.parent_id or 0, ""))
        for each in seen
        if each.closed_at is None
    ]


async def unit(work: Work, asker: Person, unit_id: int) -> Unit:
    """A unit that somebody may see, a closed one too."""
    for each in await units(work, asker):
        if each.id == unit_id:
            return each
    raise GoneUnit


async def named_groups(work: Work) -> list[Named]:
    """What the groups are called."""
    return [Named(each.id, each.name) for each in await work.org.groups()]


async def group(work: Work, group_id: int) -> Group:
    """A group, which is everybody's to know."""
    found = await work.org.group(group_id)
    if found is None:
        raise GoneGroup
    return found


@dataclass(frozen=True)
class Branch:
    """A unit in the tree, with the active people and the accounts in it and below it."""

    unit: Unit
    depth: int
    people: int
    accounts: int


async def tree(work: Work, asker: Person) -> list[Branch]:
    """The units that somebody may see, each before those below it, by name.

    A closed one is only there as long as there is something in it.
    """
    scope = await scope_of(work, asker)
    seen = await units(work, asker)
    people = _with_below(seen, await work.org.people(scope))
    accounts = _with_below(seen, await work.org.accounts(scope))
    return [
        Branch(each, depth, people[each.id], accounts[each.id])
        for each, depth in _in_order(seen)
        if each.closed_at is None or people[each.id] or accounts[each.id]
    ]


def _with_below(seen: Sequence[Unit], counts: Mapping[int, int]) -> Mapping[int, int]:
    """What there is in each unit and in those below it."""
    total: defaultdict[int, int] = defaultdict(int)
    for each in seen:
        for above in each.path.split("/"):
            if above:
                total[int(above)] += counts.get(each.id, 0)
    return total


def _in_order(seen: Sequence[Unit]) -> Iterator[tuple[Unit, int]]:
    """Each unit before those below it, siblings by name, with how deep it is."""
    known = {each.id for each in seen}
    below: defaultdict[int, list[Unit]] = defaultdict(list)
    for each in sorted(seen, key=lambda unit: (fold(unit.name), unit.id)):
        above = each.parent_id if each.parent_id in known else None
        below[above or 0].append(each)

    def walk(parent: int, depth: int) -> Iterator[tuple[Unit, int]]:
        for each in below[parent]:
            yield each, depth
            yield from walk(each.id, depth + 1)

    return walk(0, 0)


@dataclass(frozen=True)
class UnitCard:
    """All that is shown of a unit; ``path`` are the names of those above it and its own."""

    unit: Unit
    path: Sequence[str]
    managers: Sequence[str]
    people: Sequence[Named]
    below: Sequence[Branch]
    closed: Sequence[Unit]
    """The units right below it that are closed."""
    count: Branch
    up: Unit | None


async def card(work: Work, asker: Person, unit: Unit) -> UnitCard:
    """A unit with who is in it and what is below it, as far as the asker may see."""
    scope = await scope_of(work, asker)
    seen = {each.id: each for each in await units(work, asker)}
    branches = {each.unit.id: each for each in await tree(work, asker)}
    managers = await work.people.managers(unit)
    inside = [each for each in await work.people.called(scope) if each.unit_id == unit.id]
    return UnitCard(
        unit,
        await work.org.names(unit),
        [each.name for each in managers if each.unit_id == unit.id],
        [Named(each.id, each.name, each.code) for each in inside],
        [each for each in branches.values() if each.unit.parent_id == unit.id],
        [each for each in seen.values() if each.parent_id == unit.id and each.closed_at],
        branches.get(unit.id, Branch(unit, 0, 0, 0)),
        seen.get(unit.parent_id or 0),
    )
