"""What stands in a column, as far as that tells what kind of column it is."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence

from services.tables.dates import looks_like_date
from services.tables.noun import Kind
from services.tables.table import Cell, Table, folded

Known = Mapping[Kind, Collection[str]]
"""Names that the company knows already, folded, by what they name."""
LOOKED_AT = 200
FEW = 3
"""Fewer cells than this say nothing."""
MOSTLY = 0.6
HARDLY = 0.25
TAX_NUMBER = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}", re.IGNORECASE)
PHONE = re.compile(r"\+?[\d(][\d\s().\-–]{5,20}\d(?:\s*(?:转|ext\.?|x)\s*\d{1,6})?", re.IGNORECASE)
AMOUNT = re.compile(r"[^\d\s]{0,4}\s*-?[\d.,' ]+\s*(?:[kKmM万亿元]|[A-Z]{3}|万元)?")


def _is_phone(cell: Cell) -> bool:
    text = str(cell)
    digits = sum(map(str.isdecimal, text))
    return bool(PHONE.fullmatch(text)) and 7 <= digits <= 15 and not looks_like_date(cell)  # noqa: PLR2004 - E.164


def _is_amount(cell: Cell) -> bool:
    return isinstance(cell, int | float) or bool(AMOUNT.fullmatch(str(cell)))


def _is_date(cell: Cell) -> bool:
    return looks_like_date(cell) or (isinstance(cell, int | float) and 20_000 < cell < 80_000)  # noqa: PLR2004 - as a spreadsheet counts days


LOOKS: Mapping[Kind, Callable[[Cell], bool]] = {
    Kind.TAX_NUMBER: lambda cell: bool(TAX_NUMBER.fullmatch(str(cell))),
    Kind.PHONE: _is_phone,
    Kind.DATE: _is_date,
    Kind.INSTANT: _is_date,
    Kind.AMOUNT: _is_amount,
}
TELLING = (Kind.TAX_NUMBER, Kind.PHONE, Kind.DATE, Kind.INSTANT)
"""What is told by its looks alone; any number may be an amount."""


def kinds_in(table: Table, index: int, known: Known) -> set[Kind]:
    """The kinds of columns that one may be, by most of what stands in it."""
    cells = table.column(index)[:LOOKED_AT]
    if len(cells) < FEW:
        return set()
    found = {kind for kind in TELLING if _share(cells, LOOKS[kind]) >= MOSTLY}
    named = {
        kind
        for kind, names in known.items()
        if _share(cells, lambda cell, names=names: folded(str(cell)) in names) >= MOSTLY  # type: ignore[misc]  # bound at once
    }
    return found | named


def contradicts(table: Table, index: int, kind: Kind) -> bool:
    """Whether hardly anything in a column is what its heading says."""
    cells = table.column(index)[:LOOKED_AT]
    looks = LOOKS.get(kind)
    return looks is not None and len(cells) >= FEW and _share(cells, looks) < HARDLY


def _share(cells: Sequence[Cell], test: Callable[[Cell], bool]) -> float:
    return sum(map(test, cells)) / len(cells)
