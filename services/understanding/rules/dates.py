"""Rules for calendar dates: 5 December 2025, Dec 5, 2025-12-05, 5/12, 3.11., 12月5日, 15号."""

from typing import Final

from services.understanding.days import DayOfMonth, Either, Fixed, MonthDay, YearRef
from services.understanding.grammar import rule
from services.understanding.rules.inner import DAYS, MONTHS, day_number, full_year, year_at
from services.understanding.said import Read, Said, Tokens

PLACES: Final = frozenset("楼线店机门厂仓馆院库栋幢桌床房车船井窗台桥路")
"""What 3号 counts when it is no day."""
THINGS: Final = frozenset("家个万台次人月多几")
"""What 5月12 counts when it is no date."""
OTHER_MARKS: Final = frozenset(("unit", "hour_mark", "month_mark", "and_half"))
BEFORE_DATES: Final = frozenset("on by until till before since from".split())
SAID_DATES: Final = frozenset(("on", "by", "until", "before"))


@rule("month")
def month_first(t: Tokens, i: int) -> Read | None:
    """December 5th, 2025; Dec 5."""
    j = i + 1 + (t[i + 1].text == "." and t[i + 2].kind in {"number", "ordinal"})
    j += t[j].text == "-" and not t[j].spaced and t[j + 1].kind == "number"
    found = day_number(t, j)
    return _dated(t, found[1], t[i].value, found[0]) if found else None


@rule("number", "ordinal", "tens", words=("the",))
def day_first(t: Tokens, i: int) -> Read | None:
    """5 December 2025, the 5th of December, 5-Dec-25."""
    found = day_number(t, i)
    if found is None:
        return None
    number, j = found
    dashed = t[j].text in {"-", "/"}
    j += dashed or t[j].text in {"of", "."}
    if t[j].kind != "month":
        return None
    month, j = t[j].value, j + 1
    j += t[j].text == "." and t[j + 1].kind == "number"
    if dashed and t[j].text in {"-", "/"} and t[j + 1].kind == "number":
        year = t[j + 1].value
        return Said(day=MonthDay(month, number, YearRef(year + 2000 * (year < 100)))), j + 2
    return _dated(t, j, month, number)


def _dated(t: Tokens, j: int, month: int, number: int) -> Read:
    """A day of a month, with its year if one follows."""
    year = year_at(t, j)
    if year:
        return Said(day=MonthDay(month, number, year[0])), year[1]
    return Said(day=MonthDay(month, number)), j


@rule("ordinal", "tens")
def ordinal_day(t: Tokens, i: int) -> Read | None:
    """The 15th."""
    found = day_number(t, i)
    if found is None or not 1 <= found[0] <= DAYS:
        return None
    the = i > 0 and t[i - 1].text == "the"
    digits = t[i].text[0].isdigit()
    on = i > 0 and t[i - 1].text in BEFORE_DATES
    after = t[found[1]]
    weak = not (digits and (the or on)) or after.kind in {"unit", "weekday"}
    if t[i - 2 if the else i - 1].kind == "weekday" and (digits or the):
        weak = after.kind in {"unit", "weekday"}
    return Said(day=DayOfMonth(found[0]), weak=weak), found[1]


@rule("iso", "compact")
def iso(t: Tokens, i: int) -> Read | None:
    """2025-12-05."""
    return (Said(day=Fixed(t[i].value)), i + 1) if t[i].value else None


@rule("three", "two")
def slashed(t: Tokens, i: int) -> Read | None:
    """5/12, 5/12/25, 5.12.2025; 24/7 is a date only where it is said to be one."""
    first, second, *rest = t[i].value
    if not _is_date(first, second) or (t[i].kind == "two" and _is_fraction(t, i)):
        return None
    year = YearRef(full_year(rest[0])) if rest else None
    if "." in t[i].text:
        return Said(day=MonthDay(second, first, year)), i + 1  # 5.12.2025 has the day first
    always = t[i].text == "24/7" and not (i and t[i - 1].text in SAID_DATES)
    return Said(day=Either(first, second, year), weak=always), i + 1


def _is_date(first: int, second: int) -> bool:
    """Whether two numbers are a day and a month, or a month and a day."""
    return min(first, second) in range(1, MONTHS + 1) and max(first, second) <= DAYS


def _is_fraction(t: Tokens, i: int) -> bool:
    return t[i + 1].kind == "unit" or t[i + 1].text in {"of", "the", "的", "h"}


@rule("dotted")
def dotted_date(t: Tokens, i: int) -> Read | None:
    """3.11. has the day first; 8.15 needs company, or to be all there is."""
    first, second = t[i].value
    if not _is_date(first, second):
        return None
    if t[i + 1].text == "." and second <= MONTHS and _goes_on(t, i + 2):
        return Said(day=MonthDay(second, first)), i + 2
    near = t[i + 1].kind in {"part", "clock"}
    return Said(day=Either(first, second), weak=not near), i + 1


def _goes_on(t: Tokens, j: int) -> bool:
    return t[j].kind in {"end", "clock", "part", "dotted"} or t[j].text in {"to", "-", "at", "bis"}


@rule("number")
def dashed_date(t: Tokens, i: int) -> Read | None:
    """5-20, where that is all there is, or a part of the day follows."""
    second, after = t[i + 2], t[i + 3]
    if i or t[1].text != "-" or t[1].spaced or second.kind != "number":
        return None
    if after.kind not in {"end", "part"} or not _is_date(t[i].value, second.value):
        return None
    return Said(day=Either(t[i].value, second.value), weak=after.kind != "part"), i + 3


@rule("number")
def month_day_zh(t: Tokens, i: int) -> Read | None:
    """5月12日, 12月5号, 五月十二; not of the lunar calendar."""
    day = t[i + 2]
    if t[i + 1].kind != "month_mark" or day.kind != "number" or (i and t[i - 1].text == "历"):
        return None
    if not 1 <= t[i].value <= MONTHS or not 1 <= day.value <= DAYS:
        return None
    after = t[i + 3]
    if after.kind == "day_mark":
        return Said(day=MonthDay(t[i].value, day.value)), i + 4
    if after.kind in OTHER_MARKS or after.text in THINGS or day.spaced:
        return None
    return Said(day=MonthDay(t[i].value, day.value)), i + 3


@rule("number")
def day_zh(t: Tokens, i: int) -> Read | None:
    """15号, 十五日; 3号楼 and 13月1日 are none."""
    if t[i + 1].kind != "day_mark" or not 1 <= t[i].value <= DAYS:
        return None
    if t[i + 2].text[:1] in PLACES or (i and t[i - 1].kind == "ordinal_mark"):
        return None
    if i > 1 and t[i - 1].kind == "month_mark" and t[i - 2].kind == "number":
        return None
    return Said(day=DayOfMonth(t[i].value)), i + 2
