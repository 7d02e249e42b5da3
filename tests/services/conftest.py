"""A signed unit of work, and a few people in it."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from services import people
from storage.engine import Database
from storage.journal import Author
from storage.models import Person, Role
from storage.work import Work
from tests.talk import MONDAY

Hire = Callable[..., Awaitable[Person]]


@pytest.fixture
async def work(database: Database) -> AsyncIterator[Work]:
    async with database.begin() as session:
        yield Work(session, Author(MONDAY, None, "test"))


@pytest.fixture
def hire(work: Work) -> Hire:
    async def hired(name: str, role: Role = Role.REP, unit: str = "East") -> Person:
        home = await people.unit_at(work, unit)
        person = Person(name=name, role=role, unit_id=home.id, zone="Asia/Shanghai")
        await work.people.add(person)
        return await work.people.get(person.id)

    return hired
