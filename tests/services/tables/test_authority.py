"""A table does nothing that whoever sent it may not do in chat."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from services import access, leaves, posts
from services.errors import ChangedSince, NotAllowed, NotYoursToUndo
from services.leaves import Days
from services.tables.plans import Outcome, Plan
from services.tables.reasons import Why
from services.tables.table import Cell
from storage.engine import Database
from storage.journal import Author
from storage.models import Person, Role
from storage.work import Work
from tests.services.tables.kit import applied, hired, planned, taken
from tests.services.tables.test_undoing import dump, undone
from tests.talk import MONDAY

DAY = timedelta(days=1)
TODAY = MONDAY.date()


def reasons(plan: Plan) -> list[Why | None]:
    return [each.reason.why if each.reason else None for each in plan.steps]


def outcomes(plan: Plan) -> list[Outcome]:
    return [each.outcome for each in plan.steps]


async def staffed(database: Database) -> tuple[Person, Person]:
    """HQ, and a manager of East with a colleague and a rep; in West one rep more."""
    boss = await hired(database, "Boss")
    mia = await hired(database, "Mia", Role.MANAGER, "East")
    await hired(database, "Pat", Role.MANAGER, "East")
    await hired(database, "Ron", Role.REP, "East")
    await hired(database, "Wes", Role.REP, "West")
    return boss, mia


async def stands_in(database: Database, deputy: Person, person: Person) -> None:
    """From today on for a week."""
    async with database.begin() as session:
        work = Work(session, Author(MONDAY, person.id, "leave"))
        away, instead = [await work.people.get(each.id) for each in (person, deputy)]
        days = Days(TODAY, TODAY + 6 * DAY)
        await leaves.take(work, away, away, days, instead, now=MONDAY)


async def given_role(database: Database, actor: Person, person: Person, role: Role) -> None:
    async with database.begin() as session:
        work = Work(session, Author(MONDAY, actor.id, "giverole"))
        boss, other = [await work.people.get(each.id) for each in (actor, person)]
        await posts.give_role(work, boss, other, role)


async def test_a_manager_changes_reps_and_nobody_else(database: Database) -> None:
    boss, mia = await staffed(database)
    await taken(database, boss, "groups", {"name": "Retail"})
    plan = await planned(
        database,
        mia,
        "people",
        {"name": "Ron", "role": "manager"},
        {"name": "Pat", "active": "no"},
        {"name": "New", "role": "manager", "unit": "East"},
        {"name": "Wes", "active": "no"},
        {"name": "Newer", "unit": "West"},
        {"name": "Newest", "groups": "Retail"},
        {"name": "Mia", "code": "007"},
    )
    assert reasons(plan) == [
        Why.ROLE_ABOVE,
        Why.ROLE_ABOVE,
        Why.ROLE_ABOVE,
        Why.NOT_YOURS,
        Why.NOT_YOURS,
        Why.HQ_ONLY,
        Why.YOURSELF,
    ]
    plan = await planned(
        database,
        mia,
        "people",
        {"name": "Ron", "active": "no"},
        {"name": "Rita", "unit": "East"},
        {"name": "Mia", "language": "zh"},
    )
    assert outcomes(plan) == [Outcome.CHANGE, Outcome.ADD, Outcome.CHANGE]


@pytest.mark.parametrize(
    ("noun", "row"),
    [
        ("reminders", {"person": "Wes", "text": "spam", "due": "2026-12-24", "unit": "East"}),
        ("reminders", {"person": "Boss", "text": "spam", "due": "2026-12-24", "unit": "East"}),
        ("visits", {"account": "Acme", "rep": "Wes", "at": "2026-01-01", "unit": "East"}),
        ("deals", {"account": "Acme", "name": "Pump", "owner": "Wes", "unit": "East"}),
        ("accounts", {"name": "Acme", "owner": "Wes", "unit": "East"}),
        ("accounts", {"name": "Acme", "unit": "West"}),
        ("accounts", {"name": "Other", "owner": "Mia", "unit": "West"}),
    ],
)
async def test_a_unit_of_one_s_own_opens_no_door_to_others(
    database: Database, noun: str, row: dict[str, Cell]
) -> None:
    _boss, mia = await staffed(database)
    await taken(database, mia, "accounts", {"name": "Acme", "owner": "Mia"})
    assert reasons(await planned(database, mia, noun, row)) == [Why.NOT_YOURS]


async def test_customers_are_given_to_nobody_who_has_left(database: Database) -> None:
    boss, _mia = await staffed(database)
    await taken(database, boss, "accounts", {"name": "Acme", "owner": "Wes"})
    await taken(database, boss, "people", {"name": "Ron", "active": "no"})
    plan = await planned(database, boss, "accounts", {"name": "Acme", "owner": "Ron"})
    assert reasons(plan) == [Why.NOT_YOURS]


async def test_a_deputy_changes_no_posts_gives_nothing_on_and_stays_no_longer(
    database: Database,
) -> None:
    boss, mia = await staffed(database)
    dan = await hired(database, "Dan", Role.MANAGER, "West")
    await taken(database, boss, "accounts", {"name": "Acme", "owner": "Ron"})
    await stands_in(database, dan, mia)
    async with database.read() as session:
        work = Work(session, Author(MONDAY, dan.id, "x"))
        scope = await access.scope_of(work, await work.people.get(dan.id))
        assert mia.unit_id in scope.units
    later = (TODAY + 300 * DAY).isoformat()
    today = TODAY.isoformat()
    for noun, row in (
        ("people", {"name": "Ron", "active": "no"}),
        ("accounts", {"name": "Acme", "owner": "Dan"}),
        ("leaves", {"person": "Mia", "starts": today, "ends": later, "deputy": "Dan"}),
        ("leaves", {"person": "Ron", "starts": today, "ends": later, "deputy": "Dan"}),
    ):
        plan = await planned(database, dan, noun, row)
        assert reasons(plan) == [Why.NOT_YOURS], row
    plan = await planned(database, dan, "accounts", {"name": "Acme", "city": "Rome"})
    assert outcomes(plan) == [Outcome.CHANGE]  # what is looked after may be kept right


async def test_a_leave_is_such_as_chat_would_take(database: Database) -> None:
    boss, mia = await staffed(database)
    gone = await hired(database, "Gus", Role.REP, "East")
    async with database.begin() as session:
        work = Work(session, Author(MONDAY, boss.id, "end"))
        await posts.end(work, await work.people.get(boss.id), gone, now=MONDAY)
    plan = await planned(
        database,
        mia,
        "leaves",
        {"person": "Mia", "starts": "2026-04-01", "ends": "2026-04-09", "deputy": "Ron"},
        {"person": "Mia", "starts": "2026-05-01", "ends": "2026-05-09", "deputy": "Gus"},
        {"person": "Ron", "starts": "2026-04-01", "ends": "2027-04-09", "deputy": None},
        {"person": "Ron", "starts": "2199-04-01", "ends": "2199-04-02", "deputy": None},
        {"person": "Ron", "starts": "2026-01-01", "ends": "2026-01-09", "deputy": None},
        {"person": "Ron", "starts": "2026-06-09", "ends": "2026-06-01", "deputy": None},
        {"person": "Gus", "starts": "2026-06-01", "ends": "2026-06-09", "deputy": None},
        {"person": "Ron", "starts": "2026-07-01", "ends": "2026-07-09", "deputy": "Mia"},
        {"person": "Ron", "starts": "2026-07-09", "ends": "2026-07-19", "deputy": None},
    )
    assert reasons(plan) == [
        Why.DEPUTY,
        Why.DEPUTY,
        Why.TOO_LONG_AWAY,
        Why.TOO_LONG_AWAY,
        Why.OVER,
        Why.BACKWARD,
        Why.NOT_YOURS,
        None,
        Why.OVERLAP,
    ]


@pytest.mark.parametrize(
    ("noun", "row"),
    [
        ("leaves", {"person": "Ron", "starts": "2026-04-01", "ends": "9999-12-31"}),
        ("reminders", {"person": "Boss", "text": "x", "due": "9999-12-31"}),
        ("reminders", {"person": "Boss", "text": "x", "due": "9999-12-31 23:59"}),
        ("deals", {"account": "Acme", "name": "E", "created": "0001-01-01"}),
        ("deals", {"account": "Acme", "name": "E", "created": "9999-12-31 23:59"}),
        ("units", {"path": "N", "closed": "9999-12-31 23:59"}),
    ],
)
async def test_no_day_is_of_a_year_that_no_calendar_can_go_on_from(
    database: Database, noun: str, row: dict[str, Cell]
) -> None:
    boss = await hired(database, "Boss", zone="America/New_York")
    await hired(database, "Ron", Role.REP, "East")
    await taken(database, boss, "accounts", {"name": "Acme"})
    assert reasons(await planned(database, boss, noun, row)) == [Why.UNREADABLE]


async def test_who_lost_the_role_takes_back_nothing_that_needs_it(database: Database) -> None:
    yan = await hired(database, "Yan")
    xia = await hired(database, "Xia", Role.REP)
    units = await taken(database, yan, "units", {"path": "North"})
    people = await taken(database, yan, "people", {"name": "Xia", "role": "HQ"})
    await given_role(database, xia, yan, Role.MANAGER)
    before = await dump(database)
    with pytest.raises(NotYoursToUndo):
        await undone(database, yan, people.change_id)
    with pytest.raises(NotAllowed):
        await undone(database, yan, units.change_id)
    assert await dump(database) == before


async def test_two_at_hq_who_end_each_other_leave_one(database: Database) -> None:
    abe, bea = await hired(database, "Abe"), await hired(database, "Bea")
    plans = (
        (abe, await planned(database, abe, "people", {"name": "Bea", "role": "rep"})),
        (bea, await planned(database, bea, "people", {"name": "Abe", "role": "rep"})),
    )
    done = [applied(database, person, plan) for person, plan in plans]
    await asyncio.gather(*done, return_exceptions=True)
    async with database.read() as session:
        heads = select(func.count()).where(Person.active, Person.role == Role.HQ)
        assert await session.scalar(heads) == 1


async def test_a_manager_whose_people_moved_on_takes_nothing_back_there(
    database: Database,
) -> None:
    boss, mia = await staffed(database)
    done = await taken(database, mia, "accounts", {"name": "Acme", "owner": "Ron"})
    aliases = await taken(database, mia, "accounts", {"name": "Acme", "aliases": "Acme Corp"})
    ended = await taken(database, mia, "people", {"name": "Ron", "active": "no"})
    await taken(database, boss, "people", {"name": "Ron", "unit": "West"})
    for each in (done, aliases, ended):
        with pytest.raises((NotYoursToUndo, ChangedSince)):
            await undone(database, mia, each.change_id)


async def test_a_unit_is_closed_when_nobody_is_in_it_and_nobody_comes_back_there(
    database: Database,
) -> None:
    boss, _mia = await staffed(database)
    await taken(database, boss, "units", {"path": "East/Left"}, {"path": "North"})
    closing: list[dict[str, Cell]] = [
        {"path": path, "closed": "2026-03-01"} for path in ("/", "East", "West", "North")
    ]
    plan = await planned(database, boss, "units", *closing)
    assert reasons(plan) == [Why.IN_USE, Why.IN_USE, Why.IN_USE, None]
    await taken(database, boss, "people", {"name": "Wes", "active": "no"})
    done = await taken(database, boss, "units", closing[2])
    assert done.changed == 1
    plan = await planned(database, boss, "people", {"name": "Wes", "active": "yes"})
    assert reasons(plan) == [Why.CLOSED_UNIT]
