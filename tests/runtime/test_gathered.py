"""Updates that come one by one and are committed together."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy import select

from bot.runtime import inbox as module
from bot.runtime.inbox import Gathered
from storage.inbox import Arrival, insert_arrivals
from storage.models import Update
from tests.talk import Company


@pytest.fixture
def gathered(company: Company) -> Gathered:
    return Gathered(company.inbox, "slack", "T1")


def arrival(number: int) -> Arrival:
    return Arrival(f"Ev{number}", "chat", "{}")


async def stored(company: Company) -> list[str]:
    async with company.database.read() as session:
        return list(await session.scalars(select(Update.external_id).order_by(Update.id)))


class Commits:
    """Stands before the database: the first commit waits until it is let through."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, fail: Sequence[int] = ()) -> None:
        self.batches: list[list[str]] = []
        self.begun, self.through = asyncio.Event(), asyncio.Event()
        self.fail = fail
        monkeypatch.setattr(module, "insert_arrivals", self)

    async def __call__(
        self, session: Any, platform: str, bot: str, arrivals: Sequence[Arrival], now: Any
    ) -> dict[str, int]:
        self.batches.append([each.external_id for each in arrivals])
        number = len(self.batches)
        self.begun.set()
        if number == 1:
            await self.through.wait()
        if number in self.fail:
            raise ConnectionError("gone")
        return await insert_arrivals(session, platform, bot, arrivals, now)


@pytest.fixture
def commits(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Commits]:
    return lambda *fail: Commits(monkeypatch, fail)


async def started(
    gathered: Gathered, gate: Commits, several: int
) -> list[asyncio.Task[int | None]]:
    """As many takes as that, the first of them committing and the others behind it."""
    first = asyncio.create_task(gathered.take(arrival(0)))
    await gate.begun.wait()
    others = [asyncio.create_task(gathered.take(arrival(n))) for n in range(1, several)]
    await asyncio.sleep(0)
    assert len(gathered._waiting) == several - 1
    return [first, *others]


async def test_two_hundred_at_once_keep_their_order(company: Company, gathered: Gathered) -> None:
    names = [f"Ev{number}" for number in range(200)]
    numbers = await asyncio.gather(*(gathered.take(arrival(n)) for n in range(200)))
    assert await stored(company) == names
    assert numbers == sorted(filter(None, numbers))
    assert len(set(numbers)) == 200
    counted = company.runtime.metrics.updates_received.labels("slack")
    assert counted._value.get() == 200


async def test_while_one_commit_is_under_way_the_next_gathers(
    gathered: Gathered, commits: Callable[..., Commits]
) -> None:
    gate = commits()
    tasks = await started(gathered, gate, 20)
    gate.through.set()
    await asyncio.gather(*tasks)
    assert gate.batches == [["Ev0"], [f"Ev{number}" for number in range(1, 20)]]


async def test_a_failing_commit_fails_its_own_and_no_other(
    company: Company, gathered: Gathered, commits: Callable[..., Commits]
) -> None:
    gate = commits(1)
    tasks = await started(gathered, gate, 5)
    gate.through.set()
    found = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(found[0], ConnectionError)
    assert all(isinstance(each, int) for each in found[1:])
    assert await stored(company) == ["Ev1", "Ev2", "Ev3", "Ev4"]
    assert await gathered.take(arrival(0)) is not None


async def test_all_of_a_failing_commit_hear_of_it(
    company: Company, gathered: Gathered, commits: Callable[..., Commits]
) -> None:
    gate = commits(2)
    tasks = await started(gathered, gate, 5)
    gate.through.set()
    found = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(each) for each in found] == [int] + [ConnectionError] * 4
    assert await stored(company) == ["Ev0"]


async def test_one_that_stops_waiting_takes_nobody_with_it(
    company: Company, gathered: Gathered, commits: Callable[..., Commits]
) -> None:
    gate = commits()
    tasks = await started(gathered, gate, 5)
    tasks[2].cancel()
    await asyncio.sleep(0)
    gate.through.set()
    found = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(found[2], asyncio.CancelledError)
    assert [isinstance(each, int) for each in found] == [True, True, False, True, True]
    assert await stored(company) == ["Ev0", "Ev1", "Ev2", "Ev3", "Ev4"]


async def test_who_commits_for_others_finishes_first(
    company: Company, gathered: Gathered, commits: Callable[..., Commits]
) -> None:
    gate = commits()
    tasks = await started(gathered, gate, 3)
    tasks[0].cancel()
    await asyncio.sleep(0)
    assert not tasks[0].done()
    gate.through.set()
    with suppress(asyncio.CancelledError):
        await tasks[0]
    assert await asyncio.gather(*tasks[1:]) == [2, 3]
    assert await stored(company) == ["Ev0", "Ev1", "Ev2"]


async def test_what_is_known_has_no_number(company: Company, gathered: Gathered) -> None:
    first = await gathered.take(arrival(1))
    found = await asyncio.gather(*(gathered.take(arrival(n)) for n in (1, 2, 2)))
    assert first is not None
    assert [each is None for each in found] == [True, False, True]
    assert await stored(company) == ["Ev1", "Ev2"]
