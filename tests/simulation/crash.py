"""The crash test: the bot is killed at random moments under a stream of updates."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from storage.engine import Database, connect
from storage.models import DeliveryState
from tests.simulation import checks
from tests.simulation.databases import fresh, hire
from tests.simulation.platforms import Platform
from tests.simulation.process import BotProcess
from tests.simulation.slack.standin import slack
from tests.simulation.slack.stream import SlackStream
from tests.simulation.standin import chats, stand_in
from tests.simulation.stream import Stream

StandsIn = Callable[[], AbstractAsyncContextManager[Platform]]

PEOPLE = 100
LIFE = 1.0
"""Seconds for which a process that runs is let live, at most, after each half of its share."""
STARTS = 0.15
"""How many of the kills come while the process is still starting."""
PATIENCE = 600.0
PLACES = {"sqlite": ("sqlite", 1), "postgresql": ("postgresql", 1), "two": ("postgresql", 2)}
"""Where it is run: the database, and how many processes share it."""
PLATFORMS: Mapping[str, tuple[StandsIn, type[Stream]]] = {
    "telegram": (stand_in, Stream),
    "slack": (slack, SlackStream),
}


@dataclass(frozen=True)
class Plan:
    """What is done to the bot."""

    database: str = "sqlite"
    processes: int = 1
    kills: int = 5
    updates: int = 150
    seed: int = 1
    platform: str = "telegram"


@dataclass
class Report:
    """What came of it. ``in_flight`` is over all kills: so many messages may be doubled."""

    plan: Plan
    problems: list[str] = field(default_factory=list)
    kills: int = 0
    in_flight: int = 0
    worst: int = 0
    doubled: int = 0
    seconds: float = 0.0
    refused: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        plan = self.plan
        return (
            f"{plan.platform}, {plan.database} x{plan.processes}: "
            f"{self.kills} kills, {plan.updates} updates, "
            f"{len(self.problems)} problems, {self.doubled} messages doubled "
            f"({self.in_flight} in flight at the kills, at most {self.worst}), "
            f"{len(self.refused)} times 429, {len(self.violations)} violations, "
            f"{self.seconds:.0f} s"
        )


@dataclass
class Crash:
    """One run: the processes, the stream, and what is counted."""

    plan: Plan
    platform: Platform
    database: Database
    fleet: list[BotProcess]

    def __post_init__(self) -> None:
        self.chance = Random(self.plan.seed)
        stream = PLATFORMS[self.plan.platform][1]
        self.stream = stream(self.platform, chats(PEOPLE), self.chance)
        self.report = Report(self.plan)

    async def run(self) -> Report:
        started = time.monotonic()
        await hire(self.database, self.platform, chats(PEOPLE))
        await asyncio.gather(*(bot.start() for bot in self.fleet))
        for number in range(self.plan.kills):
            await self._life(self.plan.updates * (number + 1) // self.plan.kills)
        await self._settle()
        for bot in self.fleet:
            code = await bot.stop()
            if code:
                self.report.problems.append(f"a clean stop ended with {code}")
        await self._judge()
        self.report.seconds = time.monotonic() - started
        return self.report

    async def _life(self, target: int) -> None:
        """Feed until ``target`` updates were fed, and kill one of the processes meanwhile."""
        victim = self.chance.choice(self.fleet)
        if self.chance.random() > STARTS:
            await victim.running()
        await self.stream.watch()
        missing = target - len(self.stream.updates)
        for share in (missing // 2, missing - missing // 2):
            await self.stream.feed(share)
            await asyncio.sleep(self.chance.uniform(0, LIFE))
        await victim.kill()
        flying = await checks.unsent(self.database, DeliveryState.SENDING)
        self.report.kills += 1
        self.report.in_flight += flying
        self.report.worst = max(self.report.worst, flying)
        await victim.start()

    async def _settle(self) -> None:
        """Until everything was taken, answered and sent."""
        async with asyncio.timeout(PATIENCE):
            for bot in self.fleet:
                await bot.running()
            while await self._busy():  # noqa: ASYNC110 - what is waited for has no event
                await asyncio.sleep(0.2)

    async def _busy(self) -> bool:
        return bool(await self.platform.pending()) or not await checks.idle(self.database)

    async def _judge(self) -> None:
        report, stream = self.report, self.stream
        report.problems += await checks.problems(self.database, self.platform, stream)
        report.problems += [
            f"{line['event']}: {line.get('exception', '')}"
            for bot in self.fleet
            for line in bot.lines
            if line.get("level") in {"error", "critical"} or line["event"] == "unreadable"
        ]
        report.doubled = stream.doubled(await checks.stored(self.database))
        if not 0 <= report.doubled <= report.in_flight:
            report.problems.append(f"{report.doubled} messages doubled")
        report.refused = await self.platform.refused()
        report.violations = await self.platform.violations()


@asynccontextmanager
async def crash(plan: Plan, folder: Path) -> AsyncIterator[Crash]:
    """Everything that a run needs, while inside."""
    opened = PLATFORMS[plan.platform][0]
    async with opened() as platform, fresh(plan.database, folder) as url:
        database = connect(url)
        fleet = [BotProcess(url, platform.settings, folder) for _ in range(plan.processes)]
        try:
            yield Crash(plan, platform, database, fleet)
        finally:
            for bot in fleet:
                await bot.kill()
            await database.close()
