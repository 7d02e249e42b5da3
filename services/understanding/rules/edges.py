"""Rules for days by their place in a period: end of March, 月底, the first Monday of May, EOM."""

from typing import Final

from services.understanding.days import Day, Span
from services.understanding.days_within import (
    DayOf,
    Edge,
    Following,
    NthWeekday,
    NthWorkday,
)
from services.understanding.grammar import joined, rule
from services.understanding.periods import Fraction, Month, OneDay, Unit
from services.understanding.rules.inner import MONTHS, after_the, span_at
from services.understanding.said import Read, Said, Tokens
from services.understanding.words_zh import ENDS

QUARTERS: Final = 4
OF: Final = frozenset(("of", "in"))


@rule("ordinal", "shift")
def nth_day(t: Tokens, i: int) -> Read | None:
    """First Monday of October, last day of the month, the third day of Q2."""
    number = _which(t, i)
    j = i + 1 + (t[i + 1].text in {"working", "business"} and t[i + 2].value == "day")
    named = t[j].kind == "weekday"
    if not number or not (named or (t[j].kind == "unit" and t[j].value in {"day", "workday"})):
        return None
    if named and number > 0 and t[j + 1].text in {"after", "following"}:
        base = joined(t, j + 2)
        if base and base[0].day and not base[0].clock:
            return Said(day=Following(base[0].day, number, t[j].value)), base[1]
    span = span_at(t, after_the(t, j + 2)) if t[j + 1].text in OF else None
    if span is None:
        return None
    working = t[j].value == "workday" or j > i + 1
    return Said(day=_nth(number, t[j].value if named else None, span[0], working)), span[1]


def _nth(number: int, weekday: int | None, span: Span, working: bool) -> Day:
    if weekday is not None:
        return NthWeekday(number, weekday, span)
    return NthWorkday(number, span) if working else DayOf(number, span)


def _which(t: Tokens, i: int) -> int:
    if t[i].kind == "ordinal":
        return int(t[i].value)
    return -1 if t[i].text in {"last", "final"} else 0


@rule("edge")
def edge_of(t: Tokens, i: int) -> Read | None:
    """End of next week, beginning of March, 月底, 年初."""
    if t[i].text in ENDS:
        return Said(day=Edge(Unit(t[i].value), ENDS[t[i].text])), i + 1
    if t[i].text in {"mid", "early", "late"} or t[i + 1].text not in {"of", "the"}:
        return None
    found = span_at(t, after_the(t, i + 1 + (t[i + 1].text == "of")))
    if found is None or found[0] == Unit("day"):  # the end of the day is a time of day
        return None
    return Said(day=Edge(found[0], t[i].value)), found[1]


@rule("edge")
def early_in(t: Tokens, i: int) -> Read | None:
    """Mid May, mid-May, early June, late next week."""
    if t[i].text not in {"mid", "early", "late"}:
        return None
    j = i + 1 + (t[i + 1].text == "-")
    found = joined(t, j)
    span = found[0].span if found else None
    if found is None or span is None or (t[i].text == "early" and isinstance(span, OneDay)):
        return None
    weak = t[i].text != "mid" and t[j].kind == "shift"
    return Said(day=Edge(span, t[i].value), weak=weak), found[1]


@rule("shift")
def shifted_edge_zh(t: Tokens, i: int) -> Read | None:
    """下月底, 下个月月底, 下季度初."""
    unit, edge, shift = t[i + 1], t[i + 2], t[i].value
    if unit.kind == "edge" and unit.text in ENDS:
        return Said(day=Edge(Unit(unit.value, shift), ENDS[unit.text])), i + 2
    if unit.kind not in {"unit", "month_mark"}:
        return None
    name = "month" if unit.kind == "month_mark" else unit.value
    if edge.kind == "edge_mark":
        return Said(day=Edge(Unit(name, shift), edge.value)), i + 3
    if edge.text in ENDS and name == edge.value:
        return Said(day=Edge(Unit(name, shift), ENDS[edge.text])), i + 3
    return None


@rule("number")
def month_edge_zh(t: Tokens, i: int) -> Read | None:
    """3月底, 3季度末."""
    edge = t[i + 1]
    if edge.kind != "edge" or edge.text not in ENDS:
        return None
    if edge.value == "month" and 1 <= t[i].value <= MONTHS:
        return Said(day=Edge(Month(t[i].value), ENDS[edge.text])), i + 2
    if edge.value == "quarter" and 1 <= t[i].value <= QUARTERS:
        return Said(day=Edge(Fraction(t[i].value, "quarter"), ENDS[edge.text])), i + 2
    return None


@rule("unit")
def unit_end(t: Tokens, i: int) -> Read | None:
    """Year-end, month end."""
    j = i + 1 + (t[i + 1].text == "-")
    if t[j].text == "end" and t[i].text in {"week", "month", "quarter", "year"}:
        return Said(day=Edge(Unit(t[i].value), "end")), j + 1
    return None


@rule("deadline")
def deadline(t: Tokens, i: int) -> Read | None:
    """EOW, EOM, EOQ, EOY: the last day of this one, or of the one that is said."""
    if t[i].value == "day":
        return None
    found = joined(t, i + 1)
    if found and found[0].span:
        return Said(day=Edge(found[0].span, "end")), found[1]
    return Said(day=Edge(Unit(t[i].value), "end")), i + 1
