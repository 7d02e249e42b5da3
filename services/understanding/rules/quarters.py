"""Rules for quarters and halves: Q3 2025, H1, 3Q25, 2024-Q3, 三季度, 上半年."""

from dataclasses import replace
from typing import Final

from services.understanding.days import YearRef
from services.understanding.grammar import rule
from services.understanding.periods import Fraction, Unit, Year
from services.understanding.periods_within import NthWeek
from services.understanding.rules.inner import WEEKS, YEAR_DIGITS, is_year, year_at
from services.understanding.said import Read, Said, Tokens

SIZES: Final = {"q": ("quarter", 4), "h": ("half", 2)}
"""What the letters mean, and how many of them a year has."""
QUARTERS: Final = 4
CENTURY: Final = 100


@rule(words=SIZES)
def quarter_or_half(t: Tokens, i: int) -> Read | None:
    """Q3, H1 2025, Q3 FY26, Q1/2025."""
    (unit, most), number = SIZES[t[i].text], t[i + 1]
    if number.spaced:
        return None
    if number.kind == "monthyear" and t[i].text == "q":
        year, quarter = number.value
        span = Fraction(quarter, unit, YearRef(year))
        return (Said(span=span), i + 2) if quarter <= most else None
    glued = t[i + 2].kind == "word" and not t[i + 2].spaced and t[i + 2].text != "fy"  # H1N1
    if number.kind != "number" or glued or not 1 <= number.value <= most:
        return None
    return _dated(t, i + 2, Fraction(number.value, unit))


def _dated(t: Tokens, j: int, span: Fraction) -> Read:
    """A quarter or half, with its year if one follows: Q3 2025, Q3'25, Q3/25, Q3 FY26."""
    k = j + (t[j].text in {"/", "-", "of", "'", ","}) + (t[j + 1].text == "'")
    if t[k].text in {"fy", "fiscal"} and t[k + 1].kind == "number":
        k += 1
    year = t[k]
    if year.kind == "number" and year.text.isdigit():
        if len(year.text) == YEAR_DIGITS and is_year(year.value):
            return Said(span=replace(span, year=YearRef(year.value))), k + 1
        if len(year.text) == 2 and k > j and not year.spaced:
            return Said(span=replace(span, year=YearRef(2000 + year.value))), k + 1
    return Said(span=span), j


def numbered_quarter(t: Tokens, i: int) -> Read | None:
    """3Q25, 2024Q3, 24Q3, 1H 2025."""
    value, letter, number = t[i].value, t[i + 1], t[i + 2]
    if letter.spaced or len(t[i].text) not in {1, 2, YEAR_DIGITS}:
        return None
    unit, most = SIZES[letter.text]
    if value > most and number.kind == "number" and not number.spaced:
        span = Fraction(number.value, unit, YearRef(value + 2000 * (value < CENTURY)))
        return (Said(span=span), i + 3) if 1 <= number.value <= most else None
    if not 1 <= value <= most:
        return None
    span = Fraction(value, unit)
    if unit == "half":
        year = year_at(t, i + 2)
        return (Said(span=replace(span, year=year[0])), year[1]) if year else None
    return _dated_short(t, i + 2, span)


def _dated_short(t: Tokens, j: int, span: Fraction) -> Read:
    year = t[j + (t[j].text == "'")]
    if year.kind == "number" and len(year.text) in {2, YEAR_DIGITS} and not year.spaced:
        number = year.value + 2000 * (year.value < CENTURY)
        return Said(span=replace(span, year=YearRef(number))), j + 1 + (t[j].text == "'")
    return _dated(t, j, span)


def dashed_quarter(t: Tokens, i: int) -> Read | None:
    """2024-Q3, 2025-W10."""
    letter, number, year = t[i + 2].text, t[i + 3], YearRef(t[i].value)
    if number.kind != "number" or number.spaced:
        return None
    if letter == "q" and 1 <= number.value <= QUARTERS:
        return Said(span=Fraction(number.value, "quarter", year)), i + 4
    if letter == "w" and 1 <= number.value <= WEEKS:
        return Said(span=NthWeek(number.value, Year(year))), i + 4
    return None


def quarter_zh(t: Tokens, i: int) -> Read | None:
    """三季度, 前三季度; 三季度后 is an offset, and 四季 the seasons as often."""
    if not 1 <= t[i].value <= QUARTERS:
        return None
    before = t[i - 1] if i else None
    if t[i + 2].kind in {"later", "ago", "within"} and (
        before is None or before.kind != "ordinal_mark"
    ):
        return None
    if before is not None and before.text == "前":
        return Said(span=Fraction(1, "quarter", count=t[i].value)), i + 2
    return Said(span=Fraction(t[i].value, "quarter"), weak=t[i + 1].text == "季"), i + 2


@rule("ordinal_mark")
def nth_quarter_zh(t: Tokens, i: int) -> Read | None:
    """第三季度, 第12周."""
    number, j = t[i + 1], i + 2 + (t[i + 2].text == "个")
    if number.kind != "number":
        return None
    if t[j].text in {"季度", "季", "个季度"} and 1 <= number.value <= QUARTERS:
        return Said(span=Fraction(number.value, "quarter")), j + 1
    if t[j].kind == "unit" and t[j].value == "week":
        return Said(span=NthWeek(number.value, Unit("year")), weak=True), j + 1
    return None


@rule("half_year")
def half_year_zh(t: Tokens, i: int) -> Read | None:
    """上半年, 下半年."""
    return Said(span=Fraction(t[i].value, "half")), i + 1
