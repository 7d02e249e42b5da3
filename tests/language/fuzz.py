"""Whether any text breaks the reading of messages: ``python -m tests.language.fuzz``.

Not part of the tests: it takes minutes. It prints what raised, with the shortest text that did,
and the slowest texts.
"""

import argparse
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from services.understanding.facts import Scene, Vocabulary
from services.understanding.messages import understand
from tests.language.salads import texts
from tests.language.score import load

SHANGHAI = ZoneInfo("Asia/Shanghai")
HERE = Scene(datetime(2025, 3, 12, 10, 20, tzinfo=SHANGHAI), SHANGHAI, "zh", country="CN")
NEW_YORK = ZoneInfo("America/New_York")
SCENES = (
    HERE,
    replace(HERE, language="en", fiscal_start=4, day_first=True),
    Scene(datetime(2024, 2, 29, 23, 59, tzinfo=NEW_YORK), NEW_YORK, "en", 10, country="US"),
)
VOCABULARY = Vocabulary(
    accounts=("Acme", "华东医院", "7天酒店", "3M", "May & Co", "明天集团"),
    contacts=("Li Wei", "王主任", "June", "周总"),
    stages={"proposal": ("proposal", "报价"), "won": ("won", "赢单")},
    products=("X200", "超声仪"),
    competitors=("Globex", "东软"),
)
SLOWEST = 5


@dataclass
class Found:
    """What went wrong, and what took long."""

    errors: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    slowest: list[tuple[float, str]] = field(default_factory=list)

    def raised(self, error: Exception, text: str) -> None:
        """Count an exception by its kind and place, and keep the shortest text that raised it."""
        last = traceback.extract_tb(error.__traceback__)[-1]
        name = f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}: {error}"[:120]
        self.errors[name] += 1
        self.examples[name] = min(self.examples.get(name, text), text, key=len)

    def took(self, seconds: float, text: str) -> None:
        """Remember a text if it is among the slowest."""
        self.slowest = sorted([*self.slowest, (seconds, text)], reverse=True)[:SLOWEST]


def fuzz(count: int, seed: int) -> Found:
    """Read so many texts, each in another scene."""
    random, found = Random(seed), Found()
    phrases = [case["text"] for name in ("phrases", "messages") for case in load(f"{name}.jsonl")]
    for number, text in enumerate(islice(texts(random, phrases), count)):
        begun = time.perf_counter()
        try:
            understand(text, SCENES[number % len(SCENES)], VOCABULARY)
        except Exception as error:
            found.raised(error, text)
        seconds = time.perf_counter() - begun
        if len(found.slowest) < SLOWEST or seconds > found.slowest[-1][0]:
            found.took(seconds, text)
    return found


def main() -> None:
    """Read the texts and print what was found; the exit code says whether anything raised."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    begun = time.perf_counter()
    found = fuzz(options.count, options.seed)
    seconds = time.perf_counter() - begun
    print(f"{options.count} texts in {seconds:.0f} s: {found.errors.total()} raised")  # noqa: T201
    for name, count in found.errors.most_common():
        print(f"{count:6} {name}\n       {found.examples[name]!r}")  # noqa: T201
    for took, text in found.slowest:
        print(f"{took * 1e3:6.1f} ms {text!r}")  # noqa: T201
    raise SystemExit(bool(found.errors))


if __name__ == "__main__":
    main()
