"""What goes along with people who move and customers that change hands, and back again."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import select

from services.errors import ChangedSince
from services.tables.table import Cell
from storage.engine import Database
from storage.journal import Author
from storage.models import Account, Deal, Invite, Person, Reminder, Role
from storage.work import Work
from tests.services.tables.kit import hired, taken
from tests.services.tables.test_undoing import dump, undone
from tests.talk import MONDAY

DAY = timedelta(days=1)


async def belongings(database: Database) -> Sequence[tuple[str, int, int]]:
    async with database.read() as session:
        found = [(x.name, x.owner_id, x.unit_id) for x in await session.scalars(select(Account))]
        found += [(x.name, x.owner_id, x.unit_id) for x in await session.scalars(select(Deal))]
        return sorted(
            found
            + [(x.text, x.person_id, x.unit_id) for x in await session.scalars(select(Reminder))]
        )


async def owning(database: Database) -> tuple[Person, Person, Person]:
    """Ron, who has a customer with deals and things to do, open and over; and Wes."""
    boss = await hired(database, "Boss")
    ron = await hired(database, "Ron", Role.REP, "East")
    wes = await hired(database, "Wes", Role.REP, "West")
    await taken(database, boss, "accounts", {"name": "Acme", "owner": "Ron"})
    deals: list[dict[str, Cell]] = [
        {"account": "Acme", "name": "Open", "stage": "Lead"},
        {"account": "Acme", "name": "Won", "stage": "Won"},
    ]
    await taken(database, boss, "deals", *deals)
    todo: list[dict[str, Cell]] = [
        {"text": "ring", "due": "2026-04-01", "account": "Acme", "done": None},
        {"text": "rang", "due": "2026-02-01", "account": "Acme", "done": "2026-02-01"},
        {"text": "tidy", "due": "2026-04-01", "account": None, "done": None},
    ]
    await taken(database, boss, "reminders", *({"person": "Ron", **each} for each in todo))
    return boss, ron, wes


async def test_whoever_moves_takes_along_what_is_open(database: Database) -> None:
    boss, ron, wes = await owning(database)
    before = await dump(database)
    done = await taken(database, boss, "people", {"name": "Ron", "unit": "West"})
    east, west = ron.unit_id, wes.unit_id
    assert await belongings(database) == [
        ("Acme", ron.id, west),
        ("Open", ron.id, west),
        ("Won", ron.id, east),
        ("rang", ron.id, east),
        ("ring", ron.id, west),
        ("tidy", ron.id, west),
    ]
    assert [*done.concerned.people] == [ron.id]
    change = await undone(database, boss, done.change_id)
    assert await dump(database) == before
    await undone(database, boss, change)
    assert ("Open", ron.id, west) in await belongings(database)


async def test_a_customer_takes_along_what_is_open_there(database: Database) -> None:
    boss, ron, wes = await owning(database)
    before = await dump(database)
    done = await taken(database, boss, "accounts", {"name": "Acme", "owner": "Wes"})
    east, west = ron.unit_id, wes.unit_id
    assert await belongings(database) == [
        ("Acme", wes.id, west),
        ("Open", wes.id, west),
        ("Won", ron.id, east),
        ("rang", ron.id, east),
        ("ring", wes.id, west),
        ("tidy", ron.id, east),
    ]
    concerned = done.concerned.people
    assert (concerned[ron.id].lost, concerned[wes.id].gained) == (1, 1)
    await undone(database, boss, done.change_id)
    assert await dump(database) == before


async def test_what_somebody_else_got_meanwhile_is_not_moved_back(database: Database) -> None:
    boss, _ron, _wes = await owning(database)
    await hired(database, "Will", Role.REP, "West")
    done = await taken(database, boss, "people", {"name": "Ron", "unit": "West"})
    await taken(database, boss, "accounts", {"name": "Acme", "owner": "Will"})
    before = await dump(database)
    with pytest.raises(ChangedSince):
        await undone(database, boss, done.change_id)
    assert await dump(database) == before


async def test_an_invitation_lets_nobody_in_who_has_left(database: Database) -> None:
    boss, ron, _wes = await owning(database)
    async with database.begin() as session:
        work = Work(session, Author(MONDAY, boss.id, "invite"))
        invite = Invite(
            code_hash="x", name="Ron", role=1, unit_id=ron.unit_id, expires_at=MONDAY + 9 * DAY
        )
        invite.person_id = ron.id
        await work.invites.add(invite)
    done = await taken(database, boss, "people", {"name": "Ron", "active": "no"})
    async with database.read() as session:
        assert await session.scalar(select(Invite.expires_at)) == MONDAY
    await undone(database, boss, done.change_id)
    async with database.read() as session:
        assert await session.scalar(select(Invite.expires_at)) == MONDAY + 9 * DAY
