"""Rules for ranges and for what goes on until now: since March, 3月到5月, 1-15 May."""

from dataclasses import replace
from typing import Final

from services.understanding.days import DayOfMonth, MonthDay, Span
from services.understanding.grammar import joined, rule
from services.understanding.periods import Fraction, Month, OneDay, Unit
from services.understanding.periods_within import Between, ToDate
from services.understanding.rules.clock_ranges import LINKS
from services.understanding.rules.inner import DAYS, after_the, year_at
from services.understanding.rules.likeness import like, with_year_of
from services.understanding.said import Read, Said, Tokens
from services.understanding.words_zh import ENDS

AND: Final = frozenset(("and", "&", "和"))
UNTIL: Final = frozenset(("till", "to", "until"))
BETWEEN_ENDS: Final = frozenset("期间之")
NOT_DAYS: Final = frozenset(("unit", "half", "month", "hour_mark", "month_mark"))
SHORT: Final = 4


def ranged(t: Tokens, i: int, *, between: bool = False) -> Read | None:
    """A phrase, or a range of two: Monday to Wednesday, 3月到5月, 1 May - 15 May."""
    one = joined(t, i)
    if one is None or one[0].until or one[0].minutes is not None or one[0].repeat:
        return one
    said, j = one
    if t[j].kind == "since" and (said.span or said.day) and not said.clock:
        return _until_now(said), j + 1
    if t[j].text == "so" and t[j + 1].text == "far" and said.span:
        return Said(span=ToDate(said.span)), j + 2
    if t[j].text in AND and (both := _two(t, j + 1, said)):
        return both
    dots = _dots(t, j)
    if dots or t[j].text in LINKS or (between and t[j].text == "and"):
        return _ranged(t, j + dots, said) or one
    return one


def _dots(t: Tokens, j: int) -> bool:
    """1.3..5.3."""
    return t[j].text == "." and t[j + 1].text == "." and not t[j + 1].spaced


def _two(t: Tokens, i: int, said: Said) -> Read | None:
    """Q1 and Q2, January and February."""
    two = joined(t, i) if isinstance(said.span, (Fraction, Month)) else None
    if two is None or type(two[0].span) is not type(said.span):
        return None
    both = _both(said, two[0])
    return (both, two[1]) if both else None


def _ranged(t: Tokens, j: int, said: Said) -> Read | None:
    """What ends a range after its link: a day, a clock, now."""
    k = after_the(t, j + 1)
    dated = t[k].text == "date" and t[j].text in UNTIL
    if t[k].kind == "now" or dated or (t[k].kind == "relative" and t[k].value == 0):
        return (_until_now(said), k + 1) if said.span or said.day else None
    two = joined(t, k) or _last_number(t, k, said)
    both = _both(said, two[0]) if two else None
    return (both, two[1]) if both and two else None


def _until_now(said: Said) -> Said:
    """今年以来, 3月1日起: a period until now, and still the day that begins it."""
    span = _as_span(said)
    return Said(day=said.day, span=ToDate(span)) if span else said


def _last_number(t: Tokens, i: int, said: Said) -> Read | None:
    """May 3-5, 5月1-7: the second number is a day of the same month."""
    day = said.day
    if not isinstance(day, MonthDay) or t[i].kind not in {"number", "ordinal"}:
        return None
    if not day.day < t[i].value <= DAYS or t[i + 1].kind in NOT_DAYS or len(t[i].text) > SHORT:
        return None
    j = i + 1 + (t[i + 1].kind == "day_mark")
    year = year_at(t, j)
    found = replace(day, day=t[i].value, year=year[0] if year else day.year)
    return Said(day=found), year[1] if year else j


def _both(one: Said, two: Said) -> Said | None:
    """From the one to the other."""
    if two.until or two.minutes is not None or two.repeat:
        return None
    if one.clock and two.clock and not two.day:
        return replace(one, until=two.clock)
    if one.clock or two.clock or one.part or two.part:
        return None
    first, last = _as_span(one), _as_span(two)
    if first is None or last is None:
        return None
    last = like(first, last)
    return Said(span=Between(with_year_of(first, last), last), weak=one.weak and two.weak)


def _as_span(said: Said) -> Span | None:
    return said.span or (OneDay(said.day) if said.day else None)


@rule("from", words=("since", "between", "from"))
def since(t: Tokens, i: int) -> Read | None:
    """Since March, since last Monday, 自3月以来, 从5月1日至今, between 1 and 15 May."""
    found = ranged(t, after_the(t, i + 1), between=t[i].text == "between")
    if found is None:
        return None
    said, j = found
    if isinstance(said.span, Between) or said.until:
        return said, j + (t[j].kind == "since" or t[j].text in BETWEEN_ENDS)
    until_now = t[i].text == "since" or t[j].kind == "since"
    span = _as_span(said)
    if not until_now or span is None or said.clock:
        return None
    return Said(span=ToDate(span)), j + (t[j].kind == "since")


@rule("edge")
def since_edge_zh(t: Tokens, i: int) -> Read | None:
    """年初至今, 月初以来."""
    if ENDS.get(t[i].text) == "start" and t[i + 1].kind == "since":
        return Said(span=ToDate(Unit(t[i].value))), i + 2
    return None


@rule("number", "ordinal")
def numbers_ranged(t: Tokens, i: int) -> Read | None:
    """3-5 May, 1 to 15 May, 3-5号, 1-3月, 1到3季度."""
    first, link = t[i].value, t[i + 1]
    between = i > 0 and t[i - 1].text == "between" and link.text == "and"
    if not 1 <= first <= DAYS or not (between or link.text in LINKS):
        return None
    last = joined(t, i + 2)
    span = _from_number(first, last[0], t, i) if last else None
    return (Said(span=span), last[1]) if span and last else None


def _from_number(first: int, last: Said, t: Tokens, i: int) -> Span | None:
    """The range from a bare number to a day, month or quarter."""
    span, day = last.span, last.day
    if isinstance(span, Fraction) and t[i + 2].kind == "number" and first < span.number:
        return replace(span, number=first, count=span.number - first + 1)
    if isinstance(span, Month) and t[i + 3].kind == "month_mark":
        return Between(Month(first, span.year), span)
    if last.clock:
        return None
    if isinstance(day, MonthDay):
        return Between(OneDay(replace(day, day=first)), OneDay(day))
    if isinstance(day, DayOfMonth):
        return Between(OneDay(DayOfMonth(first)), OneDay(day))
    return None
