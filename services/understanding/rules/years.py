"""Rules for numbers that are years, and for fiscal years: 2024, 2024年, 去年, FY26, 2025财年."""

from collections.abc import Callable
from typing import Final

from services.understanding.days import YearRef
from services.understanding.grammar import joined, rule
from services.understanding.joining import merged
from services.understanding.periods import FiscalYear, Month, Unit, Year
from services.understanding.periods_within import Between, Third, ToDate, YearsAway
from services.understanding.rules.inner import MONTHS, YEAR_DIGITS, is_year, year_at
from services.understanding.rules.quarters import dashed_quarter, numbered_quarter, quarter_zh
from services.understanding.said import Read, Said, Tokens

CENTURY: Final = 100
SUMS: Final = frozenset("%万元块")
BEFORE_YEARS: Final = frozenset("in of since year during for until by before".split())
HALVES: Final = frozenset(("q", "h", "上半年", "下半年"))


@rule("number")
def numbered(t: Tokens, i: int) -> Read | None:
    """3Q25, 三季度, 2024年, 3月, 2024."""
    after = t[i + 1]
    read = BY_WORD.get(after.text) or BY_KIND.get(after.kind)
    if read and (found := read(t, i)):
        return found
    if not t[i].text.isdigit() or len(t[i].text) != YEAR_DIGITS or not is_year(t[i].value):
        return None
    dashed = dashed_quarter(t, i) if after.text == "-" and not after.spaced else None
    return dashed or _bare_year(t, i)


def _bare_year(t: Tokens, i: int) -> Read | None:
    """2024; the 2020s."""
    value, after = t[i].value, t[i + 1]
    if after.kind in {"unit", "half"} or after.text in SUMS:
        return None
    if after.text == "s" and not after.spaced and value % 10 == 0:
        return _decade(value), i + 2
    near = i > 0 and t[i - 1].text in BEFORE_YEARS
    return Said(span=Year(YearRef(value)), weak=not near), i + 1


def _decade(first: int) -> Said:
    return Said(span=Between(Year(YearRef(first)), Year(YearRef(first + 9))))


def _month_zh(t: Tokens, i: int) -> Read | None:
    """3月, 三月份."""
    return (Said(span=Month(t[i].value)), i + 2) if 1 <= t[i].value <= MONTHS else None


def _third_zh(t: Tokens, i: int) -> Read | None:
    """3月上旬."""
    if not 1 <= t[i].value <= MONTHS:
        return None
    return Said(span=Third(t[i + 1].value, Month(t[i].value))), i + 2


def _year_zh(t: Tokens, i: int) -> Read | None:
    """2024年, 24年3月; 三年后 is an offset."""
    value, text, j = t[i].value, t[i].text, i + 2
    if text.isdigit() and len(text) not in {2, YEAR_DIGITS}:
        return None
    if len(text) == 2 and value < CENTURY:
        followed = t[j].kind == "number" or t[j].text in HALVES
        if not followed or not text.isdigit():
            return None
        value += 2000
    if not is_year(value):
        return None
    if t[j].text == "代" and value % 10 == 0:
        return _decade(value), j + 1
    return Said(span=Year(YearRef(value))), j + (t[j].text in {"全年", "度", "全"})


def _year_edge_zh(t: Tokens, i: int) -> Read | None:
    """2025年底."""
    edge = joined(t, i + 1)
    if edge is None or not t[i + 1].text.startswith("年") or not is_year(t[i].value):
        return None
    found = merged(Said(span=Year(YearRef(t[i].value))), edge[0])
    return (found, i + 2) if found else None


def _fiscal_zh(t: Tokens, i: int) -> Read | None:
    """2025财年, 25财年."""
    return Said(span=FiscalYear(t[i].value + 2000 * (t[i].value < CENTURY))), i + 2


Reader = Callable[[Tokens, int], Read | None]
BY_WORD: Final[dict[str, Reader]] = {
    "q": numbered_quarter,
    "h": numbered_quarter,
    "季度": quarter_zh,
    "季": quarter_zh,
    "年": _year_zh,
    "年度": _year_zh,
    "财年": _fiscal_zh,
    "财务年度": _fiscal_zh,
    "会计年度": _fiscal_zh,
}
BY_KIND: Final[dict[str, Reader]] = {
    "month_mark": _month_zh,
    "third_of": _third_zh,
    "edge": _year_edge_zh,
}
"""What a number is, by the word after it."""


@rule("unit")
def year_numbered(t: Tokens, i: int) -> Read | None:
    """The year 2025."""
    year = year_at(t, i + 1) if t[i].value == "year" and t[i + 1].kind == "number" else None
    return (Said(span=Year(year[0])), year[1]) if year else None


@rule("year_to")
def year_to(t: Tokens, i: int) -> Read | None:
    """去年, 今年, 去年同期, 去年同季度, 去年同月."""
    j = i + 1 + (t[i + 1].text == "的" and t[i + 2].text == "同")
    if t[j].text == "同" and (span := _same(t, j + 1)):
        return Said(span=YearsAway(span, t[i].value)), j + 2
    return Said(span=Year(YearRef(shift=t[i].value))), i + 1 + (
        t[i + 1].kind == "span" or t[i + 1].text == "度"
    )


def _same(t: Tokens, j: int) -> Unit | ToDate | None:
    if t[j].text == "期":
        return ToDate(Unit("year"))
    if t[j].kind == "month_mark":
        return Unit("month")
    return Unit("quarter") if t[j].value == "quarter" else None


@rule("span")
def whole_year(t: Tokens, i: int) -> Read | None:
    """全年."""
    return (Said(span=Unit("year"), weak=True), i + 1) if t[i].text == "全年" else None


@rule(words=("fy", "fiscal", "financial"))
def fiscal_year(t: Tokens, i: int) -> Read | None:
    """FY26, FY2025/26, fiscal year 2025, fiscal 2025."""
    j = i + 1
    if t[i].text != "fy" and t[j].text == "year":
        j += 1
    elif t[i].text == "financial":
        return None
    if t[j].kind == "two":
        return Said(span=FiscalYear(2000 + t[j].value[1])), j + 1
    if t[j].kind != "number" or not (0 < t[j].value < CENTURY or is_year(t[j].value)):
        return None
    year, j = t[j].value, j + 1
    if t[j].text in {"/", "-"} and t[j + 1].kind == "number" and not t[j].spaced:
        year, j = t[j + 1].value, j + 2
    return Said(span=FiscalYear(year + 2000 * (year < CENTURY))), j
