"""Rules for clocks as they are spoken: half past three, quarter to 9, 三点半, 差五分三点."""

from dataclasses import replace
from typing import Final

from services.understanding.clocks import Clock
from services.understanding.counts import count
from services.understanding.grammar import rule
from services.understanding.rules.clock_ranges import until
from services.understanding.rules.clock_words import LAST_MINUTE, clock_of, ended
from services.understanding.rules.clock_words_zh import before, clock_zh_at, minutes_to
from services.understanding.said import Read, Said, Tokens

PAST: Final = frozenset(("past", "after"))
TO: Final = frozenset(("to", "of", "till", "before"))
NOONS: Final = {"noon": 12 * 60, "midnight": 24 * 60}
A_DAY: Final = 24 * 60
HALF: Final = 30
QUARTER: Final = 15
FIVE: Final = 5
LAST: Final = 12
POINTS: Final = frozenset("建意要原理好")
"""What 3点 is followed by when it is three points: 建议, 意见, 要求, 原因, 理由, 好处."""
BESIDE: Final = frozenset(("前", "之前", "以前", "后", "之后", "以后"))


@rule("unit", "number", "tens", "half_word")
def spoken(t: Tokens, i: int) -> Read | None:
    """Half past three, quarter to 9, ten past eight, 20 minutes to six, five to noon."""
    said = _minutes(t, i)
    if said is None:
        return None
    minutes, j = said
    word, after = t[j].text, t[j + 1].text
    if after in NOONS and word in PAST | {"to", "before"}:
        at = int(NOONS[after] + (minutes if word in PAST else -minutes)) % A_DAY
        return Said(clock=Clock(at // 60, at % 60, "sure")), j + 2
    hour = count(t, j + 1) if word in PAST or word in TO else None
    if hour is None or hour[0] > LAST or t[hour[1]].kind in {"unit", "month"}:
        return None
    if word in PAST:
        return _beside(t, hour, minutes)
    return _beside(t, hour, -minutes) if _is_to(t, i, j, minutes) else None


def _minutes(t: Tokens, i: int) -> tuple[float, int] | None:
    if t[i].text in {"half", "quarter"}:
        return HALF if t[i].text == "half" else QUARTER, i + 1
    found = count(t, i)
    if found is None or found[0] > LAST_MINUTE:
        return None
    minutes, j = found
    return minutes, j + (t[j].kind == "unit" and t[j].value == "minute")


def _is_to(t: Tokens, i: int, j: int, minutes: float) -> bool:
    """Whether a number and an hour are so many minutes before it; from 9 to 5 is none."""
    if t[i].kind in {"number", "tens"} and minutes % FIVE:
        return False
    if not t[i].text.isdigit():
        return True
    if t[j - 1].kind != "unit" and t[j].text != "to":
        return False
    return not (i and t[i - 1].text in {"from", "between"})


def _beside(t: Tokens, hour: tuple[float, int], minutes: float) -> Read | None:
    at = int(hour[0]) - (minutes < 0)
    clock = clock_of(at if at > 0 else LAST, minutes % 60)
    if clock is None:
        return None
    clock, j = ended(t, hour[1], clock)
    return Said(clock=clock), j


@rule("unit")
def half_hour_of(t: Tokens, i: int) -> Read | None:
    """Half three, as the British say half past three."""
    hour = t[i + 1]
    if t[i].text != "half" or hour.kind != "number" or not hour.text.isascii():
        return None
    if not hour.text.isalpha() and not (i and t[i - 1].text == "at"):
        return None
    if not 1 <= hour.value <= LAST or t[i + 2].kind in {"unit", "month"}:
        return None
    clock, j = ended(t, i + 2, Clock(hour.value, HALF))
    return Said(clock=clock), j


@rule("number")
def clock_zh(t: Tokens, i: int) -> Read | None:
    """A Chinese clock, or a range of them; 两点 by itself is two points as often."""
    found = clock_zh_at(t, i)
    if found is None:
        return None
    clock, j = found
    if t[j].text == "差":
        less, k = minutes_to(t, j + 1)
        if less:
            return Said(clock=before(clock, less)), k
    said, end = until(t, j, clock)
    marked = j > i + 2 or said.until or t[j].text in BESIDE
    points = not t[i].text.isdigit() or t[j].text in POINTS
    return (replace(said, weak=True) if points and not marked else said), end


@rule(words=("差",))
def to_the_hour(t: Tokens, i: int) -> Read | None:
    """差五分三点, 差一刻九点."""
    less, j = minutes_to(t, i + 1)
    hour = clock_zh_at(t, j) if less else None
    return (Said(clock=before(hour[0], less)), hour[1]) if hour else None
