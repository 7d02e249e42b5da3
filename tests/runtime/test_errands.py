import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from bot.errands import Listen
from bot.messages import File, Message, Place, Reply, reply
from bot.runtime import dispatch
from bot.runtime import errands as module
from bot.runtime.conversation import Talk
from bot.runtime.errands import Failed
from bot.runtime.worker import Worker
from storage import holds
from storage.engine import Database
from storage.lanes import now_ms
from storage.models import Delivery, Update
from tests.talk import Company, Someone

VOICE = File("voice.oga", "audio/ogg", "voice-1", spoken=True)


@dataclass
class Ear:
    """Listens as long as it is told to."""

    words: str = "met Li Wei"
    at_once: int = 2
    seconds: float = 30.0
    fails: Exception | None = None
    waits: asyncio.Event = field(default_factory=asyncio.Event)
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    heard: int = 0
    now: int = 0
    most: int = 0

    def __post_init__(self) -> None:
        self.waits.set()

    async def fetch(self, _errand: Listen, _adapter: Any) -> str:
        self.heard, self.now = self.heard + 1, self.now + 1
        self.most = max(self.most, self.now)
        self.begun.set()
        try:
            await self.waits.wait()
        finally:
            self.now -= 1
        if self.fails:
            raise self.fails
        return self.words


@pytest.fixture
async def ana(company: Company) -> Someone:
    return await company.hire("Ana")


@pytest.fixture
def ear(company: Company, monkeypatch: pytest.MonkeyPatch) -> Ear:
    """A bot that repeats what it hears."""

    async def hear(talk: Talk, message: Message) -> Reply:
        if not message.files:
            return reply(f"read: {message.text}")
        said = talk.context.errands.result(Listen(message.files[0]))
        return reply(f"heard: {said}")

    ear = Ear()
    monkeypatch.setattr(dispatch, "hear", hear)
    company.runtime.runner.sources = {"listen": ear}
    return ear


async def _step(company: Company) -> None:
    async with company.database.read() as session:
        company.delivery.set_clock(await now_ms(session))
    await Worker(company.runtime, company.delivery).step()
    await company.delivery.drain(5)


async def _sends(company: Company, someone: Someone, *said: str) -> None:
    """Put messages into the inbox, and answer none; an empty one is a voice note."""
    for text in said:
        files = () if text else (VOICE,)
        message = Message(someone.sender, someone.place, text, company.now, files=files)
        await company.receive(message)


async def _shows(database: Database) -> list[tuple[str, bool, Any]]:
    async with database.read() as session:
        rows = (await session.scalars(select(Update).order_by(Update.id))).all()
        return [(row.state, row.held_until is not None, row.fetched) for row in rows]


async def test_the_answer_waits_for_what_it_needs(
    company: Company, ana: Someone, ear: Ear
) -> None:
    await ana.says(files=(VOICE,))
    ana.sees("heard: met Li Wei")
    assert (len(ana.screen), ear.heard) == (1, 1)
    assert await _shows(company.database) == [("done", False, {"listen": "met Li Wei"})]


async def test_without_anybody_who_can_it_is_answered_at_once(
    company: Company, ana: Someone, ear: Ear
) -> None:
    company.runtime.runner.sources = {}
    await ana.says(files=(VOICE,))
    ana.sees("heard: None")
    assert ear.heard == 0


@pytest.mark.parametrize("error", [Failed("too large"), LookupError("a bug")])
async def test_what_fails_is_not_tried_for_ever(
    company: Company, ana: Someone, ear: Ear, error: Exception
) -> None:
    ear.fails = error
    await ana.says(files=(VOICE,))
    ana.sees("heard: None")
    assert ear.heard == 1
    value = company.runtime.metrics.registry.get_sample_value
    assert value("errands_total", {"name": "listen", "outcome": "failed"}) == 1


async def test_what_takes_too_long_is_given_up(company: Company, ana: Someone, ear: Ear) -> None:
    ear.waits.clear()
    ear.seconds = 0.05
    await ana.says(files=(VOICE,))
    ana.sees("heard: None")
    value = company.runtime.metrics.registry.get_sample_value
    assert value("errands_total", {"name": "listen", "outcome": "late"}) == 1


