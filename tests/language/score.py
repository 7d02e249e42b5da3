"""How much is understood: ``python -m tests.language.score [--fails 20]``."""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from bot.command_line.requests import Fallback, read_request
from bot.command_line.understood import value
from tests.language.judging import OK, WRONG, Case, judged_message, judged_phrase

HERE = Path(__file__).parent
NOW = datetime(2025, 3, 12, 10, 0, tzinfo=UTC)
USUAL = Fallback(None, None, None, "message", lambda: NOW, lambda: "UTC")


@dataclass
class Score:
    """How often what ended how, and what went wrong."""

    counts: dict[tuple[str, str], Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    failed: list[str] = field(default_factory=list)

    def share(self, language: str, what: str) -> float:
        """Which part of it was right, 0 to 1."""
        counts = self.counts[language, what]
        return counts[OK] / max(1, counts.total())

    def lines(self) -> Iterator[str]:
        """The score as a table."""
        for (language, what), counts in sorted(self.counts.items()):
            rest = ", ".join(f"{n} {how}" for how, n in sorted(counts.items()) if how != OK)
            share = f"{counts[OK]:4}/{counts.total():<4} {self.share(language, what):6.1%}"
            yield f"{language}  {what:<13} {share}  {rest}"


def load(name: str) -> list[dict[str, Any]]:
    """The cases of a file."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def understood(case: Case) -> Any:
    """What the bot understands of a case."""
    return value(read_request(case, USUAL))


@cache
def phrases() -> Score:
    """The score over single phrases; what has two good readings does not count."""
    score = Score()
    for case in load("phrases.jsonl"):
        if case.get("ambiguous"):
            continue
        found = understood(case)
        how = judged_phrase(case, found)
        score.counts[case["lang"], case["kind"]][how] += 1
        if how != OK:
            told = f"{case['text']!r} at {case['now']}: {found}, not {case['expected']}"
            score.failed.append(f"{case['id']} {how} {case['kind']} {told}")
    return score


@cache
def messages() -> Score:
    """The score over whole messages, field by field, and over all fields of each."""
    score = Score()
    for case in load("messages.jsonl"):
        found = understood({**case, "kind": "message"})
        judged = judged_message(case, found)
        for name, how in judged.items():
            score.counts[case["lang"], name][how] += 1
        bad = {name: how for name, how in judged.items() if how != OK}
        score.counts[case["lang"], "(all fields)"][WRONG if bad else OK] += 1
        if bad:
            score.failed.append(f"{case['id']} {case['text']!r} {_told(bad, found, case)}")
    return score


def _told(bad: Mapping[str, str], found: Mapping[str, Any], case: Case) -> str:
    due = case["expected"]
    return "; ".join(
        f"{name} {how}: {found.get(name)!r}, not {due.get(name, due.get('note_contains'))!r}"
        for name, how in bad.items()
    )


def main() -> None:
    """Print both scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fails", type=int, default=0, help="how many of them to show")
    options = parser.parse_args()
    for score in (phrases(), messages()):
        print("\n".join((*score.lines(), *score.failed[: options.fails], "")))  # noqa: T201


if __name__ == "__main__":
    main()
