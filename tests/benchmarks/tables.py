"""How long 100,000 customers take from the file to the database, back out and undone."""

import asyncio
import csv
import gc
import io
import random
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import psutil

from bot.outside.calm import calm
from bot.outside.tables import TableReader
from services import history
from services.tables.applying import prepare
from services.tables.exporting import export
from services.tables.keeping import Keeper
from services.tables.meaning import Meaning
from services.tables.planning import plan
from services.tables.plans import KeptPlan, Plan
from services.tables.preparing import found_in, prepared
from storage.engine import Database, connect
from storage.journal import Author
from storage.models import Base, Person, Role
from storage.work import Work
from tests.fresh import create
from tests.services.tables.kit import hired
from tests.talk import MONDAY

ROWS = 100_000
REPS = 50
COLUMNS = ("code", "name", "owner", "tier", "lifecycle", "city", "phone")
HAN = "华东西南北医院科技上海北京广州深圳中心第一二三人民大学集团制药器械贸易"
OFTEN = 0.002


@dataclass
class Stage:
    """What one part took: seconds, the longest stall of the event loop, and the peak of memory."""

    name: str
    seconds: float
    stall: float
    megabytes: float


@dataclass
class Meter:
    """Watches the event loop and the memory of this process."""

    stages: list[Stage] = field(default_factory=list)
    _worst: float = 0.0
    _peak: int = 0

    async def watch(self) -> None:
        process, last = psutil.Process(), time.perf_counter()
        while True:
            await asyncio.sleep(OFTEN)
            now = time.perf_counter()
            self._worst, last = max(self._worst, now - last - OFTEN), now
            self._peak = max(self._peak, process.memory_info().rss)

    @asynccontextmanager
    async def stage(self, name: str) -> AsyncIterator[None]:
        await asyncio.sleep(OFTEN * 2)
        self._worst, self._peak, began = 0.0, 0, time.perf_counter()
        yield
        seconds = time.perf_counter() - began
        await asyncio.sleep(OFTEN * 2)
        self.stages.append(Stage(name, seconds, self._worst, self._peak / 2**20))


def customers() -> bytes:
    """A file of customers: half with Chinese names, half with English ones."""
    dice = random.Random(1)
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    rows.writerows(_rows(dice))
    return text.getvalue().encode()


def _rows(dice: random.Random) -> Iterator[tuple[str, ...]]:
    for number in range(ROWS):
        chinese = "".join(dice.choices(HAN, k=8)) + "有限公司"
        name = chinese if number % 2 else f"Customer {number} Trading Ltd"
        owner, phone = f"Rep {number % REPS} Person", f"138{number:08}"
        tier, status = dice.choice("ABC"), dice.choice(("active", "新客户", "lost"))
        yield f"C{number:06}", name, owner, tier, status, dice.choice(("上海", "Berlin")), phone


async def run(url: str) -> list[Stage]:
    """Every part on an empty database, one after the other."""
    database, meter = connect(url), Meter()
    watching = asyncio.create_task(meter.watch())
    try:
        await create(database)
        boss = await hired(database, "Boss")
        for number in range(REPS):
            await hired(database, f"Rep {number} Person", Role.REP, "East")
        await _all(database, boss, meter)
    finally:
        watching.cancel()
        await database.close()
    return meter.stages


async def _all(database: Database, boss: Person, meter: Meter) -> None:
    content = await asyncio.to_thread(customers)
    async with meter.stage("read"):
        packed = await TableReader().read(content, "customers.csv")
        await asyncio.to_thread(found_in, packed)
    del content
    with calm():
        async with meter.stage("plan and report"):
            kept = await _planned(database, boss, packed)
        change = await _applied(database, boss, kept, meter)
    gc.collect()
    async with meter.stage("plan the same again"):
        await _planned(database, boss, packed)
    gc.collect()
    async with meter.stage("export"), database.read() as session:
        work = Work(session, Author(MONDAY, boss.id, "export"))
        await export(work, boss, language="en", now=MONDAY)
    gc.collect()
    async with meter.stage("undo"), database.begin() as session:
        work = Work(session, Author(MONDAY, boss.id, "undo"))
        await history.undo(work, boss, change, now=MONDAY + timedelta(hours=1))


async def _planned(database: Database, boss: Person, packed: bytes) -> bytes:
    """As the errand does it: the plan and its rows as a file are kept as they come."""
    meaning = Meaning(noun="accounts", columns=dict(enumerate(COLUMNS)))
    keeper = Keeper(Plan(meaning.of, boss.id, MONDAY), "en")
    async with database.read() as session:
        work = Work(session, Author(MONDAY, boss.id, "import"))
        rows = prepared(packed, meaning, {})
        made = await plan(
            work, boss, meaning.of, meaning.columns, rows, now=MONDAY, keep=keeper.add
        )
    kept, report, _summary = await asyncio.to_thread(keeper.end, made)
    async with database.begin() as session:
        work = Work(session, Author(MONDAY, boss.id, "import"))
        await work.imports.keep("import:1:rows", "customers.csv", packed, MONDAY)
        await work.imports.keep("import:1:plan", "customers.csv", kept, MONDAY)
        await work.imports.keep("import:1:report", "customers.csv", report, MONDAY)
    return kept


async def _applied(database: Database, boss: Person, kept: bytes, meter: Meter) -> int | None:
    """As the errand does it: made ready beside other writers, then written."""

    async def numbers(model: type[Base], count: int) -> list[int]:
        async with database.begin() as session:
            return await Work(session, Author(MONDAY, boss.id, "import")).tables.numbers(
                model, count
            )

    made = await asyncio.to_thread(KeptPlan.of, kept)
    async with meter.stage("make ready"), database.read() as session:
        work = Work(session, Author(MONDAY, boss.id, "import"))
        ready = await prepare(work, boss, made, now=MONDAY, numbers=numbers)
    async with meter.stage("write"), database.begin() as session:
        work = Work(session, Author(MONDAY, boss.id, "import"))
        return (await ready.write(work, boss, now=MONDAY)).change_id


async def measure(url: str) -> list[Stage]:
    """The stages, in a process of its own: its memory is nobody else's."""
    command = (sys.executable, "-m", "tests.benchmarks.tables", url)
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    printed, _errors = await process.communicate()
    rows = [line.split("\t") for line in printed.decode().splitlines()]
    return [Stage(name, *map(float, numbers)) for name, *numbers in rows]


if __name__ == "__main__":
    for each in asyncio.run(run(sys.argv[1])):
        found = f"{each.seconds:.2f}\t{each.stall * 1000:.0f}\t{each.megabytes:.0f}"
        sys.stdout.write(f"{each.name}\t{found}\n")
        sys.stdout.flush()
