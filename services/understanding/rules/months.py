"""Rules for months and their parts: March 2025, 2025-03, 上旬, 上半月, 3月第一周."""

from typing import Final

from services.understanding.days import YearRef
from services.understanding.grammar import rule
from services.understanding.periods import Month, Unit
from services.understanding.periods_within import HalfOf, Third
from services.understanding.rules.inner import YEAR_DIGITS, year_at
from services.understanding.said import Read, Said, Tokens

BEFORE_MONTHS: Final = frozenset(
    "in since by until till from of during before after for through to between and - end last"
    " next this".split()
)


@rule("month")
def month_named(t: Tokens, i: int) -> Read | None:
    """March, March 2025, Mar '25."""
    j = i + 1 + (t[i + 1].text == "." and t[i + 2].kind == "number")
    dashed = t[j].text in {"-", "/"} and t[j + 1].kind == "number"
    year = year_at(t, j + (dashed and len(t[j + 1].text) == YEAR_DIGITS))
    if year:
        return Said(span=Month(t[i].value, year[0])), year[1]
    near = i > 0 and t[i - 1].text in BEFORE_MONTHS
    return Said(span=Month(t[i].value), weak=not near), i + 1


@rule("yearmonth", "monthyear")
def iso_month(t: Tokens, i: int) -> Read | None:
    """2025-03, 03/2025."""
    year, month = t[i].value
    return Said(span=Month(month, YearRef(year))), i + 1


@rule("third", "third_of")
def third_zh(t: Tokens, i: int) -> Read | None:
    """上旬, 月中旬."""
    return Said(span=Third(t[i].value, Unit("month"))), i + 1


@rule("half_month")
def half_month_zh(t: Tokens, i: int) -> Read | None:
    """上半月, 下半月."""
    return Said(span=HalfOf(t[i].value, Unit("month"))), i + 1


@rule("shift")
def shifted_third_zh(t: Tokens, i: int) -> Read | None:
    """本月中旬, 下月上旬."""
    if t[i + 1].kind == "third_of":
        return Said(span=Third(t[i + 1].value, Unit("month", t[i].value))), i + 2
    return None
