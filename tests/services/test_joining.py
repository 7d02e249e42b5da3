"""Invitations: who gets in by which, as whom, and how the door is shut again."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from services import joining, people, posts
from services.errors import (
    BadInvite,
    ClosedUnit,
    ExpiredInvite,
    GoneInvite,
    HereBefore,
    NotAllowed,
    NotYours,
    NotYourUnit,
    UsedInvite,
)
from services.joining import Account
from storage.models import Identity, Invite, Person, Role
from storage.work import Work
from tests.services.conftest import Hire
from tests.talk import MONDAY

PHONE = Account("telegram", "7", "bot", "7")


async def invited(work: Work, code: str = "code") -> Invite:
    unit = await people.unit_at(work, "East")
    return await joining.invite(work, "Ana", Role.REP, unit, code=code, now=MONDAY)


async def join(work: Work, code: str, account: Account, days: float = 0) -> joining.Joined:
    now = MONDAY + timedelta(days=days)
    return await joining.join(work, code, account, language="zh", zone="Asia/Shanghai", now=now)


async def test_a_code_lets_one_person_in_with_role_and_unit(work: Work) -> None:
    await invited(work)
    joined = await join(work, "code", PHONE)
    assert (
        joined.person.name,
        joined.person.role,
        joined.person.unit.name,
        joined.person.language,
    ) == ("Ana", Role.REP, "East", "zh")
    assert not joined.linked
    with pytest.raises(UsedInvite):
        await join(work, "code", Account("telegram", "8", "bot", "8"))


async def test_the_code_itself_is_stored_nowhere(work: Work) -> None:
    await invited(work, "secret-code")
    rows = (await work.session.execute(select(Invite.__table__))).all()
    assert "secret-code" not in str(rows)


async def test_from_a_second_platform_it_links_the_same_person(work: Work) -> None:
    await invited(work)
    first = await join(work, "code", PHONE)
    second = await join(work, "code", Account("slack", "U1", "T1", "D1"))
    assert second.linked
    assert first.person.id == second.person.id
    rows = await work.session.scalars(select(Identity.platform).order_by(Identity.platform))
    assert list(rows) == ["slack", "telegram"]


async def test_a_wrong_code_and_an_old_one_are_told_apart(work: Work) -> None:
    await invited(work)
    with pytest.raises(BadInvite):
        await join(work, "other", PHONE)
    with pytest.raises(ExpiredInvite):
        await join(work, "code", PHONE, days=3.01)


def test_a_code_is_what_a_deep_link_takes() -> None:
    code = joining.new_code(lambda size: "A" * size)
    assert 1 <= len(code) <= 64


@pytest.fixture
async def rui(hire: Hire) -> Person:
    """The manager of the East."""
    return await hire("Rui", Role.MANAGER)


@pytest.fixture
async def hal(hire: Hire) -> Person:
    return await hire("Hal", Role.HQ, "")


async def door(
    work: Work,
    by: Person,
    *,
    code: str = "code",
    role: Role = Role.REP,
    unit: str = "East",
    person: Person | None = None,
) -> Invite:
    """An invitation of somebody's."""
    home = await people.unit_at(work, unit)
    return await joining.invite(
        work, "Kim", role, home, code=code, by=by, person=person, now=MONDAY
    )


async def identities(work: Work, person: Person) -> list[str]:
    return [each.external_id for each in await work.people.identities(person.id)]


async def test_a_manager_invites_reps_of_their_own_units_alone(work: Work, rui: Person) -> None:
    await door(work, rui, unit="East/Shanghai")
    with pytest.raises(NotYourUnit):
        await door(work, rui, code="b", unit="West")
    for role in (Role.MANAGER, Role.HQ):
        with pytest.raises(NotAllowed):
            await door(work, rui, code="c", role=role)


async def test_hq_invites_anybody_but_not_into_a_closed_unit(work: Work, hal: Person) -> None:
    await door(work, hal, role=Role.HQ, unit="West")
    unit = await people.unit_at(work, "South")
    unit.closed_at = MONDAY
    with pytest.raises(ClosedUnit):
        await door(work, hal, code="b", unit="South")


async def test_an_invitation_holds_as_long_as_its_giver_might_give_it(
    work: Work, rui: Person
) -> None:
    await door(work, rui)
    rui.role = Role.REP
    await work.people.flush()
    with pytest.raises(BadInvite):
        await join(work, "code", PHONE)
    rui.role, rui.active = Role.MANAGER, False
    await work.people.flush()
    with pytest.raises(BadInvite):
        await join(work, "code", PHONE)


async def test_it_lets_in_whoever_is_known_already(work: Work, rui: Person, hire: Hire) -> None:
    ben = await hire("Ben")
    await door(work, rui, person=ben)
    joined = await join(work, "code", PHONE)
    assert (joined.person.id, joined.known, joined.linked) == (ben.id, True, False)
    assert await identities(work, ben) == ["7"]
    with pytest.raises(UsedInvite):
        await join(work, "code", Account("telegram", "8", "bot", "8"))
    again = await join(work, "code", Account("slack", "U1", "T1", "D1"))
    assert (again.person.id, again.linked) == (ben.id, True)


async def test_a_second_invitation_for_one_person_shuts_the_first(
    work: Work, rui: Person, hire: Hire
) -> None:
    ben = await hire("Ben")
    await door(work, rui, person=ben)
    await door(work, rui, code="second", person=ben)
    with pytest.raises(ExpiredInvite):
        await join(work, "code", PHONE)
    assert (await join(work, "second", PHONE)).person.id == ben.id


