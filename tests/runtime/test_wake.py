import asyncio
from contextlib import suppress

import pytest

from bot.runtime.wake import Bell, Wake
from storage.engine import Database

LONG = 60.0


async def _resting(bell: Bell, count: int) -> list[asyncio.Task[None]]:
    tasks = [asyncio.create_task(bell.rest(LONG)) for _ in range(count)]
    await asyncio.sleep(0)
    return tasks


async def _woken(tasks: list[asyncio.Task[None]]) -> int:
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    count = sum(task.done() for task in tasks)
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    return count


@pytest.mark.parametrize(("news", "woken"), [(1, 1), (3, 3), (9, 5)])
async def test_as_many_wake_as_there_is_to_do(news: int, woken: int) -> None:
    bell = Bell()
    tasks = await _resting(bell, 5)
    bell.ring(news)
    assert await _woken(tasks) == woken


async def test_who_was_busy_looks_again_before_resting() -> None:
    bell = Bell()
    bell.ring(2)
    async with asyncio.timeout(LONG):
        await bell.rest(10 * LONG)
    tasks = await _resting(bell, 1)
    assert await _woken(tasks) == 0


async def test_who_stopped_resting_is_not_woken_in_anothers_place() -> None:
    bell = Bell()
    gone, still = await _resting(bell, 2)
    gone.cancel()
    await asyncio.sleep(0)
    bell.ring(1)
    assert await _woken([still]) == 1


async def test_it_rests_no_longer_than_it_may() -> None:
    bell = Bell()
    await bell.rest(0.001)
    assert not bell._resting


async def test_news_is_heard_when_it_is_committed(database: Database) -> None:
    wake = Wake(["inbox"])
    resting = asyncio.create_task(wake.wait("inbox", LONG))
    async with database.begin() as session:
        await wake.announce(session, "inbox", 1)
        await asyncio.sleep(0)
        assert not resting.done()
    async with asyncio.timeout(LONG):
        await resting


async def test_what_is_rolled_back_is_no_news(database: Database) -> None:
    wake = Wake(["inbox"])

    async def fail() -> None:
        async with database.begin() as session:
            await wake.announce(session, "inbox", 1)
            raise LookupError

    with suppress(LookupError):
        await fail()
    resting = asyncio.create_task(wake.wait("inbox", LONG))
    await asyncio.sleep(0)
    assert await _woken([resting]) == 0


async def test_no_news_is_no_news(database: Database) -> None:
    wake = Wake(["inbox"])
    async with database.begin() as session:
        await wake.announce(session, "inbox", 0)
    resting = asyncio.create_task(wake.wait("inbox", LONG))
    await asyncio.sleep(0)
    assert await _woken([resting]) == 0


async def test_another_process_hears_it_through_the_database(database: Database) -> None:
    if database.is_sqlite:
        pytest.skip("SQLite serves one process")
    here, there = Wake(), Wake(["inbox"])
    listening = asyncio.create_task(there.listen(database))
    hearing = asyncio.create_task(there.wait("inbox", 10 * LONG))
    async with asyncio.timeout(LONG):
        while not hearing.done():  # until it listens, what is said is not heard
            async with database.begin() as session:
                await here.announce(session, "inbox", 2)
            await asyncio.sleep(0.05)
    listening.cancel()
    with suppress(asyncio.CancelledError):
        await listening
