"""Which of two numbers before a year is the month, in a column that may not say so itself."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from services.tables.moments import EITHER, moment, month_first
from services.tables.table import Cell, Row, Rows


@dataclass(frozen=True)
class Doubt:
    """A date of a column in which every one can be read in two ways."""

    text: str
    day_first: date
    month_first: date


def order_of(cells: Iterable[Cell]) -> bool | Doubt | None:
    """Whether the month comes first; None where nobody needs to know, a doubt where nothing says.

    With points between the numbers the day is first, wherever that is written.
    """
    either = [each for each in cells if isinstance(each, str) and EITHER.fullmatch(each.strip())]
    if (told := month_first(either)) is not None:
        return told
    for text in either:
        with suppress(ValueError):
            first, second = (_day(text, month_first=order) for order in (False, True))
            if first != second:
                return False if "." in text[:6] else Doubt(text, first, second)
    return None


def _day(text: str, *, month_first: bool) -> date:
    at = moment(text, month_first=month_first).at
    return at.date() if isinstance(at, datetime) else at


@dataclass(frozen=True)
class Settled:
    """The rows of a table, the dates of some columns read with the month first or not."""

    rows: Rows
    orders: Mapping[int, bool]

    @property
    def count(self) -> int:
        return self.rows.count

    def pieces(self, size: int) -> Iterator[tuple[Sequence[int], Sequence[Row]]]:
        """All rows in order, some at a time, after their numbers."""
        known: dict[tuple[str, bool], Cell] = {}
        for numbers, rows in self.rows.pieces(size):
            yield numbers, [_settled(row, self.orders, known) for row in rows]


def _settled(row: Row, orders: Mapping[int, bool], known: dict[tuple[str, bool], Cell]) -> Row:
    cells: Sequence[Cell] = row
    changed = list(cells)
    for index, order in orders.items():
        cell = row[index]
        if isinstance(cell, str):
            if (cell, order) not in known:
                known[cell, order] = _read(cell, order)
            changed[index] = known[cell, order]
    return tuple(changed)


def _read(text: str, order: bool) -> Cell:
    with suppress(ValueError):
        return moment(text, month_first=order).at
    return text


def looks_like_date(cell: Cell) -> bool:
    """Whether a cell is a date by itself; a bare number is none."""
    if isinstance(cell, str) and not cell.isdecimal():
        with suppress(ValueError):
            moment(cell, month_first=bool(month_first([cell])))
            return True
    return isinstance(cell, date)
