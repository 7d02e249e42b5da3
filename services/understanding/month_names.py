"""Dates with the name of a month in spellings that our own grammar does not know."""

import re
from datetime import date, datetime
from types import MappingProxyType

from services.understanding.when_words import (
    MONTHS,
    SHORT_MONTHS,
    SHORT_WEEKDAYS,
    WEEKDAYS,
    nearest,
)

LONGEST = 40
ALLOWED = {*MONTHS, *SHORT_MONTHS, *WEEKDAYS, *SHORT_WEEKDAYS, "of", "the", "st", "nd", "rd", "th"}
SHAPE = re.compile(r"[a-z0-9 ,.'-]+")
# The same settings each time: dateparser keeps every new set of them for ever.
SETTINGS = MappingProxyType(
    {
        "RELATIVE_BASE": datetime(2000, 1, 1),  # noqa: DTZ001 - a leap year, of no meaning
        "REQUIRE_PARTS": ["day", "month"],
        "DATE_ORDER": "DMY",
        "PARSERS": ["absolute-time"],
        "TIMEZONE": "UTC",
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
)


def read_month_name(text: str, today: date) -> date | None:
    """Read a calendar date, or nothing unless every word and digit of it was used."""
    words = re.findall(r"[a-z]+", text)
    if len(text) > LONGEST or not SHAPE.fullmatch(text) or not ALLOWED.issuperset(words):
        return None
    if not any(word in MONTHS or word in SHORT_MONTHS for word in words):
        return None
    import dateparser  # noqa: PLC0415 - 120 ms and 13 MB, seldom needed

    found = dateparser.parse(text, languages=["en"], settings=dict(SETTINGS))
    if found is None:
        return None
    numbers = [int(number) for number in re.findall(r"[0-9]+", text)]
    match numbers:
        case [day] if day == found.day:
            return nearest(found.month, day, today)
        case [first, second] if sorted((first % 100, second % 100)) == sorted(
            (found.day, found.year % 100)
        ):
            return found.date()
        case _:
            return None