async def test_its_chat_waits_in_order_and_no_other_does(
    company: Company, ana: Someone, ear: Ear
) -> None:
    bob = await company.hire("Bob")
    ear.waits.clear()
    await _sends(company, ana, "", "after it")
    await _sends(company, bob, "hello")
    for _ in range(4):
        await _step(company)
    bob.sees("read: hello")
    ana.sees_nothing()
    ear.waits.set()
    await company.settle()
    assert [each.text for each in ana.screen] == ["heard: met Li Wei", "read: after it"]


async def test_only_so_many_run_at_once(company: Company, ear: Ear) -> None:
    people = [await company.hire(name) for name in ("Ana", "Bob", "Cem", "Dee")]
    ear.waits.clear()
    for each in people:
        await _sends(company, each, "")
        await _step(company)
    await ear.begun.wait()
    ear.waits.set()
    await company.settle()
    assert (ear.most, ear.heard) == (2, 4)
    assert all(each.last.text == "heard: met Li Wei" for each in people)


async def test_no_transaction_is_open_meanwhile(company: Company, ana: Someone, ear: Ear) -> None:
    ear.waits.clear()
    await _sends(company, ana, "")
    await _step(company)
    await ear.begun.wait()
    async with asyncio.timeout(5), company.database.begin() as session:
        assert await session.scalar(select(func.count(Update.id))) == 1
    ear.waits.set()
    await company.settle()


async def test_a_clean_stop_leaves_it_to_the_next_at_once(
    company: Company, ana: Someone, ear: Ear
) -> None:
    ear.waits.clear()
    await _sends(company, ana, "")
    await _step(company)
    await ear.begun.wait()
    await company.runtime.runner.stop()
    assert await _shows(company.database) == [("new", False, None)]
    ear.waits.set()
    await company.settle()
    ana.sees("heard: met Li Wei")
    assert (len(ana.screen), ear.heard) == (1, 2)


async def test_what_a_killed_process_had_in_hand_is_done_once_its_hold_ends(
    company: Company, ana: Someone, ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as dying:
        dying.setattr(company.runtime.runner, "start", lambda *_: None)
        await _sends(company, ana, "")
        await _step(company)
    await company.settle()
    ana.sees_nothing()
    async with company.database.begin() as session:
        for row in await session.scalars(select(Update)):
            row.held_until = 0
    await company.settle()
    assert [each.text for each in ana.screen] == ["heard: met Li Wei"]


async def test_a_hold_is_taken_anew_while_it_takes_long(
    company: Company, ana: Someone, ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "HOLD_ON", 0.01)
    extended = asyncio.Event()
    real = holds.extend

    async def extend(*args: Any) -> None:
        await real(*args)
        extended.set()

    monkeypatch.setattr(module, "extend", extend)
    ear.waits.clear()
    await _sends(company, ana, "")
    await _step(company)
    async with asyncio.timeout(20):
        await extended.wait()
    ear.waits.set()
    await company.settle()
    ana.sees("heard: met Li Wei")


async def test_a_result_survives_a_database_that_fails_in_passing(
    company: Company, ana: Someone, ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "AGAIN", 0.0)
    real: Callable[..., Awaitable[bool]] = holds.keep_fetched
    failures = [OperationalError("", {}, Exception("locked"))] * 2

    async def keep(*args: Any) -> bool:
        if failures:
            raise failures.pop()
        return await real(*args)

    monkeypatch.setattr(module, "keep_fetched", keep)
    await ana.says(files=(VOICE,))
    ana.sees("heard: met Li Wei")
    assert ear.heard == 1


async def test_it_is_shown_that_somebody_listens(
    company: Company, ana: Someone, ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Place] = []

    async def typing(place: Place) -> None:
        shown.append(place)
        ear.waits.set()

    ear.waits.clear()
    monkeypatch.setattr(company.phone, "typing", typing)
    await ana.says(files=(VOICE,))
    assert ana.place in shown


async def test_a_message_counts_once_against_the_limit(
    company: Company, ana: Someone, ear: Ear
) -> None:
    company.runtime.limits.burst = 1
    await ana.says(files=(VOICE,))
    ana.sees("heard: met Li Wei")


async def test_one_reply_is_owed_however_often_it_was_begun(
    company: Company, ana: Someone, ear: Ear
) -> None:
    await ana.says(files=(VOICE,))
    async with company.database.read() as session:
        assert await session.scalar(select(func.count(Delivery.id))) == 1
