"""What makes a clock of numbers, and what may stand after one: pm, o'clock, sharp, a zone."""

from dataclasses import replace
from typing import Final

from services.understanding.clocks import Clock
from services.understanding.said import Tokens
from services.understanding.words_en import CITIES, ZONES

LAST_HOUR: Final = 24
LAST_MINUTE: Final = 59
HOURS: Final = frozenset(("hrs", "hours"))
O_CLOCK: Final = frozenset(("o'clock", "oclock", *HOURS))
ABOUT: Final = frozenset(("sharp", "ish", "exactly", "整", "钟", "左右", "前后"))
_PADDED: Final = 2


def clock_of(hour: float, minute: float, text: str = "") -> Clock | None:
    """The clock of an hour and a minute, if there is such a time; 09:00 is padded."""
    if hour != int(hour) or not (0 <= hour <= LAST_HOUR and 0 <= minute <= LAST_MINUTE):
        return None
    if hour == LAST_HOUR and minute:
        return None
    padded = text.startswith("0") and len(text.split(":", maxsplit=1)[0]) == _PADDED
    return Clock(int(hour), int(minute), "padded" if padded else "bare")


def ended(t: Tokens, i: int, clock: Clock) -> tuple[Clock, int]:
    """A clock with what may stand after it: pm, o'clock, sharp, a zone."""
    i = _o_clock(t, i)
    if t[i].text == "in" and t[i + 1].text == "the" and t[i + 2].kind == "half":
        i += 2
    if t[i].kind == "half":
        clock, i = replace(clock, half=t[i].value, style="sure"), i + 1
    i += t[i].text in ABOUT
    if t[i].text == "-" and t[i + 1].text == "ish":
        i += 2
    return _zoned(t, i, clock)


def _o_clock(t: Tokens, i: int) -> int:
    """After o'clock, however it is written."""
    if t[i].text in O_CLOCK:
        return i + 1
    if t[i].text == "o" and t[i + 1].text == "clock":
        return i + 2
    if t[i].text == "o" and t[i + 1].text == "'" and t[i + 2].text == "clock":
        return i + 3
    return i


def _zoned(t: Tokens, i: int, clock: Clock) -> tuple[Clock, int]:
    if t[i].text in ZONES and (t[i].text != "z" or not t[i].spaced):
        return replace(clock, zone=ZONES[t[i].text]), i + 1
    at = i + (t[i].text == "new")
    if t[at].text in CITIES and t[at + 1].text == "time":
        return replace(clock, zone=CITIES[t[at].text]), at + 2
    return clock, i
