from datetime import UTC, datetime

from sqlalchemy import update

from storage.engine import Database
from storage.holds import LEASE, extend, hold, keep_fetched, let_go
from storage.inbox import Arrival, backlog, finish, insert_arrivals, next_update
from storage.models import Update, UpdateState

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


async def receive(database: Database, *chats: str) -> list[int]:
    """An update for each chat; their numbers, in order."""
    arrivals = [Arrival(str(number), chat, "{}") for number, chat in enumerate(chats)]
    async with database.begin() as session:
        await insert_arrivals(session, "telegram", "1", arrivals, NOW)
    return list(range(1, len(chats) + 1))


async def next_id(database: Database) -> int | None:
    async with database.begin() as session:
        found = await next_update(session)
        return found.id if found else None


async def taken(database: Database, update_id: int) -> bool:
    async with database.begin() as session:
        return await hold(session, update_id)


async def pass_by(database: Database, milliseconds: int) -> None:
    """Let time pass, as far as holds are concerned."""
    async with database.begin() as session:
        earlier = Update.held_until - milliseconds
        await session.execute(update(Update).values(held_until=earlier))


async def test_a_held_update_stops_its_own_chat_and_no_other(database: Database) -> None:
    first, _second, third = await receive(database, "a", "a", "b")
    assert await next_id(database) == first
    assert await taken(database, first)
    assert await next_id(database) == third


async def test_only_one_holds(database: Database) -> None:
    [first] = await receive(database, "a")
    assert [await taken(database, first) for _ in range(3)] == [True, False, False]


async def test_what_was_fetched_is_kept_and_the_update_is_next_again(database: Database) -> None:
    [first] = await receive(database, "a")
    for fetched in ({"listen": "well"}, {"read": None}):
        assert await taken(database, first)
        async with database.begin() as session:
            assert await keep_fetched(session, first, fetched)
    async with database.begin() as session:
        found = await next_update(session)
        assert found
        assert found.fetched == {"listen": "well", "read": None}


async def test_when_the_holder_dies_another_takes_over_at_the_end_of_the_lease(
    database: Database,
) -> None:
    [first] = await receive(database, "a")
    assert await taken(database, first)
    await pass_by(database, LEASE // 2)
    assert await next_id(database) is None
    await pass_by(database, LEASE)
    assert await next_id(database) == first
    assert await taken(database, first)


async def test_who_holds_on_keeps_it(database: Database) -> None:
    [first] = await receive(database, "a")
    assert await taken(database, first)
    await pass_by(database, LEASE // 2)
    async with database.begin() as session:
        await extend(session, first)
    await pass_by(database, LEASE // 2)
    assert await next_id(database) is None


async def test_what_is_let_go_is_next_at_once(database: Database) -> None:
    numbers = await receive(database, "a", "b")
    for number in numbers:
        assert await taken(database, number)
    async with database.begin() as session:
        await let_go(session, numbers[1])
    assert await next_id(database) == numbers[1]
    async with database.begin() as session:
        await let_go(session)
    assert await next_id(database) == numbers[0]


async def test_nothing_is_kept_for_what_was_answered_meanwhile(database: Database) -> None:
    [first] = await receive(database, "a")
    async with database.begin() as session:
        await finish(session, first, UpdateState.DONE)
    assert not await taken(database, first)
    async with database.begin() as session:
        assert not await keep_fetched(session, first, {"listen": "late"})
    async with database.read() as session:
        assert await backlog(session) == 0
