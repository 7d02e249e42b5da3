import asyncio

from sqlalchemy import select

from services import people
from storage.engine import Database
from storage.journal import Author
from storage.lanes import now_ms
from storage.models import Delivery, DeliveryState, Lane, Person, Priority, Role
from storage.outbox import (
    LEASE,
    any_waiting,
    next_ready,
    release,
)
from storage.results import Result, record
from storage.work import Work
from tests.storage.owed import FREE, LANE, NOW, Pace, let_lease_end, owed, read, said, store, take

SENT = DeliveryState.SENT


async def write(database: Database, *results: Result) -> None:
    async with database.begin() as session:
        await record(session, results)


async def test_what_is_owed_is_owed_once(database: Database) -> None:
    [first] = await store(database, owed("a"))
    assert await store(database, owed("a")) == []
    async with database.read() as session:
        assert list(await session.scalars(select(Delivery.id))) == [first]


async def test_ids_come_in_the_order_of_the_rows(database: Database) -> None:
    ids = await store(database, *(owed(str(number)) for number in range(20)))
    kept = [(await read(database, each)).dedup for each in ids]
    assert kept == [str(number) for number in range(20)]


async def test_a_claim_is_one_processs_until_its_lease_ends(database: Database) -> None:
    await store(database, owed("a"))
    [mine] = await take(database)
    assert (mine.fence, mine.attempt) == (1, 1)
    assert await take(database) == []

    await let_lease_end(database, mine)
    [taken_over] = await take(database)
    assert (taken_over.id, taken_over.fence, taken_over.attempt) == (mine.id, 2, 2)


async def test_who_lost_the_lease_records_nothing(database: Database) -> None:
    await store(database, owed("a"))
    [mine] = await take(database)
    await let_lease_end(database, mine)
    [other] = await take(database)

    await write(database, Result(mine, DeliveryState.FAILED, error="too late"))
    assert (await read(database, mine.id)).state == DeliveryState.SENDING

    await write(database, Result(other, SENT, message_ref="5"))
    row = await read(database, mine.id)
    assert (row.state, row.message_ref, row.error) == (SENT, "5", None)


async def test_eight_at_once_never_take_the_same(database: Database) -> None:
    await store(database, *(owed(str(n), f"telegram:1:{n}") for n in range(40)))
    rounds = await asyncio.gather(*(take(database) for _ in range(8)))
    taken = [each.id for claims in rounds for each in claims]
    assert len(taken) == len(set(taken))
    taken += [each.id for each in await take(database)]
    assert len(set(taken)) == 40


async def test_a_chat_is_served_in_order(database: Database) -> None:
    await store(database, owed("one"), owed("two"), owed("other", "telegram:1:8"))
    claims = await take(database)
    assert said(claims) == ["one", "other"]
    assert await take(database) == []
    await write(database, *(Result(each, SENT) for each in claims))
    assert said(await take(database)) == ["two"]


async def test_replies_overtake_what_nobody_waits_for(database: Database) -> None:
    announcements = [
        owed(f"news {n}", f"telegram:1:{n}", priority=Priority.ANNOUNCEMENT) for n in range(100)
    ]
    await store(database, *announcements, owed("reply", "telegram:1:5"))
    claims = await take(database, {LANE: Pace(34, 10)})
    assert said(claims)[0] == "reply"


async def test_an_interrupted_message_that_must_not_repeat_is_uncertain(
    database: Database,
) -> None:
    await store(database, owed("poll", repeatable=False))
    [mine] = await take(database)
    await let_lease_end(database, mine)
    assert await take(database) == []
    row = await read(database, mine.id)
    assert (row.state, row.error) == (DeliveryState.UNCERTAIN, "interrupted while sending")


async def test_who_has_left_is_told_nothing_more(database: Database) -> None:
    async with database.begin() as session:
        work = Work(session, Author(NOW, None, "test"))
        unit = await people.unit_at(work, "East")
        gone = Person(name="Ana", role=Role.REP, unit_id=unit.id, active=False)
        await work.people.add(gone)
    await store(
        database,
        owed("reply", person_id=gone.id),
        owed("digest", person_id=gone.id, priority=Priority.DIGEST),
    )
    assert said(await take(database)) == []
    async with database.read() as session:
        why = set(await session.scalars(select(Delivery.error)))
    assert why == {"the person has left"}


async def test_a_pause_holds_the_lane_for_every_process(database: Database) -> None:
    await store(database, owed("a"), owed("b", "telegram:1:8"))
    [first, _second] = await take(database)
    async with database.begin() as session:
        until = await now_ms(session) + 60_000
    await write(database, Result(first, DeliveryState.PENDING, until, pause_until=until))
    await store(database, owed("c", "telegram:1:9"))
    assert await take(database) == []
    async with database.read() as session:
        ready = await next_ready(session, [LANE])
        assert await session.scalar(select(Lane.tat)) == until
    assert ready is not None
    assert ready > until - 1_000


async def test_a_shorter_pause_never_ends_a_longer_one(database: Database) -> None:
    await store(database, owed("a"), owed("b", "telegram:1:8"))
    [first, second] = await take(database)
    await write(
        database,
        Result(first, DeliveryState.PENDING, 1, pause_until=9_999_999_999_999),
        Result(second, DeliveryState.PENDING, 1, pause_until=5_000_000_000_000),
    )
    async with database.read() as session:
        assert await session.scalar(select(Lane.tat)) == 9_999_999_999_999


async def test_a_pause_of_one_chat_leaves_the_others_free(database: Database) -> None:
    await store(database, owed("a"), owed("b", "telegram:1:8"))
    [first, second] = await take(database)
    async with database.begin() as session:
        until = await now_ms(session) + 60_000
    await write(
        database,
        Result(first, DeliveryState.PENDING, 0, chat_until=until),
        Result(second, DeliveryState.PENDING, 0),
    )
    assert said(await take(database)) == ["b"]
    assert (await read(database, first.id)).ready_at >= until


async def test_a_slot_given_back_does_not_count_as_an_attempt(database: Database) -> None:
    await store(database, owed("a"))
    [mine] = await take(database)
    await write(database, Result(mine, DeliveryState.PENDING, 0, tried=False))
    [again] = await take(database)
    assert (again.attempt, again.fence) == (1, 2)


async def test_a_busy_chat_waits_for_its_own_slot(database: Database) -> None:
    slow = {LANE: Pace(gap=60_000, burst=1)}
    await store(database, owed("one"))
    [one] = await take(database, slow)
    await write(database, Result(one, SENT))
    [two] = await store(database, owed("two"))
    assert await take(database, slow) == []
    assert (await read(database, two)).ready_at > one.slot + 50_000


async def test_what_follows_a_message_is_known_when_it_was_sent(database: Database) -> None:
    await store(database, owed("one"), owed("two"))
    [one] = await take(database)
    async with database.read() as session:
        ready = await next_ready(session, FREE)
        assert await any_waiting(session, [one.chat])
        assert not await any_waiting(session, ["telegram:1:8"])
    # Only the head of a chat is waited for: its lease, not the ones behind it.
    assert ready == one.slot + LEASE


async def test_alone_again_nothing_waits_for_the_lease_of_the_dead(database: Database) -> None:
    await store(database, owed("a"))
    [dead] = await take(database)
    async with database.begin() as session:
        await release(session)
    [again] = await take(database)
    assert (again.id, again.fence) == (dead.id, 2)
