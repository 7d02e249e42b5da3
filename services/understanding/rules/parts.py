"""Rules for parts of the day: tomorrow morning, 下午, early Monday, end of day, EOD, a zone."""

from typing import Final

from services.understanding.clocks import END_OF_DAY, MIDNIGHT, NOON, SHORT
from services.understanding.days import Ago, Weekday
from services.understanding.grammar import rule
from services.understanding.rules.clock_ranges import until
from services.understanding.said import Read, Said, Tokens
from services.understanding.words_en import CITIES, WEAK, ZONES

MEALS: Final = frozenset("饭茶餐")
"""下午茶 is no time, nor is 下午好."""
DAYS: Final = frozenset(("relative", "weekday", "relative_short", "day_mark", "shift"))
WHEN: Final = frozenset(("early", "mid", "late"))
NAMED: Final = {
    ("early", "morning"): "early",
    ("mid", "morning"): "forenoon",
    ("late", "morning"): "late_morning",
    ("late", "afternoon"): "late_afternoon",
}


@rule("part")
def part_of_day(t: Tokens, i: int) -> Read | None:
    """Morning, 下午, noon, midnight."""
    name, text, j = t[i].value, t[i].text, i + 1
    if text in {"noon", "midday", "正午"}:
        return until(t, j, NOON)
    if name == "midnight":
        return Said(clock=MIDNIGHT), j
    if t[j].text in MEALS or (t[j].text == "好" and t[j + 1].text != "好"):
        return None
    if name in SHORT:
        return _short(t, i)
    weak = (text.isascii() and not _in_the(t, i)) or text in WEAK
    j += text == "lunch" and t[j].text in {"time", "break"}
    return Said(part=name, weak=weak and t[j].kind != "clock"), j


def _short(t: Tokens, i: int) -> Read | None:
    """早, 晚 and 午 beside a day or a clock: 周一早, 早9点."""
    name, after = t[i].value, t[i + 1]
    near = i > 0 and t[i - 1].kind in DAYS
    if not near and after.kind not in {"number", "clock"}:
        return None
    if name == "morning_short" and after.text in {"一", "些", "点"}:
        return None
    return Said(part=SHORT[name], weak=not near), i + 1


def _in_the(t: Tokens, i: int) -> bool:
    return i > 0 and (
        t[i - 1].text in {"the", "this", "every", "by"} or t[i - 1].kind == "weekday"
    )


@rule("edge")
def early_or_late(t: Tokens, i: int) -> Read | None:
    """Early morning, late afternoon, mid-morning, early in the morning, late tomorrow morning."""
    when, j, day = t[i].text, i + 1, None
    if when not in WHEN:
        return None
    if t[j].text == "in" and t[j + 1].text == "the":
        j += 2
    elif t[j].text == "-":
        j += 1
    elif t[j].kind in {"relative", "weekday"}:
        day = Ago(t[j].value, "day") if t[j].kind == "relative" else Weekday(t[j].value)
        j += 1
    if t[j].kind != "part":
        return None
    return Said(day=day, part=NAMED.get((when, t[j].value), t[j].value)), j + 1


@rule("ordinal")
def first_thing(t: Tokens, i: int) -> Read | None:
    """First thing tomorrow, first thing in the morning."""
    if t[i].text != "first" or t[i + 1].text != "thing":
        return None
    j = i + 2
    if t[j].text == "in":
        j += 1 + (t[j + 1].text == "the")
    j += t[j].kind == "part" and t[j].value == "morning"
    return Said(part="morning", weak=True), j


@rule(words=("after",))
def after_lunch(t: Tokens, i: int) -> Read | None:
    """After lunch."""
    return (Said(part="after_lunch"), i + 2) if t[i + 1].text == "lunch" else None


@rule("half")
def half_of_day(t: Tokens, i: int) -> Read | None:
    """Friday a.m., tomorrow pm."""
    if i and t[i - 1].kind in {"weekday", "relative"}:
        return Said(part="forenoon" if t[i].value == "am" else "afternoon"), i + 1
    return None


@rule("tonight")
def tonight(_t: Tokens, i: int) -> Read | None:
    """This evening, in one word."""
    return Said(day=Ago(0, "day"), part="evening"), i + 1


@rule("deadline")
def end_of_business(t: Tokens, i: int) -> Read | None:
    """EOD, COB: six in the evening, of today unless a day is said."""
    return (Said(clock=END_OF_DAY), i + 1) if t[i].value == "day" else None


@rule("edge")
def end_of_the_day(t: Tokens, i: int) -> Read | None:
    """End of day, end of business, end of play."""
    if t[i].text != "end" or t[i + 1].text != "of":
        return None
    the = t[i + 2].text == "the"
    j = i + 2 + (the or t[i + 2].text == "play")
    j += t[j].text in {"business", "working"}
    if t[j].text == "day" and not (the and t[j + 1].kind == "ago"):
        return Said(clock=END_OF_DAY), j + 1
    return (Said(clock=END_OF_DAY), j) if t[j - 1].text == "business" else None


@rule("shift", words=("close",))
def after_work(t: Tokens, i: int) -> Read | None:
    """Close of business; 下班前."""
    if t[i].text == "close" and t[i + 1].text == "of" and t[i + 2].text in {"business", "play"}:
        return Said(clock=END_OF_DAY), i + 3
    if t[i].text == "下" and t[i + 1].text == "班" and t[i + 2].kind in {"ago", "later"}:
        return Said(clock=END_OF_DAY), i + 2
    return None


@rule("zone", words=(*CITIES, *ZONES))
def zone(t: Tokens, i: int) -> Read | None:
    """北京时间, London time."""
    if t[i].kind == "zone":
        return Said(zone=t[i].value, weak=True), i + 1
    if t[i].text in CITIES and t[i + 1].text == "time":
        return Said(zone=CITIES[t[i].text], weak=True), i + 2
    if t[i].text in ZONES and t[i + 1].text == "时" and t[i + 2].text == "间":
        return Said(zone=ZONES[t[i].text], weak=True), i + 3
    return None
