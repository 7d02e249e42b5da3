import asyncio
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from storage.engine import Database
from storage.lanes import LEAD, free_at, now_ms, reserve, set_gates
from tests.storage.owed import LANE, Pace, owed, store

LIMITS = st.tuples(st.integers(1, 2_000), st.integers(1, 20))
WAITS = st.lists(st.integers(0, 3_000), max_size=60)


@given(LIMITS, WAITS)
def test_no_stretch_of_time_has_more_than_the_limit(
    limit: tuple[int, int], waits: list[int]
) -> None:
    gap, burst = limit
    now = tat = 1_000_000
    slots = []
    for wait in waits:
        now += wait
        slot = free_at(tat, gap, burst, now)
        tat = max(tat, slot) + gap
        slots.append(slot)
        now = max(now, slot)
    assert all(later >= sooner for sooner, later in pairwise(slots))
    for first in range(len(slots)):
        for last in range(first, len(slots)):
            assert last - first + 1 <= burst + (slots[last] - slots[first]) // gap


@given(LIMITS, st.integers(0, 10**6))
def test_after_a_rest_a_burst_leaves_at_once(limit: tuple[int, int], rest: int) -> None:
    gap, burst = limit
    tat, now = 1_000_000, 1_000_000 + rest
    for _ in range(burst):
        assert free_at(tat, gap, burst, now) == now
        tat = max(tat, now) + gap
    assert free_at(tat, gap, burst, now) == now + gap


async def _reserve(database: Database, chat: str, pace: Pace) -> int | None:
    async with database.begin() as session:
        return (await reserve(session, LANE, chat, pace))[1]


async def test_many_at_once_share_one_lane(database: Database) -> None:
    pace = Pace(lane_gap=10_000, lane_burst=3)
    slots = await asyncio.gather(*(_reserve(database, f"telegram:1:{n}", pace) for n in range(20)))
    assert len([slot for slot in slots if slot is not None]) == 3


async def test_many_at_once_share_one_chat(database: Database) -> None:
    pace = Pace(gap=10_000, burst=2)
    slots = await asyncio.gather(*(_reserve(database, "telegram:1:7", pace) for _ in range(20)))
    assert len([slot for slot in slots if slot is not None]) == 2


async def test_a_reply_waits_behind_an_earlier_one(database: Database) -> None:
    await store(database, owed("earlier"))
    assert await _reserve(database, "telegram:1:7", Pace()) is None
    assert await _reserve(database, "telegram:1:8", Pace()) is not None


async def test_a_reply_does_not_wait_behind_an_announcement(database: Database) -> None:
    await store(database, owed("news", priority=3))
    assert await _reserve(database, "telegram:1:7", Pace()) is not None


async def test_a_slot_is_reserved_only_a_moment_ahead(database: Database) -> None:
    async with database.begin() as session:
        now = await now_ms(session)
        await set_gates(session, {"near": now + LEAD // 2, "far": now + 10 * LEAD})
    assert await _reserve(database, "near", Pace(gap=1, burst=1)) is not None
    assert await _reserve(database, "far", Pace(gap=1, burst=1)) is None
