"""Between reading a table and planning it: what is looked at, and what is handed on."""

from collections.abc import Mapping
from typing import Any

from services.tables import stream
from services.tables.dates import Doubt, Settled, order_of
from services.tables.meaning import SAMPLE, Found, Meaning, kept_found
from services.tables.moments import EITHER
from services.tables.table import Row, Rows

DAYS = 20_000
"""Different days of a column that are looked at to tell the month from the day."""
LONGEST_DAY = 40


def found_in(packed: bytes) -> list[dict[str, Any]]:
    """What is kept of each table to tell what it means; not for the event loop."""
    sheets = stream.sheets(packed)
    samples: list[list[Row]] = [[] for _ in sheets]
    days: list[dict[int, dict[str, None]]] = [{} for _ in sheets]
    for index, row in stream.walked(packed):
        if len(samples[index]) < SAMPLE:
            samples[index].append(row)
        _note_days(days[index], row)
    return [
        kept_found(Found(sheet, tuple(sample), _orders(seen)))
        for sheet, sample, seen in zip(sheets, samples, days, strict=True)
    ]


def _note_days(days: dict[int, dict[str, None]], row: Row) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, str) and cell[:1].isdecimal() and len(cell) <= LONGEST_DAY:
            seen = days.get(column, {})
            if cell not in seen and len(seen) < DAYS and EITHER.fullmatch(cell):
                days.setdefault(column, {})[cell] = None


def _orders(days: Mapping[int, Mapping[str, None]]) -> dict[int, bool | Doubt]:
    told = {column: order_of(texts) for column, texts in days.items()}
    return {column: order for column, order in told.items() if order is not None}


def prepared(packed: bytes, meaning: Meaning, orders: Mapping[int, bool]) -> Rows:
    """The rows of the table that was meant, with its days read in the order that was told."""
    return Settled(stream.Packed(packed, meaning.sheet or 0), orders)
