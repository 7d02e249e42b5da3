"""What is answered at once because somebody waits, and what is owed to several ways out."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select, update

from bot.messages import Message, Place, Press, Sender, reply
from bot.runtime import worker as module
from bot.runtime.inbox import Gathered
from bot.runtime.pipeline import DatabaseBusy, Handled, handle_next
from bot.runtime.places import to_sender
from bot.runtime.post import Owed, owe
from bot.runtime.turn import WINDOWS, Turn
from bot.runtime.worker import Worker
from storage.inbox import Arrival
from storage.journal import Author
from storage.lanes import ensure_lanes, now_ms
from storage.models import Delivery, DeliveryState, Priority, Update, UpdateState
from storage.work import Work
from tests.talk import MONDAY, Company, Phone, Someone, with_windows

WINDOW = "view:V1"
HELD = 60_000


@pytest.fixture
def phone() -> Phone:
    return with_windows()


@pytest.fixture
async def ana(company: Company) -> Someone:
    return await company.hire("Ana")


async def taken(company: Company, ana: Someone, text: str = "/me", held: int = HELD) -> int:
    """Somebody waits for an answer; its update's number."""
    async with company.database.read() as session:
        company.delivery.set_clock(await now_ms(session))
    number = next(company.numbers)
    company.phone.happened[number] = Message(
        ana.sender, ana.place, text, company.now, window=WINDOW
    )
    waiting = Gathered(company.inbox, "phone", "test")
    arrival = Arrival(str(number), f"{ana.place.key}#{WINDOW}", f'{{"n": {number}}}', held)
    update_id = await waiting.take(arrival)
    assert update_id
    return update_id


async def let_lease_end(company: Company, number: int) -> None:
    """As if whoever took it had been dead for longer than its lease."""
    async with company.database.begin() as session:
        past = await now_ms(session) - 1
        await session.execute(update(Update).where(Update.id == number).values(held_until=past))


async def state(company: Company, number: int) -> str | None:
    async with company.database.read() as session:
        return await session.scalar(select(Update.state).where(Update.id == number))


@asynccontextmanager
async def express(worker: Worker, queue: asyncio.Queue[int]) -> AsyncIterator[None]:
    """The loop that answers at once, and the records of what it sent."""
    beside = [
        asyncio.create_task(worker.express(queue)),
        asyncio.create_task(worker.delivery.keep_records()),
    ]
    try:
        yield
    finally:
        for each in beside:
            each.cancel()
            with suppress(asyncio.CancelledError):
                await each


async def until_answered(company: Company, number: int) -> None:
    async with asyncio.timeout(30):
        while await state(company, number) == UpdateState.NEW:  # noqa: ASYNC110 - a row tells nobody
            await asyncio.sleep(0.01)
    await company.delivery.drain(5)


async def test_only_its_taker_answers_what_somebody_waits_for(
    company: Company, ana: Someone
) -> None:
    number = await taken(company, ana)
    worker = Worker(company.runtime, company.delivery)
    assert (await worker.step()).update_id is None
    assert await state(company, number) == UpdateState.NEW
    assert (await worker.step(number)).update_id == number
    await company.delivery.drain(5)
    assert "Ana" in company.phone.windows[WINDOW].text


async def test_it_is_answered_once(company: Company, ana: Someone) -> None:
    number = await taken(company, ana)
    worker = Worker(company.runtime, company.delivery)
    both = await asyncio.gather(worker.step(number), worker.step(number))
    assert sorted(each.update_id or 0 for each in both) == [0, number]
    await company.delivery.drain(5)


async def test_when_its_taker_died_anybody_answers_it(company: Company, ana: Someone) -> None:
    number = await taken(company, ana)
    await company.settle()
    assert company.phone.windows == {}
    await let_lease_end(company, number)
    await company.settle()
    assert "Ana" in company.phone.windows[WINDOW].text
    assert await state(company, number) == UpdateState.DONE


async def test_the_loop_answers_what_it_is_given(company: Company, ana: Someone) -> None:
    worker = Worker(company.runtime, company.delivery)
    queue = company.inbox.express
    async with express(worker, queue):
        number = await taken(company, ana)
        queue.put_nowait(number)
        await until_answered(company, number)
    assert "Ana" in company.phone.windows[WINDOW].text


