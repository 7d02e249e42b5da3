"""A flood from one chat: whoever else speaks is answered as if there were none."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from time import perf_counter

import pytest
from sqlalchemy import func, select

from bot.messages import Message
from bot.runtime.worker import Worker
from storage.inbox import Arrival
from storage.models import Update, UpdateState
from tests.dialogs.helpers import stranger
from tests.talk import Company, Someone

FLOOD = 5_000
HANDFUL = 12
"""How many of a flood's messages may be answered before another's: what is in hand already."""
AT_ONCE = 500


async def flood(company: Company, sender: Someone, count: int = FLOOD) -> None:
    """As many messages as one chat can bring in before anything is answered."""
    message = Message(sender.sender, sender.place, "/me", company.now)
    for _begin in range(0, count, AT_ONCE):
        arrivals = []
        for _each in range(AT_ONCE):
            number = next(company.numbers)
            company.phone.happened[number] = message
            arrivals.append(Arrival(str(number), message.place.key, json.dumps({"n": number})))
        await company.inbox.take("phone", "test", arrivals)


async def says(company: Company, someone: Someone, text: str = "/me") -> int:
    return await company.receive(Message(someone.sender, someone.place, text, company.now))


async def answered(company: Company, chat: str) -> int:
    """How many messages of a chat were answered."""
    query = select(func.count(Update.id)).where(
        Update.chat == chat, Update.state == UpdateState.DONE
    )
    async with company.database.read() as session:
        return await session.scalar(query) or 0


@asynccontextmanager
async def working(company: Company, hands: int) -> AsyncIterator[None]:
    """The real workers, as a process runs them."""
    tasks = [
        asyncio.create_task(Worker(company.runtime, company.delivery).run()) for _ in range(hands)
    ]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task


async def until_answered(company: Company, someone: Someone, count: int = 1) -> None:
    async with asyncio.timeout(60):
        while await answered(company, someone.place.key) < count:  # noqa: ASYNC110 - rows ring no bell
            await asyncio.sleep(0.002)


@pytest.mark.parametrize("hands", [1, 2])
@pytest.mark.parametrize("known", [True, False])
async def test_another_s_message_is_answered_after_a_handful(
    company: Company, hands: int, known: bool
) -> None:
    ana, bo = await company.hire("Ana"), await company.hire("Bo")
    flooding = ana if known else stranger(company)
    await flood(company, flooding)
    async with working(company, hands):
        await until_answered(company, flooding, 20)
        for turn in range(1, 6):
            before = await answered(company, flooding.place.key)
            await says(company, bo)
            await until_answered(company, bo, turn)
            between = await answered(company, flooding.place.key) - before
            assert between <= HANDFUL, f"{between} of the flood went first"
    assert await answered(company, flooding.place.key) < FLOOD


async def test_two_floods_keep_nobody_waiting(company: Company) -> None:
    ana, eva, bo = [await company.hire(name) for name in ("Ana", "Eva", "Bo")]
    await flood(company, ana, 1_000)
    await flood(company, eva, 1_000)
    await says(company, bo)
    async with working(company, 1):
        await until_answered(company, bo)
        went = [await answered(company, each.place.key) for each in (ana, eva)]
    assert sum(went) <= HANDFUL


async def test_a_flood_is_worked_off_to_its_end_in_order(company: Company) -> None:
    ana = await company.hire("Ana")
    await flood(company, ana, 500)
    async with working(company, 2):
        await until_answered(company, ana, 500)
    async with company.database.read() as session:
        left = await session.scalar(
            select(func.count(Update.id)).where(Update.state == UpdateState.NEW)
        )
    assert left == 0


async def test_looking_past_a_flood_takes_no_time(company: Company) -> None:
    """With 5,000 messages of one chat before it, another's is found as if there were none."""
    ana, bo = await company.hire("Ana"), await company.hire("Bo")
    await flood(company, ana)
    await says(company, bo)
    worker = Worker(company.runtime, company.delivery)
    for _each in range(company.runtime.turns.run):
        await worker.step()
    began = perf_counter()
    await worker.step()
    took = perf_counter() - began
    assert await answered(company, bo.place.key) == 1
    assert took < 0.5, f"{took:.3f} s"
