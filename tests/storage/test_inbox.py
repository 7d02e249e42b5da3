import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from storage.engine import Database
from storage.holds import hold
from storage.inbox import (
    EMPTY,
    Arrival,
    backlog,
    done_since,
    finish,
    forget_before,
    insert_arrivals,
    move_cursor,
    next_update,
    read_cursor,
)
from storage.lanes import now_ms
from storage.models import Update, UpdateState

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
LIFE = timedelta(days=6)


async def receive(database: Database, *updates: tuple[str, str], payload: str = "{}") -> int:
    arrivals = [Arrival(number, chat, payload) for number, chat in updates]
    async with database.begin() as session:
        return len(await insert_arrivals(session, "telegram", "1", arrivals, NOW))


async def answer(database: Database, log: list[str]) -> bool:
    """Answer the next update as a worker does, slowly."""
    async with database.begin() as session:
        update = await next_update(session)
        if update is None:
            return False
        log.append(f"{update.chat}:{update.external_id}")
        await asyncio.sleep(0)
        await finish(session, update.id, UpdateState.DONE)
    return True


async def test_an_update_is_kept_once(database: Database) -> None:
    assert await receive(database, ("1", "a"), ("2", "a")) == 2
    assert await receive(database, ("2", "a"), ("3", "a"), ("3", "a")) == 1
    assert await receive(database) == 0
    async with database.read() as session:
        assert await backlog(session) == 3


async def test_the_same_number_of_another_bot_is_another_update(database: Database) -> None:
    await receive(database, ("1", "a"))
    async with database.begin() as session:
        arrival = Arrival("1", "a", "{}")
        assert [*await insert_arrivals(session, "telegram", "2", [arrival], NOW)] == ["1"]


async def test_a_nul_does_not_stop_an_update(database: Database) -> None:
    await receive(database, ("1", "a"), payload="a\0b")
    async with database.begin() as session:
        update = await next_update(session)
    assert update
    assert update.payload == "ab"


async def test_each_chat_keeps_its_order_while_many_work(database: Database) -> None:
    await receive(database, *((str(n), f"chat {n % 5}") for n in range(60)))
    log: list[str] = []

    async def work() -> None:
        while await answer(database, log) or await _left(database):
            pass

    await asyncio.gather(*(work() for _ in range(8)))
    assert len(log) == len(set(log)) == 60
    for chat in range(5):
        mine = [int(each.split(":")[1]) for each in log if each.startswith(f"chat {chat}:")]
        assert mine == sorted(mine)


async def _left(database: Database) -> int:
    async with database.read() as session:
        return await backlog(session)


async def test_a_chat_waits_for_its_own_and_no_other(database: Database) -> None:
    await receive(database, ("1", "a"), ("2", "a"), ("3", "b"))
    async with database.begin() as session:
        first = await next_update(session)
        assert first
        assert first.external_id == "1"
        await finish(session, first.id, UpdateState.QUARANTINED, "nonsense")
    async with database.begin() as session:
        second = await next_update(session)
        assert second
        assert second.external_id == "2"
    async with database.read() as session:
        kept = await session.get(Update, first.id)
    assert kept
    assert (kept.state, kept.error) == (UpdateState.QUARANTINED, "nonsense")


async def test_one_that_is_asked_for_is_had_once_whatever_is_before_it(database: Database) -> None:
    await receive(database, ("1", "a"), ("2", "a"))
    async with database.begin() as session:
        first = await next_update(session)
        assert first
        assert await next_update(session, first.id) is first
        second = await next_update(session, first.id + 1)
        assert second
        await finish(session, second.id, UpdateState.DONE)
    async with database.begin() as session:
        assert await next_update(session, second.id) is None
        assert await next_update(session, second.id + 1) is None


async def test_one_that_is_asked_for_is_not_waited_for(database: Database) -> None:
    if database.is_sqlite:
        pytest.skip("SQLite has one writer")
    await receive(database, ("1", "a"))
    async with database.begin() as mine:
        first = await next_update(mine)
        assert first
        async with database.begin() as another:
            assert await next_update(another, first.id) is None


async def held(database: Database, milliseconds: int) -> int:
    """An update that only its taker answers for a while, and one behind it; its number."""
    taken = [Arrival("1", "a", "{}", milliseconds), Arrival("2", "a", "{}")]
    async with database.begin() as session:
        return (await insert_arrivals(session, "slack", "T1", taken, NOW))["1"]


