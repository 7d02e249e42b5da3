"""What was planned is done, nothing else, and nothing of anybody else's."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from services.tables.applying import prepare
from services.tables.making import Numbers
from services.tables.plans import KeptPlan, Outcome
from services.tables.table import Cell
from storage.engine import Database
from storage.journal import Author
from storage.models import Account, AccountKey, Base, Deal, Entry, Role, Visit
from storage.work import Work
from tests.fresh import DATABASES
from tests.services.tables.kit import applied, hired, planned, taken
from tests.services.tables.test_round_trip import opened
from tests.services.tables.test_undoing import dump, undone
from tests.talk import MONDAY

SUMS = st.lists(st.integers(0, 10**9), min_size=1, max_size=30)
LOOPED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.mark.parametrize("kind", DATABASES)
@given(cents=SUMS)
@settings(max_examples=5, suppress_health_check=LOOPED)
async def test_totals_are_kept_and_a_second_time_changes_nothing(
    kind: str, cents: list[int]
) -> None:
    rows: list[dict[str, Cell]] = [
        {"account": "Acme", "name": f"Deal {at}", "amount": f"{each / 100:.2f}", "currency": "EUR"}
        for at, each in enumerate(cents)
    ]
    async with opened(kind) as database:
        boss = await hired(database, "Boss")
        await taken(database, boss, "accounts", {"name": "Acme"})
        before = await dump(database)
        done = await taken(database, boss, "deals", *rows)
        async with database.read() as session:
            assert await session.scalar(select(func.sum(Deal.amount))) == sum(cents)
        again = await planned(database, boss, "deals", *rows)
        assert again.counts == Counter({Outcome.SAME: len(cents)})
        await undone(database, boss, done.change_id)
        assert await dump(database) == before


async def test_a_manager_touches_nothing_out_of_scope(database: Database) -> None:
    boss = await hired(database, "Boss")
    lead = await hired(database, "Lead", Role.MANAGER, "East")
    await hired(database, "Ana", Role.REP, "East")
    await hired(database, "Wu", Role.REP, "West")
    await taken(database, boss, "accounts", {"name": "West One", "owner": "Wu", "code": "W1"})
    before = await dump(database)
    for noun, row in (
        ("accounts", {"name": "West One", "city": "X"}),
        ("accounts", {"name": "Other", "code": "W1"}),
        ("contacts", {"account": "West One", "name": "Li"}),
        ("deals", {"account": "West One", "name": "Pump"}),
        ("visits", {"account": "West One", "rep": "Wu", "at": "2026-02-01"}),
        ("people", {"name": "Wu", "unit": "East"}),
        ("reminders", {"person": "Wu", "text": "x", "due": "2026-04-01"}),
        ("leaves", {"person": "Wu", "starts": "2026-04-01", "ends": "2026-04-02"}),
    ):
        done = await taken(database, lead, noun, row)
        assert (done.added, done.changed) == (0, 0), noun
    assert await dump(database) == before


async def test_authority_is_judged_again_when_it_is_done(database: Database) -> None:
    boss = await hired(database, "Boss")
    lead = await hired(database, "Lead", Role.MANAGER, "East")
    await hired(database, "Ana", Role.REP, "East")
    await hired(database, "Wu", Role.REP, "West")
    plan = await planned(database, lead, "accounts", {"name": "Fresh", "owner": "Ana"})
    assert plan.counts == Counter({Outcome.ADD: 1})
    await taken(database, boss, "people", {"name": "Lead", "unit": "West"})
    done = await applied(database, lead, plan)
    assert (done.added, len(done.meanwhile)) == (0, 1)


async def test_a_row_that_was_changed_meanwhile_is_left_and_told(database: Database) -> None:
    boss = await hired(database, "Boss")
    await taken(database, boss, "accounts", {"name": "Acme", "tier": "B"}, {"name": "Two"})
    plan = await planned(
        database, boss, "accounts", {"name": "Acme", "tier": "A"}, {"name": "Two", "tier": "A"}
    )
    await taken(database, boss, "accounts", {"name": "Acme", "tier": "C"})
    done = await applied(database, boss, plan)
    assert (done.changed, [step.label for step in done.meanwhile]) == (1, ["Acme"])
    assert done.counts == {"add": 0, "change": 1, "same": 0, "skip": 1}


async def test_a_new_customer_is_found_by_all_its_names(database: Database) -> None:
    boss = await hired(database, "Boss")
    await taken(
        database, boss, "accounts", {"name": "华东医院有限公司", "aliases": "East Hospital"}
    )
    async with database.read() as session:
        keys = dict((await session.execute(select(AccountKey.key, AccountKey.sound))).all())
        account = (await session.scalars(select(Account))).one()
    assert keys["华东医院"] is False
    assert keys["easthospital"] is False
    assert keys["huadongyiyuan"] is True
    assert account.owner_id == boss.id


async def test_more_rows_than_one_statement_takes(database: Database) -> None:
    boss = await hired(database, "Boss")
    rows: list[dict[str, Cell]] = [
        {"name": f"Customer {at}", "code": f"C{at}"} for at in range(1203)
    ]
    done = await taken(database, boss, "accounts", *rows)
    assert done.added == 1203
    async with database.read() as session:
        entries = await session.scalar(
            select(func.count(Entry.id)).where(Entry.noun == "accounts")
        )
        numbers = set(await session.scalars(select(Account.id)))
    assert entries == len(numbers) == 1203
    changed = await taken(database, boss, "accounts", *({**row, "tier": "A"} for row in rows))
    assert changed.changed == 1203


async def test_a_day_alone_is_its_noon_where_the_rep_is(database: Database) -> None:
    boss = await hired(database, "Boss")
    await hired(database, "Ana", Role.REP, "East", zone="Europe/Berlin")
    await taken(database, boss, "accounts", {"name": "Acme", "owner": "Ana"})
    await taken(database, boss, "visits", {"account": "Acme", "rep": "Ana", "at": "2026-02-01"})
    async with database.read() as session:
        visit = (await session.scalars(select(Visit))).one()
    assert visit.all_day
    assert visit.at.isoformat() == "2026-02-01T11:00:00+00:00"


async def test_what_was_changed_after_all_was_made_ready_is_left_out(database: Database) -> None:
    boss = await hired(database, "Boss")
    await taken(database, boss, "accounts", {"name": "Acme", "tier": "C"}, {"name": "Blue"})
    rows: list[dict[str, Cell]] = [
        {"name": "Acme", "tier": "A"},
        {"name": "Blue", "tier": "A"},
        {"name": "Corvo"},
        {"name": "Delta"},
    ]
    plan = await planned(database, boss, "accounts", *rows)
    kept = KeptPlan.of(plan.dump())
    assert [step async for some in kept.pieces() for step in some] == plan.steps
    assert kept.counts == plan.counts
    async with database.read() as session:
        work = Work(session, Author(MONDAY, boss.id, "import"))
        ready = await prepare(work, boss, kept, now=MONDAY, numbers=_numbers(database))
        assert await ready.is_still(work) is database.is_sqlite
    await taken(database, boss, "accounts", {"name": "Acme", "tier": "B"}, {"name": "Corvo"})
    async with database.begin() as session:
        work = Work(session, Author(MONDAY, boss.id, "import"))
        assert not await ready.is_still(work)
        done = await ready.write(work, boss, now=MONDAY)
    assert (done.added, done.changed) == (1, 1)
    assert {step.label for step in done.meanwhile} == {"Acme", "Corvo"}
    async with database.read() as session:
        found = await session.execute(select(Account.name, Account.tier).order_by(Account.name))
        assert found.all() == [("Acme", "B"), ("Blue", "A"), ("Corvo", "C"), ("Delta", "C")]


def _numbers(database: Database) -> Numbers:
    async def taken_for_good(model: type[Base], count: int) -> list[int]:
        async with database.begin() as session:
            return await Work(session, Author(MONDAY, None, "import")).tables.numbers(model, count)

    return taken_for_good
