"""The company's tree of units, and the groups that cut across it."""

from services.access import scope_of
from services.errors import GoneGroup, GoneUnit
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
    found = await work.org.group(group_id)
    if found is None:
        raise GoneGroup
    return found
