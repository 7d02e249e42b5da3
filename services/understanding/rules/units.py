"""Rules for periods by their unit: last week, 下个月, the next three weeks, 最近7天, weekend."""

from dataclasses import replace
from typing import Final

from services.understanding.counts import unit_count
from services.understanding.days import Ago
from services.understanding.grammar import joined, rule
from services.understanding.periods import Fraction, Month, Rolling, Several, Unit, WeekOf
from services.understanding.periods_within import Part, ToDate
from services.understanding.rules.inner import after_the, year_at
from services.understanding.rules.quarters import quarter_or_half
from services.understanding.said import Read, Said, Tokens

UNITS: Final = frozenset(
    "day week fortnight month quarter half year weekend workday fiscal".split()
)
BEFORE_WEEKENDS: Final = frozenset(("the", "this", "at", "on", "over", "by"))
NOT_AHEAD: Final = frozenset(("后", "之后", "以后", "之前", "以前"))
MINUTES: Final = {"hour": 60, "minute": 1}
SATURDAY: Final = 5
BACK: Final = -1


@rule("shift")
def shifted_unit(t: Tokens, i: int) -> Read | None:
    """Last week, 下个月, this past quarter, the next three weeks, 上两周, last March, next Q2."""
    shift, text, j = _shift(t, i)
    match t[j].kind:
        case "month_mark":
            return Said(span=Unit("month", shift)), j + 1
        case "unit":
            return _unit(t, j, shift, text)
        case "month":
            dated = year_at(t, j + 1)
            return None if dated else (Said(span=Month(t[j].value, shift=shift)), j + 1)
    if t[j].text == "fiscal" and t[j + 1].text in {"year", "quarter"}:
        return Said(span=Unit("fiscal" if t[j + 1].text == "year" else "quarter", shift)), j + 2
    letter = quarter_or_half(t, j) if t[j].text in {"q", "h"} else None
    if letter and isinstance(letter[0].span, Fraction) and letter[0].span.year is None:
        return Said(span=replace(letter[0].span, shift=shift)), letter[1]
    return _count(t, i, j, shift)


def _shift(t: Tokens, i: int) -> tuple[int, str, int]:
    """How far from this one, by which word, and where the unit stands."""
    shift, text, j = t[i].value, t[i].text, i + 1
    if text == "next" and t[j].text == "to" and t[j + 1].text == "next":
        shift, j = 2, j + 2
    j += t[j].text == "calendar"
    if text in {"coming", "upcoming"} and t[j].value == "weekend":
        shift = 0
    if t[j].kind == "shift" and text == "this":
        return t[j].value, t[j].text, j + 1
    return shift, text, j


def _unit(t: Tokens, j: int, shift: int, text: str) -> Read | None:
    unit = t[j].value
    if unit not in UNITS:
        return None
    if text == "past" and unit == "weekend":
        return Said(span=Unit("weekend", BACK)), j + 1
    if text in {"past", "trailing"}:
        return Said(span=Rolling(1, unit)), j + 1
    return Said(span=Unit(unit, shift)), j + 1 + (t[j].text == "half" and t[j + 1].text == "year")


def _count(t: Tokens, i: int, j: int, shift: int) -> Read | None:
    """Last 7 days, in the next two hours."""
    found = unit_count(t, j)
    if found is None or not shift:
        return None
    amount, unit, end = found
    before = t[i - 1 - (t[i - 1].text == "the")].text if i else ""
    if before in {"in", "within"} and shift > 0:
        if unit in MINUTES:
            return Said(minutes=amount * MINUTES[unit]), end
        if unit in UNITS:
            return Said(day=Ago(amount, unit), span=Rolling(amount, unit, ahead=True)), end
    return _rolling(t, found, ahead=shift > 0) if unit in UNITS else None


def _rolling(t: Tokens, found: tuple[float, str, int], *, ahead: bool) -> Read | None:
    """The last two weeks, and the last two weeks of March."""
    amount, unit, end = found
    if t[end].text in {"of", "in"} and t[end + 1].kind != "unit":
        inner = joined(t, after_the(t, end + 1))
        if inner and inner[0].span:
            return Said(span=Part(int(amount), unit, inner[0].span, last=not ahead)), inner[1]
    if unit in {"quarter", "half"}:
        return Said(span=Several(int(amount), unit, ahead=ahead)), end
    return Said(span=Rolling(amount, unit, ahead=ahead)), end


@rule("rolling", "ago", "later", words=("头",))
def rolling(t: Tokens, i: int) -> Read | None:
    """最近7天, 近三个月, 过去半年, 未来两周, 前三季度."""
    j = i + 1 + (t[i + 1].text in {"的", "这"})
    if t[j].text == "半年" and t[i].value is not None:
        return Said(span=Rolling(6, "month", ahead=t[i].value > 0)), j + 1
    found = unit_count(t, j)
    if found is None or found[1] not in UNITS:
        return None
    amount, unit, end = found
    if t[i].text == "头":
        return Said(span=Rolling(amount, unit), weak=True), end
    if t[i].text == "前" and unit == "quarter":
        return Said(span=Fraction(1, "quarter", count=int(amount))), end
    if t[i].text in NOT_AHEAD or t[end].kind in {"later", "ago"}:
        return None
    return Said(span=Rolling(amount, unit, ahead=t[i].value > 0)), end


@rule("unit")
def unit_to_date(t: Tokens, i: int) -> Read | None:
    """Month to date, year-to-date."""
    j = i + 1 + (t[i + 1].text == "-")
    k = j + 1 + (t[j + 1].text == "-")
    if t[j].text == "to" and t[k].text == "date":
        return Said(span=ToDate(Unit(t[i].value))), k + 1
    return None


@rule("unit")
def unit_after_next(t: Tokens, i: int) -> Read | None:
    """The week after next, the month before last."""
    beside, which = t[i + 1].text, t[i + 2]
    if beside not in {"after", "before"} or which.kind != "shift" or t[i].value not in UNITS:
        return None
    shift = 2 if beside == "after" else -2
    if (which.value > 0) != (shift > 0) or t[i + 3].kind in {"unit", "weekday"}:
        return None
    return Said(span=Unit(t[i].value, shift)), i + 3


@rule("unit")
def unit_of(t: Tokens, i: int) -> Read | None:
    """The month of March, the quarter of Q2, the year of 2024."""
    if t[i].value not in {"month", "quarter", "year"} or t[i + 1].text != "of":
        return None
    named = joined(t, i + 2)
    return (replace(named[0], weak=False), named[1]) if named and named[0].span else None


@rule("unit")
def weekend(t: Tokens, i: int) -> Read | None:
    """The weekend, 周末两天, the weekend of 5 April."""
    if t[i].value != "weekend":
        return None
    found = joined(t, i + 2) if t[i + 1].text == "of" else None
    if found and found[0].day:
        return Said(span=WeekOf(found[0].day, first=SATURDAY)), found[1]
    both = t[i + 1].text == "两" and t[i + 2].text == "天"
    sure = not t[i].text.isascii() or (i and t[i - 1].text in BEFORE_WEEKENDS)
    return Said(span=Unit("weekend"), weak=not sure), i + 1 + 2 * both


@rule("todate")
def to_date(t: Tokens, i: int) -> Read | None:
    """YTD, MTD."""
    return Said(span=ToDate(Unit(t[i].value))), i + 1
