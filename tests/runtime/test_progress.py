"""How far a long errand is, said on the card where its answer will stand."""

import asyncio
from dataclasses import dataclass, replace
from typing import Any

import pytest

from bot.errands import Listen
from bot.messages import File, Message, Reply, reply
from bot.outside import meter
from bot.outside.meter import Meter
from bot.phrases import marked
from bot.runtime import dispatch
from bot.runtime.conversation import Talk
from bot.runtime.errands import Desk
from storage.lanes import now_ms
from tests.talk import Company, Someone

SOUND = File("voice.oga", "audio/ogg", "voice-1", spoken=True)


@dataclass
class Slow:
    """Says how far it is, and lets that leave before it goes on."""

    company: Company
    steps: tuple[str, ...]
    sent: bool = True
    at_once: int = 1
    seconds: float = 30.0

    async def fetch(self, _errand: Listen, desk: Desk) -> str:
        for step in self.steps:
            await desk.show(reply(f"step {step}"), step)
            if self.sent:
                await self._send()
        return "done"

    async def _send(self) -> None:
        async with self.company.database.read() as session:
            self.company.delivery.set_clock(await now_ms(session))
        while await self.company._deliver():
            await self.company.delivery.drain(5)


@pytest.fixture
async def ana(company: Company, monkeypatch: pytest.MonkeyPatch) -> Someone:
    async def hear(talk: Talk, message: Message) -> Reply:
        said = talk.context.errands.result(Listen(message.files[0]))
        return replace(reply(f"answer: {said}"), edit=True)

    monkeypatch.setattr(dispatch, "hear", hear)
    return await company.hire("Ana")


def slow(company: Company, *steps: str, sent: bool = True) -> None:
    company.runtime.runner.sources = {"listen": Slow(company, steps, sent)}


async def test_the_answer_takes_the_place_of_what_was_said_before_it(
    company: Company, ana: Someone
) -> None:
    slow(company, "10", "50", "90")
    await ana.says(files=(SOUND,))
    assert [each.text for each in ana.screen] == ["answer: done"]
    assert ana.last.edits == 3


async def test_what_was_not_said_in_time_is_not_said_any_more(
    company: Company, ana: Someone
) -> None:
    slow(company, "10", "50", sent=False)
    await ana.says(files=(SOUND,))
    assert [(each.text, each.edits) for each in ana.screen] == [("answer: done", 0)]


async def test_a_step_is_said_once_however_often_it_is_run(company: Company, ana: Someone) -> None:
    slow(company, "10", "10", "10")
    await ana.says(files=(SOUND,))
    assert (ana.last.text, ana.last.edits) == ("answer: done", 1)


async def test_without_a_word_before_it_the_answer_is_a_message_of_its_own(
    company: Company, ana: Someone
) -> None:
    slow(company)
    await ana.says(files=(SOUND,))
    await ana.says(files=(SOUND,))
    assert [each.edits for each in ana.screen] == [0, 0]


class Wall:
    """A desk on which everything that is shown is written down, slowly if need be."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.gate = asyncio.Event()
        self.gate.set()

    async def show(self, said: Reply, step: str) -> None:
        await self.gate.wait()
        self.shown.append(step)


def counting(wall: Wall) -> Meter:
    desk: Any = wall
    return Meter(desk, "en", marked("Checking the rows… {percent} %"), "plan")


async def test_a_meter_says_every_tenth_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meter, "PATIENCE", 0.0)
    monkeypatch.setattr(meter, "GAP", 0.0)
    wall = Wall()
    async with counting(wall) as told:
        for done in range(1_001):
            await told(done, 1_000)
            await asyncio.sleep(0)
    assert wall.shown == [f"plan:{percent}" for percent in range(10, 101, 10)]


async def test_what_is_quick_says_nothing() -> None:
    wall = Wall()
    async with counting(wall) as told:
        await told.begin(100)
        for done in range(101):
            await told(done, 100)
    assert wall.shown == []


async def test_a_meter_never_waits_for_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meter, "PATIENCE", 0.0)
    monkeypatch.setattr(meter, "GAP", 0.0)
    wall = Wall()
    wall.gate.clear()
    async with asyncio.timeout(5), counting(wall) as told:
        for done in range(101):
            await told(done, 100)
            await asyncio.sleep(0)
    assert wall.shown == []
