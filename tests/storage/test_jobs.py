import asyncio
from datetime import timedelta

from storage.engine import Database
from storage.jobs import forget_before, last_run, settle
from tests.storage.owed import NOW


async def _settle(database: Database, period: str, outcome: str = "done") -> bool:
    async with database.begin() as session:
        return await settle(session, "digest", period, outcome, NOW)


async def test_of_eight_at_once_one_settles_a_period(database: Database) -> None:
    found = await asyncio.gather(*(_settle(database, "2026-03-02") for _ in range(8)))
    assert sorted(found) == [False] * 7 + [True]


async def test_each_period_has_its_own_outcome(database: Database) -> None:
    assert await _settle(database, "2026-03-02")
    assert await _settle(database, "2026-03-03")
    assert not await _settle(database, "2026-03-02", "skipped")


async def test_the_last_run_is_the_newest(database: Database) -> None:
    async with database.begin() as session:
        assert await last_run(session, "digest") is None
        await settle(session, "digest", "1", "done", NOW)
        await settle(session, "digest", "0", "skipped", NOW - timedelta(days=1))
        await settle(session, "other", "1", "done", NOW + timedelta(days=1))
        assert await last_run(session, "digest") == NOW


async def test_the_outcomes_of_one_job_are_forgotten(database: Database) -> None:
    async with database.begin() as session:
        for days, job in ((40, "seal"), (1, "seal"), (40, "digest")):
            await settle(session, job, str(days), "done", NOW - timedelta(days=days))
        assert await forget_before(session, "seal", NOW - timedelta(days=31)) == 1
        assert await last_run(session, "seal") == NOW - timedelta(days=1)
        assert await last_run(session, "digest") == NOW - timedelta(days=40)