@pytest.mark.parametrize("used", [False, True])
async def test_nobody_comes_in_as_someone_who_has_risen_above_the_inviter(
    work: Work, rui: Person, hire: Hire, used: bool
) -> None:
    """The inviter knows the code as well."""
    ben = await hire("Ben")
    await door(work, rui, person=ben)
    if used:
        await join(work, "code", PHONE)
    ben.role = Role.HQ
    await work.people.flush()
    with pytest.raises(BadInvite):
        await join(work, "code", Account("slack", "U1", "T1", "D1"))


async def test_who_has_left_is_not_let_in_by_an_earlier_invitation(
    work: Work, hal: Person, hire: Hire
) -> None:
    ben = await hire("Ben")
    await door(work, hal, person=ben)
    await posts.end(work, hal, ben, now=MONDAY)
    with pytest.raises(ExpiredInvite):
        await join(work, "code", PHONE)


async def test_who_comes_back_is_the_same_person(work: Work, hal: Person) -> None:
    await door(work, hal)
    kim = (await join(work, "code", PHONE)).person
    await posts.end(work, hal, kim, now=MONDAY)
    await door(work, hal, code="again", role=Role.MANAGER, unit="West")
    back = await join(work, "again", PHONE)
    assert (back.person.id, back.person.role, back.person.unit.name) == (
        kim.id,
        Role.MANAGER,
        "West",
    )
    assert (back.known, back.person.active) == (True, True)


async def test_a_manager_brings_back_nobody_of_another_unit(
    work: Work, hal: Person, rui: Person
) -> None:
    await door(work, hal, unit="West")
    kim = (await join(work, "code", PHONE)).person
    await posts.end(work, hal, kim, now=MONDAY)
    await door(work, rui, code="again")
    with pytest.raises(HereBefore):
        await join(work, "again", PHONE)


async def test_an_account_of_somebody_who_left_goes_to_whom_the_invitation_names(
    work: Work, hal: Person, hire: Hire
) -> None:
    await door(work, hal)
    kim = (await join(work, "code", PHONE)).person
    await posts.end(work, hal, kim, now=MONDAY)
    ben = await hire("Ben")
    await door(work, hal, code="ben", person=ben)
    assert (await join(work, "ben", PHONE)).person.id == ben.id
    assert (await identities(work, ben), await identities(work, kim)) == (["7"], [])


async def test_who_is_in_takes_nobody_else_s_place(work: Work, hal: Person, hire: Hire) -> None:
    await door(work, hal)
    await join(work, "code", PHONE)
    await door(work, hal, code="ben", person=await hire("Ben"))
    with pytest.raises(BadInvite):
        await join(work, "ben", PHONE)


async def test_one_that_is_taken_back_lets_nobody_in(work: Work, rui: Person) -> None:
    invite = await door(work, rui)
    assert [each.invite.id for each in await joining.open_of(work, rui, now=MONDAY)] == [invite.id]
    await joining.take_back(work, rui, invite.id, now=MONDAY)
    assert await joining.open_of(work, rui, now=MONDAY) == []
    with pytest.raises(ExpiredInvite):
        await join(work, "code", PHONE)
    with pytest.raises(GoneInvite):
        await joining.take_back(work, rui, invite.id, now=MONDAY)


async def test_only_who_might_give_it_takes_it_back(work: Work, hal: Person, rui: Person) -> None:
    west = await door(work, hal, unit="West")
    boss = await door(work, hal, code="b", role=Role.HQ)
    for each in (west, boss):
        with pytest.raises(GoneInvite):
            await joining.take_back(work, rui, each.id, now=MONDAY)
    with pytest.raises(GoneInvite):
        await joining.take_back(work, rui, 999, now=MONDAY)


async def test_a_stranger_is_locked_out_on_every_platform(work: Work, rui: Person) -> None:
    await door(work, rui)
    joined = await join(work, "code", PHONE)
    await join(work, "code", Account("slack", "U1", "T1", "D1"))
    out = await joining.lock_out(
        work, rui, joined.invite_id, joined.identity_id, keep=False, now=MONDAY
    )
    assert not out.active
    assert await identities(work, out) == []
    with pytest.raises(ExpiredInvite):
        await join(work, "code", Account("slack", "U2", "T1", "D2"))


async def test_whoever_was_there_before_stays_when_a_stranger_is_locked_out(
    work: Work, rui: Person, hire: Hire
) -> None:
    ben = await hire("Ben")
    await door(work, rui, person=ben)
    joined = await join(work, "code", PHONE)
    out = await joining.lock_out(
        work, rui, joined.invite_id, joined.identity_id, keep=True, now=MONDAY
    )
    assert (out.id, out.active, await identities(work, out)) == (ben.id, True, [])
    with pytest.raises(GoneInvite):
        await joining.lock_out(
            work, rui, joined.invite_id, joined.identity_id, keep=True, now=MONDAY
        )


async def test_nobody_is_locked_out_by_whom_they_have_risen_above(work: Work, rui: Person) -> None:
    await door(work, rui)
    joined = await join(work, "code", PHONE)
    joined.person.role = Role.HQ
    await work.people.flush()
    with pytest.raises(NotYours):
        await joining.lock_out(
            work, rui, joined.invite_id, joined.identity_id, keep=True, now=MONDAY
        )
