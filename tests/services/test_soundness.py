"""What is taken back leaves the company in order, whatever others did meanwhile."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from services import accounts, history, people, posts, units
from services.errors import ChangedSince, LastHQ
from storage.engine import Database
from storage.journal import Author
from storage.models import Account, Person, Role, Unit
from storage.work import Work
from tests.talk import MONDAY

Service = Callable[..., Awaitable[Any]]


class Office:
    """HQ at work: each change in a transaction of its own, and undone by its author."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.last = 0

    async def does(
        self, actor: int | None, service: Service, *args: object, **more: object
    ) -> Any:
        async with self.database.begin() as session:
            work = Work(session, Author(MONDAY, actor, "test"))
            loaded = [await self._fresh(work, each) for each in args]
            who = [await work.people.get(actor)] if actor else []
            done = await service(work, *who, *loaded, **more)
            self.last = work.author.change_id or 0
            return done

    @staticmethod
    async def _fresh(work: Work, value: object) -> object:
        """A row of this transaction for one of an earlier one."""
        if isinstance(value, (Person, Unit)):
            return await work.session.get_one(type(value), value.id)
        return value

    async def undoes(self, actor: Person, change: int) -> None:
        async with self.database.begin() as session:
            work = Work(session, Author(MONDAY, actor.id, "undo"))
            await history.undo(work, await work.people.get(actor.id), change, now=MONDAY)

    async def hires(self, name: str, role: Role, path: str) -> Person:
        async def hired(work: Work) -> Person:
            unit = await people.unit_at(work, path)
            person = Person(name=name, role=role, unit_id=unit.id)
            await work.people.add(person)
            return person

        found: Person = await self.does(None, hired)
        return found

    async def unit(self, path: str) -> Unit:
        found: Unit = await self.does(None, people.unit_at, path)
        return found


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database)


@pytest.fixture
async def hal(office: Office) -> Person:
    return await office.hires("Hal", Role.HQ, "")


async def test_a_move_of_a_unit_is_taken_back(office: Office, hal: Person) -> None:
    below, west = await office.unit("East/Shanghai"), await office.unit("West")
    await office.does(hal.id, units.move, await office.unit("East"), west)
    await office.undoes(hal, office.last)
    again = await office.unit("East/Shanghai")
    assert (again.id, again.path) == (below.id, below.path)


async def test_not_once_something_was_added_below_it(office: Office, hal: Person) -> None:
    east, west = await office.unit("East"), await office.unit("West")
    await office.does(hal.id, units.move, east, west)
    moved = office.last
    await office.does(hal.id, units.add, "Shanghai", east)
    with pytest.raises(ChangedSince):
        await office.undoes(hal, moved)


async def test_a_name_that_a_sibling_took_is_not_taken_back(office: Office, hal: Person) -> None:
    east = await office.unit("East")
    await office.does(hal.id, units.rename, east, "Orient")
    renamed = office.last
    await office.unit("East")
    with pytest.raises(ChangedSince):
        await office.undoes(hal, renamed)


async def test_nobody_goes_back_into_a_unit_that_was_closed(office: Office, hal: Person) -> None:
    ana = await office.hires("Ana", Role.REP, "East")
    await office.does(hal.id, posts.move, ana, await office.unit("West"))
    moved = office.last
    await office.does(hal.id, units.close, await office.unit("East"), now=MONDAY)
    with pytest.raises(ChangedSince):
        await office.undoes(hal, moved)


async def test_a_reopened_unit_with_somebody_in_it_stays_open(office: Office, hal: Person) -> None:
    ana = await office.hires("Ana", Role.REP, "West")
    east = await office.unit("East")
    await office.does(hal.id, units.close, east, now=MONDAY)
    await office.does(hal.id, units.reopen, east)
    reopened = office.last
    await office.does(hal.id, posts.move, ana, east)
    with pytest.raises(ChangedSince):
        await office.undoes(hal, reopened)


async def test_a_customer_who_is_another_s_by_now_is_not_torn_from_them(
    office: Office, hal: Person
) -> None:
    ana = await office.hires("Ana", Role.REP, "East")
    bo = await office.hires("Bo", Role.REP, "West")
    await office.does(ana.id, accounts.create, "Acme")
    await office.does(hal.id, posts.move, ana, await office.unit("West"))
    moved = office.last

    async def given(work: Work) -> None:
        account = (await work.session.scalars(Account.__table__.select())).one()
        row = await work.session.get_one(Account, account)
        row.owner_id = bo.id
        await work.accounts.flush()

    await office.does(None, given)
    with pytest.raises(ChangedSince):
        await office.undoes(hal, moved)


async def test_hq_is_not_left_without_anybody(office: Office, hal: Person) -> None:
    """Who made somebody HQ and was then given another role takes that back no more."""
    ivy = await office.hires("Ivy", Role.MANAGER, "")
    await office.does(hal.id, posts.give_role, ivy, Role.HQ)
    given = office.last
    await office.does(ivy.id, posts.give_role, hal, Role.MANAGER)
    with pytest.raises(LastHQ):
        await office.undoes(hal, given)
