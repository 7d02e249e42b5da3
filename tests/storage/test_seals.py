"""The chain: what it seals, and whatever is done to the journal behind its back."""

import asyncio
import json
import random
import time
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, insert, null, select, text, update

from storage import seals
from storage.engine import Database
from storage.journal import Author
from storage.models import Change, Entry, Erasure, Seal, Unit
from storage.seals import canonical, digest_of, head, seal, seal_all
from storage.trail import AT_ONCE, Trail, empty, record
from storage.upsert import table
from storage.verifying import Verified, Wrong, find_head, verify
from storage.work import Work
from tests.storage.owed import NOW

LATER = NOW + timedelta(minutes=5)


def salts(seed: int = 0) -> seals.Randomness:
    return random.Random(seed).randbytes


async def change(database: Database, name: str = "East", at: Any = NOW, rows: int = 1) -> int:
    """A change of so many rows; returns its number."""
    async with database.begin() as session:
        work = Work(session, Author(at, None, "test", source="terminal"))
        await work.people.add_all([Unit(name=f"{name} {number}") for number in range(rows)])
        if not rows:
            await work.note("Looked at {name}", name=name)
        return work.change_id


async def changes(database: Database, count: int) -> list[int]:
    return [await change(database, f"unit {number}", rows=number % 4) for number in range(count)]


async def checked(database: Database) -> Verified:
    async with database.read() as session:
        return await verify(session)


async def tamper(database: Database, *statements: str) -> None:
    """What somebody does who may do anything with the database, and knows of the guards."""
    both = ["delete", "update"]
    deeds = {"changes": ["delete"], "entries": both, "seals": both, "erasures": both}
    async with database.begin() as session:
        if not database.is_sqlite:
            await session.execute(text("SET LOCAL session_replication_role = replica"))
        for table, deed in ((table, deed) for table, found in deeds.items() for deed in found):
            if database.is_sqlite:
                await session.execute(text(f"DROP TRIGGER IF EXISTS {table}_{deed}"))
        for statement in statements:
            await session.execute(text(statement))


async def test_an_empty_journal_is_in_order(database: Database) -> None:
    assert await seal(database, LATER, salts()) == 0
    assert await checked(database) == Verified(0, 0, "", None)


async def test_what_is_sealed_is_counted_and_what_is_newer(database: Database) -> None:
    await changes(database, 5)
    assert await seal(database, LATER, salts()) == 5
    assert await seal(database, LATER, salts(1)) == 0
    await change(database)
    found = await checked(database)
    assert (found.sealed, found.newer, found.wrong) == (5, 1, None)
    async with database.read() as session:
        newest = await head(session)
        assert newest
        assert (newest.id, newest.hash, newest.at) == (5, found.head, LATER)


async def test_a_head_of_before_stays_in_the_chain(database: Database) -> None:
    await changes(database, 3)
    await seal(database, LATER, salts())
    before = (await checked(database)).head
    await changes(database, 3)
    await seal(database, LATER, salts())
    async with database.read() as session:
        found = await find_head(session, before)
        assert found
        assert found.id == 3
        assert await find_head(session, "00" * 32) is None


def test_a_digest_is_of_all_that_an_entry_holds() -> None:
    salt = "ab" * 16
    known = digest_of("units", 7, None, {"name": "华东", "n": 1}, salt)
    assert known == digest_of("units", 7, None, {"n": 1, "name": "华东"}, salt)
    others = [
        digest_of("people", 7, None, {"name": "华东", "n": 1}, salt),
        digest_of("units", 8, None, {"name": "华东", "n": 1}, salt),
        digest_of("units", 7, {}, {"name": "华东", "n": 1}, salt),
        digest_of("units", 7, None, {"name": "华东", "n": 1.0}, salt),
        digest_of("units", 7, None, {"name": "华东", "n": 1}, "cd" * 16),
    ]
    assert known not in others
    assert canonical(["华", None]) == b'["\\u534e",null]'


