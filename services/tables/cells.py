"""Reading the cells of one row as what their columns hold."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from services.errors import Refusal
from services.names import LONGEST_NAME, fold
from services.tables.moments import Said, day, moment
from services.tables.money import amount
from services.tables.noun import Column, Kind
from services.tables.reasons import NotTaken, Why
from services.tables.table import Cell
from services.tax_numbers import folded
from services.understanding.currencies import NAMES as CURRENCIES

Value = str | int | float | bool | Decimal | date | time | Said | tuple[str, ...] | None | object
PART = re.compile(r'\s*(?:"((?:[^"]|"")*)"|([^,;，；、\n]+))\s*(?:[,;，；、\n]|$)')
PARTED = re.compile(r'[,;，；、\n"]')
YES = frozenset(
    {"1", "y", "yes", "true", "on", "active", "enabled", "x", "✓", "✔", "√"}
    | {"是", "对", "真", "有", "在职", "启用", "已启用"}
)
NO = frozenset(
    {"0", "n", "no", "false", "off", "inactive", "disabled", "left"}
    | {"否", "不", "假", "无", "离职", "停用", "已停用"}
)
CODE = re.compile(r"[A-Z]{3}")
CLOCK = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)(?:[:：]00)?")
CREDIT_CODE = 18
LONG = frozenset({"note", "text", "next_step", "rule"})
"""The columns that hold more than a name."""
LONGEST_NOTE = 32_000
ECHOED = 60


@dataclass(frozen=True, slots=True)
class Ask:
    """A cell that is not empty, and what it is read as."""

    column: Column
    cell: Cell
    month_first: bool | None


def read(column: Column, cell: Cell, *, month_first: bool | None = None) -> Value:
    """What a cell says; None when it is empty. Raises NotTaken where it makes no sense.

    What names something else (a person, an account, a unit) stays text.
    """
    if cell is None or cell == "":
        return None
    try:
        return _readers[column.kind](Ask(column, cell, month_first))
    except (ValueError, TypeError, LookupError, ArithmeticError, Refusal):
        raise unreadable(column, cell) from None


def unreadable(column: Column, cell: Cell) -> NotTaken:
    return NotTaken(Why.UNREADABLE, column.name, text=shown(cell))


def shown(cell: object) -> str:
    """As much of a cell as is repeated in a reason."""
    text = str(cell)
    return text if len(text) <= ECHOED else f"{text[: ECHOED - 1]}…"


def parts(text: str) -> tuple[str, ...]:
    """Several texts of one cell, parted by commas or the like; quoted where one has such."""
    found = (
        match[1].replace('""', '"') if match[1] else match[2] for match in PART.finditer(text)
    )
    return tuple(dict.fromkeys(each.strip() for each in found if each and each.strip()))


def joined(texts: tuple[str, ...]) -> str:
    """The inverse of `parts`."""
    doubled = ((each, each.replace('"', '""')) for each in texts)
    return "; ".join(f'"{inner}"' if PARTED.search(each) else each for each, inner in doubled)


def written(cell: Cell) -> str:
    """A cell as text: a number as it was typed."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip()


def _text(ask: Ask) -> str:
    text = written(ask.cell)
    most = LONGEST_NOTE if ask.column.name in LONG else LONGEST_NAME
    if len(text) > most:
        raise NotTaken(Why.TOO_LONG, ask.column.name, most=str(most))
    return text


def _names(ask: Ask) -> tuple[str, ...]:
    return parts(written(ask.cell))


def _integer(ask: Ask) -> int:
    number = Decimal(written(ask.cell).replace(",", ""))
    if number != number.to_integral_value() or abs(number) > 2**31 - 1:
        raise ValueError
    return int(number)


def _amount(ask: Ask) -> object:
    return amount(ask.cell)


@lru_cache(1_000)
def _known_currency(text: str) -> str:
    code = text.strip().upper()
    if not CODE.fullmatch(code):
        code = CURRENCIES.get(unicodedata.normalize("NFKC", text).strip().lower(), "")
    if not code:
        raise ValueError
    return code


def _currency(ask: Ask) -> str:
    return _known_currency(written(ask.cell))


def _date(ask: Ask) -> date:
    return day(ask.cell, month_first=ask.month_first)


def _instant(ask: Ask) -> Said:
    return moment(ask.cell, month_first=ask.month_first)


def _time(ask: Ask) -> time:
    if isinstance(ask.cell, datetime):
        return ask.cell.time()
    found = CLOCK.fullmatch(written(ask.cell))
    if found is None:
        raise ValueError
    return time(int(found[1]), int(found[2]))


def _choice(ask: Ask) -> str:
    return vocabulary(ask.column)[fold(written(ask.cell))]


_vocabularies: dict[int, tuple[Column, dict[str, str]]] = {}


def vocabulary(column: Column) -> dict[str, str]:
    """The stored value of each word of a column of choices, folded."""
    known = _vocabularies.get(id(column))
    if known is None:
        words = {
            fold(word): value
            for value, languages in column.choices.items()
            for each in languages.values()
            for word in each
        }
        words |= {fold(value): value for value in column.choices if not value.isdigit()}
        known = _vocabularies[id(column)] = (column, words)
    return known[1]


def _flag(ask: Ask) -> bool:
    text = written(ask.cell).casefold()
    if text not in YES | NO:
        raise ValueError
    return text in YES


def _tax_number(ask: Ask) -> str:
    """Of other countries any number will do: only the mainland's can be checked."""
    compact = re.sub(r"[\s\-.·]+", "", unicodedata.normalize("NFKC", written(ask.cell))).upper()
    return folded(compact) if len(compact) == CREDIT_CODE else compact[:LONGEST_NAME]


def _point(ask: Ask) -> tuple[float, float]:
    latitude, longitude = map(float, re.split(r"[,，;；\s]+", written(ask.cell).strip("() （）")))
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):  # noqa: PLR2004 - the globe
        raise ValueError
    return latitude, longitude


@lru_cache(1)
def _zones() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones()}


def _zone(ask: Ask) -> str:
    name = _zones().get(written(ask.cell).casefold())
    if name is None:
        raise ValueError
    return ZoneInfo(name).key


_readers: dict[Kind, Callable[[Ask], Value]] = {
    Kind.TEXT: _text,
    Kind.NAMES: _names,
    Kind.CODE: _text,
    Kind.INTEGER: _integer,
    Kind.AMOUNT: _amount,
    Kind.CURRENCY: _currency,
    Kind.DATE: _date,
    Kind.INSTANT: _instant,
    Kind.TIME: _time,
    Kind.PERSON: _text,
    Kind.PEOPLE: _names,
    Kind.ACCOUNT: _text,
    Kind.CONTACT: _text,
    Kind.CONTACTS: _names,
    Kind.UNIT: _text,
    Kind.GROUPS: _names,
    Kind.CHOICE: _choice,
    Kind.PHONE: _text,
    Kind.TAX_NUMBER: _tax_number,
    Kind.FLAG: _flag,
    Kind.POINT: _point,
    Kind.ZONE: _zone,
}
