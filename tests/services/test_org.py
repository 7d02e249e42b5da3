"""The tree as somebody sees it, and a unit's card."""

import pytest

from services import accounts, org, people
from services.errors import GoneGroup, GoneUnit
from storage.models import Leave, Person, Role
from storage.work import Work
from tests.services.conftest import Hire
from tests.talk import MONDAY


@pytest.fixture
async def hal(hire: Hire) -> Person:
    return await hire("Hal", Role.HQ, "")


@pytest.fixture
async def rui(work: Work, hire: Hire) -> Person:
    """The manager of the East, who has a rep in Shanghai; Bo in the West is not his."""
    ana, bo = await hire("Ana", unit="East/Shanghai"), await hire("Bo", unit="West")
    for owner, name in ((ana, "Acme"), (bo, "Globex")):
        await accounts.create(work, owner, name)
    return await hire("Rui", Role.MANAGER)


async def drawn(work: Work, asker: Person) -> list[tuple[int, str, int, int]]:
    return [
        (each.depth, each.unit.name, each.people, each.accounts)
        for each in await org.tree(work, asker)
    ]


async def test_hq_sees_all_of_it_each_with_what_is_below(
    work: Work, hal: Person, rui: Person
) -> None:
    assert await drawn(work, hal) == [
        (0, "HQ", 4, 2),
        (1, "East", 2, 1),
        (2, "Shanghai", 1, 1),
        (1, "West", 1, 1),
    ]
    assert rui.role == Role.MANAGER


async def test_a_manager_sees_their_own_part(work: Work, rui: Person) -> None:
    assert await drawn(work, rui) == [(0, "East", 2, 1), (1, "Shanghai", 1, 1)]
    west = await people.unit_at(work, "West")
    with pytest.raises(GoneUnit):
        await org.unit(work, rui, west.id)


async def test_a_deputy_sees_the_other_part_as_well(work: Work, rui: Person, hire: Hire) -> None:
    wei = await hire("Wei", Role.MANAGER, "West")
    today = MONDAY.date()
    away = Leave(starts_on=today, ends_on=today, person_id=wei.id, deputy_id=rui.id)
    await work.people.add(away)
    assert await drawn(work, rui) == [
        (0, "East", 2, 1),
        (1, "Shanghai", 1, 1),
        (0, "West", 2, 1),
    ]


async def test_a_closed_unit_is_left_out(work: Work, hal: Person) -> None:
    south = await people.unit_at(work, "South")
    assert (1, "South", 0, 0) in await drawn(work, hal)
    south.closed_at = MONDAY
    await work.people.flush()
    assert await drawn(work, hal) == [(0, "HQ", 1, 0)]
    company = await people.unit_at(work, "")
    assert (await org.card(work, hal, company)).closed == [south]


async def test_a_card_says_where_a_unit_is_and_who_is_in_it(work: Work, rui: Person) -> None:
    east = await people.unit_at(work, "East")
    card = await org.card(work, rui, east)
    assert (card.path, card.managers) == (["HQ", "East"], ["Rui"])
    assert [each.name for each in card.people] == ["Rui"]
    assert [each.unit.name for each in card.below] == ["Shanghai"]
    assert card.up is None
    below = await org.card(work, rui, card.below[0].unit)
    assert (below.up, below.path) == (east, ["HQ", "East", "Shanghai"])


async def test_who_has_left_is_in_no_unit(work: Work, rui: Person) -> None:
    before = await drawn(work, rui)
    ana = (await people.find(work, rui, "Ana")).those[0]
    person = await work.people.get(ana.id)
    person.active = False
    await work.people.flush()
    assert [each[2] for each in before] == [2, 1]
    assert [each[2] for each in await drawn(work, rui)] == [1, 0]


async def test_a_group_that_is_gone_is_said_to_be(work: Work) -> None:
    with pytest.raises(GoneGroup):
        await org.group(work, 7)
