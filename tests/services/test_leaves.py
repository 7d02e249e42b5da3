"""Leaves: whose they are, what they may not be, and what a deputy sees by them."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services import accounts, leaves, people, reminders
from services.access import scope_of
from services.errors import (
    AwayAlready,
    DeputyIsOneself,
    DeputyTooLow,
    GoneLeave,
    GonePerson,
    GoneReminder,
    LeaveBackwards,
    LeaveBegun,
    LeaveOver,
    LeaveTooFar,
    LeaveTooLong,
)
from services.leaves import Days
from storage.engine import Database
from storage.journal import Author
from storage.models import Leave, Person, Role
from storage.work import Work
from tests.services.conftest import Hire
from tests.talk import MONDAY

TODAY = MONDAY.date()
DAY = timedelta(days=1)


def days(first: int, last: int) -> Days:
    """From so many days from today on until so many."""
    return Days(TODAY + first * DAY, TODAY + last * DAY)


async def test_the_deputy_sees_from_the_first_day_to_the_last(
    database: Database, work: Work, hire: Hire
) -> None:
    ana, ben = await hire("Ana"), await hire("Ben", unit="West")
    await leaves.take(work, ana, ana, days(1, 2), ben, now=MONDAY)
    seen = []
    for number in range(4):
        work.author.at = MONDAY + number * DAY
        work.scopes.clear()
        seen.append(ana.id in (await scope_of(work, ben)).people)
    assert seen == [False, True, True, False]


async def test_days_are_those_where_the_person_is(work: Work, hire: Hire) -> None:
    ana, ben = await hire("Ana"), await hire("Ben")
    ana.zone = "Pacific/Auckland"
    await work.people.flush()
    tomorrow = TODAY + DAY
    await leaves.take(work, ana, ana, Days(tomorrow, tomorrow), ben, now=MONDAY)
    evening = MONDAY.replace(hour=12)  # past midnight in Auckland
    assert await leaves.away_now(work, ana.id, now=evening)
    assert await leaves.away_now(work, ana.id, now=MONDAY) is None


@pytest.mark.parametrize(
    ("span", "why"),
    [
        (days(5, 4), LeaveBackwards),
        (days(-9, -1), LeaveOver),
        (days(0, 400), LeaveTooLong),
        (Days(date.max - DAY, date.max), LeaveTooFar),
        (days(4, 5), AwayAlready),
        (days(0, 3), AwayAlready),
        (days(0, 20), AwayAlready),
    ],
)
async def test_days_that_cannot_be(
    work: Work, hire: Hire, span: Days, why: type[Exception]
) -> None:
    ana = await hire("Ana")
    await leaves.take(work, ana, ana, days(3, 4), None, now=MONDAY)
    with pytest.raises(why):
        await leaves.take(work, ana, ana, span, None, now=MONDAY)


@given(spans=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 8)), min_size=1, max_size=8))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_nobody_is_away_twice_on_one_day(
    database: Database, spans: list[tuple[int, int]]
) -> None:
    async with database.begin() as session:
        work = Work(session, Author(MONDAY, None, "test"))
        home = await people.unit_at(work, "East")
        ana = Person(name="Ana", role=Role.REP, unit_id=home.id, zone="Asia/Shanghai")
        await work.people.add(ana)
        taken: list[date] = []
        for first, length in spans:
            wanted = [TODAY + (first + number) * DAY for number in range(length + 1)]
            try:
                await leaves.take(work, ana, ana, days(first, first + length), None, now=MONDAY)
            except AwayAlready:
                assert set(taken) & set(wanted)
            else:
                assert not set(taken) & set(wanted)
                taken += wanted
        assert len(taken) == len(set(taken))


async def test_who_may_stand_in(work: Work, hire: Hire) -> None:
    ana, rui, kim = await hire("Ana"), await hire("Rui", Role.MANAGER), await hire("Kim", Role.HQ)
    gone = await hire("Gone")
    gone.active = False
    await work.people.flush()
    for person, deputy, why in (
        (ana, ana, DeputyIsOneself),
        (ana, gone, GonePerson),
        (rui, ana, DeputyTooLow),
        (kim, rui, DeputyTooLow),
    ):
        with pytest.raises(why):
            await leaves.take(work, person, person, days(0, 1), deputy, now=MONDAY)
    assert [each.name for each in await leaves.deputies(work, ana, 5)] == ["Rui", "Kim"]
    assert [each.name for each in await leaves.deputies(work, rui, 5)] == ["Kim"]
    taken = await leaves.take(work, ana, ana, days(0, 1), rui, now=MONDAY)
    assert rui == taken.deputy


async def test_a_manager_speaks_for_their_people_alone(work: Work, hire: Hire) -> None:
    ana, bo, rui = (
        await hire("Ana"),
        await hire("Bo", unit="West"),
        await hire("Rui", Role.MANAGER),
    )
    kim = await hire("Kim", Role.HQ, "East")
    for asker, person in ((ana, bo), (rui, bo), (rui, kim), (ana, rui)):
        with pytest.raises(GonePerson):
            await leaves.take(work, asker, person, days(0, 1), None, now=MONDAY)
    for asker, person in ((rui, ana), (kim, bo), (kim, rui)):
        await leaves.take(work, asker, person, days(0, 1), None, now=MONDAY)
    assert {"Ana"} == {each.person.name for each in await leaves.of_people(work, rui, now=MONDAY)}
    assert await leaves.of_people(work, ana, now=MONDAY) == []


async def test_who_stands_in_says_nothing_for_who_is_away(work: Work, hire: Hire) -> None:
    ana, ben = await hire("Ana"), await hire("Ben", Role.MANAGER, "West")
    taken = await leaves.take(work, ana, ana, days(0, 5), ben, now=MONDAY)
    with pytest.raises(GonePerson):
        await leaves.take(work, ben, ana, days(8, 9), None, now=MONDAY)
    with pytest.raises(GoneLeave):
        await leaves.get(work, ben, taken.leave.id, now=MONDAY)


async def test_nor_does_who_stands_in_for_a_manager(work: Work, hire: Hire) -> None:
    """A day as a deputy can't be made a year, nor can one be made the deputy of their people."""
    mia, ana = await hire("Mia", Role.MANAGER), await hire("Ana")
    dan = await hire("Dan", Role.MANAGER, "West")
    taken = await leaves.take(work, mia, mia, days(0, 0), dan, now=MONDAY)
    for change in (
        leaves.change(work, dan, taken.leave.id, days(0, 300), dan, now=MONDAY),
        leaves.end_today(work, dan, taken.leave.id, now=MONDAY),
        leaves.cancel(work, dan, taken.leave.id, now=MONDAY),
    ):
        with pytest.raises(GoneLeave):
            await change
    for person in (mia, ana):
        with pytest.raises(GonePerson):
            await leaves.take(work, dan, person, days(3, 300), dan, now=MONDAY)
    assert (taken.leave.starts_on, taken.leave.ends_on) == (TODAY, TODAY)


