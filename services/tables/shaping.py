"""Finding the table in a sheet: its headings, where its rows begin, and where they end."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from services.tables.refusals import CellTooLong, TooManyColumns, TooManyRows
from services.tables.table import CHARACTERS, COLUMNS, ROWS, Cell, Row, Table, folded

LOOKED_AT = 30
"""How many rows are looked at to find the headings."""
WIDEST = 16_384
"""Columns of a spreadsheet, empty ones between them included."""
WIDE = 0.6
"""The share of the usual width that a row of headings fills; a title fills less."""
LONGEST_HEADING = 60
TOTALS = frozenset(
    folded(each)
    for each in (
        "合计",
        "总计",
        "小计",
        "共计",
        "累计",
        "汇总",
        "total",
        "totals",
        "grand total",
        "subtotal",
        "sum",
    )
)


@dataclass
class Grid:
    """The rows of a sheet that have anything in them, with their numbers from 1."""

    rows: list[Row] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    width: int = 0

    @classmethod
    def of(cls, rows: Iterable[Sequence[Cell]], first: int = 1) -> "Grid":
        """Gather rows; refused as soon as there are too many, or one is too long."""
        grid = cls()
        for number, row in enumerate(rows, first):
            grid.add(number, row)
        return grid

    def add(self, number: int, row: Sequence[Cell]) -> None:
        """One more row, unless it is empty."""
        end = len(row)
        while end and row[end - 1] is None:
            end -= 1
        if not end:
            return
        if end > WIDEST:
            raise TooManyColumns(columns=COLUMNS)
        if len(self.rows) > ROWS:
            raise TooManyRows(rows=f"{ROWS:,}")
        for cell in row:
            if isinstance(cell, str) and len(cell) > CHARACTERS:
                raise CellTooLong(row=number, characters=f"{CHARACTERS:,}")
        self.rows.append(tuple(row[:end]))
        self.numbers.append(number)
        self.width = max(self.width, end)


def shaped(grid: Grid, sheet: str = "") -> Table | None:
    """The table of a sheet, or None where there are no rows under any headings."""
    used = _used(grid)
    if len(used) > COLUMNS:
        raise TooManyColumns(columns=COLUMNS)
    if not used:
        return None
    top = _top([_picked(row, used) for row in grid.rows[:LOOKED_AT]])
    head = _picked(grid.rows[top], used)
    below = _picked(grid.rows[top + 1], used) if top + 1 < len(grid.rows) else ()
    below = tuple(None if cell == head[i] else cell for i, cell in enumerate(below))
    double = _continues(head, below)
    start = top + 1 + double
    rows = [_picked(row, used) for row in grid.rows[start:]]
    numbers = grid.numbers[start:]
    totals = _totals(rows)
    rows, numbers = rows[: len(rows) - totals], numbers[: len(numbers) - totals]
    headings = _headings(head, below if double else ())
    if not rows:
        return None
    return Table(headings, rows, sheet, numbers, totals)


def _used(grid: Grid) -> list[int]:
    """The columns that have anything in them."""
    used = [False] * grid.width
    for row in grid.rows:
        for index, cell in enumerate(row):
            if cell is not None:
                used[index] = True
    return [index for index, has in enumerate(used) if has]


def _picked(row: Row, used: Sequence[int]) -> Row:
    width = len(row)
    return tuple([row[index] if index < width else None for index in used])


def _filled(row: Row) -> int:
    return sum(cell is not None for cell in row)


def _top(rows: Sequence[Row]) -> int:
    """Which row has the headings: the first that is nearly as wide as usual and has only text."""
    widths = Counter(map(_filled, rows))
    usual = max(widths, key=lambda width: (widths[width] * width, width))
    wide = [index for index, row in enumerate(rows) if _filled(row) >= WIDE * usual]
    texts = (index for index in wide if all(isinstance(c, str | None) for c in rows[index]))
    return next(texts, wide[0])


def _continues(head: Row, below: Row) -> bool:
    """Whether the row below only says what the parts of a merged heading are.

    It fills the gaps of the row above and the cell before each gap, and nothing else; what is
    merged downwards has been left out of it.
    """
    if not below or None not in head or not all(isinstance(c, str | None) for c in below):
        return False
    gaps = {index for index, cell in enumerate(head) if cell is None}
    if 0 in gaps:
        return False
    wanted = gaps | {index - 1 for index in gaps}
    return all((below[index] is not None) == (index in wanted) for index in range(len(head)))


def _headings(head: Row, below: Row) -> tuple[str, ...]:
    """One for each column; the parts of a merged one have its name before theirs."""
    named: list[str] = []
    group = ""
    for index, cell in enumerate(head):
        part = below[index] if below else None
        group = _title(cell) if cell is not None or not below else group
        named.append(f"{group} / {_title(part)}" if part is not None else group)
    return tuple(named)


def _title(cell: Cell) -> str:
    return " ".join(str("" if cell is None else cell).split())[:LONGEST_HEADING]


def _totals(rows: Sequence[Row]) -> int:
    """How many rows at the end only add up the others."""
    count = 0
    for row in reversed(rows):
        first = next((cell for cell in row if cell is not None), None)
        if not isinstance(first, str) or folded(first) not in TOTALS:
            break
        count += 1
    return count
