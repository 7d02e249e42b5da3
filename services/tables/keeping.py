"""What is kept of a plan as it is made: itself, its rows as a file, and what is said of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from services.tables.plans import Outcome, Plan, PlanFile, Step
from services.tables.report import Report

MATCHES = 200
"""Matches that are kept to be shown."""


class Keeper:
    """Takes the rows of a plan as they come, so that no more than some are ever in memory."""

    def __init__(self, plan: Plan, language: str) -> None:
        self._file, self._report = PlanFile(plan), Report(plan.noun, language)
        self._counts: Counter[Outcome] = Counter()
        self._reasons: dict[tuple[str, str], list[Any]] = {}

    def add(self, steps: Sequence[Step], names: Mapping[str, str]) -> None:
        """More rows; not for the event loop."""
        self._file.add(steps)
        self._report.add(steps, names)
        self._counts.update(step.outcome for step in steps)
        for step in steps:
            if step.outcome is Outcome.SKIP:
                self._note(step)

    def _note(self, step: Step) -> None:
        """Each reason with its column, an example of what fills it, and how many rows have it."""
        if step.reason:
            why, column = str(step.reason.why), step.reason.column
            details = [list(each) for each in step.reason.details]
            self._reasons.setdefault((why, column), [why, column, details, 0])[3] += 1

    def end(self, plan: Plan) -> tuple[bytes, bytes, dict[str, Any]]:
        """The plan, its rows as a file, and what is said of it; not for the event loop."""
        return self._file.end(plan), self._report.end(), self._summary(plan)

    def close(self) -> None:
        """Leave nothing behind."""
        self._report.close()

    def _summary(self, plan: Plan) -> dict[str, Any]:
        return {
            "counts": {str(outcome): count for outcome, count in self._counts.items()},
            "reasons": sorted(self._reasons.values(), key=lambda each: -each[3]),
            "matches": [
                [m.column, m.text, m.meant, m.likeness, m.rows] for m in plan.matches[:MATCHES]
            ],
        }
