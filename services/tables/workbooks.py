"""Spreadsheets: the cells of each sheet, as they were last calculated; nothing in them is run."""

import io
import math
from collections.abc import Iterator, Sequence

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    ZipError,
    load_workbook,
)

from services.tables.refusals import BrokenTable, LockedTable, TooManyRows
from services.tables.shaping import Grid
from services.tables.table import ROWS, Cell, sheet_cell

SHEETS = 50
LAST = 1_048_576
"""Rows of a spreadsheet; one that claims to have more would be gone through for hours."""
MERGED = 100_000
"""Cells that are filled in because they were merged with another; more are left empty."""
REMEMBERED = 50_000


def grids(content: bytes) -> Iterator[tuple[str, Grid]]:
    """The name and the rows of each sheet that a person can see."""
    try:
        book = load_workbook(io.BytesIO(content))
        for name in _shown(book)[:SHEETS]:
            yield name, _grid(book.get_sheet_by_name(name))
    except PasswordError:
        raise LockedTable from None
    except (CalamineError, ZipError, OSError, ValueError):
        raise BrokenTable from None


def _shown(book: CalamineWorkbook) -> list[str]:
    sheets = [each for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
    seen = [each.name for each in sheets if each.visible == SheetVisibleEnum.Visible]
    return seen or [each.name for each in sheets]


def _grid(sheet: CalamineSheet) -> Grid:
    """The rows of a sheet, numbered as they are there; what is merged downwards is repeated."""
    if sheet.start is None:
        return Grid()
    if sheet.end and sheet.end[0] >= LAST:
        raise TooManyRows(rows=f"{ROWS:,}")
    left = sheet.start[1]
    fills = _fills(sheet.merged_cell_ranges or (), left)
    known: dict[str, Cell] = {"": None}
    above: dict[int, Cell] = {}
    grid = Grid()
    for index, raw in enumerate(sheet.iter_rows()):
        row = [_cell(known, value) for value in raw]
        for column, top in fills.get(index, ()):
            if column < len(row) and top == index:
                above[column] = row[column]
            elif column < len(row) and row[column] is None:
                row[column] = above.get(column)
        grid.add(index + 1, row)
    return grid


def _fills(
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]], left: int
) -> dict[int, list[tuple[int, int]]]:
    """By row, the columns that are merged downwards, and the row where each begins.

    Those of the very first rows are headings, which are joined in their own way.
    """
    found: dict[int, list[tuple[int, int]]] = {}
    room = MERGED
    for (top, first), (bottom, last) in merged:
        room -= bottom - top + 1
        if first != last or bottom == top or first < left or room < 0:
            continue
        for row in range(top, bottom + 1):
            found.setdefault(row, []).append((first - left, top))
    return found


def _cell(known: dict[str, Cell], value: object) -> Cell:
    """A cell, the same object wherever it is written the same: tables repeat themselves."""
    if not isinstance(value, str):
        return None if isinstance(value, float) and not math.isfinite(value) else sheet_cell(value)
    if value in known:
        return known[value]
    cell = sheet_cell(value)
    if len(known) < REMEMBERED:
        known[value] = cell
    return cell
