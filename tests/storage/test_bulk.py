"""Rows that were made ready are written as the session would have written them."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from storage.engine import Database
from storage.journal import Author
from storage.models import Account, Entry, Unit
from storage.work import Work
from tests.services.tables.kit import hired
from tests.talk import MONDAY


def unit(number: int, name: str) -> dict[str, Any]:
    closed = MONDAY.isoformat()
    return {
        "id": number,
        "name": name,
        "parent_id": 1,
        "path": f"/1/{number}/",
        "closed_at": closed,
    }


async def test_rows_are_inserted_changed_and_deleted_in_order(database: Database) -> None:
    boss = await hired(database, "Boss")
    async with database.begin() as session:
        work = Work(session, Author(MONDAY, boss.id, "import"))
        first, second = await work.tables.numbers(Unit, 2)
        jobs = work.tables.jobs()
        jobs.insert(Unit, [unit(first, "东区"), unit(second, "West")])
        jobs.update(Unit, [(first, {"name": "East", "closed_at": None})])
        jobs.delete(Unit, [second])
        jobs.journal([{"noun": "units", "key": first, "before": None, "after": {"name": "东区"}}])
        await work.tables.write(jobs.done)
    async with database.read() as session:
        found = (await session.scalars(select(Unit).where(Unit.id.in_([first, second])))).one()
        assert (found.id, found.name, found.closed_at) == (first, "East", None)
        entry = (await session.scalars(select(Entry).where(Entry.key == first))).one()
        assert (entry.before, entry.after) == (None, {"name": "东区"})


async def test_moments_come_back_with_their_zone(database: Database) -> None:
    boss = await hired(database, "Boss")
    async with database.begin() as session:
        work = Work(session, Author(MONDAY, boss.id, "import"))
        [number] = await work.tables.numbers(Unit, 1)
        jobs = work.tables.jobs()
        jobs.insert(Unit, [unit(number, "East")])
        await work.tables.write(jobs.done)
    async with database.read() as session:
        assert (await session.get_one(Unit, number)).closed_at == MONDAY


async def test_a_number_is_given_once_also_to_whoever_comes_after(database: Database) -> None:
    boss = await hired(database, "Boss")
    async with database.begin() as session:
        work = Work(session, Author(MONDAY, boss.id, "import"))
        given = [*await work.tables.numbers(Account, 3), *await work.tables.numbers(Account, 2)]
    async with database.begin() as session:
        work = Work(session, Author(MONDAY, boss.id, "new"))
        row = Account(name="Acme", owner_id=boss.id, unit_id=boss.unit_id)
        await work.accounts.add(row)
    assert len({*given, row.id}) == 6
    assert row.id > max(given)


async def test_what_the_database_refuses_is_told_as_always(database: Database) -> None:
    boss = await hired(database, "Boss")
    async with database.begin() as session:
        work = Work(session, Author(MONDAY, boss.id, "import"))
        jobs = work.tables.jobs()
        jobs.insert(Unit, [unit(boss.unit_id, "Twice")])
        with pytest.raises(IntegrityError):
            await work.tables.write(jobs.done)
        await session.rollback()
