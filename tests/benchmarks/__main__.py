"""``python -m tests.benchmarks [reading|slack|tables]``: what things cost, beside their floors."""

import asyncio
import sys
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks import acknowledging, idle, measure, reading, tables
from tests.simulation.databases import fresh, reachable
from tests.simulation.standin import FAKE, stand_in

SHARE = 0.60
P99 = 0.150
IMPORT = 1.5
MEMORY = 130.0
MEDIAN = 0.3
SLOW = 1.0
RUBBISH = 50.0
ACKNOWLEDGED = 1.0
SLACKS_OWN = 3.0
PART = 0.3
TAKEN_IN = 60.0
TABLES_MEMORY = 300.0


@dataclass
class Table:
    """What is measured, a line each, and which floors were missed."""

    missed: list[str] = field(default_factory=list)

    def line(self, name: str, found: str, wanted: str = "", *, good: bool = True) -> None:
        mark = "" if not wanted else ("ok" if good else "MISSED")
        sys.stdout.write(f"{name:<42}{found:>22}  {wanted:<14}{mark}\n")
        sys.stdout.flush()
        if not good:
            self.missed.append(name)


async def database(table: Table, kind: str, folder: Path) -> None:
    """The figures of one database."""
    found = await measure.rates(kind, folder)
    mix = found.mix
    shape = f"{mix.statements:.1f} in {mix.commits:.1f}"
    table.line(f"{kind}: statements, transactions a message", shape)
    table.line(f"{kind}: bare transactions", f"{found.floor:.0f} messages/s")
    share = f"{found.full:.0f} messages/s, {found.share:.0%}"
    table.line(f"{kind}: whole durable path", share, "60 % of bare", good=found.share >= SHARE)
    (folder / "half").mkdir()
    waited = await measure.waiting(kind, folder / "half", found.full / 2)
    p50, p99 = waited[len(waited) // 2], waited[len(waited) * 99 // 100]
    table.line(f"{kind}: p50 at half load", f"{p50 * 1000:.0f} ms")
    table.line(f"{kind}: p99 at half load", f"{p99 * 1000:.0f} ms", "under 150 ms", good=p99 < P99)


async def resting(table: Table, folder: Path) -> None:
    """The figures of a bot that has nothing to do."""
    async with stand_in() as telegram, fresh("sqlite", folder) as url:
        memory = await idle.megabytes(url, telegram.settings, folder)
        heavy = await idle.loaded(url, telegram.settings, folder)
    seconds = await idle.import_seconds()
    table.line("import", f"{seconds:.2f} s", "under 1.5 s", good=seconds < IMPORT)
    table.line("memory, idle", f"{memory:.0f} MB", "under 130 MB", good=memory < MEMORY)
    table.line("loaded, idle", ", ".join(heavy) or "nothing heavy", "nothing", good=not heavy)


async def understanding(table: Table) -> None:
    """How fast messages are understood, beside dateparser in the same run."""
    own, parse, search = reading.ours(), reading.parse(), reading.search()
    for name, speed in (("dateparser.parse", parse), ("search_dates", search)):
        times = speed.median / own.median
        table.line(f"{name}: median", f"{speed.median:.1f} ms, {times:.0f} times")
    table.line("a message: median", f"{own.median:.2f} ms", "0.3 ms", good=own.median <= MEDIAN)
    table.line("a message: 95 of 100 under", f"{own.slow:.2f} ms", "1 ms", good=own.slow <= SLOW)
    worst = reading.rubbish()
    table.line("100,000 characters of rubbish", f"{worst:.0f} ms", "50 ms", good=worst < RUBBISH)
    seconds = await reading.import_seconds()
    table.line("import of understanding", f"{seconds:.2f} s", "0.3 s", good=seconds <= PART)


async def acknowledgements(table: Table) -> None:
    """How fast Slack hears that we have something, in both modes."""
    for mode in ("socket", "http"):
        load = acknowledging.Load(mode)
        with TemporaryDirectory() as folder:
            found = await acknowledging.acknowledged(load, Path(folder))
        name = f"slack, {mode}: {load.rate:.0f} events/s for {load.seconds:.0f} s"
        table.line(name, f"{len(found.waited)} acknowledged")
        table.line(f"slack, {mode}: p50, p99", f"{_ms(found.at(0.5))}, {_ms(found.at(0.99))}")
        slow, worst = found.at(0.999), found.waited[-1]
        table.line(f"slack, {mode}: p99.9", _ms(slow), "under 1 s", good=slow < ACKNOWLEDGED)
        wrong = len(found.violations) + len(found.problems)
        table.line(f"slack, {mode}: slowest", _ms(worst), "under 3 s", good=worst < SLACKS_OWN)
        table.line(f"slack, {mode}: late, lost or doubled", f"{wrong}", "none", good=not wrong)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


async def taking_in(table: Table) -> None:
    """How long 100,000 customers take from a file to the database, and how much memory."""
    for kind in ("sqlite", "postgresql"):
        if kind == "postgresql" and not await reachable():
            table.line(kind, "not there: skipped")
            continue
        with TemporaryDirectory() as folder:
            async with fresh(kind, Path(folder)) as url:
                stages = await tables.measure(url)
        for each in stages:
            speed = f"{each.seconds:.1f} s, {tables.ROWS / each.seconds:,.0f} rows/s"
            stall = f"{each.stall:.0f} ms, {each.megabytes:.0f} MB"
            table.line(f"{kind}: {each.name}", f"{speed}, {stall}")
        whole = sum(each.seconds for each in stages[:3])
        most = max(each.megabytes for each in stages[:3])
        table.line(f"{kind}: taken in", f"{whole:.0f} s", "60 s", good=whole <= TAKEN_IN)
        table.line(f"{kind}: memory", f"{most:.0f} MB", "300 MB", good=most <= TABLES_MEMORY)


async def main(parts: list[str]) -> int:
    table = Table()
    if parts == ["tables"]:
        await taking_in(table)
        return 1 if table.missed else 0
    if parts == ["slack"]:
        await acknowledgements(table)
        return 1 if table.missed else 0
    await understanding(table)
    if parts == ["reading"]:
        return 1 if table.missed else 0
    if not FAKE.exists():
        sys.stdout.write(f"The stand-in is not at {FAKE}: nothing can be measured.\n")
        return 1 if table.missed else 0
    with TemporaryDirectory() as folder:
        await resting(table, Path(folder))
    await acknowledgements(table)
    table.line("python-telegram-bot: echo, no storage", f"{await measure.echo():.0f} messages/s")
    for kind in ("sqlite", "postgresql"):
        if kind == "postgresql" and not await reachable():
            table.line(kind, "not there: skipped")
            continue
        with TemporaryDirectory() as folder:
            await database(table, kind, Path(folder))
    return 1 if table.missed else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1:])))
