"""Sums in tables: read and written exactly."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Context, Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.numbers import get_currency_precision

from services.tables.reasons import NotTaken, Why
from services.tables.table import Cell
from services.understanding.amounts import read_amount
from services.understanding.facts import Scene
from services.understanding.plain import plain

SIMPLE = re.compile(r"-?\d+(?:\.\d+)?|-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
NOWHEN = Scene(datetime(2000, 1, 1, tzinfo=UTC), ZoneInfo("UTC"))
"""Sums do not depend on when they are said."""
SHEET = Context(prec=15)
"""As many digits as a spreadsheet keeps; what is behind them is its own rounding."""
HIGHEST = 10**18


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum as it stands in a cell; without a currency where none stands there."""

    value: Decimal
    currency: str = ""


def amount(cell: Cell) -> Sum:
    """The sum that a cell holds; ValueError when it holds none, or one below zero."""
    found = _number(cell) if isinstance(cell, (int, float)) else _written(str(cell).strip())
    if found.value < 0 or not found.value.is_finite():
        raise ValueError
    return found


def _number(cell: float) -> Sum:
    if isinstance(cell, bool):
        raise TypeError
    return Sum(SHEET.create_decimal_from_float(cell) if isinstance(cell, float) else Decimal(cell))


@lru_cache(10_000)
def _written(text: str) -> Sum:
    if SIMPLE.fullmatch(text):
        return Sum(Decimal(text.replace(",", "")))
    read = read_amount(plain(text), NOWHEN)
    if read is None or read.highest is not None or read.about:
        raise ValueError
    return Sum(read.value, read.currency)


def minor_units(value: Decimal, currency: str, column: str) -> int:
    """How many of the currency's smallest coins a sum is; NotTaken when it is finer."""
    coins = value.scaleb(precision(currency))
    if coins != coins.to_integral_value():
        raise NotTaken(Why.TOO_FINE, column, text=f"{value:f}", currency=currency)
    if coins >= HIGHEST:
        raise NotTaken(Why.UNREADABLE, column, text=f"{value:f}")
    return int(coins)


def major_units(minor: int, currency: str) -> str:
    """The inverse of `minor_units`, as it is written in a cell: ``1234.5``."""
    value = Decimal(minor).scaleb(-precision(currency))
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(200)
def precision(currency: str) -> int:
    """How many decimals a currency has."""
    return get_currency_precision(currency)
