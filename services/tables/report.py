"""A plan as a table that its asker can look through before they say yes."""

import io
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from typing import Any

from services.tables.noun import Noun, Words, titled
from services.tables.plans import Outcome, Step
from services.tables.table import Cell
from services.tables.writing import workbook

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


Names = Mapping[str, str]
"""What is called how to which a changed field refers, by the field and the number."""


class Report:
    """Every row with what becomes of it, as an XLSX file; not for the event loop.

    Rows go to disk as they come, and are gone from there when it ends or is closed.
    """

    def __init__(self, noun: Noun, language: str) -> None:
        self._language, self._file, self._open = language, io.BytesIO(), ExitStack()
        self._titles = {column.name: column.titles[language] for column in noun.columns}
        self._fields = _fields(noun, language)
        self._book = self._open.enter_context(workbook(self._file))
        self._book.sheet(noun.titles[language], [each[language] for each in HEADINGS])

    def add(self, steps: Iterable[Step], names: Names) -> None:
        """More rows."""
        for step in steps:
            self._book.row(self._row(step, names))

    def end(self) -> bytes:
        """The file."""
        self.close()
        return self._file.getvalue()

    def close(self) -> None:
        """Leave nothing behind."""
        self._open.close()

    def _row(self, step: Step, names: Names) -> tuple[Cell, ...]:
        why = step.reason.say(self._language, self._titles) if step.reason else None
        changed = step.outcome is Outcome.CHANGE
        before = _told(names, step.before, self._fields) if changed else None
        after = _told(names, step.after, self._fields) if changed else None
        said = OUTCOMES[step.outcome][self._language]
        return step.number, said, step.label, why, before, after


def _fields(noun: Noun, language: str) -> dict[str, str]:
    """The headings by the stored fields."""
    return {noun.shape.field(column): column.titles[language] for column in noun.columns}


def _told(names: Names, values: dict[str, Any] | None, fields: dict[str, str]) -> str:
    """What was or will be, a heading and a value each."""
    shown = {n: v for n, v in (values or {}).items() if n in fields and n not in HIDDEN}
    return "; ".join(
        f"{fields[name]}: {_value(names, name, value)}" for name, value in shown.items()
    )


def _value(names: Names, name: str, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_value(names, name, each) for each in value) or "–"
    return "–" if value in (None, "") else names.get(f"{name}:{value}", str(value))
