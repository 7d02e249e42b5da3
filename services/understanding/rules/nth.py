"""Rules for periods by their number: third quarter of 2024, first half, 2nd week of May, CW12."""

from dataclasses import replace
from typing import Final

from services.understanding.counts import count
from services.understanding.grammar import joined, rule
from services.understanding.joining import merged
from services.understanding.periods import Fraction, Unit, WeekOf, Year
from services.understanding.periods_within import HalfOf, NthWeek, NthWeekend, Part, Rest, ToDate
from services.understanding.rules.inner import WEEKS, after_the, unit_at, year_at
from services.understanding.said import Read, Said, Tokens

QUARTERS: Final = 4
HALVES: Final = (1, 2)
OF: Final = frozenset(("of", "in"))
BEFORE_WEEKS: Final = frozenset("of commencing beginning starting from ending".split())


@rule("ordinal", "shift")
def nth_period(t: Tokens, i: int) -> Read | None:
    """Third quarter of 2024, first half, 2nd week of May, last week of March."""
    last = t[i].text in {"last", "final"}
    if t[i].kind == "shift" and not last:
        return None
    number, j = -1 if last else t[i].value, i + 1
    if t[j].kind != "unit":
        return None
    unit = t[j].value
    if unit == "quarter" and last and t[j + 1].text in OF:
        number = QUARTERS
    if unit == "quarter" and 1 <= number <= QUARTERS:
        return _of_year(t, j + 1, Fraction(number, "quarter"))
    if t[j].text == "half" and number in HALVES:
        return _half(t, j + 1, number)
    if unit in {"week", "weekend"} and t[j + 1].text in OF:
        return _week_of(t, after_the(t, j + 2), number, unit)
    return None


def _week_of(t: Tokens, i: int, number: int, unit: str) -> Read | None:
    inner = joined(t, i) or unit_at(t, i)
    if inner is None or inner[0].span is None:
        return None
    nth = NthWeekend if unit == "weekend" else NthWeek
    return Said(span=nth(number, inner[0].span)), inner[1]


@rule("ordinal")
def first_many(t: Tokens, i: int) -> Read | None:
    """First three quarters, the first two months of the year, first 10 days of March."""
    many = count(t, i + 1) if t[i].value == 1 and t[i + 1].kind == "number" else None
    if many is None or t[many[1]].kind != "unit":
        return None
    amount, unit, j = int(many[0]), t[many[1]].value, many[1] + 1
    k = j + (t[j].text in OF)
    inner = (unit_at(t, after_the(t, k)) or joined(t, k)) if k > j else None
    if unit == "quarter" and amount <= QUARTERS:
        said = Said(span=Fraction(1, "quarter", count=amount))
        found = merged(said, inner[0]) if inner else None
        return (found, inner[1]) if found and inner else (said, j)
    if inner and inner[0].span:
        return Said(span=Part(amount, unit, inner[0].span)), inner[1]
    return None


def _of_year(t: Tokens, j: int, span: Fraction) -> Read:
    k = after_the(t, j + (t[j].text in OF | {","}))
    if t[k].text == "year" and k > j:
        return Said(span=span), k + 1
    year = year_at(t, k)
    return (Said(span=replace(span, year=year[0])), year[1]) if year else (Said(span=span), j)


def _half(t: Tokens, j: int, number: int) -> Read:
    """The first half of the year, of May, of next month, or just of this year."""
    half = Fraction(number, "half")
    k = after_the(t, j + (t[j].text in OF))
    if k == j:
        return _of_year(t, j, half)
    if t[k].text == "year":
        return Said(span=half), k + 1
    inner = unit_at(t, k) or joined(t, k)
    if inner and inner[0].span:
        year = merged(Said(span=half), inner[0])
        return (year or Said(span=HalfOf(number, inner[0].span))), inner[1]
    return _of_year(t, j, half)


@rule("unit")
def week(t: Tokens, i: int) -> Read | None:
    """Week 12, week 12 of 2024, week of 3 March."""
    if t[i].value != "week" or not t[i].text.isascii():
        return None
    j = i + 1
    if t[j].text in BEFORE_WEEKS and (found := _week_at(t, after_the(t, j + 1))):
        return found
    return _numbered_week(t, j + (t[j].text in {"number", "no", "#"}))


@rule(words=("cw", "kw"))
def calendar_week(t: Tokens, i: int) -> Read | None:
    """CW12."""
    return _numbered_week(t, i + 1)


def _numbered_week(t: Tokens, j: int) -> Read | None:
    number = t[j]
    if number.kind != "number" or not 1 <= number.value <= WEEKS:
        return None
    if t[j + 1].kind in {"unit", "half"}:
        return None
    year = year_at(t, j + 1)
    span = NthWeek(number.value, Year(year[0]) if year else Unit("year"))
    return Said(span=span), year[1] if year else j + 1


@rule(words=("w", "wc"))
def week_commencing(t: Tokens, i: int) -> Read | None:
    """W/c 3 March, wc 3 March, w/b Monday."""
    if t[i].text == "wc":
        return _week_at(t, i + 1)
    written = t[i + 1].text in {"/", "."} and t[i + 2].text in {"c", "b"}
    return _week_at(t, i + 3) if written else None


def _week_at(t: Tokens, i: int) -> Read | None:
    found = joined(t, i)
    return (Said(span=WeekOf(found[0].day)), found[1]) if found and found[0].day else None


@rule(words=("rest", "remainder"))
def rest_of(t: Tokens, i: int) -> Read | None:
    """Rest of the week, the remainder of this year."""
    if t[i + 1].text != "of":
        return None
    j = after_the(t, i + 2)
    found = unit_at(t, j) or joined(t, j)
    return (Said(span=Rest(found[0].span)), found[1]) if found and found[0].span else None


@rule(words=("so",))
def so_far(t: Tokens, i: int) -> Read | None:
    """So far this year."""
    found = joined(t, i + 2) if t[i + 1].text == "far" else None
    return (Said(span=ToDate(found[0].span)), found[1]) if found and found[0].span else None


@rule(words=("same",))
def same_period(t: Tokens, i: int) -> Read | None:
    """Same quarter last year, same period last year."""
    if t[i + 1].kind == "unit" and t[i + 1].value in {"week", "month", "quarter", "half"}:
        return Said(span=Unit(t[i + 1].value), weak=True), i + 2
    if t[i + 1].text == "period":
        return Said(span=ToDate(Unit("year")), weak=True), i + 2
    return None
