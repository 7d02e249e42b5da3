"""A plan as a table that its asker can look through before they say yes."""

from collections.abc import Iterator
from typing import Any

from services.tables.noun import Noun, Words, titled
from services.tables.plans import Outcome, Plan
from services.tables.table import Cell
from services.tables.writing import listed

HEADINGS = (
    titled("Row", "行号"),
    titled("What", "处理"),
    titled("Which", "对象"),
    titled("Why", "原因"),
    titled("Before", "原来"),
    titled("After", "之后"),
)
OUTCOMES: dict[Outcome, Words] = {
    Outcome.ADD: titled("Added", "新增"),
    Outcome.CHANGE: titled("Changed", "修改"),
    Outcome.SAME: titled("Unchanged", "无变化"),
    Outcome.SKIP: titled("Left out", "跳过"),
}
HIDDEN = frozenset({"phone_digits", "longitude", "all_day"})
"""Stored fields that only go with others."""


def report(plan: Plan, language: str) -> bytes:
    """Every row with what becomes of it, as an XLSX file; not for the event loop."""
    headings = [each[language] for each in HEADINGS]
    return listed(headings, _rows(plan, language), plan.noun.titles[language])


def _rows(plan: Plan, language: str) -> Iterator[tuple[Cell, ...]]:
    titles = {column.name: column.titles[language] for column in plan.noun.columns}
    fields = _fields(plan.noun, language)
    for step in plan.steps:
        why = step.reason.say(language, titles) if step.reason else None
        changed = step.outcome is Outcome.CHANGE
        before = _told(plan, step.before, fields) if changed else None
        after = _told(plan, step.after, fields) if changed else None
        yield step.number, OUTCOMES[step.outcome][language], step.label, why, before, after


def _fields(noun: Noun, language: str) -> dict[str, str]:
    """The headings by the stored fields."""
    return {noun.shape.field(column): column.titles[language] for column in noun.columns}


def _told(plan: Plan, values: dict[str, Any] | None, fields: dict[str, str]) -> str:
    """What was or will be, a heading and a value each."""
    shown = {n: v for n, v in (values or {}).items() if n in fields and n not in HIDDEN}
    return "; ".join(
        f"{fields[name]}: {_value(plan, name, value)}" for name, value in shown.items()
    )


def _value(plan: Plan, name: str, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_value(plan, name, each) for each in value) or "–"
    return "–" if value in (None, "") else plan.names.get(f"{name}:{value}", str(value))
