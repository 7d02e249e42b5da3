"""Rules for clocks in figures and plain hours: 15:30, 3pm, nine thirty am, at 9, 0930."""

from dataclasses import replace
from typing import Final

from services.understanding.clocks import NOON
from services.understanding.counts import count
from services.understanding.days import YearRef
from services.understanding.grammar import rule
from services.understanding.periods import Fraction
from services.understanding.rules.clock_ranges import NOONS, RANGES, clock_at, is_range, until
from services.understanding.rules.clock_words import HOURS, LAST_HOUR, clock_of, ended
from services.understanding.said import Read, Said, Tokens

AT: Final = frozenset(("at", "@"))
BEFORE_CLOCKS: Final = AT | frozenset(
    "around about by till until before after from since ~ circa approx abt".split()
)
NAMED_DAYS: Final = frozenset(("weekday", "relative"))
COUNTED: Final = frozenset(("unit", "month_mark", "day_mark", "month", "ordinal_mark"))
"""What makes a number of an hour that is none: 9 days."""
NO_HOUR: Final = frozenset("%k")
NOT_AFTER: Final = frozenset("-/%$~*#")
FIRST_HALF: Final = 20
"""1H25 is half a year, too; 1h15 is an hour and a quarter."""
HALVES: Final = (1, 2)
MINUTES: Final = 60
TEN: Final = 10
MILITARY: Final = 4


@rule("clock")
def digital(t: Tokens, i: int) -> Read | None:
    """15:30, 9:00am, 15h30; in 1h30 is an offset."""
    hour, minute = t[i].value[:2]
    long = "h" in t[i].text
    offset = t[i + 1].kind in {"ago", "later"}
    if long and (offset or (i and t[i - 1].text == "in")):
        sign = -1 if t[i + 1].kind == "ago" else 1
        return Said(minutes=sign * (hour * MINUTES + minute)), i + 1 + offset
    clock = clock_of(hour, minute, t[i].text)
    if clock is None:
        return None
    clock, j = ended(t, i + 1, clock)
    if long and hour in HALVES and minute >= FIRST_HALF:
        half = Fraction(hour, "half", YearRef(2000 + minute))
        return Said(clock=clock, span=half, weak=True), j
    return until(t, j, clock)


@rule("number", "tens")
def hour_said(t: Tokens, i: int) -> Read | None:
    """3pm, 9 o'clock, nine thirty am; a bare hour only where at, @ or by says that it is one."""
    found = count(t, i)
    if found is None or found[0] > LAST_HOUR:
        return _military(t, i)
    hour, j = found
    if hour == NOON.hour and t[j].text in {"noon", "midnight"}:
        return Said(clock=NOONS[t[j].text]), j + 1
    minute, k = _minutes(t, j)
    clock = clock_of(hour, minute, t[i].text)
    if clock and t[k].text == "h" and not t[k].spaced and _is_at_hour(t, i, k):
        return Said(clock=replace(clock, style="sure")), k + 1
    if clock is None or t[k].kind in COUNTED:
        return _military(t, i)
    clock, end = ended(t, k, clock)
    if end > j or _is_marked(t, i, k, hour) or is_range(t, k) or _is_after_a_day(t, i, k):
        return until(t, end, clock)
    return None


def _is_at_hour(t: Tokens, i: int, k: int) -> bool:
    """At 9h, 9h tomorrow."""
    return (i > 0 and t[i - 1].text in AT) or t[k + 1].kind in NAMED_DAYS


def _is_marked(t: Tokens, i: int, k: int, hour: float) -> bool:
    """Whether words beside a number make an hour of it: at 5, by 5, 3 in the afternoon."""
    if _part_follows(t, k):
        return True
    if i == 0 or t[k].text in NO_HOUR:
        return False
    if t[i - 1].text in AT and hour <= NOON.hour:
        return True
    if t[i - 1].text == "from" and t[k].text in RANGES:
        return clock_at(t, k + 1) is not None
    return t[i - 1].text in BEFORE_CLOCKS and (is_range(t, k) or _ends(t, k))


def _is_after_a_day(t: Tokens, i: int, k: int) -> bool:
    """Whether a number is the hour of the day before it: thurs 8, but not yesterday 3."""
    if not i or t[i - 1].kind not in NAMED_DAYS or not t[i].spaced:
        return False
    if t[i - 1].kind == "relative" and t[i - 1].value < 0:
        return False
    ends = t[k].kind in {"end", "mark"} and t[k].text not in NOT_AFTER
    return t[i].value in range(1, NOON.hour + 1) and ends


def _part_follows(t: Tokens, i: int) -> bool:
    """Whether a part of the day makes a clock of the number before: 3 in the afternoon."""
    match t[i].text:
        case "in" if t[i + 1].text == "the":
            return t[i + 2].kind in {"part", "half"}
        case "at":
            return t[i + 1].text == "night"
        case "this":
            return t[i + 1].kind == "part"
    return t[i].kind == "tonight" or (t[i].kind in NAMED_DAYS and t[i + 1].kind == "part")


def _ends(t: Tokens, i: int) -> bool:
    return t[i].kind in {"end", "mark"} or t[i].text in {"on", "in", "tomorrow", "today"}


def _minutes(t: Tokens, j: int) -> tuple[float, int]:
    """The minutes after an hour: nine thirty, 9 oh five."""
    if t[j].text in {"oh", "o"} and t[j + 1].kind == "number":
        return t[j + 1].value, j + 2
    if t[j].kind in {"tens", "number"} and t[j].text.isalpha() and t[j].text.isascii():
        more = count(t, j)
        if more and more[0] >= TEN:
            return more
    return 0, j


def _military(t: Tokens, i: int) -> Read | None:
    """At 0930, 1730 hrs."""
    text, after = t[i].text, t[i + 1]
    if len(text) != MILITARY or not text.isdigit():
        return None
    before = i > 0 and (t[i - 1].text in AT | {"by"} or t[i - 1].kind in NAMED_DAYS)
    followed = after.text in HOURS or after.kind in NAMED_DAYS | {"tonight"}
    clock = clock_of(int(text[:2]), int(text[2:]))
    if clock and (followed or (before and text[0] in "01")):
        return Said(clock=replace(clock, style="sure")), i + 1 + (after.text in HOURS)
    return None


@rule("dotted")
def dotted(t: Tokens, i: int) -> Read | None:
    """9.30am, at 9.30; without such company it is a number."""
    hour, minute = t[i].value
    clock = clock_of(hour, minute, t[i].text)
    two_digits = len(t[i].text.split(".")[1]) == len("30")
    if clock is None or not two_digits:
        return None
    clock, j = ended(t, i + 1, clock)
    return until(t, j, clock) if j > i + 1 or _is_dotted_clock(t, i, j) else None


def _is_dotted_clock(t: Tokens, i: int, j: int) -> bool:
    """At 9.30, Friday 9.30, 9.30 on Friday."""
    if t[j + (t[j].text == "on")].kind in NAMED_DAYS:
        return True
    if not i:
        return False
    before = t[i - 2] if t[i - 1].text == "," else t[i - 1]
    return t[i - 1].text in AT or before.kind in NAMED_DAYS | {"month", "ordinal"}
