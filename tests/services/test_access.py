import pytest
from sqlalchemy import select

from services.access import require, scope_of
from services.errors import NotAllowed
from storage.models import Account, Role
from storage.work import Work
from tests.services.conftest import Hire


async def test_a_rep_sees_their_own_a_manager_the_subtree_and_hq_everything(
    work: Work, hire: Hire
) -> None:
    hq = await hire("Hua", Role.HQ, "")
    region = await hire("Rui", Role.MANAGER, "East")
    team = await hire("Tian", Role.MANAGER, "East/One")
    one = await hire("Ana", Role.REP, "East/One")
    two = await hire("Bo", Role.REP, "East/Two")
    south = await hire("Cai", Role.REP, "South/One")
    for person in (one, two, south):
        await work.accounts.add(
            Account(name=person.name, owner_id=person.id, unit_id=person.unit_id)
        )

    async def seen(person: object) -> set[str]:
        scope = await scope_of(work, person)  # type: ignore[arg-type]  # every one is a Person
        query = select(Account.name).where(scope.where(Account.owner_id, Account.unit_id))
        rows = set(await work.session.scalars(query))
        everyone = await work.session.scalars(select(Account))
        assert rows == {a.name for a in everyone if scope.covers(a.owner_id, a.unit_id)}
        return rows

    assert await seen(one) == {"Ana"}
    assert await seen(team) == {"Ana"}
    assert await seen(region) == {"Ana", "Bo"}
    assert await seen(hq) == {"Ana", "Bo", "Cai"}


async def test_a_unit_whose_number_begins_alike_is_no_part_of_the_subtree(
    work: Work, hire: Hire
) -> None:
    manager = await hire("Rui", Role.MANAGER, "U1")
    others = [await hire(f"P{n}", Role.REP, f"U{n}") for n in range(2, 14)]
    scope = await scope_of(work, manager)
    assert not any(scope.covers(each.id, each.unit_id) for each in others)


@pytest.mark.parametrize("held", list(Role))
@pytest.mark.parametrize("wanted", list(Role))
async def test_a_role_may_do_what_those_below_it_may(hire: Hire, held: Role, wanted: Role) -> None:
    person = await hire("Ana", held)
    if held >= wanted:
        require(person, wanted)
    else:
        with pytest.raises(NotAllowed):
            require(person, wanted)


async def test_whoever_has_left_is_a_guest(hire: Hire) -> None:
    person = await hire("Ana", Role.HQ)
    person.active = False
    with pytest.raises(NotAllowed):
        require(person, Role.REP)
    require(None, Role.GUEST)
