"""Groups: people from anywhere, whom being in one lets see nothing."""

from typing import Any

import pytest

from services import groups, posts
from services.access import scope_of
from services.errors import GoneGroup, GonePerson, GroupInUse, GroupNameTaken, NotAllowed
from storage.models import Group, Person, Role
from storage.work import Work
from tests.services.conftest import Hire
from tests.talk import MONDAY


@pytest.fixture
async def hal(hire: Hire) -> Person:
    return await hire("Hal", Role.HQ, "")


async def sizes(work: Work) -> list[tuple[str, int]]:
    return [(each.group.name, each.people) for each in await groups.listed(work)]


async def test_people_of_any_unit_are_in_any_groups(work: Work, hal: Person, hire: Hire) -> None:
    ana, bo = await hire("Ana"), await hire("Bo", unit="West")
    key, lab = [await groups.add(work, hal, each) for each in ("Key accounts", "Labs")]
    for group, person in ((key, ana), (key, bo), (lab, ana)):
        assert await groups.put_in(work, hal, group, person)
    assert not await groups.put_in(work, hal, key, ana)
    assert await sizes(work) == [("Key accounts", 2), ("Labs", 1)]
    assert [each.name for each in await work.org.groups_of(ana.id)] == ["Key accounts", "Labs"]
    assert await groups.take_out(work, hal, key, bo)
    assert not await groups.take_out(work, hal, key, bo)
    assert await sizes(work) == [("Key accounts", 1), ("Labs", 1)]


async def test_a_group_lets_nobody_see_anything(work: Work, hal: Person, hire: Hire) -> None:
    ana, bo = await hire("Ana"), await hire("Bo", unit="West")
    rui = await hire("Rui", Role.MANAGER)
    before = await scope_of(work, ana)
    group = await groups.add(work, hal, "Labs")
    for each in (ana, bo, rui):
        await groups.put_in(work, hal, group, each)
    assert await scope_of(work, ana) == before
    assert [each.name for each in await groups.members(work, rui, group)] == ["Ana", "Rui"]
    assert [each.name for each in await groups.members(work, hal, group)] == ["Ana", "Bo", "Rui"]


async def test_names_are_unique(work: Work, hal: Person) -> None:
    labs = await groups.add(work, hal, " Labs ")
    await groups.add(work, hal, "Key accounts")
    with pytest.raises(GroupNameTaken):
        await groups.add(work, hal, "labs")
    with pytest.raises(GroupNameTaken):
        await groups.rename(work, hal, labs, "key  ACCOUNTS")
    assert (await groups.rename(work, hal, labs, "LABS")).name == "LABS"


async def test_only_an_empty_group_is_removed(work: Work, hal: Person, hire: Hire) -> None:
    ana = await hire("Ana")
    group = await groups.add(work, hal, "Labs")
    await groups.put_in(work, hal, group, ana)
    with pytest.raises(GroupInUse):
        await groups.remove(work, hal, group)
    await posts.end(work, hal, ana, now=MONDAY)
    await groups.remove(work, hal, group)
    assert await sizes(work) == []
    with pytest.raises(GoneGroup):
        await groups.rename(work, hal, group, "A")


async def test_who_has_left_is_put_into_none(work: Work, hal: Person, hire: Hire) -> None:
    ana = await hire("Ana")
    await posts.end(work, hal, ana, now=MONDAY)
    with pytest.raises(GonePerson):
        await groups.put_in(work, hal, await groups.add(work, hal, "Labs"), ana)


@pytest.mark.parametrize("role", [Role.REP, Role.MANAGER])
async def test_groups_are_hq_s(work: Work, hire: Hire, role: Role) -> None:
    rui = await hire("Rui", role)
    group = Group(name="Labs")
    await work.org.add(group)
    tried: list[Any] = [
        groups.add(work, rui, "A"),
        groups.rename(work, rui, group, "A"),
        groups.remove(work, rui, group),
        groups.put_in(work, rui, group, rui),
        groups.take_out(work, rui, group, rui),
    ]
    for each in tried:
        with pytest.raises(NotAllowed):
            await each
