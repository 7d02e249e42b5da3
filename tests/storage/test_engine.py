import asyncio
from pathlib import Path

import pytest
from sqlalchemy import select, text

from storage.engine import TIMEOUTS, Database, connect
from storage.models import Base, Cursor
from tests.storage.owed import NOW

CHANGES = 200


async def _make(database: Database) -> None:
    async with database.begin() as session:
        session.add(Cursor(name="tally", position=0, moved_at=NOW))


async def _count_up(database: Database) -> None:
    async with database.begin() as session:
        query = select(Cursor).where(Cursor.name == "tally").with_for_update()
        tally = (await session.scalars(query)).one()
        await asyncio.sleep(0)
        tally.position += 1


async def _read(database: Database) -> int:
    async with database.read() as session:
        return (await session.scalars(select(Cursor.position))).one()


async def test_two_hundred_changes_of_one_row_at_once_lose_none(database: Database) -> None:
    await _make(database)
    await asyncio.gather(*(_count_up(database) for _ in range(CHANGES)))
    assert await _read(database) == CHANGES


async def test_two_processes_on_one_file_lose_none(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'both.db'}"
    one, other = connect(url), connect(url)
    async with one.engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    await _make(one)
    await asyncio.gather(*(_count_up(each) for each in (one, other) for _ in range(20)))
    assert await _read(other) == 40
    await one.close()
    await other.close()


async def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    await _make(database)

    async def fail() -> None:
        async with database.begin() as session:
            tally = (await session.scalars(select(Cursor))).one()
            tally.position = 99
            await session.flush()
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    assert await _read(database) == 0


async def test_a_reader_does_not_wait_for_a_writer(database: Database) -> None:
    await _make(database)
    async with database.begin() as session:
        tally = (await session.scalars(select(Cursor))).one()
        tally.position = 1
        await session.flush()
        assert await _read(database) == 0
    assert await _read(database) == 1


async def test_the_folder_of_a_new_file_is_made(tmp_path: Path) -> None:
    database = connect(f"sqlite+aiosqlite:///{tmp_path / 'new' / 'folder' / 'bot.db'}")
    async with database.read() as session:
        await session.execute(select(1))
    await database.close()
    assert (tmp_path / "new" / "folder" / "bot.db").exists()


async def test_what_a_platform_was_told_is_safe_survives_a_power_cut(database: Database) -> None:
    if not database.is_sqlite:
        pytest.skip("PostgreSQL's own default is safe")
    async with database.engine.connect() as connection:
        found = [
            (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert found == ["wal", 2, 1]


async def test_a_frozen_process_does_not_hold_its_locks_for_ever(database: Database) -> None:
    if database.is_sqlite:
        pytest.skip("SQLite's locks are its process's own")
    async with database.read() as session:
        for setting, limit in TIMEOUTS.items():
            assert await session.scalar(text(f"SHOW {setting}")) == limit
