"""How fast messages are understood, beside dateparser on the same ones."""

import asyncio
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

import dateparser
from dateparser.search import search_dates

from services.understanding.facts import Scene
from services.understanding.messages import understand
from tests.simulation.process import ROOT

MESSAGES = Path(__file__).parents[1] / "language" / "messages.jsonl"
ROUNDS = 5
RUBBISH = 100_000
KINDS = (
    "monday ",
    "周一",
    "3",
    "一",
    "1,",
    "1-",
    "the day after ",
    "5万",
    "acme, ",
    "王总",
    "😀",
    "x",
)
FEW = 30
"""How many messages dateparser gets: it takes a hundred times as long."""
PART = "import services.understanding.messages"


@dataclass(frozen=True)
class Speed:
    """Milliseconds a message: half are faster than ``median``, and 95 of 100 than ``slow``."""

    median: float
    slow: float


def _written() -> Iterator[tuple[str, Scene]]:
    with MESSAGES.open(encoding="utf-8") as lines:
        for line in lines:
            each = json.loads(line)
            zone = ZoneInfo(each["tz"])
            now = datetime.fromisoformat(each["now"]).astimezone(zone)
            yield each["text"], Scene(now, zone, each["lang"])


def _speed(read: Callable[[str, Scene], object], written: list[tuple[str, Scene]]) -> Speed:
    """Each message some times over, always at another time, as messages come."""
    taken = []
    for number in range(ROUNDS):
        for text, scene in written:
            now = scene.now + timedelta(microseconds=number)
            later = Scene(now, scene.zone, scene.language)
            begun = perf_counter()
            read(text, later)
            taken.append((perf_counter() - begun) * 1000)
    taken.sort()
    return Speed(taken[len(taken) // 2], taken[len(taken) * 95 // 100])


def ours() -> Speed:
    """Our own, once warm."""
    written = list(_written())
    _speed(understand, written)
    return _speed(understand, written)


def parse() -> Speed:
    """``dateparser.parse``, of which the whole message is no date."""
    return _speed(
        lambda text, scene: dateparser.parse(text, languages=[scene.language]),
        list(_written())[::6][:FEW],
    )


def search() -> Speed:
    """``dateparser.search.search_dates``, which looks for dates in a text."""
    return _speed(
        lambda text, scene: search_dates(text, languages=[scene.language]),
        list(_written())[::6][:FEW],
    )


def rubbish() -> float:
    """Milliseconds for the worst of 100,000 characters of several kinds."""
    [(_text, scene), *_rest] = _written()
    worst = 0.0
    for kind in KINDS:
        text = kind * (RUBBISH // len(kind))
        fastest = float("inf")
        for _ in range(3):
            begun = perf_counter()
            understand(text, scene)
            fastest = min(fastest, perf_counter() - begun)
        worst = max(worst, fastest * 1000)
    return worst


async def import_seconds() -> float:
    """Seconds to import it, the fastest of some."""
    code = f"import time; begun = time.perf_counter(); {PART}; print(time.perf_counter() - begun)"
    found = []
    for _ in range(ROUNDS):
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", code, cwd=ROOT, stdout=asyncio.subprocess.PIPE
        )
        printed, _errors = await process.communicate()
        found.append(float(printed))
    return min(found)