MORE = (
    "INSERT INTO entries (change_id, noun, key, before, after) VALUES (3, 'x', 1, 'null', 'null')"
)
LESS = "DELETE FROM entries WHERE id = (SELECT max(id) FROM entries WHERE change_id = 3)"
EMPTIED = "UPDATE entries SET before = NULL, after = NULL, salt = NULL WHERE change_id = 3"
TAMPERING = {
    "a value": ("UPDATE entries SET after = '{}' WHERE change_id = 3", Wrong.ALTERED),
    "the author": ("UPDATE changes SET author_id = 9 WHERE id = 3", Wrong.ALTERED),
    "the command": ("UPDATE changes SET command = 'x' WHERE id = 3", Wrong.ALTERED),
    "where from": ("UPDATE changes SET source = 'slack' WHERE id = 3", Wrong.ALTERED),
    "the note": ("UPDATE changes SET note = 'x' WHERE id = 3", Wrong.ALTERED),
    "the digest": ("UPDATE entries SET digest = 'aa' WHERE change_id = 3", Wrong.ALTERED),
    "the link": ("UPDATE seals SET hash = 'aa' WHERE change_id = 3", Wrong.ALTERED),
    "an entry less": (LESS, Wrong.ALTERED),
    "an entry more": (MORE, Wrong.INSERTED),
    "an entry emptied": (EMPTIED, Wrong.ERASED),
    "half emptied": ("UPDATE entries SET salt = NULL WHERE change_id = 3", Wrong.ALTERED),
}


@pytest.mark.parametrize("what", TAMPERING)
async def test_the_first_change_that_was_tampered_with_is_named(
    database: Database, what: str
) -> None:
    await changes(database, 6)
    await seal(database, LATER, salts())
    statement, wrong = TAMPERING[what]
    await tamper(database, statement)
    found = (await checked(database)).wrong
    assert found
    assert (found.wrong, found.change_id) == (wrong, 3)
    assert "change 3" in str(found)


GONE = (
    "DELETE FROM seals WHERE change_id {which}",
    "DELETE FROM entries WHERE change_id {which}",
    "DELETE FROM changes WHERE id {which}",
)


async def test_a_change_that_is_gone_from_the_middle_is_missed(database: Database) -> None:
    await changes(database, 6)
    await seal(database, LATER, salts())
    await tamper(database, *(each.format(which="= 3") for each in GONE))
    found = (await checked(database)).wrong
    assert found
    assert (found.wrong, found.change_id, found.after) == (Wrong.REMOVED, 2, True)


async def test_who_renumbers_the_links_is_found_by_their_hashes(database: Database) -> None:
    await changes(database, 6)
    await seal(database, LATER, salts())
    await tamper(database, *(each.format(which="= 3") for each in GONE))
    renumber = "UPDATE seals SET id = {} WHERE id = {}"
    await tamper(database, *(renumber.format(n, n + 1) for n in (3, 4, 5)))
    found = (await checked(database)).wrong
    assert found
    assert (found.wrong, found.change_id) == (Wrong.ALTERED, 4)


async def test_the_end_is_missed_by_its_head(database: Database) -> None:
    """Without its end a chain is whole: only who has kept the head can tell."""
    await changes(database, 6)
    await seal(database, LATER, salts())
    kept = (await checked(database)).head
    await tamper(database, *(each.format(which="> 4") for each in GONE))
    found = await checked(database)
    assert (found.sealed, found.wrong) == (4, None)
    async with database.read() as session:
        assert await find_head(session, kept) is None


@pytest.mark.parametrize("sealed", [False, True])
async def test_a_change_of_the_past_that_is_put_in_later_is_noticed(
    database: Database, sealed: bool
) -> None:
    await changes(database, 6)
    async with database.begin() as session:
        await session.execute(
            insert(Change).values(
                id=40, at=NOW + timedelta(days=2), command="test", source="", note=""
            )
        )
    await seal(database, NOW + timedelta(days=2), salts())
    assert (await checked(database)).wrong is None
    async with database.begin() as session:
        row = {"id": 20, "at": NOW, "command": "test", "source": "", "note": ""}
        await session.execute(insert(Change).values(**row))
    if sealed:
        await seal(database, NOW + timedelta(days=3), salts(1))
    found = (await checked(database)).wrong
    assert found
    assert (found.wrong, found.change_id) == (Wrong.INSERTED, 20)


