"""A whole import is taken back, or nothing of it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from services import accounts, history
from services.errors import AlreadyUndone, ChangedSince, ImportTooOld, NotYoursToUndo
from storage.engine import Database
from storage.journal import MODELS, Author
from storage.models import Account, Entry, Person, Role, Standing
from storage.upsert import table
from storage.work import Work
from tests.services.tables.kit import hired, taken
from tests.talk import MONDAY

FIRST = (
    {"code": "C1", "name": "Acme Ltd", "aliases": "Acme Corp", "owner": "Ana", "tier": "A"},
    {"code": "C2", "name": "华东医院有限公司", "owner": "Ana"},
)


async def dump(database: Database) -> dict[str, Sequence[Any]]:
    """Every row of the company's own tables."""
    async with database.read() as session:
        connection = await session.connection()
        return {
            name: (await connection.execute(select(table(model)).order_by("id"))).all()
            for name, model in MODELS.items()
        }


async def undone(database: Database, person: Person, change: int | None, **after: int) -> int:
    now = MONDAY + timedelta(**after)
    async with database.begin() as session:
        work = Work(session, Author(now, person.id, "undo"))
        asker = await work.people.get(person.id)
        await history.undo(work, asker, change, now=now)
        return work.change_id


async def test_new_rows_are_gone_byte_for_byte_and_come_back_so(database: Database) -> None:
    hq = await hired(database, "Boss")
    await hired(database, "Ana", Role.REP, "East")
    before = await dump(database)
    done = await taken(database, hq, "accounts", *FIRST)
    with_them = await dump(database)
    change = await undone(database, hq, done.change_id)
    assert await dump(database) == before
    await undone(database, hq, change)
    assert await dump(database) == with_them


async def test_changed_rows_are_as_they_were(database: Database) -> None:
    hq = await hired(database, "Boss")
    ana = await hired(database, "Ana", Role.REP, "East")
    await hired(database, "Ben", Role.REP, "West")
    await taken(database, hq, "accounts", *FIRST)
    await taken(database, hq, "groups", {"name": "Key accounts"}, {"name": "Retail"})
    await taken(database, hq, "people", {"name": "Ana", "groups": "Retail"})
    before = await dump(database)
    for noun, row in (
        ("accounts", {"code": "C1", "name": "Acme Holding", "owner": "Ben", "aliases": "Akme"}),
        ("people", {"name": "Ana", "groups": "Key accounts", "role": "manager", "unit": "West"}),
    ):
        done = await taken(database, hq, noun, row)
        assert (done.added, done.changed) == (0, 1)
        assert await dump(database) != before
        await undone(database, hq, done.change_id)
        assert await dump(database) == before
    async with database.read() as session:
        standing = await session.get(Standing, ana.id)
    assert standing is not None, (
        "she lost an account, then her role: what was made for it is stale"
    )


async def test_what_was_changed_since_is_not_overwritten(database: Database) -> None:
    hq = await hired(database, "Boss")
    await hired(database, "Ana", Role.REP, "East")
    done = await taken(database, hq, "accounts", *FIRST)
    async with database.begin() as session:
        work = Work(session, Author(MONDAY, hq.id, "edit"))
        found = (await session.scalars(select(Account).where(Account.code == "C2"))).one()
        found.city = "Shanghai"
        await work.accounts.flush()
    before = await dump(database)
    with pytest.raises(ChangedSince):
        await undone(database, hq, done.change_id)
    assert await dump(database) == before


async def test_what_was_referred_to_since_stays(database: Database) -> None:
    hq = await hired(database, "Boss")
    await hired(database, "Ana", Role.REP, "East")
    done = await taken(database, hq, "accounts", *FIRST)
    async with database.begin() as session:
        work = Work(session, Author(MONDAY, hq.id, "contact"))
        found = (await session.scalars(select(Account).where(Account.code == "C2"))).one()
        await accounts.add_contact(work, found, "王主任")
    with pytest.raises(ChangedSince):
        await undone(database, hq, done.change_id)


async def test_it_can_be_taken_back_for_thirty_days_and_once(database: Database) -> None:
    hq = await hired(database, "Boss")
    await hired(database, "Ana", Role.REP, "East")
    done = await taken(database, hq, "accounts", *FIRST)
    with pytest.raises(ImportTooOld):
        await undone(database, hq, done.change_id, days=30, seconds=1)
    await undone(database, hq, done.change_id, days=29)
    with pytest.raises(AlreadyUndone):
        await undone(database, hq, done.change_id, days=29)


async def test_a_manager_who_was_moved_takes_nothing_back_there(database: Database) -> None:
    hq = await hired(database, "Boss")
    await hired(database, "Ana", Role.REP, "East")
    lead = await hired(database, "Lead", Role.MANAGER, "East")
    await hired(database, "Wu", Role.REP, "West")
    done = await taken(database, lead, "accounts", *FIRST)
    assert done.added == 2
    await taken(database, hq, "people", {"name": "Lead", "unit": "West"})
    with pytest.raises(NotYoursToUndo):
        await undone(database, lead, done.change_id)


async def test_people_who_were_taken_in_by_mistake_leave_no_trace(database: Database) -> None:
    hq = await hired(database, "Boss")
    await taken(database, hq, "units", {"path": "East"}, {"path": "East/Shanghai"})
    before = await dump(database)
    done = await taken(
        database,
        hq,
        "people",
        {"name": "Li Wei", "unit": "East/Shanghai", "role": "manager"},
        {"name": "Wang Fang", "unit": "Shanghai", "role": "销售"},
    )
    assert done.added == 2
    await undone(database, hq, done.change_id)
    assert await dump(database) == before


async def test_the_journal_tells_every_row_both_ways(database: Database) -> None:
    hq = await hired(database, "Boss")
    await hired(database, "Ana", Role.REP, "East")
    done = await taken(database, hq, "accounts", *FIRST)
    change = await undone(database, hq, done.change_id)
    async with database.read() as session:
        forth, back = [
            [
                (each.noun, each.key, each.before, each.after)
                for each in await session.scalars(
                    select(Entry).where(Entry.change_id == number).order_by(Entry.id)
                )
            ]
            for number in (done.change_id, change)
        ]
    kept = {(noun, key): after for noun, key, _before, after in forth}
    assert kept == {(noun, key): before for noun, key, before, _after in back}
    assert len(kept) == len(forth) == len(back) > 2
    assert all(before is None for _noun, _key, before, _after in forth)
    assert all(after is None for _noun, _key, _before, after in back)
