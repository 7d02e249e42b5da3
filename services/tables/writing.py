"""Writing tables as files that open without harm in any spreadsheet."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from services.tables.table import Cell

FORMULA = re.compile(r"'*[=+\-@\t\r]")
"""What a spreadsheet would run, also behind the quotes that keep it from that."""
BOM = "\ufeff"
"""Without it Excel takes UTF-8 for something else."""
OPTIONS = {
    "constant_memory": True,
    "strings_to_numbers": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "default_date_format": "yyyy-mm-dd",
}
FIRST_DAY = date(1900, 3, 1)
"""Spreadsheets believe that 1900 was a leap year; days before that are written as text."""
MOST = 32_767
"""As many characters as a cell of a spreadsheet holds."""
WIDTH = 18
EXACT = 15
"""As many digits as a spreadsheet keeps of a number."""
SHEET_NAME = 31


class Book(Protocol):
    """A file of several tables, a sheet each."""

    def sheet(self, name: str, headings: Sequence[str]) -> None:
        """Begin a table."""

    def row(self, cells: Sequence[Cell | Decimal]) -> None:
        """One more row of it."""


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula; read back it is as it was."""
    return f"'{text}" if FORMULA.match(text) else text


class Sheets:
    """An XLSX file; rows go to disk as they come."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._bold = book.add_format({"bold": True})
        self._sheet: Any = None
        self._next = 0

    def sheet(self, name: str, headings: Sequence[str]) -> None:
        self._sheet = self._book.add_worksheet(name[:SHEET_NAME])
        self._sheet.freeze_panes(1, 0)
        self._sheet.set_column(0, max(len(headings) - 1, 0), WIDTH)
        for at, heading in enumerate(headings):
            self._sheet.write_string(0, at, harmless(heading), self._bold)
        self._next = 1

    def row(self, cells: Sequence[Cell | Decimal]) -> None:
        for at, cell in enumerate(cells):
            self._write(at, cell)
        self._next += 1

    def _write(self, at: int, cell: Cell | Decimal) -> None:
        match cell:
            case None | "":
                return
            case bool():
                self._sheet.write_boolean(self._next, at, cell)
            case int() | float() | Decimal() if len(str(cell).strip("-0.")) <= EXACT:
                self._sheet.write_number(self._next, at, cell)
            case date() if not isinstance(cell, datetime) and cell >= FIRST_DAY:
                self._sheet.write_datetime(self._next, at, cell)
            case _:
                self._sheet.write_string(self._next, at, harmless(str(cell))[:MOST])


@contextmanager
def workbook(file: io.BytesIO) -> Iterator[Sheets]:
    """An XLSX file that is written when this ends."""
    import xlsxwriter  # noqa: PLC0415 - 10 MB that a bot at rest needs not

    book = xlsxwriter.Workbook(file, OPTIONS)
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 - the format has no zone
    yield Sheets(book)
    book.close()


class Texts:
    """A ZIP file with a CSV file for each table."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._name = ""
        self._text = io.StringIO()
        self._writer: Any = None

    def sheet(self, name: str, headings: Sequence[str]) -> None:
        self.end()
        self._name = f"{name}.csv"
        self._text = io.StringIO(newline="")
        self._writer = csv.writer(self._text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        self._writer.writerow([harmless(heading) for heading in headings])

    def row(self, cells: Sequence[Cell | Decimal]) -> None:
        self._writer.writerow(["" if each is None else harmless(str(each)) for each in cells])

    def end(self) -> None:
        """Put what was written so far into the archive."""
        if self._name:
            info = zipfile.ZipInfo(self._name)
            info.compress_type = zipfile.ZIP_DEFLATED
            self._archive.writestr(info, (BOM + self._text.getvalue()).encode())
            self._name = ""


@contextmanager
def archive(file: io.BytesIO) -> Iterator[Texts]:
    """A ZIP of CSV files (RFC 4180, UTF-8), which is whole when this ends."""
    with zipfile.ZipFile(file, "w") as packed:
        texts = Texts(packed)
        yield texts
        texts.end()


def listed(headings: Sequence[str], rows: Iterable[Sequence[Cell]], name: str) -> bytes:
    """One table as an XLSX file."""
    file = io.BytesIO()
    with workbook(file) as book:
        book.sheet(name, headings)
        for row in rows:
            book.row(row)
    return file.getvalue()
