"""An empty table to be filled in."""

import io

from services.tables.noun import Column, Kind, Noun

ROWS = 5_000
"""How many rows of the template know what belongs in them."""
WIDTHS = {Kind.TEXT: 24, Kind.ACCOUNT: 28, Kind.INSTANT: 18, Kind.DATE: 14, Kind.PHONE: 18}
WIDTH = 16
FORMATS = {Kind.DATE: "yyyy-mm-dd", Kind.INSTANT: "yyyy-mm-dd hh:mm"}
AS_TEXT = frozenset((Kind.PHONE, Kind.CODE, Kind.TAX_NUMBER))
"""Digits that are no number: leading zeros and all."""


def template(noun: Noun, language: str) -> bytes:
    """An empty sheet with the headings of a noun in a language, those in bold that are needed."""
    import xlsxwriter  # noqa: PLC0415 - 10 MB that a bot at rest needs not

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet(noun.titles[language][:31])
        needed = book.add_format({"bold": True, "bg_color": "#E8F0FE", "bottom": 1})
        other = book.add_format({"bg_color": "#F3F4F6", "bottom": 1})
        for index, column in enumerate(noun.columns):
            heading = column.titles[language]
            sheet.write_string(0, index, heading, needed if column.required else other)
            shape = _shape(column)
            cells = book.add_format({"num_format": shape}) if shape else None
            sheet.set_column(index, index, WIDTHS.get(column.kind, WIDTH), cells)
            if words := [each[language][0] for each in column.choices.values()]:
                choice = {"validate": "list", "source": words, "error_type": "information"}
                sheet.data_validation(1, index, ROWS, index, choice)
        sheet.freeze_panes(1, 0)
    return out.getvalue()


def _shape(column: Column) -> str:
    """How the cells of a column are kept by a spreadsheet."""
    return "@" if column.kind in AS_TEXT else FORMATS.get(column.kind, "")
