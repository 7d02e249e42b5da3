"""A random company is copied and comes back, on the same database and on the other one."""

import asyncio
import json
import random
import stat
import zipfile
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, func, insert, null, select, text

from storage.archive import BackupError
from storage.backup import back_up, snapshot
from storage.engine import Database, connect
from storage.journal import Author
from storage.migrate import head, migrate, revision
from storage.models import (
    Account,
    Blob,
    Change,
    Deal,
    Delivery,
    DeliveryState,
    Entry,
    Erasure,
    Person,
    Priority,
    Reminder,
    Role,
    StoredCall,
    Unit,
    Visit,
)
from storage.portable import lines, tables
from storage.restore import RESTORED, erased_in, is_empty, restore
from storage.seals import seal
from storage.trail import Trail, empty, record
from storage.upsert import table
from storage.verifying import verify
from storage.work import Work
from tests.storage.conftest import POSTGRES, own_postgres
from tests.storage.owed import NOW
from tests.storage.test_migrate import add_revision

ODD = ["Acme", "华东医院", '"; DROP TABLE x', "a\nb\tc", "=1+1", "🙂" * 3, "ﬁ", " ", "\\u0000"]
KINDS = ["sqlite", *(["postgresql"] if POSTGRES else [])]


@asynccontextmanager
async def fresh(kind: str, folder: Path, name: str) -> AsyncIterator[Database]:
    """A database of that kind with the newest schema and nothing in it."""
    async with AsyncExitStack() as stack:
        url = f"sqlite+aiosqlite:///{folder / name}.db"
        if kind == "postgresql":
            url = await stack.enter_async_context(own_postgres())
        database = connect(url)
        stack.push_async_callback(database.close)
        await migrate(database, backup_dir=None, now=NOW)
        yield database


async def settle_company(database: Database, dice: random.Random) -> None:
    """People, customers and all that hangs on them, as the dice will have it."""
    async with database.begin() as session:
        work = Work(session, Author(NOW, None, "sample", source="terminal"))
        units = [Unit(name=dice.choice(ODD), path=f"/{n}/") for n in range(1, dice.randint(3, 6))]
        await work.people.add_all(units)
        units[0].parent_id = units[-1].id  # a unit that was moved under a younger one
        people = [
            Person(name=dice.choice(ODD), role=Role.REP, unit_id=dice.choice(units).id,
                   quiet_from=dice.choice([None, time(22, 30)]), active=dice.random() < 0.9)
            for _ in range(dice.randint(1, 5))
        ]  # fmt: skip
        await work.people.add_all(people)
        for _ in range(dice.randint(0, 5)):
            await _add_customer(work, dice, people)
    async with database.begin() as session:
        work = Work(session, Author(NOW, people[0].id, "account"))
        found = await work.people.get(people[0].id)
        found.name = dice.choice(ODD) + "!"
        await work.people.flush()
        await work.note("Looked at {name}", name=dice.choice(ODD))
        odd = {"change_id": work.change_id, "noun": "x", "key": 1, "before": null(), "after": None}
        await session.execute(insert(Entry).values(**odd))
    await seal(database, NOW, dice.randbytes)
    await _add_runtime(database, dice, people[0])


async def _add_customer(work: Work, dice: random.Random, people: list[Person]) -> None:
    rep = dice.choice(people)
    account = Account(
        name=dice.choice(ODD), owner_id=rep.id, unit_id=rep.unit_id,
        latitude=dice.uniform(-90, 90), longitude=dice.choice([None, dice.uniform(-180, 180)]),
    )  # fmt: skip
    await work.people.add(account)
    whose: dict[str, Any] = {"account_id": account.id, "unit_id": rep.unit_id}
    at = NOW - timedelta(microseconds=dice.randrange(10**12))
    await work.people.add_all(
        [
            Visit(**whose, rep_id=rep.id, at=at, note=dice.choice(ODD)),
            Deal(**whose, owner_id=rep.id, name="d", stage="lead", amount=dice.randrange(2**60),
                 currency="CNY", created_at=at, closes_on=date(2026, 5, dice.randint(1, 28))),
            Reminder(person_id=rep.id, unit_id=rep.unit_id, text=dice.choice(ODD), due_at=at),
        ]
    )  # fmt: skip


