"""Groups: people from anywhere in the tree, for what they have in common."""

from dataclasses import dataclass

from services.access import require, scope_of
from services.errors import GoneGroup, GonePerson, GroupInUse, GroupNameTaken
from services.names import LONGEST_NAME, fold
from storage.models import Group, Membership, Person, Role
from storage.work import Work


@dataclass(frozen=True)
class Sized:
    """A group and how many active people are in it."""

    group: Group
    people: int


async def listed(work: Work) -> list[Sized]:
    """Every group by name."""
    sizes = await work.org.sizes()
    return [Sized(each, sizes.get(each.id, 0)) for each in await work.org.groups()]


async def members(work: Work, asker: Person, group: Group) -> list[Person]:
    """The people of a group whom somebody may see."""
    return await work.org.members(group.id, await scope_of(work, asker))


async def add(work: Work, actor: Person, name: str) -> Group:
    """A new group, which nobody is in yet."""
    require(actor, Role.HQ)
    group = Group(name=await _free(work, name))
    await work.org.add(group)
    return group


async def rename(work: Work, actor: Person, group: Group, name: str) -> Group:
    """Call a group something else."""
    found = await _changing(work, actor, group)
    found.name = await _free(work, name, besides=found)
    await work.org.flush()
    return found


async def remove(work: Work, actor: Person, group: Group) -> None:
    """Remove a group that nobody is in; those who have left the company don't hold it."""
    found = await _changing(work, actor, group)
    if count := (await work.org.sizes()).get(found.id, 0):
        raise GroupInUse(group=found.name, count=count)
    for each in await work.org.memberships(found.id):
        await work.org.remove(each)
    await work.org.remove(found)


async def put_in(work: Work, actor: Person, group: Group, person: Person) -> bool:
    """Put somebody into a group; whether they were not in it already."""
    found = await _changing(work, actor, group)
    if not person.active:
        raise GonePerson
    if await work.org.membership(found.id, person.id):
        return False
    await work.org.add(Membership(group_id=found.id, person_id=person.id))
    return True


async def take_out(work: Work, actor: Person, group: Group, person: Person) -> bool:
    """Take somebody out of a group; whether they were in it."""
    found = await _changing(work, actor, group)
    membership = await work.org.membership(found.id, person.id)
    if membership is None:
        return False
    await work.org.remove(membership)
    return True


async def _changing(work: Work, actor: Person, group: Group) -> Group:
    require(actor, Role.HQ)
    found = await work.org.group(group.id, lock=True)
    if found is None:
        raise GoneGroup
    return found


async def _free(work: Work, name: str, *, besides: Group | None = None) -> str:
    """The name as it is kept, when no other group has it."""
    name = " ".join(name.split())[:LONGEST_NAME]
    for each in await work.org.groups():
        if each is not besides and fold(each.name) == fold(name):
            raise GroupNameTaken(name=each.name)
    return name
