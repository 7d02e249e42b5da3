"""Between reading a table and planning it: what is looked at, and what is handed on."""

from collections.abc import Mapping
from typing import Any

from services.tables import stream
from services.tables.dates import Doubt, order_of, settled
from services.tables.meaning import SAMPLE, Found, Meaning, kept_found
from services.tables.moments import EITHER
from services.tables.plans import Outcome, Plan, Step
from services.tables.reasons import Reason, Why
from services.tables.table import Row, Table

DAYS = 20_000
"""Different days of a column that are looked at to tell the month from the day."""
LONGEST_DAY = 40
MATCHES = 200
"""Matches that are kept to be shown."""


def found_in(packed: bytes) -> list[dict[str, Any]]:
    """What is kept of each table to tell what it means; not for the event loop."""
    sheets = stream.sheets(packed)
    samples: list[list[Row]] = [[] for _ in sheets]
    days: list[dict[int, dict[str, None]]] = [{} for _ in sheets]
    for index, row in stream.walked(packed):
        if len(samples[index]) < SAMPLE:
            samples[index].append(row)
        _note_days(days[index], row)
    return [
        kept_found(Found(sheet, tuple(sample), _orders(seen)))
        for sheet, sample, seen in zip(sheets, samples, days, strict=True)
    ]


def _note_days(days: dict[int, dict[str, None]], row: Row) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, str) and cell[:1].isdecimal() and len(cell) <= LONGEST_DAY:
            seen = days.get(column, {})
            if cell not in seen and len(seen) < DAYS and EITHER.fullmatch(cell):
                days.setdefault(column, {})[cell] = None


def _orders(days: Mapping[int, Mapping[str, None]]) -> dict[int, bool | Doubt]:
    told = {column: order_of(texts) for column, texts in days.items()}
    return {column: order for column, order in told.items() if order is not None}


def prepared(packed: bytes, meaning: Meaning, orders: Mapping[int, bool]) -> Table:
    """The table that was meant, with its days read in the order that was told."""
    return settled(stream.unpacked(packed, meaning.sheet or 0), dict(orders))


def leave_out(plan: Plan, table: Table, meaning: Meaning) -> None:
    """Leave out the rows whose match somebody said no to."""
    at = {name: index for index, name in meaning.columns.items() if name}
    for column, text in meaning.refused:
        index = at.get(column)
        if index is None or column in plan.noun.shape.likely:
            continue
        cells = zip(table.numbers, table.rows, strict=True)
        rows = {number for number, row in cells if _has(row[index], text)}
        for step in plan.steps:
            if step.number in rows:
                _skip(step, Reason(Why.UNKNOWN, (("text", text),), column))
        plan.matches[:] = [m for m in plan.matches if (m.column, m.text) != (column, text)]


def _has(cell: object, text: str) -> bool:
    """Whether a cell is that text, or one of several that it holds."""
    written = str(cell)
    return cell is not None and (written.strip() == text.strip() or text in written)


def _skip(step: Step, reason: Reason) -> None:
    step.outcome, step.reason = Outcome.SKIP, reason
    step.key = step.before = step.after = None


def summary(plan: Plan) -> dict[str, Any]:
    """What is said of a plan, as it is kept beside it."""
    return {
        "counts": {str(outcome): count for outcome, count in plan.counts.items()},
        "reasons": _reasons(plan),
        "matches": [
            [m.column, m.text, m.meant, m.likeness, m.rows] for m in plan.matches[:MATCHES]
        ],
    }


def _reasons(plan: Plan) -> list[list[Any]]:
    """Each reason with its column, an example of what fills it, and how many rows have it."""
    found: dict[tuple[str, str], list[Any]] = {}
    for step in plan.skipped:
        if step.reason:
            why, column = str(step.reason.why), step.reason.column
            known = found.setdefault(
                (why, column), [why, column, [list(each) for each in step.reason.details], 0]
            )
            known[3] += 1
    return sorted(found.values(), key=lambda each: -each[3])
