"""One run of each measurement."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import harmonic_mean

from bot.runtime.process import WORKERS, WORKERS_ON_SQLITE
from storage.engine import Database, connect
from tests.benchmarks import bare, load
from tests.benchmarks.bare import Mix
from tests.simulation.databases import account_of, fresh, hire
from tests.simulation.process import ROOT, BotProcess
from tests.simulation.standin import StandIn, chats, stand_in

PEOPLE = 500
MESSAGES = 1_000
WARM = 200
ROUNDS = 2
"""How often the path and its floor take turns: a machine's speed drifts."""
SECONDS = 20.0
"""How long the half load lasts: long enough that its slowest hundredth means something."""
QUIET = ("rate_limits=false", "log_requests=false")


@dataclass(frozen=True)
class Rates:
    """Messages a second over the whole durable path, and of bare transactions; what both ask."""

    full: float
    floor: float
    mix: Mix

    @property
    def share(self) -> float:
        return self.full / self.floor


@dataclass(frozen=True)
class Place:
    """A database with its people, the platform, and a bot that is not started."""

    telegram: StandIn
    database: Database
    bot: BotProcess

    @property
    def workers(self) -> int:
        return WORKERS_ON_SQLITE if self.database.is_sqlite else WORKERS

    async def load(self, messages: int) -> float:
        return await load.most(self.telegram, chats(PEOPLE), _visit, messages)

    async def start(self) -> None:
        """Start it and let it warm up."""
        await self.bot.start()
        await self.bot.running()
        await self.load(WARM)


@asynccontextmanager
async def _place(kind: str, folder: Path) -> AsyncIterator[Place]:
    async with stand_in(*QUIET) as telegram, fresh(kind, folder) as url:
        database = connect(url)
        await hire(database, telegram, chats(PEOPLE))
        bot = BotProcess(url, telegram.settings, folder, module=("tests.benchmarks.bot",))
        try:
            yield Place(telegram, database, bot)
        finally:
            await bot.stop()
            await database.close()


async def rates(kind: str, folder: Path) -> Rates:
    """The whole durable path on one database, and bare transactions on the same, in turns."""
    full, floor, mix = [], [], None
    async with _place(kind, folder) as place:
        for _ in range(ROUNDS):
            await place.start()
            full.append(await place.load(MESSAGES))
            await place.bot.stop()
            mix = Mix.of(place.bot.said("counted")[-1], WARM + MESSAGES)
            floor.append(await bare.rate(place.database, mix, MESSAGES, place.workers))
    assert mix
    return Rates(harmonic_mean(full), harmonic_mean(floor), mix)


async def waiting(kind: str, folder: Path, rate: float) -> list[float]:
    """Seconds that people wait at a steady rate, the shortest first."""
    async with _place(kind, folder) as place:
        await place.start()
        return await load.steady(place.telegram, chats(PEOPLE), _visit, rate, SECONDS)


def _visit(chat: int) -> str:
    return f"/visit {account_of(chat)}, demo, went well next: send the quote"


async def echo() -> float:
    """Messages a second of the platform's library alone."""
    async with stand_in(*QUIET) as telegram, _echo(telegram):
        await load.most(telegram, chats(PEOPLE), _visit, WARM)
        return await load.most(telegram, chats(PEOPLE), _visit, MESSAGES)


@asynccontextmanager
async def _echo(telegram: StandIn) -> AsyncIterator[None]:
    command = (sys.executable, "-m", "tests.benchmarks.echo", telegram.url)
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT)
    try:
        yield
    finally:
        process.terminate()
        await process.wait()
