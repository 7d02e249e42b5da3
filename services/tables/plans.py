"""What is to be done for each row of a table that was sent, before anything is done."""

import gzip
import io
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import astuple, dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import chain
from sys import intern
from typing import Any

from services.tables.calm import SETTLED, settle
from services.tables.matches import Match
from services.tables.noun import Noun
from services.tables.nouns import NOUNS
from services.tables.reasons import Reason, Why

Progress = Callable[[int, int], Awaitable[None]]
"""Told how many rows are done, and of how many."""
QUICKLY = 5
"""gzip's level; the highest takes four times as long for a twentieth less."""


class Outcome(StrEnum):
    """What becomes of a row."""

    ADD = "add"
    CHANGE = "change"
    SAME = "same"
    SKIP = "skip"


@dataclass(slots=True)
class Step:
    """One row: what is done, to which stored row, and with what.

    ``before`` and ``after`` are the stored fields that differ, as the journal writes them; a new
    row has all of them after and none before. ``number`` is the row's in the file.
    """

    number: int
    outcome: Outcome
    label: str
    key: int | None = None
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    reason: Reason | None = None


@dataclass
class Plan:
    """What is to be done for a whole table, by whom it was asked for, and when it was made."""

    noun: Noun
    person_id: int
    at: datetime
    steps: list[Step] = field(default_factory=list)
    matches: list[Match] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    """What is called how to which a changed field refers, by the field and the number."""

    @property
    def counts(self) -> Counter[Outcome]:
        """How many rows come to what."""
        return Counter(step.outcome for step in self.steps)

    @property
    def skipped(self) -> Iterable[Step]:
        return (step for step in self.steps if step.outcome is Outcome.SKIP)

    @property
    def reasons(self) -> Counter[Why]:
        """How many rows are left out for what reason."""
        return Counter(step.reason.why for step in self.skipped if step.reason)

    def dump(self) -> bytes:
        """As it is kept until somebody says yes: JSON, a row a line, packed.

        Of 100,000 rows it takes a second or two: not for the event loop.
        """
        kept = io.BytesIO()
        matches = [[*astuple(each)] for each in self.matches]
        head = [self.noun.name, self.person_id, self.at.isoformat(), matches, self.names]
        with gzip.GzipFile(fileobj=kept, mode="wb", compresslevel=QUICKLY, mtime=0) as packed:
            for line in chain((head,), map(_packed, self.steps)):
                packed.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        return kept.getvalue()

    @classmethod
    def load(cls, content: bytes) -> "Plan":
        """The inverse of `dump`."""
        with gzip.open(io.BytesIO(content)) as lines:
            noun, person_id, at, matches, names = json.loads(next(lines))
            steps: list[Step] = []
            for line in lines:
                steps.append(_unpacked(json.loads(line, object_pairs_hook=_shared)))
                if len(steps) % SETTLED == 0:
                    settle()
        found = [_matched(*each) for each in matches]
        return cls(NOUNS[noun], person_id, datetime.fromisoformat(at), steps, found, names)


def _shared(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A row whose names and words are kept once for all rows: they are two thirds of a plan."""
    return {intern(name): intern(value) if type(value) is str else value for name, value in pairs}


def _packed(step: Step) -> list[Any]:
    reason = step.reason
    why = [reason.why, reason.details, reason.column] if reason else None
    return [step.number, step.outcome, step.label, step.key, step.before, step.after, why]


def _unpacked(kept: list[Any]) -> Step:
    number, outcome, label, key, before, after, why = kept
    reason = Reason(Why(why[0]), tuple(map(tuple, why[1])), why[2]) if why else None
    return Step(number, Outcome(outcome), label, key, before, after, reason)


def _matched(*kept: Any) -> Match:
    column, text, meant, likeness, rows, numbers = kept
    return Match(column, text, meant, likeness, rows, tuple(numbers))


__all__ = ["Match", "Outcome", "Plan", "Progress", "Step"]
