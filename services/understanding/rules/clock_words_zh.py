"""Chinese clocks: 三点半, 9点一刻, 15时30分, 差五分三点."""

from dataclasses import replace
from typing import Final

from services.understanding.clocks import Clock
from services.understanding.counts import count
from services.understanding.rules.clock_words import LAST_HOUR, LAST_MINUTE, clock_of, ended
from services.understanding.said import Tokens

QUARTER: Final = 15
QUARTERS: Final = (1, 2, 3)
HALF: Final = 30
TEN: Final = 10
COUNTED: Final = frozenset(("万", "个", "台", "家", "人"))
"""What makes a number of 20 in 3点20 that is no minute."""
OTHER_MARKS: Final = frozenset(("unit", "hour_mark", "month_mark", "day_mark", "han"))


def clock_zh_at(t: Tokens, i: int) -> tuple[Clock, int] | None:
    """三点半, 9点一刻, 8点05分, 15时30分, 九点过十分."""
    found = count(t, i) if t[i].kind == "number" else None
    if found is None or t[found[1]].kind != "hour_mark" or found[0] > LAST_HOUR:
        return None
    minute, j = _minute(t, found[1] + 1)
    clock = clock_of(found[0], minute, t[i].text)
    return ended(t, j, clock) if clock else None


def _minute(t: Tokens, j: int) -> tuple[int, int]:
    if t[j].kind == "half_word":
        return HALF, j + 1
    if t[j].text == "差" and t[j + 1].kind == "number":
        return 0, j
    k = j + (t[j].text in {"过", "零", "多"})
    if t[j].text == "多":
        return 0, k
    if t[k].kind == "number":
        value, after = t[k].value, t[k + 1]
        if after.kind == "quarter_mark" and value in QUARTERS:
            return QUARTER * value, k + 2
        if value <= LAST_MINUTE and after.kind == "minute_mark":
            return value, k + 2
        if value <= LAST_MINUTE and _is_minute(t, k):
            return value, k + 1
    return 0, j


def _is_minute(t: Tokens, k: int) -> bool:
    """Whether a number after an hour is its minutes, though nothing says so: 3点20."""
    plain = t[k + 1].kind not in OTHER_MARKS or t[k].value >= TEN
    return plain and not t[k].spaced and len(t[k].text) > 1 and t[k + 1].text not in COUNTED


def minutes_to(t: Tokens, i: int) -> tuple[int, int]:
    """How many minutes are missing to the hour, and where that ends."""
    value, kind = t[i].value, t[i + 1].kind
    if t[i].kind != "number":
        return 0, i
    if kind == "quarter_mark":
        return QUARTER * value, i + 2
    if kind == "minute_mark" or (kind == "unit" and t[i + 1].value == "minute"):
        return value, i + 2
    return 0, i


def before(clock: Clock, minutes: int) -> Clock:
    """So many minutes before an hour."""
    hour = clock.hour - 1 if clock.hour > 1 else 12
    return replace(clock, hour=hour, minute=60 - minutes)