async def test_what_was_begun_first_and_saved_last_is_sealed_last(database: Database) -> None:
    await changes(database, 3)
    async with database.begin() as session:
        row = {"id": 9, "at": NOW, "command": "test", "source": "", "note": ""}
        await session.execute(insert(Change).values(**row))
    await seal(database, LATER, salts())
    async with database.begin() as session:
        await session.execute(insert(Change).values(**(row | {"id": 5})))
    assert (await checked(database)).newer == 1
    assert await seal(database, LATER, salts()) == 1
    assert (await checked(database)).wrong is None
    async with database.read() as session:
        order = (await session.scalars(select(Seal.change_id).order_by(Seal.id))).all()
    assert order == [1, 2, 3, 9, 5]


async def erase(database: Database, *erased: int) -> None:
    """Erase some entries as an erasure does it, by their numbers."""
    async with database.begin() as session:
        Work(session, Author(LATER, None, "erase"))
        trail = Trail(b"salt")
        query = select(table(Entry)).where(Entry.id.in_(erased)).order_by(Entry.id)
        await empty(session, trail, (await session.execute(query)).all())
        await record(session, trail, "people", 9, at=LATER)


async def take(database: Database, *numbers: int) -> None:
    """Empty entries as the guards let anybody."""
    async with database.begin() as session:
        gone = {"before": null(), "after": null(), "salt": None}
        await session.execute(update(Entry).where(Entry.id.in_(numbers)).values(**gone))


async def test_what_was_erased_leaves_the_chain_whole(database: Database) -> None:
    await changes(database, 6)
    async with database.begin() as session:
        assert await seal_all(session, LATER, salts()) == 6
    await erase(database, 1, 2)
    found = await checked(database)
    assert (found.sealed, found.wrong) == (6, None)


async def test_what_was_erased_without_a_word_is_found(database: Database) -> None:
    await changes(database, 6)
    await seal(database, LATER, salts())
    await take(database, 1)
    found = (await checked(database)).wrong
    assert found
    assert found.wrong is Wrong.ERASED


@pytest.mark.parametrize("sealed", [False, True])
async def test_an_erasure_is_no_leave_to_empty_anything_else(
    database: Database, sealed: bool
) -> None:
    await changes(database, 6)
    await seal(database, LATER, salts())
    await erase(database, 2, 3)
    if sealed:
        await seal(database, LATER, salts(1))
    assert (await checked(database)).wrong is None
    await take(database, 5)
    found = (await checked(database)).wrong
    assert found
    assert (found.wrong, found.change_id) == (Wrong.ERASED, 4)


async def test_an_erasure_that_was_put_in_is_no_leave_either(database: Database) -> None:
    await changes(database, 6)
    await seal(database, LATER, salts())
    async with database.begin() as session:
        counts = {"entries": 9}
        session.add(Erasure(noun="units", key=1, at=LATER, evidence="", counts=counts))
    found = (await checked(database)).wrong
    assert found
    assert (found.wrong, found.change_id) == (Wrong.UNTOLD, 1)
    assert str(found).startswith("erasure 1 of ")
    await take(database, 1)
    found = (await checked(database)).wrong
    assert found
    assert found.wrong is Wrong.ERASED


async def test_an_erasure_that_is_gone_or_altered_is_missed(database: Database) -> None:
    await changes(database, 3)
    await seal(database, LATER, salts())
    await erase(database, 1)
    await erase(database, 2)
    for statement in ("UPDATE erasures SET key = 8 WHERE id = 2", "DELETE FROM erasures"):
        await tamper(database, statement)
        found = (await checked(database)).wrong
        assert found
        assert found.wrong is Wrong.UNTOLD


async def test_what_was_erased_and_is_there_again_is_found(database: Database) -> None:
    """Somebody with an old backup has the salt, and could make the digest right again."""
    await changes(database, 3)
    await seal(database, LATER, salts())
    async with database.read() as session:
        before = (await session.get_one(Entry, 1)).after
        salt = (await session.get_one(Entry, 1)).salt
    await erase(database, 1)
    back = {"after": json.dumps(before), "salt": salt}
    await tamper(database, "SELECT 1")
    async with database.begin() as session:
        if not database.is_sqlite:
            await session.execute(text("SET LOCAL session_replication_role = replica"))
        await session.execute(
            text("UPDATE entries SET after = :after, salt = :salt, before = 'null' WHERE id = 1"),
            back,
        )
    found = (await checked(database)).wrong
    assert found
    assert (found.wrong, found.change_id) == (Wrong.ALTERED, 2)


