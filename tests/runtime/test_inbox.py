import asyncio

from bot.runtime.inbox import Gathered
from storage.inbox import Arrival
from tests.talk import Company


def _arrivals(*numbers: int) -> list[Arrival]:
    return [Arrival(str(number), "chat", "{}") for number in numbers]


async def test_what_is_taken_is_kept_once_and_counted_once(company: Company) -> None:
    inbox = company.inbox
    assert await inbox.take("telegram", "1", _arrivals(1, 2), cursor=3) == 2
    assert await inbox.take("telegram", "1", _arrivals(2, 3), cursor=4) == 1
    counted = company.runtime.metrics.updates_received.labels("telegram")
    assert counted._value.get() == 3


async def test_the_place_is_kept_with_what_was_taken(company: Company) -> None:
    inbox = company.inbox
    assert await inbox.position("telegram", "1") is None
    await inbox.take("telegram", "1", _arrivals(5), cursor=6)
    assert await inbox.position("telegram", "1") == 6
    await inbox.take("telegram", "1", _arrivals(1), cursor=2)
    assert await inbox.position("telegram", "1") == 6
    assert await inbox.position("telegram", "2") is None


async def test_a_place_too_old_to_mean_anything_is_forgotten(company: Company) -> None:
    await company.inbox.take("telegram", "1", _arrivals(500), cursor=501)
    company.after(days=7)
    assert await company.inbox.position("telegram", "1") is None
    await company.inbox.take("telegram", "1", _arrivals(7), cursor=8)
    assert await company.inbox.position("telegram", "1") == 8


async def test_updates_that_come_one_by_one_are_committed_together(company: Company) -> None:
    gathered = Gathered(company.inbox, "slack", "T1")
    numbers = await asyncio.gather(*(gathered.take(each) for each in _arrivals(1, 2, 2, 3)))
    assert [number is None for number in numbers] == [False, False, True, False]


async def test_who_no_longer_waits_keeps_nobody_else_waiting(company: Company) -> None:
    gathered = Gathered(company.inbox, "slack", "T1")
    first, gone, last = (asyncio.create_task(gathered.take(a)) for a in _arrivals(1, 2, 3))
    await asyncio.sleep(0)
    gone.cancel()
    async with asyncio.timeout(10):
        assert None not in (await first, await last)
    assert gone.cancelled()
