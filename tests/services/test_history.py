from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from sqlalchemy import select

from services import accounts, history, people, visits
from services.errors import AlreadyUndone, ChangedSince, NothingToUndo, TooLateToUndo
from storage.engine import Database
from storage.journal import Author
from storage.models import Account, AccountKey, Base, Contact, Person, Role, Visit
from storage.work import Work
from tests.talk import MONDAY, Company


class Desk:
    """One person's changes, each in a transaction of its own."""

    def __init__(self, database: Database, person: Person) -> None:
        self.database, self.person = database, person

    @asynccontextmanager
    async def change(self) -> AsyncIterator[Work]:
        async with self.database.begin() as session:
            yield Work(session, Author(MONDAY, self.person.id, "test"))

    async def undo(self, change_id: int | None = None, *, days: int = 0) -> int:
        async with self.change() as work:
            now = MONDAY + timedelta(days=days)
            await history.undo(work, self.person, change_id, now=now)
            return work.change_id

    async def rows(self, model: type[Base]) -> list[dict[str, object]]:
        async with self.database.read() as session:
            columns = model.__table__.columns
            found = await session.execute(select(*columns).order_by(columns["id"]))
            return [dict(row._mapping) for row in found]


@pytest.fixture
async def desk(company: Company) -> Desk:
    ana = await company.hire("Ana")
    assert ana.person
    return Desk(company.database, ana.person)


async def logged(desk: Desk) -> int:
    async with desk.change() as work:
        acme = await accounts.create(work, desk.person, "Acme")
        contact = await accounts.add_contact(work, acme, "Li Wei")
        await visits.log(work, desk.person, acme, None, contacts=[contact], note="n", now=MONDAY)
        return work.change_id


async def test_undo_takes_back_all_of_a_change_and_redo_brings_it_back_to_the_letter(
    desk: Desk,
) -> None:
    change = await logged(desk)
    nouns: list[type[Base]] = [Account, AccountKey, Contact, Visit]
    before = [await desk.rows(noun) for noun in nouns]
    undo = await desk.undo(change)
    assert [await desk.rows(noun) for noun in nouns] == [[], [], [], []]
    await desk.undo(undo)
    assert before == [await desk.rows(noun) for noun in nouns]


async def test_without_a_number_the_newest_is_meant_and_then_the_one_before(desk: Desk) -> None:
    await logged(desk)
    async with desk.change() as work:
        await people.change_settings(work, desk.person, language="zh")
    await desk.undo()
    assert [row["language"] for row in await desk.rows(Person)] == ["en"]
    assert len(await desk.rows(Visit)) == 1
    await desk.undo()
    assert await desk.rows(Visit) == []


async def test_twice_is_said_and_does_nothing(desk: Desk) -> None:
    change = await logged(desk)
    await desk.undo(change)
    with pytest.raises(AlreadyUndone):
        await desk.undo(change)


async def test_what_was_changed_again_is_not_overwritten(desk: Desk) -> None:
    async with desk.change() as work:
        await people.change_settings(work, desk.person, language="zh")
        first = work.change_id
    async with desk.change() as work:
        await people.change_settings(work, desk.person, language="en")
    with pytest.raises(ChangedSince):
        await desk.undo(first)


async def test_what_others_built_on_is_not_taken_away(desk: Desk) -> None:
    async with desk.change() as work:
        acme = await accounts.create(work, desk.person, "Acme")
        first = work.change_id
    async with desk.change() as work:
        await visits.log(work, desk.person, acme, None, now=MONDAY)
    with pytest.raises(ChangedSince):
        await desk.undo(first)
    assert len(await desk.rows(Account)) == 1


async def test_nobody_undoes_anothers_change_or_one_of_yesterday(
    desk: Desk, company: Company
) -> None:
    change = await logged(desk)
    boss = await company.hire("Rui", Role.HQ)
    assert boss.person
    with pytest.raises(NothingToUndo):
        await Desk(company.database, boss.person).undo(change)
    with pytest.raises(TooLateToUndo):
        await desk.undo(change, days=2)
    with pytest.raises(NothingToUndo):
        await desk.undo(999_999)
