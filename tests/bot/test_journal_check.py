"""What check says of the journal and its copies."""

import random
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from bot.finding import Finding
from bot.journal_check import journal
from storage.engine import Database
from storage.journal import Author
from storage.models import Unit
from storage.seals import seal
from storage.verifying import verify
from storage.work import Work
from tests.storage.owed import NOW


async def change(database: Database, at: datetime = NOW, command: str = "test") -> None:
    async with database.begin() as session:
        await Work(session, Author(at, None, command)).people.add(Unit(name="East"))


async def said(database: Database, kept: str = "", now: datetime = NOW) -> dict[str, Finding]:
    return {each.part: each async for each in journal(database, kept, now)}


async def head(database: Database) -> str:
    async with database.read() as session:
        return (await verify(session)).head


async def test_how_much_is_sealed_and_how_much_is_newer(database: Database) -> None:
    assert (await said(database))["journal"].says == "0 changes sealed"
    for _ in range(2):
        await change(database)
    await seal(database, NOW, random.Random(0).randbytes)
    await change(database)
    says = f"2 changes sealed, 1 newer not yet; head {await head(database)}"
    assert (await said(database))["journal"] == Finding("journal", ok=True, says=says)


async def test_who_tampered_is_looked_for(database: Database) -> None:
    for _ in range(3):
        await change(database)
    await seal(database, NOW, random.Random(0).randbytes)
    async with database.begin() as session:
        await session.execute(text("UPDATE changes SET command = 'other' WHERE id = 2"))
    found = (await said(database))["journal"]
    assert not found.ok
    assert "change 2 of 2026-03-02 02:00 UTC was altered" in found.says
    assert "--head" in found.do


async def test_a_head_of_before_is_looked_for(database: Database) -> None:
    await change(database)
    await seal(database, NOW, random.Random(0).randbytes)
    kept = await head(database)
    await change(database)
    await seal(database, NOW, random.Random(0).randbytes)
    found = (await said(database, f" {kept.upper()}"))["head"]
    assert found.ok
    assert found.says == "is link 1 of the chain, sealed 2026-03-02 02:00 UTC"
    found = (await said(database, "ab12"))["head"]
    assert not found.ok
    assert "ab12 is not in the journal" in found.says
    assert "head" not in await said(database)


@pytest.mark.parametrize(
    ("days", "backed_up", "ok", "says"),
    [
        (0, None, True, "there is none yet"),
        (6, None, True, "there is none yet"),
        (8, None, False, "there is none yet"),
        (30, 29, True, "the newest is of 2026-03-31"),
        (30, 20, False, "the newest is of 2026-03-22"),
    ],
)
async def test_a_backup_that_is_too_old_is_told(
    database: Database, days: int, backed_up: int | None, ok: bool, says: str
) -> None:
    await change(database)
    if backed_up is not None:
        await change(database, NOW + timedelta(days=backed_up), "backup")
    found = (await said(database, now=NOW + timedelta(days=days)))["backup"]
    assert (found.ok, found.says[: len(says)], bool(found.do)) == (ok, says, not ok)


async def test_an_empty_database_needs_no_backup(database: Database) -> None:
    assert (await said(database))["backup"].ok
