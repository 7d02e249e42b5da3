"""How fast Slack hears that we have something, under a steady load of everything there is."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from storage.engine import connect
from tests.simulation import checks
from tests.simulation.databases import fresh, hire
from tests.simulation.process import BotProcess
from tests.simulation.slack.standin import SlackStandIn, slack
from tests.simulation.slack.stream import SlackStream
from tests.simulation.standin import chats

PEOPLE = 500
WARM = 50
PATIENCE = 600.0


@dataclass(frozen=True)
class Load:
    """What is sent: so many events, commands, presses and forms a second."""

    mode: str = "socket"
    rate: float = 100.0
    seconds: float = 30.0
    people: int = PEOPLE
    database: str = "sqlite"


@dataclass(frozen=True)
class Acknowledged:
    """Seconds until each was acknowledged, the shortest first; what broke rules; what is wrong."""

    waited: Sequence[float]
    violations: Sequence[str]
    problems: Sequence[str]

    def at(self, share: float) -> float:
        return self.waited[min(len(self.waited) - 1, int(len(self.waited) * share))]


async def acknowledged(load: Load, folder: Path) -> Acknowledged:
    """Run it on a bot of its own, without the platform's limits on what the bot sends."""
    async with (
        slack(load.mode, rate_limits=False, log_requests=False) as platform,
        fresh(load.database, folder) as url,
    ):
        database = connect(url)
        people = chats(load.people)
        await hire(database, platform, people)
        bot = BotProcess(url, platform.settings, folder, module=("tests.benchmarks.bot",))
        stream = SlackStream(platform, people, Random(1))
        await bot.start()
        try:
            await bot.running()
            await platform.connected()
            await _steady(platform, stream, load)
            await _quiet(platform)
            found = sorted(platform.server.ack_times)
            async with asyncio.timeout(PATIENCE):
                while not await checks.idle(database):  # noqa: ASYNC110 - another process has no event of ours
                    await asyncio.sleep(0.1)
            problems = await checks.problems(database, platform, stream)
            return Acknowledged(found, platform.control.violations, problems)
        finally:
            await bot.stop()
            await database.close()


async def _steady(platform: SlackStandIn, stream: SlackStream, load: Load) -> None:
    """Warm up, then send at the rate."""
    await stream.feed(WARM)
    await _quiet(platform)
    platform.server.ack_times.clear()
    started = time.monotonic()
    for number in range(int(load.rate * load.seconds)):
        await asyncio.sleep(max(0.0, started + number / load.rate - time.monotonic()))
        if not number % 20:
            await stream.watch()
        await stream.feed(1)


async def _quiet(platform: SlackStandIn) -> None:
    async with asyncio.timeout(PATIENCE):
        while await platform.pending():  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.05)
