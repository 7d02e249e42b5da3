"""Who may change whom; what goes along, and what stays where it was made."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from services import accounts, people, posts
from services.access import scope_of
from services.errors import (
    ClosedUnit,
    GonePerson,
    LastHQ,
    NotAllowed,
    NotYours,
    NotYourUnit,
    OwnRole,
    Refusal,
)
from storage.models import Account, Deal, Leave, Person, Reminder, Role, Unit, Visit
from storage.work import Work
from tests.services.conftest import Hire
from tests.talk import MONDAY

PLACES = ("", "East", "East/Shanghai", "West")
ROLES = (Role.REP, Role.MANAGER, Role.HQ)
SOMEBODY = st.tuples(st.sampled_from(ROLES), st.sampled_from(PLACES), st.booleans())
Act = Callable[[Work, Person, Person, Unit], Awaitable[object]]
ACTS: dict[str, Act] = {
    "move": posts.move,
    "end": lambda work, actor, who, _unit: posts.end(work, actor, who, now=MONDAY),
    "back": posts.bring_back,
    "rep": lambda work, actor, who, _unit: posts.give_role(work, actor, who, Role.REP),
    "manager": lambda work, actor, who, _unit: posts.give_role(work, actor, who, Role.MANAGER),
    "hq": lambda work, actor, who, _unit: posts.give_role(work, actor, who, Role.HQ),
}


@pytest.fixture
async def hal(hire: Hire) -> Person:
    return await hire("Hal", Role.HQ, "")


@pytest.fixture
async def rui(hire: Hire) -> Person:
    """The manager of the East."""
    return await hire("Rui", Role.MANAGER)


async def unit(work: Work, path: str) -> Unit:
    return await people.unit_at(work, path)


async def belongings(work: Work, ana: Person) -> dict[str, int]:
    """An account, an open and a closed deal, a thing to do, one done, a visit; their numbers."""
    account = await accounts.create(work, ana, "Acme")
    mine: dict[str, Any] = {"account_id": account.id, "unit_id": ana.unit_id}
    money: dict[str, Any] = {
        "amount": 1,
        "currency": "CNY",
        "created_at": MONDAY,
        "owner_id": ana.id,
        **mine,
    }
    todo: dict[str, Any] = {
        "person_id": ana.id,
        "text": "Call",
        "due_at": MONDAY,
        "unit_id": ana.unit_id,
    }
    rows: dict[str, Deal | Reminder | Visit] = {
        "open": Deal(name="A", stage="lead", **money),
        "won": Deal(name="B", stage="won", closed_at=MONDAY, **money),
        "todo": Reminder(**todo),
        "done": Reminder(done_at=MONDAY, **todo),
        "visit": Visit(rep_id=ana.id, at=MONDAY - timedelta(days=1), **mine),
    }
    for each in rows.values():
        await work.people.add(each)
    return {"account": account.id, **{name: row.id for name, row in rows.items()}}


async def test_what_is_open_goes_along_and_what_is_done_stays(
    work: Work, hal: Person, hire: Hire
) -> None:
    ana = await hire("Ana")
    east, west = ana.unit_id, (await unit(work, "West")).id
    numbers = await belongings(work, ana)
    moved = await posts.move(work, hal, ana, await unit(work, "West"))
    assert (moved.person.unit.name, moved.accounts, moved.deals, moved.reminders) == (
        "West",
        1,
        1,
        1,
    )
    session = work.session
    assert await session.scalar(select(Account.unit_id)) == west
    deals = dict((await session.execute(select(Deal.id, Deal.unit_id))).all())
    todo = dict((await session.execute(select(Reminder.id, Reminder.unit_id))).all())
    assert (deals[numbers["open"]], deals[numbers["won"]]) == (west, east)
    assert (todo[numbers["todo"]], todo[numbers["done"]]) == (west, east)
    assert await session.scalar(select(Visit.unit_id)) == east


async def test_what_others_have_does_not_go_along(work: Work, hal: Person, hire: Hire) -> None:
    ana, ben = await hire("Ana"), await hire("Ben")
    theirs = await accounts.create(work, ben, "Globex")
    await posts.move(work, hal, ana, await unit(work, "West"))
    assert theirs.unit_id == ben.unit_id


async def test_a_manager_moves_reps_within_their_own_units(
    work: Work, rui: Person, hire: Hire
) -> None:
    ana, bo = await hire("Ana"), await hire("Bo", unit="West")
    boss = await hire("Mia", Role.MANAGER, "East/Shanghai")
    await posts.move(work, rui, ana, await unit(work, "East/Shanghai"))
    with pytest.raises(NotYourUnit):
        await posts.move(work, rui, ana, await unit(work, "West"))
    for each in (bo, boss, rui):
        with pytest.raises(NotYours):
            await posts.move(work, rui, each, await unit(work, "East"))


async def test_a_deputy_changes_nobody_of_whom_they_stand_in_for(
    work: Work, rui: Person, hire: Hire
) -> None:
    bo = await hire("Bo", unit="West")
    wei = await hire("Wei", Role.MANAGER, "West")
    today = MONDAY.date()
    await work.people.add(
        Leave(starts_on=today, ends_on=today, person_id=wei.id, deputy_id=rui.id)
    )
    work.scopes.clear()
    assert bo.unit_id in (await scope_of(work, rui)).units
    assert await posts.may(work, rui, bo) == posts.May()
    with pytest.raises(NotYours):
        await posts.end(work, rui, bo, now=MONDAY)


async def test_a_closed_unit_takes_nobody_in(work: Work, hal: Person, hire: Hire) -> None:
    ana = await hire("Ana")
    south = await unit(work, "South")
    south.closed_at = MONDAY
    await work.people.flush()
    with pytest.raises(ClosedUnit):
        await posts.move(work, hal, ana, south)


async def test_nobody_changes_their_own_role_or_ends_themselves(work: Work, hire: Hire) -> None:
    hal, _ivy = await hire("Hal", Role.HQ, ""), await hire("Ivy", Role.HQ, "")
    with pytest.raises(OwnRole):
        await posts.give_role(work, hal, hal, Role.REP)
    with pytest.raises(OwnRole):
        await posts.end(work, hal, hal, now=MONDAY)


async def test_the_last_one_at_hq_stays(work: Work, hire: Hire) -> None:
    """Also when whoever ends them was at HQ a moment ago."""
    hal, ivy = await hire("Hal", Role.HQ, ""), await hire("Ivy", Role.HQ, "")
    await posts.give_role(work, hal, ivy, Role.MANAGER)
    ivy.role = Role.HQ  # as she knew it before
    with work.session.no_autoflush, pytest.raises((LastHQ, NotAllowed)):
        await posts.end(work, ivy, hal, now=MONDAY)


async def test_who_has_left_sees_nothing_and_keeps_what_is_theirs(
    work: Work, rui: Person, hire: Hire
) -> None:
    ana = await hire("Ana")
    account = await accounts.create(work, ana, "Acme")
    gone = await posts.end(work, rui, ana, now=MONDAY)
    assert not gone.active
    assert account.owner_id == ana.id
    scope = await scope_of(work, gone)
    assert not scope.covers(ana.id, ana.unit_id)
    with pytest.raises(GonePerson):
        await posts.move(work, rui, gone, await unit(work, "East"))
    back = await posts.bring_back(work, rui, gone)
    assert (back.id, back.active) == (ana.id, True)


async def test_who_comes_back_into_another_unit_brings_what_is_theirs(
    work: Work, hal: Person, hire: Hire
) -> None:
    ana = await hire("Ana")
    account = await accounts.create(work, ana, "Acme")
    gone = await posts.end(work, hal, ana, now=MONDAY)
    gone.unit.closed_at = MONDAY
    await work.people.flush()
    with pytest.raises(ClosedUnit):
        await posts.bring_back(work, hal, gone)
    back = await posts.bring_back(work, hal, gone, await unit(work, "West"))
    assert (back.unit.name, account.unit_id) == ("West", back.unit_id)


@dataclass(frozen=True)
class Case:
    """Somebody does something to somebody, or to themselves when there is no ``who``."""

    actor: tuple[Role, str, bool]
    who: tuple[Role, str, bool] | None
    into: str


CASES = st.builds(Case, SOMEBODY, st.none() | SOMEBODY, st.sampled_from(PLACES))


def expected(act: str, case: Case) -> bool:
    """The rule, written anew: whether an act by somebody on somebody is allowed."""
    role, mine, active = case.actor
    whose, home, there = case.who or case.actor
    if not active or role == Role.REP or (act != "move" and case.who is None):
        return False
    if act == "move" and not there:
        return False
    if role == Role.HQ:
        return True
    if act in {"rep", "manager", "hq"} or whose != Role.REP:
        return False
    inside = [f"/{each}/".startswith(f"/{mine}/" if mine else "/") for each in (home, case.into)]
    return inside[0] and (act == "end" or inside[1])


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CASES)
async def test_what_is_done_is_what_the_rule_allows(work: Work, hire: Hire, case: Case) -> None:
    """For every act on everybody, and somebody is always left at HQ."""
    await hire("Hal", Role.HQ, "")
    for act, do in ACTS.items():
        actor = await hire("One", *case.actor[:2])
        actor.active = case.actor[2]
        who = await hire("Two", *case.who[:2]) if case.who else actor
        who.active = case.who[2] if case.who else actor.active
        await work.people.flush()
        into = await unit(work, case.into)
        try:
            await do(work, actor, who, into)
        except Refusal:
            assert not expected(act, case), act
        else:
            assert expected(act, case), act
        assert await work.people.heads()
