"""A table as it was read from a file, and the limits to one."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Protocol

Cell = str | int | float | bool | date | datetime | None
Row = tuple[Cell, ...]

FIRST = 2
"""The number of the first row under the headings, where the table doesn't say."""
LARGEST = 20 * 1024 * 1024
ROWS = 200_000
COLUMNS = 200
CHARACTERS = 32_767
"""The longest cell, as spreadsheets have it."""
EXACT = 10**15
"""From here on a spreadsheet has rounded a number: its last digits are lost."""
HARMFUL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff\ud800-\udfff"
    "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]"
)
NOISE = re.compile(r"[\W_]+")
GUARDED = re.compile(r"^'(?='*[=+\-@\t\r])")
"""What an export puts before a text that a spreadsheet would take for a formula."""
FORMULA = re.compile(r'="([^"]*)"')
"""How some programs keep a spreadsheet from reading a text as a number."""


class Rows(Protocol):
    """The rows of a table, in memory or kept; they can be gone through more than once."""

    @property
    def count(self) -> int:
        """How many there are."""

    def pieces(self, size: int) -> Iterator[tuple[Sequence[int], Sequence[Row]]]:
        """All rows in order, some at a time, after their numbers."""


@dataclass(frozen=True)
class Table:
    """The rows under one line of headings; ``numbers`` are theirs in the file, from 1.

    ``totals`` is how many rows at the end only added up the others, and were left out.
    """

    headings: tuple[str, ...]
    rows: list[Row]
    sheet: str = ""
    numbers: Sequence[int] = field(default=(), repr=False)
    totals: int = 0

    @property
    def count(self) -> int:
        return len(self.rows)

    def pieces(self, size: int) -> Iterator[tuple[Sequence[int], Sequence[Row]]]:
        """All rows in order, some at a time, after their numbers."""
        numbers = self.numbers or range(FIRST, FIRST + len(self.rows))
        for at in range(0, len(self.rows), size):
            yield numbers[at : at + size], self.rows[at : at + size]

    def column(self, index: int) -> list[Cell]:
        """What stands under one heading, without the empty cells."""
        return [row[index] for row in self.rows if row[index] is not None]


def text_cell(written: str) -> Cell:
    """A text as it is kept: NFC, without what can't be seen; None when nothing is left."""
    text = written.strip()
    if not text.isascii() or not text.isprintable():
        text = unicodedata.normalize("NFC", HARMFUL.sub("", text)).strip()
    if text[:1] in {"'", "="}:
        quoted = FORMULA.fullmatch(text)
        text = quoted[1] if quoted else GUARDED.sub("", text, count=1)
    return text or None


def sheet_cell(value: object) -> Cell:
    """What a spreadsheet holds, as a cell: whole numbers as such, times as text."""
    match value:
        case str():
            return text_cell(value)
        case float():
            return int(value) if value.is_integer() and abs(value) < EXACT else value
        case datetime():
            plain = value.replace(tzinfo=None)
            return plain.date() if plain.time() == time() else plain
        case bool() | int() | date() | None:
            return value
        case time():
            return f"{value:%H:%M}"
        case timedelta():
            minutes = int(value.total_seconds()) // 60
            return f"{minutes // 60:02}:{minutes % 60:02}"
        case _:
            return text_cell(str(value))


def folded(text: str) -> str:
    """The letters and digits alone, in one width and case: `services.names.fold`, but light.

    A table is read by a process that loads nothing else.
    """
    return NOISE.sub("", unicodedata.normalize("NFKC", text).casefold())
