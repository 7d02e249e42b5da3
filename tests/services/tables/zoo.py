"""Tables in every form in which people send them."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

Rows = Sequence[Sequence[Any]]
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-be-bom", "gbk", "gb18030")
DELIMITERS = (",", ";", "\t", "|")


def as_text(rows: Rows, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """Rows as a text file."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    if encoding == "utf-16-be-bom":
        return b"\xfe\xff" + out.getvalue().encode("utf-16-be")
    return out.getvalue().encode(encoding)


def as_sheet(rows: Rows, merged: Sequence[tuple[int, int, int, int]] = ()) -> bytes:
    """Rows as a spreadsheet; what is merged keeps the text of its first cell."""
    return as_book({"Sheet1": rows}, merged)


def as_book(
    sheets: dict[str, Rows],
    merged: Sequence[tuple[int, int, int, int]] = (),
    hidden: Sequence[str] = (),
) -> bytes:
    """Several sheets in one file."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2026, 1, 1)})  # noqa: DTZ001 - the same each time
        days = book.add_format({"num_format": "yyyy-mm-dd"})
        moments = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            if name in hidden:
                sheet.hide()
            for top, left, bottom, right in merged:
                sheet.merge_range(top, left, bottom, right, "")
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    match cell:
                        case None:
                            continue
                        case datetime():
                            sheet.write_datetime(number, column, cell, moments)
                        case date():
                            sheet.write_datetime(number, column, cell, days)
                        case str():
                            sheet.write_string(number, column, cell)
                        case _:
                            sheet.write(number, column, cell)
    return out.getvalue()
