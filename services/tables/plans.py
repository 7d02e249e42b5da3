"""What is to be done for each row of a table that was sent, before anything is done."""

import asyncio
import gzip
import io
import json
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import astuple, dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import islice
from sys import intern
from typing import Any, Protocol

from services.tables.calm import SETTLED, settle
from services.tables.matches import Match
from services.tables.noun import Noun
from services.tables.nouns import NOUNS
from services.tables.reasons import Reason, Why

Progress = Callable[[int, int], Awaitable[None]]
"""Told how many rows are done, and of how many."""
QUICKLY = 5
"""gzip's level; the highest takes four times as long for a twentieth less."""


TAIL = b"{"
"""How the last line of a plan that is kept begins; those of rows are lists."""
PIECE = 1_000
"""Rows that are in memory at once, of a plan that is kept."""


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


class Steps(Protocol):
    """What is to be done for a whole table, whether it is in memory or kept."""

    @property
    def noun(self) -> Noun:
        """What it is a table of."""

    @property
    def counts(self) -> Counter[Outcome]:
        """How many rows come to what."""

    def pieces(self) -> AsyncIterator[list[Step]]:
        """All rows in order, some hundreds at a time."""


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

    async def pieces(self) -> AsyncIterator[list[Step]]:
        """All rows in order, some hundreds at a time."""
        for at in range(0, len(self.steps), PIECE):
            yield self.steps[at : at + PIECE]

    @property
    def skipped(self) -> Iterable[Step]:
        return (step for step in self.steps if step.outcome is Outcome.SKIP)

    @property
    def reasons(self) -> Counter[Why]:
        """How many rows are left out for what reason."""
        return Counter(step.reason.why for step in self.skipped if step.reason)

    def dump(self) -> bytes:
        """As it is kept until somebody says yes; not for the event loop."""
        file = PlanFile(self)
        file.add(self.steps)
        return file.end(self)

    @classmethod
    def load(cls, content: bytes) -> "Plan":
        """The inverse of `dump`."""
        with gzip.open(io.BytesIO(content)) as lines:
            made = _head(next(lines))
            for line in lines:
                if line.startswith(TAIL):
                    matches, made.names = json.loads(line)["matches"], json.loads(line)["names"]
                    made.matches = [_matched(*each) for each in matches]
                else:
                    made.steps.append(_step(line))
                    if len(made.steps) % SETTLED == 0:
                        settle()
        return made


class PlanFile:
    """A plan as it is kept, a row after the other: JSON, a row a line, packed."""

    def __init__(self, plan: Plan) -> None:
        self._kept = io.BytesIO()
        self._packed = gzip.GzipFile(fileobj=self._kept, mode="wb", compresslevel=QUICKLY, mtime=0)
        self._write([plan.noun.name, plan.person_id, plan.at.isoformat()])

    def add(self, steps: Iterable[Step]) -> None:
        """More rows."""
        for step in steps:
            self._write(_packed(step))

    def end(self, plan: Plan) -> bytes:
        """All of it, with what is only known at the end."""
        matches = [[*astuple(each)] for each in plan.matches]
        self._write({"matches": matches, "names": plan.names})
        self._packed.close()
        return self._kept.getvalue()

    def _write(self, line: Any) -> None:
        self._packed.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")


@dataclass(frozen=True)
class KeptPlan:
    """A plan as `Plan.dump` made it, of which some rows at a time are unpacked."""

    content: bytes
    noun: Noun
    counts: Counter[Outcome]

    @classmethod
    def of(cls, content: bytes) -> "KeptPlan":
        """Look through a plan that is kept; not for the event loop."""
        with gzip.open(io.BytesIO(content)) as lines:
            noun = _head(next(lines)).noun
            rows = (line for line in lines if not line.startswith(TAIL))
            counts = Counter(Outcome(json.loads(line)[1]) for line in rows)
        return cls(content, noun, counts)

    async def pieces(self) -> AsyncIterator[list[Step]]:
        """All rows in order, some hundreds at a time, unpacked beside the event loop."""
        with gzip.open(io.BytesIO(self.content)) as lines:
            await asyncio.to_thread(next, lines)
            steps = (_step(line) for line in lines if not line.startswith(TAIL))
            while some := await asyncio.to_thread(lambda: [*islice(steps, PIECE)]):
                yield some


def _head(line: bytes) -> Plan:
    noun, person_id, at = json.loads(line)
    return Plan(NOUNS[noun], person_id, datetime.fromisoformat(at))


def _step(line: bytes) -> Step:
    return _unpacked(json.loads(line, object_pairs_hook=_shared))


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


__all__ = ["KeptPlan", "Match", "Outcome", "Plan", "Progress", "Step", "Steps"]