async def _add_runtime(database: Database, dice: random.Random, person: Person) -> None:
    async with database.begin() as session:
        for number, state in enumerate(DeliveryState):
            session.add(delivery(f"{number}", state, person_id=person.id))
        session.add(
            Blob(ref="b", name="n", mime="m", content=dice.randbytes(50_000), created_at=NOW)
        )
        for token in ("B", "a", "Ä", "_", "中"):
            session.add(
                StoredCall(token=token, card="c", command="x", answers={"k": token, "n": "null"},
                           label="l", person_id=None, single_use=True, expires_at=NOW)
            )  # fmt: skip
        Work(session, Author(NOW, None, "erase"))
        trail, contacts = Trail(b"salt"), select(table(Entry)).where(Entry.noun == "contacts")
        await empty(session, trail, (await session.execute(contacts.limit(2))).all())
        await record(session, trail, "contacts", 3, at=NOW)


def delivery(dedup: str, state: DeliveryState, ready_at: int = 1, **more: Any) -> Delivery:
    return Delivery(
        dedup=dedup, lane="phone:test", chat="c", payload={"a": [1, None, 1.5]},
        ready_at=ready_at, created_at=NOW, state=state, **more,
    )  # fmt: skip


async def contents(database: Database) -> dict[str, list[bytes]]:
    """All that is in a database."""
    async with snapshot(database) as connection:
        return {
            each.name: [line async for line in lines(connection, each)]
            for each in await connection.run_sync(tables)
        }


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("target", KINDS)
@pytest.mark.parametrize("source", KINDS)
async def test_what_was_copied_comes_back(
    source: str, target: str, seed: int, tmp_path: Path
) -> None:
    file, dice = tmp_path / "copy.zip", random.Random(seed)
    async with fresh(source, tmp_path, "one") as one, fresh(target, tmp_path, "other") as other:
        await settle_company(one, dice)
        made = await back_up(one, file, NOW)
        done = await restore(other, file, NOW)
        before, after = await contents(one), await contents(other)
        assert made.schema == await revision(other) == head()
        assert after.pop("changes")[:-1] == before.pop("changes")
        assert _all_but_owed(after) == _all_but_owed(before)
        assert done.dropped == 2
        assert (done.journal.wrong, done.journal.head) == (None, made.head)
        await _goes_on(other, {name: each.highest for name, each in made.tables.items()})


def _all_but_owed(found: dict[str, list[bytes]]) -> dict[str, list[bytes]]:
    return {name: rows for name, rows in found.items() if name != "deliveries"}


async def _goes_on(database: Database, highest: dict[str, int | None]) -> None:
    """New rows get numbers that were never given before."""
    async with database.begin() as session:
        work = Work(session, Author(NOW, None, "test"))
        unit = Unit(name="new")
        await work.people.add(unit)
        assert unit.id == (highest["units"] or 0) + 1
        assert work.change_id == (highest["changes"] or 0) + 2
    await seal(database, NOW, random.Random(1).randbytes)
    async with database.read() as session:
        assert (await verify(session)).wrong is None


async def test_a_number_that_was_deleted_is_not_given_again(
    tmp_path: Path,
) -> None:
    async with fresh("sqlite", tmp_path, "a") as one, fresh(KINDS[-1], tmp_path, "b") as other:
        async with one.begin() as session:
            work = Work(session, Author(NOW, None, "test"))
            units = [Unit(name=str(n)) for n in range(5)]
            await work.people.add_all(units)
            for each in units[2:]:
                await work.history.remove(each)
        await back_up(one, tmp_path / "copy.zip", NOW)
        await restore(other, tmp_path / "copy.zip", NOW)
        async with other.begin() as session:
            unit = Unit(name="new")
            await Work(session, Author(NOW, None, "test")).people.add(unit)
            assert unit.id == 6


async def test_what_may_have_been_sent_since_is_not_sent_again(
    tmp_path: Path, bare: Database
) -> None:
    await migrate(bare, backup_dir=None, now=NOW)
    far = 10**14
    async with bare.begin() as session:
        session.add_all(
            [
                delivery("reply", DeliveryState.PENDING),
                delivery("leased", DeliveryState.SENDING, far),
                delivery("late reply", DeliveryState.PENDING, far),
                delivery("due", DeliveryState.PENDING, priority=Priority.REMINDER),
                delivery("ahead", DeliveryState.PENDING, far, priority=Priority.REMINDER),
                delivery("sent", DeliveryState.SENT),
            ]
        )
    await back_up(bare, tmp_path / "copy.zip", NOW)
    assert (await restore(bare, tmp_path / "copy.zip", NOW)).dropped == 4
    async with bare.read() as session:
        found = {each.dedup: each for each in await session.scalars(select(Delivery))}
    failed = {name for name, each in found.items() if each.error == RESTORED}
    assert failed == {"reply", "leased", "late reply", "due"}
    assert {found[name].state for name in failed} == {DeliveryState.FAILED}
    assert (found["ahead"].state, found["sent"].state) == ("pending", "sent")