async def test_what_was_saved_while_somebody_was_erased_is_sealed_and_emptied(
    database: Database,
) -> None:
    await changes(database, 3)
    await erase(database, 1, 2)
    await seal(database, LATER, salts())
    found = await checked(database)
    assert (found.sealed, found.newer, found.wrong) == (4, 0, None)


async def test_an_erasure_of_much_tells_of_it_in_parts(database: Database) -> None:
    await change(database, rows=2 * AT_ONCE + 3)
    await seal(database, LATER, salts())
    await erase(database, *range(1, 2 * AT_ONCE + 2))
    await seal(database, LATER, salts())
    assert (await checked(database)).wrong is None
    await take(database, 2 * AT_ONCE + 2)
    assert (await checked(database)).wrong


async def test_sealing_before_erasing_leaves_its_own_change_open(database: Database) -> None:
    await changes(database, 3)
    async with database.begin() as session:
        work = Work(session, Author(LATER, None, "forget"))
        await work.people.add(Unit(name="made before"))
        assert await seal_all(session, LATER, salts()) == 3
        await work.people.add(Unit(name="made after"))
        await work.note("Forgot {count} people", count=1)
    assert (await checked(database)).newer == 1
    assert await seal(database, LATER, salts()) == 1
    assert await checked(database) == Verified(4, 0, (await checked(database)).head, None)


async def test_any_number_of_processes_seal_one_chain(database: Database) -> None:
    await changes(database, 30)
    async with asyncio.TaskGroup() as group:
        done = [group.create_task(seal(database, LATER, salts(n))) for n in range(4)]
    left = await seal(database, LATER, salts(9))
    assert sum(each.result() for each in done) + left == 30
    found = await checked(database)
    assert (found.sealed, found.newer, found.wrong) == (30, 0, None)


async def test_a_large_change_is_sealed_in_slices_and_holds_up_nobody(
    database: Database,
) -> None:
    number = await change(database)
    rows = [
        {"change_id": number, "noun": "units", "key": key, "before": None,
         "after": {"name": f"unit {key}", "path": f"/1/{key}/", "parent_id": 1}}
        for key in range(5_000)
    ]  # fmt: skip
    async with database.begin() as session:
        await session.execute(insert(Entry), rows)
    stalls, waits, done = [0.0], [0.0], asyncio.Event()

    async def watch() -> None:
        while not done.is_set():
            before = time.thread_time()  # the loop's own work: the machine may be busy
            await asyncio.sleep(0)
            stalls.append(time.thread_time() - before)

    async def write() -> None:
        while not done.is_set():
            before = time.perf_counter()
            async with database.begin():
                waits.append(time.perf_counter() - before)
            await asyncio.sleep(0.01)

    watching = [asyncio.create_task(watch()), asyncio.create_task(write())]
    assert await seal(database, LATER, salts()) == 1
    done.set()
    await asyncio.gather(*watching)
    found = await checked(database)
    assert (found.sealed, found.wrong) == (1, None)
    assert sorted(stalls)[-3] < 0.05
    assert sorted(waits)[-3] < 1


async def test_what_is_too_much_for_once_is_sealed_the_next_times(database: Database) -> None:
    await change(database, rows=3 * seals.SLICE)
    await change(database, rows=10)
    done = [await seal(database, LATER, salts(), at_most=seals.SLICE) for _ in range(5)]
    assert done == [0, 0, 1, 1, 0]
    assert (await checked(database)).wrong is None


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=8), st.integers())
async def test_whatever_is_sealed_whenever_the_chain_is_whole(
    database: Database, steps: list[tuple[int, bool]], seed: int
) -> None:
    for rows, sealing in steps:
        await change(database, rows=rows)
        if sealing:
            await seal(database, LATER, salts(seed))
    await seal(database, LATER, salts(seed + 1))
    found = await checked(database)
    async with database.read() as session:
        count = await session.scalar(select(func.count(Change.id)))
    assert (found.sealed, found.newer, found.wrong) == (count, 0, None)
