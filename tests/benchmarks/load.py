"""Messages to a bot behind the stand-in: as many as it can take, or at a steady rate."""

import asyncio
import time
from collections.abc import Callable, Sequence

from tests.simulation.standin import StandIn

AHEAD = 300
"""How many messages are kept waiting for a bot that is to show all it can do."""
PATIENCE = 120.0

Words = Callable[[int], str]


async def most(telegram: StandIn, chats: Sequence[int], words: Words, messages: int) -> float:
    """Messages a second when there are always more."""
    before = await _answers(telegram)
    started = time.perf_counter()
    sent = answered = 0
    async with asyncio.timeout(PATIENCE):
        while answered < messages:
            share = min(AHEAD - (sent - answered), messages - sent)
            if share > 0:
                batch = [chats[number % len(chats)] for number in range(sent, sent + share)]
                said = [{"chat_id": chat, "text": words(chat)} for chat in batch]
                await telegram.call("POST", "messages", said)
                sent += share
            await asyncio.sleep(0.02)
            answered = await _answers(telegram) - before
    return messages / (time.perf_counter() - started)


async def _answers(telegram: StandIn) -> int:
    counters = await telegram.counters()
    return int(counters["methods"].get("sendmessage", {}).get("200", 0))


async def steady(
    telegram: StandIn, chats: Sequence[int], words: Words, rate: float, seconds: float
) -> list[float]:
    """Seconds that each message waited for its answer, at a steady rate, the shortest first."""
    seen = max((event["seq"] for event in await telegram.events()), default=0)
    asked: dict[int, list[float]] = {}
    started = time.time()
    for number in range(int(rate * seconds)):
        await asyncio.sleep(max(0.0, started + number / rate - time.time()))
        chat = chats[number % len(chats)]
        asked.setdefault(chat, []).append(time.time())
        await telegram.says(chat, words(chat))
    answered: dict[int, list[float]] = {}
    async with asyncio.timeout(PATIENCE):
        while _count(answered) < _count(asked):
            await asyncio.sleep(0.1)
            answered = await _told(telegram, seen)
    return sorted(
        then - at
        for chat, moments in asked.items()
        for at, then in zip(moments, answered[chat], strict=True)
    )


async def _told(telegram: StandIn, seen: int) -> dict[int, list[float]]:
    """When the bot spoke since, by chat."""
    told: dict[int, list[float]] = {}
    for event in await telegram.events(seen):
        if event["kind"] == "message":
            told.setdefault(event["chat_id"], []).append(event["t"])
    return told


def _count(moments: dict[int, list[float]]) -> int:
    return sum(map(len, moments.values()))