async def test_two_managers_beside_each_other_change_nothing_of_each_other_s(
    work: Work, hire: Hire
) -> None:
    mia, pat = await hire("Mia", Role.MANAGER), await hire("Pat", Role.MANAGER)
    top = await hire("Top", Role.MANAGER, "")
    taken = await leaves.take(work, mia, mia, days(0, 0), pat, now=MONDAY)
    with pytest.raises(GoneLeave):
        await leaves.change(work, pat, taken.leave.id, days(0, 300), pat, now=MONDAY)
    changed = await leaves.change(work, top, taken.leave.id, days(0, 3), pat, now=MONDAY)
    assert changed.leave.ends_on == TODAY + 3 * DAY


async def test_a_deputy_is_one_also_until_the_end_of_days(work: Work, hire: Hire) -> None:
    """However such a leave came in, what they see can still be said."""
    ana, ben = await hire("Ana"), await hire("Ben")
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        ana.zone = zone
        leave = Leave(starts_on=TODAY - 2 * DAY, ends_on=date.max, person_id=ana.id)
        leave.deputy_id = ben.id
        await work.leaves.add(leave)
        work.scopes.clear()
        assert ana.id in (await scope_of(work, ben)).people
        await work.leaves.remove(leave)


async def test_a_leave_is_changed_ended_and_cancelled(work: Work, hire: Hire) -> None:
    ana, ben, cid = await hire("Ana"), await hire("Ben"), await hire("Cid")
    taken = await leaves.take(work, ana, ana, days(0, 9), ben, now=MONDAY)
    number = taken.leave.id
    changed = await leaves.change(work, ana, number, days(-1, 5), cid, now=MONDAY)
    assert (ben, cid) == (changed.before, changed.deputy)
    with pytest.raises(LeaveBegun):
        await leaves.cancel(work, ana, number, now=MONDAY)
    await leaves.end_today(work, ana, number, now=MONDAY)
    assert taken.leave.ends_on == TODAY
    with pytest.raises(GoneLeave):
        await leaves.get(work, ana, number, now=MONDAY + DAY)
    later = await leaves.take(work, ana, ana, days(2, 3), None, now=MONDAY)
    with pytest.raises(GoneLeave):
        await leaves.end_today(work, ana, later.leave.id, now=MONDAY)
    await leaves.cancel(work, ana, later.leave.id, now=MONDAY)
    assert [taken.leave] == await leaves.of_person(work, ana, now=MONDAY)


