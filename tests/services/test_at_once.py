"""Two do something at the same moment: what one decides, the other must not have missed."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from services import accounts, claims, erasure, handover, merging, people, posts, reminders
from services.access import scope_of
from services.errors import NotYoursToReceive, Refusal
from services.retention import Kind, let_go
from storage.engine import Database
from storage.journal import Author
from storage.models import Account, Claim, Delivery, Person, Reminder, Retention, Role
from storage.owing import store_owed
from storage.work import Work
from tests.storage.owed import owed
from tests.talk import MONDAY

Doing = Callable[[Work], Awaitable[object]]


@pytest.fixture
def postgres(database: Database) -> Database:
    """Where two transactions write at once; on SQLite the second one waits for the first."""
    if database.is_sqlite:
        pytest.skip("one writer at a time")
    return database


async def hired(database: Database, name: str, role: Role = Role.REP, unit: str = "East") -> int:
    async with database.begin() as session:
        work = Work(session, Author(MONDAY, None, "hire"))
        home = await people.unit_at(work, unit)
        person = Person(name=name, role=role, unit_id=home.id)
        await work.people.add(person)
        return person.id


async def opened(database: Database, owner: int, name: str) -> int:
    async with database.begin() as session:
        work = Work(session, Author(MONDAY, owner, "account"))
        return (await accounts.create(work, await work.people.get(owner), name)).id


async def of(database: Database, number: int) -> Account:
    async with database.read() as session:
        return await session.get_one(Account, number)


async def meanwhile(database: Database, actor: int, do: Doing) -> None:
    """Somebody else does something from its beginning to its end."""
    async with database.begin() as session:
        await do(Work(session, Author(MONDAY, actor, "meanwhile")))


@pytest.mark.parametrize("how", ["one", "everything", "claim"])
async def test_an_account_goes_to_nobody_who_has_just_left(postgres: Database, how: str) -> None:
    hal, ana, ben = [
        await hired(postgres, name, role)
        for name, role in (("Hal", Role.HQ), ("Ana", Role.REP), ("Ben", Role.REP))
    ]
    acme = await opened(postgres, ana, "Acme")
    async with postgres.begin() as session:
        work = Work(session, Author(MONDAY, ben, "claim"))
        made = await claims.make(work, await work.people.get(ben), acme, "mine", now=MONDAY)
        claim = made.matter.claim.id

    async def ends(work: Work) -> None:
        await posts.end(work, await work.people.get(hal), await work.people.get(ben), now=MONDAY)

    async with postgres.begin() as session:
        work = Work(session, Author(MONDAY, hal, "assign"))
        giver, owner, to = [await work.people.get(each) for each in (hal, ana, ben)]
        account = await session.get_one(Account, acme)
        await meanwhile(postgres, hal, ends)
        if how == "claim":
            decided = await claims.decide(work, giver, claim, give=True, now=MONDAY)
            assert decided.closed
        elif how == "one":
            with pytest.raises(NotYoursToReceive):
                await handover.one(work, giver, account, to)
        else:
            with pytest.raises(NotYoursToReceive):
                await handover.everything(work, giver, owner, to, mark=None)
    assert (await of(postgres, acme)).owner_id == ana


async def test_an_account_goes_where_its_new_owner_has_just_gone(postgres: Database) -> None:
    hal, ana, ben = [
        await hired(postgres, name, role)
        for name, role in (("Hal", Role.HQ), ("Ana", Role.REP), ("Ben", Role.REP))
    ]
    acme = await opened(postgres, ana, "Acme")

    async def moves(work: Work) -> None:
        west = await people.unit_at(work, "West")
        await posts.move(work, await work.people.get(hal), await work.people.get(ben), west)

    async with postgres.begin() as session:
        work = Work(session, Author(MONDAY, hal, "assign"))
        giver, to = await work.people.get(hal), await work.people.get(ben)
        account, before = await session.get_one(Account, acme), to.unit_id
        await meanwhile(postgres, hal, moves)
        await handover.one(work, giver, account, to)
    found = await of(postgres, acme)
    async with postgres.read() as session:
        assert found.unit_id == (await session.get_one(Person, ben)).unit_id != before


async def test_what_one_begins_is_where_one_has_just_gone(postgres: Database) -> None:
    hal, ana = await hired(postgres, "Hal", Role.HQ), await hired(postgres, "Ana")

    async def moves(work: Work) -> None:
        west = await people.unit_at(work, "West")
        await posts.move(work, await work.people.get(hal), await work.people.get(ana), west)

    async with postgres.begin() as session:
        work = Work(session, Author(MONDAY, ana, "visit"))
        person = await work.people.get(ana)
        await meanwhile(postgres, hal, moves)
        await accounts.create(work, person, "Late Ltd")
        await reminders.add(work, person, "call", MONDAY.date() + timedelta(days=1), now=MONDAY)
    async with postgres.read() as session:
        unit = (await session.get_one(Person, ana)).unit_id
        assert (await session.scalars(select(Account.unit_id))).all() == [unit]
        assert (await session.scalars(select(Reminder.unit_id))).all() == [unit]


async def test_who_moves_meanwhile_takes_along_what_was_handed_to_them(
    postgres: Database,
) -> None:
    """The move waits until it is theirs."""
    hal, ana, ben = [
        await hired(postgres, name, role)
        for name, role in (("Hal", Role.HQ), ("Ana", Role.REP), ("Ben", Role.REP))
    ]
    acme = await opened(postgres, ana, "Acme")

    async def moves(work: Work) -> None:
        west = await people.unit_at(work, "West")
        await posts.move(work, await work.people.get(hal), await work.people.get(ben), west)

    async with postgres.begin() as session:
        work = Work(session, Author(MONDAY, hal, "assign"))
        giver, to = await work.people.get(hal), await work.people.get(ben)
        await handover.one(work, giver, await session.get_one(Account, acme), to)
        moving = asyncio.create_task(meanwhile(postgres, hal, moves))
        await asyncio.sleep(0.2)
        assert not moving.done()
    await moving
    found = await of(postgres, acme)
    async with postgres.read() as session:
        assert found.unit_id == (await session.get_one(Person, ben)).unit_id


async def test_who_comes_back_just_then_is_not_erased(
    postgres: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    hal, ana = await hired(postgres, "Hal", Role.HQ), await hired(postgres, "Ana")
    later = MONDAY + timedelta(days=400)

    async def ends(work: Work) -> None:
        await posts.end(work, await work.people.get(hal), await work.people.get(ana), now=MONDAY)
        await work.retentions.add(Retention(kind=Kind.PEOPLE, days=30))

    async def returns(work: Work) -> None:
        await posts.bring_back(work, await work.people.get(hal), await work.people.get(ana))

    await meanwhile(postgres, hal, ends)
    async with postgres.begin() as session:
        work = Work(session, Author(later, None, "retention"))
        found = work.retentions.left

        async def left(*args: object, **more: object) -> object:
            numbers = await found(*args, **more)  # type: ignore[arg-type]
            if not more:
                await meanwhile(postgres, hal, returns)
            return numbers

        monkeypatch.setattr(work.retentions, "left", left)
        assert await let_go(work, Kind.PEOPLE, randomness=os.urandom, now=later) == 1
    async with postgres.read() as session:
        person = await session.get_one(Person, ana)
        assert (person.active, person.name) == (True, "Ana")
        assert await erasure_of(postgres, ana) is None


async def erasure_of(database: Database, person: int) -> object:
    async with database.read() as session:
        return await Work(session, Author(MONDAY, None, "look")).subjects.erased(
            erasure.PEOPLE, person
        )


@pytest.mark.parametrize("found_by", ["get", "managers"])
async def test_what_a_reader_lost_while_it_was_made_for_them_is_found_out(
    postgres: Database, found_by: str
) -> None:
    """What they are told is for the standing they had when they were looked up."""
    hal, mia = (
        await hired(postgres, "Hal", Role.HQ, ""),
        await hired(postgres, "Mia", Role.MANAGER),
    )

    async def falls(work: Work) -> None:
        head, manager = await work.people.get(hal), await work.people.get(mia)
        await posts.give_role(work, head, manager, Role.REP)

    async with postgres.begin() as session:
        work = Work(session, Author(MONDAY, hal, "claim"))
        if found_by == "get":
            reader = await work.people.get(mia)
        else:
            east = await people.unit_at(work, "East")
            (reader,) = await work.people.managers(east)
        assert (await scope_of(work, reader)).units
        await meanwhile(postgres, hal, falls)
        assert await store_owed(session, [owed("told", person_id=mia)]) == [(1, True)]
    async with postgres.read() as session:
        assert (await session.scalars(select(Delivery.standing))).all() == [0]


async def test_claims_are_listed_while_their_account_is_being_changed(postgres: Database) -> None:
    rui, ana, ben = [
        await hired(postgres, name, role)
        for name, role in (("Rui", Role.MANAGER), ("Ana", Role.REP), ("Ben", Role.REP))
    ]
    acme = await opened(postgres, ana, "Acme")

    async def makes(work: Work) -> None:
        await claims.make(work, await work.people.get(ben), acme, "mine", now=MONDAY)

    async def lists(work: Work) -> None:
        manager, claimant = await work.people.get(rui), await work.people.get(ben)
        assert len(await claims.to_decide(work, manager, 5)) == 1
        assert len(await claims.of_claimant(work, claimant)) == 1

    await meanwhile(postgres, ben, makes)
    async with postgres.begin() as session:
        await session.scalars(select(Account).with_for_update())
        await session.scalars(select(Claim).with_for_update())
        async with asyncio.timeout(5):
            await meanwhile(postgres, rui, lists)


async def test_handing_over_and_merging_never_wait_in_a_ring(database: Database) -> None:
    """Names and numbers are in opposite order; each of these once locked by another of the two."""
    rui, ana, ben = [
        await hired(database, name, role)
        for name, role in (("Rui", Role.MANAGER), ("Ana", Role.REP), ("Ben", Role.REP))
    ]
    numbers = [await opened(database, ana, f"Customer {99 - each}") for each in range(20)]

    async def hands(work: Work) -> None:
        giver, owner, to = [await work.people.get(each) for each in (rui, ana, ben)]
        going = await handover.going(work, giver, owner)
        await handover.everything(work, giver, owner, to, mark=going.mark)

    async def merges(work: Work) -> None:
        first, second = [await work.session.get_one(Account, each) for each in numbers[:2]]
        await merging.merge(work, await work.people.get(rui), first, second, now=MONDAY)

    async def moves(work: Work) -> None:
        west = await people.unit_at(work, "East/South")
        await posts.move(work, await work.people.get(rui), await work.people.get(ana), west)

    async def quietly(do: Doing) -> None:
        try:
            await meanwhile(database, rui, do)
        except Refusal:
            return  # another was quicker

    async with asyncio.timeout(60):
        await asyncio.gather(*(quietly(each) for each in (hands, merges, moves)))
