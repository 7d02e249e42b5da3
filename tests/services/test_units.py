"""Changing the tree of units: whatever is done to it, it stays a tree."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services import people, units
from services.errors import (
    ClosedUnit,
    CompanyItself,
    GoneUnit,
    NotAllowed,
    Refusal,
    UnitBelowItself,
    UnitInUse,
    UnitNameTaken,
)
from services.names import fold
from storage.models import Account, Person, Role, Unit
from storage.work import Work
from tests.services.conftest import Hire
from tests.talk import MONDAY

STEP = st.tuples(
    st.sampled_from(["add", "rename", "move", "close", "reopen"]),
    st.integers(0, 30),
    st.integers(0, 30),
    st.sampled_from(["North", "South", "north", "华东", "A/B"]),
)


@pytest.fixture
async def hal(hire: Hire) -> Person:
    return await hire("Hal", Role.HQ, "")


async def paths(work: Work) -> list[str]:
    """Every unit by the names of those above it and its own."""
    return sorted(["/".join(await work.org.names(each)) for each in await work.people.units()])


async def test_a_unit_is_added_below_another(work: Work, hal: Person) -> None:
    east = await people.unit_at(work, "East")
    team = await units.add(work, hal, "  Shanghai   team ", east)
    assert (team.name, team.path) == ("Shanghai team", f"{east.path}{team.id}/")
    assert await paths(work) == ["HQ", "HQ/East", "HQ/East/Shanghai team"]


async def test_siblings_have_names_of_their_own(work: Work, hal: Person) -> None:
    east, west = [await people.unit_at(work, each) for each in ("East", "West")]
    await units.add(work, hal, "Key accounts", east)
    await units.add(work, hal, "Key accounts", west)
    with pytest.raises(UnitNameTaken):
        await units.add(work, hal, "KEY  accounts", west)
    with pytest.raises(UnitNameTaken):
        await units.rename(work, hal, east, "west")
    assert (await units.rename(work, hal, east, "EAST")).name == "EAST"


async def test_a_unit_moves_with_all_below_it(work: Work, hal: Person) -> None:
    for each in ("East/Shanghai/Pudong", "West"):
        await people.unit_at(work, each)
    east = await people.unit_at(work, "East")
    west = await people.unit_at(work, "West")
    await units.move(work, hal, east, west)
    assert await paths(work) == [
        "HQ",
        "HQ/West",
        "HQ/West/East",
        "HQ/West/East/Shanghai",
        "HQ/West/East/Shanghai/Pudong",
    ]


async def test_nothing_goes_below_itself_or_away_from_the_company(work: Work, hal: Person) -> None:
    below = await people.unit_at(work, "East/Shanghai")
    east, company = await people.unit_at(work, "East"), await people.unit_at(work, "")
    for above in (east, below):
        with pytest.raises(UnitBelowItself):
            await units.move(work, hal, east, above)
    with pytest.raises(CompanyItself):
        await units.move(work, hal, company, east)
    with pytest.raises(CompanyItself):
        await units.close(work, hal, company, now=MONDAY)


async def test_a_unit_with_somebody_or_something_in_it_is_not_closed(
    work: Work, hal: Person, hire: Hire
) -> None:
    ana = await hire("Ana")
    east = await people.unit_at(work, "East")
    await people.unit_at(work, "East/Shanghai")
    await work.accounts.add(Account(name="Acme", owner_id=ana.id, unit_id=east.id))
    with pytest.raises(UnitInUse) as refused:
        await units.close(work, hal, east, now=MONDAY)
    assert refused.value.details == {"unit": "East", "people": 1, "accounts": 1, "units": 1}


async def test_who_has_left_holds_no_unit_open(work: Work, hal: Person, hire: Hire) -> None:
    ana = await hire("Ana")
    ana.active = False
    await work.people.flush()
    east = await people.unit_at(work, "East")
    closed = await units.close(work, hal, east, now=MONDAY)
    assert closed.closed_at == MONDAY
    with pytest.raises(ClosedUnit):
        await units.add(work, hal, "Shanghai", east)
    with pytest.raises(UnitNameTaken):
        await units.add(work, hal, "East", await people.unit_at(work, ""))
    assert (await units.reopen(work, hal, east)).closed_at is None


async def test_a_unit_below_a_closed_one_stays_closed(work: Work, hal: Person) -> None:
    below, east = [await people.unit_at(work, each) for each in ("East/Shanghai", "East")]
    await units.close(work, hal, below, now=MONDAY)
    await units.close(work, hal, east, now=MONDAY)
    with pytest.raises(ClosedUnit):
        await units.reopen(work, hal, below)


@pytest.mark.parametrize("role", [Role.REP, Role.MANAGER])
async def test_the_tree_is_hq_s(work: Work, hire: Hire, role: Role) -> None:
    rui = await hire("Rui", role)
    east = await people.unit_at(work, "East")
    tried: list[Any] = [
        units.add(work, rui, "A", east),
        units.rename(work, rui, east, "A"),
        units.move(work, rui, east, east),
        units.close(work, rui, east, now=MONDAY),
        units.reopen(work, rui, east),
    ]
    for each in tried:
        with pytest.raises(NotAllowed):
            await each


async def test_a_unit_that_is_gone_is_said_to_be(work: Work, hal: Person) -> None:
    with pytest.raises(GoneUnit):
        await units.rename(work, hal, Unit(name="Gone"), "A")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, max_size=14))
async def test_it_stays_a_tree(
    work: Work, hal: Person, steps: list[tuple[str, int, int, str]]
) -> None:
    """Whatever is tried in whatever order: paths, names and closed units are in order."""
    for what, one, other, name in steps:
        known = await work.people.units()
        unit, above = known[one % len(known)], known[other % len(known)]
        try:
            match what:
                case "add":
                    await units.add(work, hal, name, unit)
                case "rename":
                    await units.rename(work, hal, unit, name)
                case "move":
                    await units.move(work, hal, unit, above)
                case "close":
                    await units.close(work, hal, unit, now=MONDAY)
                case _:
                    await units.reopen(work, hal, unit)
        except Refusal:
            continue
    tree = {each.id: each for each in await work.people.units()}
    for each in tree.values():
        above_it = tree[each.parent_id] if each.parent_id else None
        assert each.path == f"{above_it.path if above_it else '/'}{each.id}/"
        assert each.closed_at or not (above_it and above_it.closed_at)
        siblings = [fold(s.name) for s in tree.values() if s.parent_id == each.parent_id]
        assert len(siblings) == len(set(siblings))
    assert sum(each.parent_id is None for each in tree.values()) == 1