async def test_a_deputy_who_is_away_then_is_named(work: Work, hire: Hire) -> None:
    ana, ben = await hire("Ana"), await hire("Ben")
    await leaves.take(work, ben, ben, days(4, 6), None, now=MONDAY)
    taken = await leaves.take(work, ana, ana, days(0, 4), ben, now=MONDAY)
    assert [each.person.name for each in taken.absent] == ["Ben"]


async def test_what_falls_due_meanwhile_is_on_the_deputy_s_list(work: Work, hire: Hire) -> None:
    ana, ben, cid = await hire("Ana"), await hire("Ben"), await hire("Cid")
    acme = await accounts.create(work, ana, "Acme")
    soon, late = [
        await reminders.add(work, ana, "call", TODAY + each * DAY, account=acme, now=MONDAY)
        for each in (2, 3)
    ]
    own = await reminders.add(work, ben, "own", TODAY + 30 * DAY, now=MONDAY)
    await leaves.take(work, ana, ana, days(0, 2), ben, now=MONDAY)

    assert [soon, own] == list(await reminders.open_of(work, ben))
    assert {ana.id: "Ana"} == {
        number: each.name for number, each in (await reminders.others(work, ben)).items()
    }
    with pytest.raises(GoneReminder):
        await reminders.finish(work, cid, soon.id, now=MONDAY)
    await reminders.finish(work, ben, soon.id, now=MONDAY)
    assert soon.done_at == MONDAY
    assert [late] == list(await reminders.open_of(work, ana))


async def test_what_comes_again_does_so_where_its_owner_is(work: Work, hire: Hire) -> None:
    ana, ben = await hire("Ana"), await hire("Ben")
    ben.zone = "America/New_York"
    await work.people.flush()
    due = MONDAY + timedelta(hours=1)
    weekly = await reminders.add(work, ana, "call", due, rule="FREQ=WEEKLY", now=MONDAY)
    await leaves.take(work, ana, ana, days(0, 9), ben, now=MONDAY)
    await reminders.finish(work, ben, weekly.id, now=MONDAY + timedelta(hours=2))
    assert due + 7 * DAY == weekly.due_at
    assert weekly.done_at is None


async def test_leaves_are_journaled(work: Work, hire: Hire) -> None:
    ana = await hire("Ana")
    before = work.author.change_id
    await leaves.take(work, ana, ana, days(0, 1), None, now=MONDAY)
    entries = await work.history.entries(before or work.change_id)
    assert Leave.__tablename__ in {each.noun for each in entries}
