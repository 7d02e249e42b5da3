"""What may stand within a phrase after “of” and the like: a year, a period, the day in a date."""

from typing import Final

from services.understanding.days import Span, YearRef
from services.understanding.grammar import joined
from services.understanding.periods import Unit
from services.understanding.said import Read, Said, Tokens

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100
CENTURY: Final = 100
OLDEST: Final = 70
"""74 is 1974, and 25 is 2025."""
NEAR_YEARS: Final = range(2020, 2040)
"""March 24 is a day, but for these."""
DAYS: Final = 31
MONTHS: Final = 12
WEEKS: Final = 53
YEAR_DIGITS: Final = 4


def is_year(number: int) -> bool:
    """Whether a number may be a year of our time."""
    return FIRST_YEAR <= number < LAST_YEAR


def full_year(number: int) -> int:
    """The year of two digits: 25 is 2025, 74 is 1974."""
    if number >= CENTURY:
        return number
    return number + (1900 if number >= OLDEST else 2000)


def year_at(t: Tokens, i: int) -> tuple[YearRef, int] | None:
    """A year after a date: 2025, '25, of 2025."""
    j = i + (t[i].text in {",", "of", "in"})
    year = t[j]
    whole = year.kind == "number" and year.text.isdigit() and len(year.text) == YEAR_DIGITS
    if whole and is_year(year.value) and t[j + 1].kind not in {"unit", "half"}:
        return YearRef(year.value), j + 1
    if j == i and i and t[i - 1].kind == "month" and year.kind == "number" and len(year.text) == 2:
        ends = t[j + 1].kind in {"end", "mark"} and t[j + 1].text != "-"
        if ends and 2000 + year.value in NEAR_YEARS:
            return YearRef(2000 + year.value), j + 1
    if year.text == "'" and t[j + 1].kind == "number" and len(t[j + 1].text) == 2:
        return YearRef(2000 + t[j + 1].value), j + 2
    return None


def day_number(t: Tokens, i: int) -> tuple[int, int] | None:
    """The day in a date: 5, 5th, the 5th, fifth, twenty-first."""
    j = i + (t[i].text == "the")
    if t[j].kind == "ordinal":
        return t[j].value, j + 1
    if t[j].kind == "tens":
        k = j + 1 + (t[j + 1].text == "-")
        return (t[j].value + t[k].value, k + 1) if t[k].kind == "ordinal" else None
    if t[j].kind != "number" or j > i or (len(t[j].text) > 2 and t[j].text.isdigit()):
        return None
    after = t[j + 1]
    if after.kind in {"half", "unit", "hour_mark", "tens"} or after.text in {":", "%", "k"}:
        return None
    return (t[j].value, j + 1) if 1 <= t[j].value <= DAYS else None


def unit_at(t: Tokens, i: int) -> Read | None:
    """The unit that a period is of: (the end of the) month, (the first week of the) year."""
    if t[i].kind == "unit" and t[i].value in {"month", "quarter", "year", "week"}:
        return Said(span=Unit(t[i].value)), i + 1
    return None


def span_at(t: Tokens, i: int) -> tuple[Span, int] | None:
    """A period after “of”: month, next quarter, March 2025."""
    if t[i].kind == "unit":
        return Unit(t[i].value), i + 1
    found = joined(t, i)
    return (found[0].span, found[1]) if found and found[0].span else None


def after_the(t: Tokens, i: int) -> int:
    """Where the word after “the” stands, or the word itself."""
    return i + (t[i].text == "the")