async def test_what_was_erased_since_is_named(tmp_path: Path, bare: Database) -> None:
    await migrate(bare, backup_dir=None, now=NOW)

    async def erase(key: int) -> None:
        async with bare.begin() as session:
            Work(session, Author(NOW, None, "erase"))
            await record(session, Trail(b"salt"), "contacts", key, at=NOW)

    await erase(1)
    await back_up(bare, tmp_path / "old.zip", NOW)
    await erase(2)
    await back_up(bare, tmp_path / "new.zip", NOW)
    assert erased_in(tmp_path / "new.zip") == {("contacts", 1), ("contacts", 2)}
    done = await restore(bare, tmp_path / "old.zip", NOW, erased=[("people", 9)])
    assert done.back == [("contacts", 2), ("people", 9)]
    assert (await restore(bare, tmp_path / "new.zip", NOW)).back == []


async def test_the_copy_is_of_one_moment_while_others_write(
    tmp_path: Path, bare: Database
) -> None:
    await migrate(bare, backup_dir=None, now=NOW)
    dice, stop = random.Random(5), asyncio.Event()
    await settle_company(bare, dice)

    async def write() -> int:
        count = 0
        while not stop.is_set():
            async with bare.begin() as session:
                work = Work(session, Author(NOW, None, "test"))
                person = (await session.scalars(select(Person).limit(1))).one()
                await _add_customer(work, dice, [person])
            count += 1
            if count % 7 == 0:
                await seal(bare, NOW, dice.randbytes)
        return count

    writers = [asyncio.create_task(write()) for _ in range(2)]
    for number in range(4):
        await back_up(bare, tmp_path / f"{number}.zip", NOW)
        await asyncio.sleep(0.05)
    stop.set()
    assert sum(await asyncio.gather(*writers)) > 4
    for number in range(4):
        async with fresh("sqlite", tmp_path, f"copy-{number}") as copy:
            done = await restore(copy, tmp_path / f"{number}.zip", NOW)
            assert done.journal.wrong is None
            async with copy.read() as session:
                assert (await session.execute(text("PRAGMA foreign_key_check"))).all() == []
                visits = await session.scalar(select(func.count(Visit.id)))
                deals = await session.scalar(select(func.count(Deal.id)))
                changes = await session.scalar(select(func.count(Change.id)))
                assert visits == deals
                assert changes


async def test_the_file_is_the_owners_alone_and_has_no_secret(
    tmp_path: Path, bare: Database
) -> None:
    await migrate(bare, backup_dir=None, now=NOW)
    file = tmp_path / "deep" / "copy.zip"
    made = await back_up(bare, file, NOW)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in file.parent.iterdir()] == ["copy.zip"]
    with zipfile.ZipFile(file) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert manifest["schema"] == head()
    assert manifest["made_at"] == made.made_at
    assert "postgres" not in json.dumps(manifest).replace("postgresql", "")
    assert set(manifest) == {"format", "made_at", "schema", "links", "head", "tables"}


async def test_a_file_is_never_overwritten_silently(tmp_path: Path, bare: Database) -> None:
    await migrate(bare, backup_dir=None, now=NOW)
    file = tmp_path / "copy.zip"
    file.write_text("mine")
    with pytest.raises(BackupError, match="there already"):
        await back_up(bare, file, NOW)
    assert file.read_text() == "mine"
    await back_up(bare, file, NOW, force=True)
    assert zipfile.is_zipfile(file)


async def test_two_at_once_do_not_mix(tmp_path: Path, bare: Database) -> None:
    await migrate(bare, backup_dir=None, now=NOW)
    file = tmp_path / "copy.zip"
    done = await asyncio.gather(
        *(back_up(bare, file, NOW) for _ in range(3)), return_exceptions=True
    )
    assert [type(each) for each in done].count(BackupError) == 2
    await restore(bare, file, NOW)


