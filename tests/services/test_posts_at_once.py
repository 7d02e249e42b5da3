"""Two people change each other at the same moment: one of them comes first."""

import asyncio

from sqlalchemy import select

from services import people, posts, units
from services.errors import Refusal
from storage.engine import Database
from storage.journal import Author
from storage.models import Person, Role, Unit
from storage.work import Work
from tests.talk import MONDAY


async def hired(database: Database, *names: str, role: Role = Role.HQ) -> list[int]:
    async with database.begin() as session:
        work = Work(session, Author(MONDAY, None, "hire"))
        home = await people.unit_at(work, "")
        found = [Person(name=each, role=role, unit_id=home.id) for each in names]
        for each in found:
            await work.people.add(each)
        return [each.id for each in found]


async def ends(database: Database, actor: int, who: int, both: asyncio.Barrier) -> bool:
    """Whether one ends the other, both having looked before either has done it."""
    await both.wait()
    try:
        async with database.begin() as session:
            work = Work(session, Author(MONDAY, actor, "hasleft"))
            one, other = await work.people.get(actor), await work.people.get(who)
            await posts.end(work, one, other, now=MONDAY)
    except Refusal:
        return False
    return True


async def test_two_at_hq_who_end_each_other_are_not_both_gone(database: Database) -> None:
    for _again in range(3):
        one, two = await hired(database, "Hal", "Ivy")
        both = asyncio.Barrier(2)
        done = await asyncio.gather(ends(database, one, two, both), ends(database, two, one, both))
        async with database.read() as session:
            active = set(
                await session.scalars(select(Person.id).where(Person.active, Person.role == 3))
            )
        assert sorted(done) == [False, True]
        assert len(active & {one, two}) == 1


async def test_two_units_do_not_end_up_below_each_other(database: Database) -> None:
    (hal,) = await hired(database, "Hal")
    async with database.begin() as session:
        work = Work(session, Author(MONDAY, None, "found"))
        east = (await people.unit_at(work, "East")).id
        west = (await people.unit_at(work, "West")).id
    both = asyncio.Barrier(2)

    async def moves(unit: int, above: int) -> bool:
        await both.wait()
        try:
            async with database.begin() as session:
                work = Work(session, Author(MONDAY, hal, "moveunit"))
                named = [await work.people.unit(each) for each in (unit, above)]
                await units.move(work, await work.people.get(hal), *named)
        except Refusal:
            return False
        return True

    done = await asyncio.gather(moves(east, west), moves(west, east))
    assert sorted(done) == [False, True]
    async with database.read() as session:
        tree = {each.id: each for each in await session.scalars(select(Unit))}
    for each in tree.values():
        above = tree[each.parent_id].path if each.parent_id else "/"
        assert each.path == f"{above}{each.id}/"