async def test_a_held_update_is_only_its_takers(database: Database) -> None:
    number = await held(database, 60_000)
    async with database.begin() as session:
        assert await next_update(session) is None
        assert not await hold(session, number)
        mine = await next_update(session, number)
        assert mine
        await finish(session, number, UpdateState.DONE)
        behind = await next_update(session)
    assert behind
    assert behind.external_id == "2"


async def test_a_hold_that_has_ended_is_anybodys(database: Database) -> None:
    number = await held(database, 60_000)
    async with database.begin() as session:
        past = await now_ms(session) - 1
        await session.execute(update(Update).where(Update.id == number).values(held_until=past))
        found = await next_update(session)
    assert found
    assert found.id == number


async def test_what_nobody_holds_has_no_lease(database: Database) -> None:
    await receive(database, ("1", "a"))
    async with database.read() as session:
        (kept,) = await session.scalars(select(Update))
    assert kept.held_until is None


async def test_the_new_ones_are_named_and_those_known_are_not(database: Database) -> None:
    await receive(database, ("1", "a"))
    taken = [Arrival(name, "a", "{}") for name in ("3", "1", "2", "3")]
    async with database.begin() as session:
        numbers = await insert_arrivals(session, "telegram", "1", taken, NOW)
        kept = await session.scalars(select(Update).order_by(Update.id))
        assert [(each.external_id, each.id) for each in kept][1:] == sorted(
            numbers.items(), key=lambda item: item[1]
        )
    assert sorted(numbers, key=numbers.__getitem__) == ["3", "2"]


async def test_a_cursor_goes_back_only_when_it_means_nothing_any_more(
    database: Database,
) -> None:
    async with database.begin() as session:
        for position in (10, 20, 15):
            await move_cursor(session, "telegram:1", position, NOW, NOW - LIFE)
        assert await read_cursor(session, "telegram:1", NOW - LIFE) == 20
        later = NOW + timedelta(days=7)
        assert await read_cursor(session, "telegram:1", later - LIFE) is None
        await move_cursor(session, "telegram:1", 5, later, later - LIFE)
        assert await read_cursor(session, "telegram:1", later - LIFE) == 5


async def test_what_came_from_a_platform_that_is_away_waits(database: Database) -> None:
    await receive(database, ("1", "a"))
    async with database.begin() as session:
        assert await next_update(session, without={"telegram"}) is None
        assert await next_update(session, without={"slack"}) is not None


LOCATED = '{"message": {"location": {"latitude": 31.2304, "longitude": 121.4737}}}'
WORDS = '{"text": "my \\"latitude\\" is 31.2304", "n": "纬度"}'


@pytest.mark.parametrize("ended", [UpdateState.DONE, UpdateState.QUARANTINED])
@pytest.mark.parametrize(("payload", "kept"), [(LOCATED, EMPTY), (WORDS, WORDS), ("{}", "{}")])
async def test_where_somebody_was_is_gone_when_it_is_answered(
    database: Database, ended: UpdateState, payload: str, kept: str
) -> None:
    await receive(database, ("1", "a"), payload=payload)
    async with database.begin() as session:
        found = await next_update(session)
        assert found
        assert found.payload == payload
        await finish(session, found.id, ended)
    async with database.read() as session:
        [stored] = await session.scalars(select(Update))
    assert (stored.payload, stored.state) == (kept, ended)
    assert await receive(database, ("1", "a"), payload=payload) == 0


async def test_what_is_known_by_its_number_alone_is_not_read_again(database: Database) -> None:
    await receive(database, ("1", "a"), payload=LOCATED)
    await receive(database, ("2", "a"), ("3", "a"))
    await receive(database, ("4", "a"), payload=WORDS)
    await receive(database, ("5", "a"))
    async with database.begin() as session:
        for _ in range(4):
            found = await next_update(session)
            assert found
            await finish(session, found.id, UpdateState.DONE)
        newest = await next_update(session)
        assert newest
        before = await done_since(session, newest, NOW - LIFE)
    assert [each.external_id for each in before] == ["4"]


async def test_what_could_not_be_read_is_forgotten_a_month_later(database: Database) -> None:
    await receive(database, ("1", "a"), ("2", "b"), ("3", "c"))
    async with database.begin() as session:
        for state in (UpdateState.DONE, UpdateState.QUARANTINED):
            found = await next_update(session)
            assert found
            await finish(session, found.id, state)
    left = []
    for days in (0, 1, 28, 30):
        async with database.begin() as session:
            await forget_before(session, NOW + timedelta(days=days))
            rows = await session.scalars(select(Update.external_id).order_by(Update.id))
            left.append("".join(rows))
    assert left == ["123", "23", "23", "3"]
