"""Tables as they are kept between steps: lines of JSON, packed.

The first line says which sheets there are; then the rows of each, in order.
"""

import gzip
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from services.tables.calm import SETTLED, settle
from services.tables.table import Cell, Row, Table

MOMENT = "@"
"""Before a date or a moment, which JSON has no form for; a text that begins so has two."""
LEVEL = 3
REMEMBERED = 50_000


@dataclass(frozen=True)
class Sheet:
    """What is known of a kept table without its rows."""

    name: str
    headings: tuple[str, ...]
    rows: int
    totals: int = 0

    def dump(self) -> dict[str, Any]:
        return vars(self) | {"headings": list(self.headings)}

    @classmethod
    def load(cls, stored: Mapping[str, Any]) -> "Sheet":
        """The inverse of `dump`."""
        return cls(stored["name"], tuple(stored["headings"]), stored["rows"], stored["totals"])


def packed(tables: Sequence[Table]) -> bytes:
    """Tables, packed."""
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=LEVEL, mtime=0) as file:
        sheets = [Sheet(t.sheet, t.headings, len(t.rows), t.totals).dump() for t in tables]
        file.write(_line(sheets))
        for table in tables:
            for number, row in zip(table.numbers, table.rows, strict=True):
                file.write(_line([number, *map(_dumped, row)]))
    return out.getvalue()


def sheets(content: bytes) -> list[Sheet]:
    """What sheets there are."""
    with gzip.GzipFile(fileobj=io.BytesIO(content)) as file:
        return [Sheet.load(each) for each in json.loads(file.readline())]


@dataclass(frozen=True)
class Packed:
    """One of the tables, of which some rows at a time are unpacked."""

    content: bytes
    index: int = 0

    @property
    def count(self) -> int:
        return sheets(self.content)[self.index].rows

    def pieces(self, size: int) -> Iterator[tuple[Sequence[int], Sequence[Row]]]:
        """All rows in order, some at a time, after their numbers; not for the event loop."""
        with gzip.GzipFile(fileobj=io.BytesIO(self.content)) as file:
            known = [Sheet.load(each) for each in json.loads(file.readline())]
            for _ in range(sum(sheet.rows for sheet in known[: self.index])):
                file.readline()
            rows = _rows(file, known[self.index].rows)
            while some := [*islice(rows, size)]:
                yield [number for number, _row in some], [row for _number, row in some]


def unpacked(content: bytes, index: int = 0) -> Table:
    """One of the tables, by its number."""
    with gzip.GzipFile(fileobj=io.BytesIO(content)) as file:
        known = [Sheet.load(each) for each in json.loads(file.readline())]
        for _ in range(sum(sheet.rows for sheet in known[:index])):
            file.readline()
        sheet = known[index]
        numbers: list[int] = []
        rows: list[Row] = []
        for number, row in _rows(file, sheet.rows):
            numbers.append(number)
            rows.append(row)
            if len(rows) % SETTLED == 0:
                settle()
    return Table(sheet.headings, rows, sheet.name, numbers, sheet.totals)


def walked(content: bytes) -> Iterator[tuple[int, Row]]:
    """Every row of every table, with the number of its table; none of them is kept."""
    with gzip.GzipFile(fileobj=io.BytesIO(content)) as file:
        known = [Sheet.load(each) for each in json.loads(file.readline())]
        for index, sheet in enumerate(known):
            for _number, row in _rows(file, sheet.rows):
                yield index, row


def _rows(file: gzip.GzipFile, count: int) -> Iterator[tuple[int, Row]]:
    known: dict[str, Cell] = {}
    for _ in range(count):
        number, *cells = json.loads(file.readline())
        yield number, tuple([_loaded(each, known) for each in cells])


def _line(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode() + b"\n"


def _dumped(cell: Cell) -> Any:
    match cell:
        case datetime() | date():
            return MOMENT + cell.isoformat()
        case str() if cell.startswith(MOMENT):
            return MOMENT + cell
        case _:
            return cell


def _loaded(value: Any, known: dict[str, Cell]) -> Cell:
    """A cell; the same text is the same object, which is a third of the memory."""
    if not isinstance(value, str):
        cell: Cell = value
        return cell
    if value in known:
        return known[value]
    cell = _moment(value) if value.startswith(MOMENT) else value
    if len(known) < REMEMBERED:
        known[value] = cell
    return cell


def _moment(value: str) -> Cell:
    rest = value.removeprefix(MOMENT)
    if rest.startswith(MOMENT):
        return rest
    return datetime.fromisoformat(rest) if "T" in rest else date.fromisoformat(rest)