def swap(name: str, change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    """A file of a backup is another."""

    def change_file(path: Path) -> None:
        with zipfile.ZipFile(path) as old:
            found = {each: old.read(each) for each in old.namelist()}
        with zipfile.ZipFile(path, "w") as new:
            for each, content in found.items():
                new.writestr(each, change(content) if each == name else content)

    return change_file


DAMAGE: dict[str, Callable[[Path], object]] = {
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:-200]),
    "no zip": lambda path: path.write_text("hello"),
    "empty": lambda path: path.write_bytes(b""),
    "a name": swap("units.jsonl", lambda old: old.replace(b"Acme", b"Bcme") + b"{}\n"),
    "a row less": swap("people.jsonl", lambda old: old[old.index(b"\n") + 1 :]),
    "a table less": swap("manifest.json", lambda old: old.replace(b'"units"', b'"unlts"')),
    "a newer one": swap("manifest.json", lambda old: old.replace(b'"format": 1', b'"format": 2')),
    "no manifest": swap("manifest.json", lambda _old: b"[]"),
}


@pytest.mark.parametrize("what", DAMAGE)
async def test_a_damaged_file_changes_nothing(tmp_path: Path, bare: Database, what: str) -> None:
    await migrate(bare, backup_dir=None, now=NOW)
    await settle_company(bare, random.Random(2))
    await back_up(bare, tmp_path / "copy.zip", NOW)
    DAMAGE[what](tmp_path / "copy.zip")
    before = await contents(bare)
    with pytest.raises(BackupError):
        await restore(bare, tmp_path / "copy.zip", NOW)
    assert await contents(bare) == before


async def test_what_fails_half_way_changes_nothing(tmp_path: Path, bare: Database) -> None:
    await migrate(bare, backup_dir=None, now=NOW)
    await settle_company(bare, random.Random(3))
    await back_up(bare, tmp_path / "copy.zip", NOW)
    async with bare.begin() as session:
        await Work(session, Author(NOW, None, "test")).people.add(Unit(name="since"))
    before = await contents(bare)

    def fail(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("INSERT INTO people"):
            raise ConnectionError

    event.listen(bare.engine.sync_engine, "before_cursor_execute", fail)
    with pytest.raises(ConnectionError):
        await restore(bare, tmp_path / "copy.zip", NOW)
    event.remove(bare.engine.sync_engine, "before_cursor_execute", fail)
    assert await contents(bare) == before


async def test_only_what_holds_nothing_is_empty(bare: Database) -> None:
    assert await is_empty(bare)
    await migrate(bare, backup_dir=None, now=NOW)
    assert await is_empty(bare)
    async with bare.begin() as session:
        session.add(Erasure(noun="x", key=1, at=NOW, evidence="", counts={}))
    assert not await is_empty(bare)


async def test_a_schema_of_the_future_is_refused(tmp_path: Path, bare: Database) -> None:
    await migrate(bare, backup_dir=None, now=NOW)
    await back_up(bare, tmp_path / "copy.zip", NOW)
    schema = f'"schema": "{head()}"'.encode()
    swap("manifest.json", lambda old: old.replace(schema, b'"schema": "9999"'))(
        tmp_path / "copy.zip"
    )
    with pytest.raises(Exception, match="newer Salesbot"):
        await restore(bare, tmp_path / "copy.zip", NOW)
    assert await revision(bare) == head()


async def test_a_copy_of_an_older_schema_is_brought_to_the_newest(
    tmp_path: Path, bare: Database, migrations: Path
) -> None:
    await migrate(bare, backup_dir=None, now=NOW)
    await settle_company(bare, random.Random(6))
    made = await back_up(bare, tmp_path / "copy.zip", NOW)
    add_revision(
        migrations,
        "with op.batch_alter_table('units') as batch:",
        "    batch.add_column(sa.Column('hint', sa.String(), nullable=True))",
        "op.execute(\"UPDATE units SET hint = 'from before'\")",
    )
    done = await restore(bare, tmp_path / "copy.zip", NOW)
    assert (made.schema, await revision(bare)) == (done.manifest.schema, "9999")
    async with bare.read() as session:
        assert set(await session.scalars(text("SELECT hint FROM units"))) == {"from before"}