async def test_an_error_is_explained_to_whoever_waits(
    company: Company, ana: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise LookupError("a bug")

    monkeypatch.setitem(company.runtime.book.by_word["me"].__dict__, "handler", broken)
    async with express(Worker(company.runtime, company.delivery), company.inbox.express):
        number = await taken(company, ana)
        company.inbox.express.put_nowait(number)
        await until_answered(company, number)
    assert "Something went wrong on my side" in company.phone.windows[WINDOW].text


@pytest.mark.parametrize("error", [DatabaseBusy("locked"), LookupError("a bug")])
async def test_the_loop_goes_on_after_trouble(
    company: Company, ana: Someone, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    tried: list[int | None] = []

    async def handle(runtime: Any, started: Any, this: int | None = None) -> Handled:
        tried.append(this)
        if len(tried) == 1:
            raise error
        return await handle_next(runtime, started, this)

    monkeypatch.setattr(module, "handle_next", handle)
    async with express(Worker(company.runtime, company.delivery), company.inbox.express):
        first, second = await taken(company, ana), await taken(company, ana)
        for number in (first, second):
            company.inbox.express.put_nowait(number)
        await until_answered(company, second)
    assert tried == [first, second]
    assert await state(company, first) == UpdateState.NEW
    await let_lease_end(company, first)
    await company.settle()
    assert await state(company, first) == UpdateState.DONE


async def test_killed_between_the_answer_and_the_sending_it_is_sent_later(
    company: Company, ana: Someone
) -> None:
    number = await taken(company, ana)
    handled = await handle_next(company.runtime, this=number)
    assert handled.claims
    async with company.database.begin() as session:  # nobody sends them: their lease ends
        past = await now_ms(session) - 1
        await session.execute(update(Delivery).values(ready_at=past))
    await company.settle()
    assert "Ana" in company.phone.windows[WINDOW].text


# Owing to several ways out


def turn(company: Company, session: Any, number: int, **more: Any) -> Turn:
    """One update being answered."""
    row = Update(
        platform="phone", bot="test", external_id=str(number), chat="c", payload="{}",
        received_at=MONDAY,
    )  # fmt: skip
    row.id = number
    press = Press(
        Sender("phone", str(number)), Place("phone", "test", f"c{number}"), "t", MONDAY, **more
    )
    work = Work(session, Author(MONDAY, None, "test"))
    return Turn(company.runtime, session, row, company.phone, press, work, MONDAY)


def several(turn: Turn) -> list[Owed]:
    """A message and two windows, whichever comes first."""
    place, name = turn.incoming.place, turn.name
    owed = [
        Owed(name, place, reply("chat"), None),
        Owed(f"{name}:window", place, reply("window"), None, window="view:V"),
        Owed(f"{name}:home", place, reply("home"), None, window="home:U"),
    ]
    return owed if turn.update.id % 2 else owed[::-1]


async def test_fifty_turns_at_once_never_wait_for_each_other(company: Company) -> None:
    """Lanes taken in any order would deadlock: half of them want the window's first."""
    async with company.database.begin() as session:
        await ensure_lanes(session, company.runtime.paces)

    async def answer(number: int) -> int:
        async with company.database.begin() as session:
            mine = turn(company, session, number)
            claims = await owe(mine, several(mine))
            await asyncio.sleep(0)
        return len(claims)

    claimed = await asyncio.gather(*(answer(number) for number in range(1, 51)))
    assert claimed == [3] * 50
    async with company.database.read() as session:
        states = select(Delivery.state, func.count()).group_by(Delivery.state)
        assert [*map(tuple, await session.execute(states))] == [(DeliveryState.SENDING, 150)]


async def test_of_each_chat_one_message_leaves_at_once(company: Company) -> None:
    async with company.database.begin() as session:
        mine = turn(company, session, 1)
        place = mine.incoming.place
        owed = [
            *(Owed(f"{mine.name}:{n}", place, reply(str(n)), None) for n in range(3)),
            *(Owed(f"{mine.name}:w{n}", place, reply("w"), None, window="v") for n in range(2)),
            Owed(f"{mine.name}:other", replace(place, chat="c2"), reply("other"), None),
            Owed(
                f"{mine.name}:late", replace(place, chat="c3"), reply("late"), None,
                priority=Priority.REMINDER,
            ),
        ]  # fmt: skip
        claims = await owe(mine, owed)
    lane = "phone:test"
    expected = {(lane, "phone:test:c1"), (lane, "phone:test:c2"),
                (lane + WINDOWS, "phone:test:c1#v")}  # fmt: skip
    assert len(claims) == 3
    assert {(each.lane, each.chat) for each in claims} == expected
    async with company.database.read() as session:
        rows = (await session.scalars(select(Delivery).order_by(Delivery.id))).all()
    assert len({each.dedup for each in rows}) == len(rows) == 7
    by_id = {each.id: each for each in rows}
    for claim in claims:
        assert by_id[claim.id].payload == claim.payload
        assert by_id[claim.id].state == DeliveryState.SENDING
        assert (by_id[claim.id].lane, by_id[claim.id].chat) == (claim.lane, claim.chat)
    firsts = {rows[0].id, rows[3].id, rows[5].id}
    assert {each.id for each in claims} == firsts


async def test_a_window_has_a_way_out_of_its_own(company: Company) -> None:
    async with company.database.begin() as session:
        mine = turn(company, session, 1, window="view:V")
        (owed,) = to_sender(mine, None, reply("said"))
    assert (owed.lane, owed.chat) == ("phone:test/windows", "phone:test:c1#view:V")
    assert owed.lane in company.runtime.paces
    assert company.runtime.adapter(owed.lane) is company.phone


async def test_a_press_in_a_window_writes_no_message_anew(company: Company, ana: Someone) -> None:
    """What has no card has none to tick: it would stand in the chat as a message of its own."""
    await ana.says("/settigns", window=WINDOW)
    shown = company.phone.windows[WINDOW]
    (again,) = shown.buttons
    assert again.single
    await ana.taps(again, shown, card="", ack="", window=WINDOW)
    assert "Save without asking" in company.phone.windows[WINDOW].text
    ana.sees_nothing()
