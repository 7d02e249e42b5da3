"""Dates in a column as people write them; the column as a whole says which number is the month."""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from services.tables.table import Cell

CLOCK = r"(?:[ T　]*(?P<half>上午|下午|晚上|[AaPp]\.?[Mm]\.?)?\s*(?P<hour>\d{1,2})[:：时点](?P<minute>\d{2})?分?(?:[:：]\d{2}(?:\.\d+)?秒?)?\s*(?P<after>[AaPp]\.?[Mm]\.?)?)?"  # noqa: E501 - one clock in one line
YEAR_FIRST = re.compile(
    r"(?P<year>(?:19|20)\d{2})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})日?"
    + CLOCK
)
TOGETHER = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})" + CLOCK)
YEAR_LAST = re.compile(
    r"(?P<first>\d{1,2})\s*(?P<mark>[-/.])\s*(?P<second>\d{1,2})\s*[-/.]\s*(?P<year>\d{4}|\d{2})"
    + CLOCK
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NAME = "(?P<name>" + "|".join(MONTHS) + r")[a-z]*\.?"
NAMED = (
    re.compile(
        r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s-]+" + NAME + r"[\s,-]+(?P<year>\d{4}|\d{2})" + CLOCK,
        re.IGNORECASE,
    ),
    re.compile(
        NAME + r"\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})" + CLOCK, re.IGNORECASE
    ),
)
EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - wall time, of nowhere yet
"""Day 0 of a spreadsheet, so that all its days from March 1900 on are right."""
SERIALS = range(20_000, 80_000)
"""The days from 1954 to 2119, as a spreadsheet counts them."""
SERIAL = re.compile(r"[2-7]\d{4}(?:\.\d+)?")
CENTURY = 70
"""From which two-digit year on it is one of the last century."""
NOON = 12
DECEMBER = 12


class Order(StrEnum):
    """Which of two numbers before a year is the day."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


@dataclass(frozen=True)
class Doubt:
    """A date of a column of which every one can be read in two ways."""

    text: str
    day_first: date
    month_first: date


def order_of(cells: Iterable[Cell]) -> Order | Doubt:
    """Which number is the day in a whole column; a doubt when nothing in it says so."""
    doubt: Doubt | None = None
    for cell in cells:
        found = YEAR_LAST.fullmatch(cell.strip()) if isinstance(cell, str) else None
        if found is None:
            continue
        first, second = int(found["first"]), int(found["second"])
        if found["mark"] == "." or first > DECEMBER:
            return Order.DAY_FIRST
        if second > DECEMBER:
            return Order.MONTH_FIRST
        if first != second and doubt is None:
            year = _year(found["year"])
            with suppress(ValueError):
                doubt = Doubt(found[0], date(year, second, first), date(year, first, second))
    return doubt or Order.DAY_FIRST


def read_date(cell: Cell, order: Order = Order.DAY_FIRST) -> Cell:
    """A cell of a column of dates: a day, or a moment in wall time; what is neither is left."""
    match cell:
        case bool() | date() | None:
            return cell
        case int() | float():
            return _of_serial(cell) or cell
        case str():
            return _read(cell.strip(), order) or cell


def looks_like_date(cell: Cell) -> bool:
    """Whether a cell is a date by itself; a bare number is none."""
    if isinstance(cell, int | float):
        return False
    found = cell if isinstance(cell, date) else read_date(cell)
    return isinstance(found, date) and not (isinstance(cell, str) and SERIAL.fullmatch(cell))


def _read(text: str, order: Order) -> Cell:
    if SERIAL.fullmatch(text):
        return _of_serial(float(text))
    for shape in (YEAR_FIRST, TOGETHER, YEAR_LAST, *NAMED):
        if found := shape.fullmatch(text):
            with suppress(ValueError):
                return _moment(found, _day(found, order))
    return None


def _day(found: re.Match[str], order: Order) -> date:
    parts = found.groupdict()
    year = _year(parts["year"])
    if "name" in parts:
        return date(year, MONTHS.index(parts["name"].casefold()) + 1, int(parts["day"]))
    if "month" in parts:
        return date(year, int(parts["month"]), int(parts["day"]))
    first, second = int(parts["first"]), int(parts["second"])
    day_first = order == Order.DAY_FIRST
    return date(year, *((second, first) if day_first else (first, second)))


def _moment(found: re.Match[str], day: date) -> date | datetime:
    if found["hour"] is None:
        return day
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = (found["half"] or found["after"] or "").casefold().replace(".", "")
    if half in {"pm", "下午", "晚上"} and hour < NOON:
        hour += NOON
    if half in {"am", "上午"} and hour == NOON:
        hour = 0
    at = time(hour, minute)
    return datetime.combine(day, at) if at != time() else day


def _year(written: str) -> int:
    year = int(written)
    if len(written) > 2:  # noqa: PLR2004 - written in full
        return year
    return year + (1900 if year >= CENTURY else 2000)


def _of_serial(number: float) -> date | datetime | None:
    if int(number) not in SERIALS:
        return None
    at = EPOCH + timedelta(minutes=round(number * 24 * 60))
    return at if at.time() != time() else at.date()
