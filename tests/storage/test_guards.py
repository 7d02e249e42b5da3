"""The database refuses what would make the journal untrue, whoever asks it."""

import pytest
from sqlalchemy import delete, insert, null, select, text, update
from sqlalchemy.exc import DBAPIError

from storage.engine import Database
from storage.journal import Author
from storage.migrate import migrate
from storage.models import Change, Entry, Erasure, Seal, Unit
from storage.work import Work
from tests.storage.owed import NOW


@pytest.fixture(params=["made by the models", "made by the migrations"])
async def guarded(request: pytest.FixtureRequest, bare: Database) -> Database:
    if request.param.endswith("migrations"):
        await migrate(bare, backup_dir=None, now=NOW)
    else:
        async with bare.engine.begin() as connection:
            await connection.run_sync(Change.metadata.create_all)
    async with bare.begin() as session:
        await Work(session, Author(NOW, None, "test")).people.add(Unit(name="HQ"))
        session.add(Seal(change_id=1, hash="00", at=NOW))
        session.add(Erasure(noun="people", key=1, at=NOW, evidence="", counts={}))
    return bare


async def refused(database: Database, statement: object) -> None:
    with pytest.raises(DBAPIError, match="only added to"):
        async with database.begin() as session:
            await session.execute(statement)  # type: ignore[call-overload]


@pytest.mark.parametrize(
    "statement",
    [
        delete(Change),
        delete(Entry),
        delete(Seal),
        delete(Erasure),
        update(Erasure).values(counts={"entries": 9}),
        update(Seal).values(hash="11"),
        update(Entry).values(after={"name": "somebody"}),
        update(Entry).values(key=2),
        update(Entry).values(noun="people"),
        update(Entry).values(change_id=1, digest="aa"),
        update(Entry).values(before=None, after=None, digest="aa"),
        update(Entry).values(before=None, after=None),
        update(Entry).values(before=null(), after=null(), salt=None),
        text("UPDATE entries SET digest = 'aa', salt = 'bb', after = '{}'"),
    ],
)
async def test_the_journal_is_only_added_to(guarded: Database, statement: object) -> None:
    await refused(guarded, statement)
    async with guarded.read() as session:
        [entry] = (await session.scalars(select(Entry))).all()
        assert entry.after
        assert entry.after["name"] == "HQ"


async def test_an_entry_is_sealed_once(guarded: Database) -> None:
    async with guarded.begin() as session:
        await session.execute(update(Entry).values(digest="aa", salt="bb"))
    await refused(guarded, update(Entry).values(digest="cc", salt="dd"))


@pytest.mark.parametrize("gone", [None, null()])
async def test_an_entry_can_be_erased_and_keeps_its_digest(
    guarded: Database, gone: object
) -> None:
    async with guarded.begin() as session:
        await session.execute(update(Entry).values(digest="aa", salt="bb"))
        await session.execute(update(Entry).values(before=gone, after=gone, salt=None))
    await refused(guarded, update(Entry).values(digest=None))
    await refused(guarded, update(Entry).values(after={"name": "HQ"}))
    async with guarded.read() as session:
        [entry] = (await session.scalars(select(Entry))).all()
        assert (entry.before, entry.after, entry.digest, entry.salt) == (None, None, "aa", None)


async def test_tables_that_are_made_anew_are_guarded_again(guarded: Database) -> None:
    async with guarded.engine.begin() as connection:
        await connection.run_sync(Change.metadata.drop_all)
        await connection.run_sync(Change.metadata.create_all)
    async with guarded.begin() as session:
        await Work(session, Author(NOW, None, "test")).people.add(Unit(name="HQ"))
    await refused(guarded, delete(Change))


async def test_what_tells_of_an_erasure_is_never_erased(guarded: Database) -> None:
    told = {"change_id": 1, "noun": "erasures", "key": 1, "after": {"emptied": [1]}}
    async with guarded.begin() as session:
        await session.execute(insert(Entry).values(**told))
        await session.execute(update(Entry).values(digest="aa", salt="bb"))
    gone = update(Entry).values(before=null(), after=null(), salt=None)
    await refused(guarded, gone.where(Entry.noun == "erasures"))
    async with guarded.begin() as session:
        await session.execute(gone.where(Entry.noun != "erasures"))
