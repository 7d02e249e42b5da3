"""Clocks that end the time which another begins: 3-5pm, from 9 to 11:30, 下午2点到4点."""

from dataclasses import replace
from typing import Final

from services.understanding.clocks import MIDNIGHT, NOON, Clock
from services.understanding.counts import count
from services.understanding.rules.clock_words import LAST_HOUR, clock_of, ended
from services.understanding.rules.clock_words_zh import clock_zh_at
from services.understanding.said import Read, Said, Tokens

SPOKEN: Final = frozenset(("five", "ten", "twenty", "quarter"))
"""Minutes that are said before an hour: ten to four is ten before four."""
LINKS: Final = frozenset("- ~ to until till til through thru 到 至 直到".split())
RANGES: Final = LINKS | {"--", "and"}
COUNTED: Final = frozenset(("unit", "month", "month_mark", "day_mark"))
NOONS: Final = {"noon": NOON, "midday": NOON, "midnight": MIDNIGHT}
NEAR: Final = 8
"""How far before its ``and`` a ``between`` may stand."""
HALF_DAY: Final = 12


def until(t: Tokens, i: int, clock: Clock) -> Read:
    """A clock, and the one that ends the time it begins; ten to four is ten before four."""
    end = clock_at(t, i + 1) if _is_link(t, i) else None
    if end is None:
        return Said(clock=clock), i
    last, j = end
    if last.half and not clock.half and clock.style == "bare":
        half = last.half
        if clock.hour % HALF_DAY > last.hour % HALF_DAY and half == "pm":
            half = "am"
        clock = replace(clock, half=half, style="sure")
    elif clock.half and not last.half and last.style == "bare":
        half = clock.half if last.hour % HALF_DAY >= clock.hour % HALF_DAY else "pm"
        last = replace(last, half=half if last.hour <= HALF_DAY else "", style="sure")
    return Said(clock=clock, until=last), j


def _is_link(t: Tokens, i: int) -> bool:
    if t[i].text == "and":
        return any(token.text == "between" for token in t[max(0, i - NEAR) : i])
    if t[i].text == "to" and t[i - 1].text in SPOKEN:
        return t[i - 2].text in {"from", "between"}
    return t[i].text in RANGES


def is_range(t: Tokens, i: int) -> bool:
    """Whether a bare number begins a range of hours: 3-5pm, 9 to 11:30."""
    if t[i].text not in RANGES or (t[i].text == "to" and t[i - 1].text in SPOKEN):
        return False
    if t[i + 1].kind == "clock":
        return True
    found = count(t, i + 1)
    return found is not None and found[0] <= LAST_HOUR and t[found[1]].kind == "half"


def clock_at(t: Tokens, i: int) -> tuple[Clock, int] | None:
    """A clock by itself, as it ends a range."""
    if t[i].kind == "part" and t[i + 1].kind in {"number", "clock"}:
        i += 1
    if t[i].kind == "clock":
        hour, minute = t[i].value[:2]
        clock = clock_of(hour, minute, t[i].text)
        return ended(t, i + 1, clock) if clock else None
    if t[i].text in NOONS:
        return NOONS[t[i].text], i + 1
    return clock_zh_at(t, i) or _number(t, i)


def _number(t: Tokens, i: int) -> tuple[Clock, int] | None:
    found = count(t, i)
    if found is None or t[found[1]].kind in COUNTED:
        return None
    after = t[found[1]]
    if after.kind in {"word", "han"} and not after.spaced:
        return None  # 10 to 15k
    clock = clock_of(found[0], 0, t[i].text)
    return ended(t, found[1], clock) if clock else None
