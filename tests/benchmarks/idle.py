"""What the bot costs before anybody has said a word."""

import asyncio
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import psutil

from tests.simulation.process import ROOT, BotProcess

IMPORTS = 5
REST = 2.0


async def import_seconds() -> float:
    """The median time of a process that only imports the bot, its own start included."""
    times = []
    for _ in range(IMPORTS):
        started = time.perf_counter()
        command = (sys.executable, "-c", "import handlers, bot.command_line.working")
        process = await asyncio.create_subprocess_exec(*command, cwd=ROOT)
        assert await process.wait() == 0
        times.append(time.perf_counter() - started)
    return sorted(times)[IMPORTS // 2]


async def megabytes(url: str, platform: Mapping[str, str], folder: Path) -> float:
    """The resident memory of a bot that waits for its first message."""
    bot = BotProcess(url, platform, folder)
    await bot.start()
    await bot.running()
    await asyncio.sleep(REST)
    found = psutil.Process(bot.process.pid).memory_info().rss / 2**20
    await bot.stop()
    return float(found)


async def loaded(url: str, platform: Mapping[str, str], folder: Path) -> list[str]:
    """Which of the heavy libraries a bot has loaded that was never spoken to."""
    bot = BotProcess(url, platform, folder, module=("tests.benchmarks.bot",))
    await bot.start()
    await bot.running()
    await bot.stop()
    return list(bot.said("counted")[-1]["loaded"])
