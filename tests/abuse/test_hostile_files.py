"""A thousand hostile files: each is refused with a clear word or read as what it says."""

import asyncio
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psutil
import pytest

from bot.outside.table_worker import MEMORY
from bot.outside.tables import TableReader
from services.errors import Refusal
from services.tables import refusals, stream
from tests.abuse.hostile_files import CANARY, Sent, bombs, members, thousand, xml
from tests.services.tables.zoo import as_sheet, as_text

STALL = 0.05
ALONE = 40
"""How many are read as in production: each by a process of its own."""
MANY = """
import json, sys
from bot.outside.table_worker import limit
limit(seconds=100)
from services.errors import Refusal
from services.tables.reading import read
from tests.abuse.hostile_files import thousand
for number, (name, content) in enumerate(thousand()):
    try:
        tables = read(content, name)
        said = [len(tables[0].headings), sum(len(table.rows) for table in tables)]
    except Refusal as refused:
        said = type(refused).__name__
    except MemoryError:
        said = "TableTooHard"
    print(json.dumps([number, name, said]), flush=True)
"""
DIE = frozenset(("corners.xlsx",))
"""What asks for so much memory at once that the process ends: it has one of its own."""
ROOT = Path(__file__).resolve().parents[2]


@asynccontextmanager
async def unstalled() -> AsyncIterator[list[float]]:
    """Measures how long the event loop was held up while inside.

    By what its own thread has worked between two ticks: a busy machine holds up everybody.
    """
    lags: list[float] = []

    async def watch() -> None:
        while True:
            began = time.thread_time()
            await asyncio.sleep(0.002)
            lags.append(time.thread_time() - began)

    watching = asyncio.create_task(watch())
    try:
        yield lags
    finally:
        watching.cancel()


async def outcome(sent: Sent) -> str:
    """A refusal's name, or that it was read."""
    name, content = sent
    why: Refusal | None = None
    try:
        packed = await TableReader().read(content, name)
    except Refusal as refused:
        why = refused
    if why:
        assert CANARY not in str(why.details)
        return type(why).__name__
    table = await asyncio.to_thread(stream.unpacked, packed)
    assert CANARY not in str(table)
    assert table.rows
    return "read"


def test_there_are_a_thousand_and_they_are_the_same_each_time() -> None:
    first = thousand()
    assert len(first) == 1_000
    assert first == thousand()


@pytest.mark.timeout(120)
async def test_a_thousand_files_are_each_refused_or_read() -> None:
    sent = [each for each in thousand() if each[0] not in DIE]
    program = MANY.replace(
        "enumerate(thousand())",
        f"enumerate(each for each in thousand() if each[0] not in {sorted(DIE)})",
    )
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", program), cwd=ROOT, stdout=-1, stderr=-1
    )
    said, complaints = await process.communicate()
    lines = said.decode().splitlines()
    assert (process.returncode, complaints[-2_000:]) == (0, b""), lines[-1:]
    assert len(lines) == len(sent)
    words = {name for name, each in vars(refusals).items() if isinstance(each, type)}
    outcomes = Counter(
        word if (word := line.split('"')[-2]) in words else "read" for line in lines
    )
    assert len(outcomes) >= 10
    assert outcomes["read"] >= 100  # much of what is damaged is still a table


@pytest.mark.timeout(120)
async def test_the_worst_are_read_as_in_production_and_nothing_is_held_up() -> None:
    chance = random.Random(7)
    worst = [*bombs(chance), *xml(chance), *members(chance)]
    assert len(worst) >= ALONE
    await outcome(("a.csv", as_text([["Name", "City"], ["Acme", "Rome"]])))
    async with unstalled() as lags:
        room = asyncio.Semaphore(2)

        async def one(sent: Sent) -> tuple[str, str]:
            async with room:
                return sent[0], await outcome(sent)

        outcomes = await asyncio.gather(*map(one, worst))
    assert max(lags) < STALL
    told = dict(outcomes)
    assert told["bomb.xlsx"] == told["liar.xlsx"] == told["overlap.xlsx"] == "TableBomb"
    assert told["laughs.xlsx"] == told["strings.xlsx"] == told["external.xlsx"] == "BrokenTable"
    assert told["locked.xlsx"] == told["encrypted.xls"] == "LockedTable"
    assert told["stray.xlsx"] == "BrokenTable"
    assert told["macro.xlsm"] == told["linked.xlsx"] == "read"
    assert told["bare.xlsx"] == "MisnamedTable"
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    assert used < MEMORY
    left = [each.cmdline() for each in psutil.Process().children(recursive=True)]
    assert not [each for each in left if "bot.outside.table_worker" in each]


async def test_the_limits_hold() -> None:
    hungry = TableReader((sys.executable, "-c", _limited("x = bytearray(900 * 1024**2)")))
    assert await _refused(hungry) == "TableTooHard"
    writing = _limited("open('made', 'w').write('x' * 10_000)")
    assert await _refused(TableReader((sys.executable, "-c", writing))) == "TableTooHard"
    assert not (ROOT / "made").exists() or not (ROOT / "made").stat().st_size
    (ROOT / "made").unlink(missing_ok=True)
    slow = TableReader((sys.executable, "-c", "import time; time.sleep(60)"), seconds=0.3)
    assert await _refused(slow) == "TableTooHard"
    shows = "import os, sys; sys.stdout.write('+' + str(sorted(os.environ)))"
    known = await TableReader((sys.executable, "-c", shows)).read(b"x", "a.csv")
    assert b"TOKEN" not in known
    assert b"PATH" not in known


def _limited(code: str) -> str:
    return f"from bot.outside.table_worker import limit; limit(); {code}; print('+')"


async def _refused(reader: TableReader) -> str:
    with pytest.raises(Refusal) as refused:
        await reader.read(b"Name,City\nAcme,Rome\n", "a.csv")
    return type(refused.value).__name__


@pytest.mark.parametrize("form", ["xlsx", "csv"])
async def test_a_good_table_comes_back_whole(form: str) -> None:
    rows = [["Customer", "Phone"], *([f"Customer {n}", f"0{n:07}"] for n in range(2_000))]
    content = as_sheet(rows) if form == "xlsx" else as_text(rows)
    packed = await TableReader().read(content, f"a.{form}")
    [sheet] = stream.sheets(packed)
    assert (sheet.headings, sheet.rows) == (("Customer", "Phone"), 2_000)
    assert list(map(list, stream.unpacked(packed).rows)) == rows[1:]
