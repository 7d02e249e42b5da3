from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import func, select

from services import people
from storage.engine import Database
from storage.journal import Author, decode, encode, read_notes
from storage.models import Change, Deal, Entry, Person, Role, Visit
from storage.work import Work
from tests.storage.owed import NOW


def _work(session: object, **more: int) -> Work:
    return Work(session, Author(NOW, None, "test", **more))  # type: ignore[arg-type]


async def _hire(work: Work) -> Person:
    unit = await people.unit_at(work, "East")
    person = Person(name="Ana", role=Role.REP, unit_id=unit.id)
    await work.people.add(person)
    return person


async def _entries(database: Database) -> list[Entry]:
    async with database.read() as session:
        query = select(Entry).where(Entry.noun == "people").order_by(Entry.id)
        return list(await session.scalars(query))


async def test_a_new_row_is_journaled_whole_and_a_changed_one_by_its_difference(
    database: Database,
) -> None:
    async with database.begin() as session:
        ana = await _hire(_work(session))
    async with database.begin() as session:
        work = _work(session, update_id=5)
        found = await work.people.get(ana.id)
        found.name, found.quiet_from = "Ana Li", time(22, 0)
        await work.people.flush()

    made, changed = await _entries(database)
    assert made.before is None
    assert made.after
    assert made.after["name"] == "Ana"
    assert changed.before == {"name": "Ana", "quiet_from": None}
    assert changed.after == {"name": "Ana Li", "quiet_from": "22:00:00"}
    assert made.change_id != changed.change_id


async def test_a_deleted_row_is_kept_as_it_was(database: Database) -> None:
    async with database.begin() as session:
        ana = await _hire(_work(session))
    async with database.begin() as session:
        work = _work(session)
        await work.history.remove(await work.people.get(ana.id))
    gone = (await _entries(database))[-1]
    assert gone.after is None
    assert gone.before
    assert gone.before["name"] == "Ana"


async def test_all_of_one_transaction_is_one_change(database: Database) -> None:
    async with database.begin() as session:
        work = _work(session)
        await _hire(work)
        await _hire(work)
        assert work.change_id
    async with database.read() as session:
        assert await session.scalar(select(func.count(Change.id))) == 1


async def test_what_stays_the_same_is_not_journaled(database: Database) -> None:
    async with database.begin() as session:
        ana = await _hire(_work(session))
    async with database.begin() as session:
        work = _work(session)
        found = await work.people.get(ana.id)
        found.name = "Ana"
        await work.people.flush()
        with pytest.raises(LookupError, match="nothing was changed"):
            _ = work.change_id
    assert len(await _entries(database)) == 1


async def test_what_is_rolled_back_leaves_no_trace(database: Database) -> None:
    async def fail() -> None:
        async with database.begin() as session:
            await _hire(_work(session))
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    assert await _entries(database) == []


async def test_nobody_changes_the_companys_data(database: Database) -> None:
    async with database.begin() as session:
        ana = await _hire(_work(session))
    async with database.begin() as session:
        session.add(Person(name="Bo", role=Role.REP, unit_id=ana.unit_id))
        with pytest.raises(RuntimeError, match="changed by nobody"):
            await session.flush()
        await session.rollback()
    assert len(await _entries(database)) == 1


def test_values_come_back_as_they_were() -> None:
    visit = {"at": datetime(2026, 3, 2, 9, 30, tzinfo=UTC), "note": "well", "contact_id": None}
    assert decode(Visit, {name: encode(value) for name, value in visit.items()}) == visit
    deal = {"closes_on": date(2026, 3, 31)}
    assert decode(Deal, {name: encode(value) for name, value in deal.items()}) == deal
    person = {"quiet_from": time(22, 0)}
    assert decode(Person, {name: encode(value) for name, value in person.items()}) == person


async def test_what_changes_no_row_is_noted(database: Database) -> None:
    async with database.begin() as session:
        work = _work(session)
        await work.note("Exported {count} accounts", count=12)
        await work.note("A line\nand\tanother")
        ana = await _hire(work)
        await work.note("Hired {name}", name="An\ta\n{Li}")
    async with database.read() as session:
        change = (await session.scalars(select(Change))).one()
        entries = (await session.scalars(select(Entry).where(Entry.key == ana.id))).all()
    assert read_notes(change.note) == [
        ("Exported {count} accounts", {"count": 12}),
        ("A line and another", {}),
        ("Hired {name}", {"name": "An\ta\n{Li}"}),
    ]
    assert {entry.change_id for entry in entries} == {change.id}


async def test_a_note_alone_is_a_change_with_its_author_and_where_from(
    database: Database,
) -> None:
    async with database.begin() as session:
        await Work(session, Author(NOW, None, "export", source="terminal")).note("Exported")
    async with database.read() as session:
        change = (await session.scalars(select(Change))).one()
    assert (change.command, change.source, change.note) == ("export", "terminal", "Exported")
    assert read_notes("") == []
