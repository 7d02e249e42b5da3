"""Times of day, and the house's conventions for those that leave something open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Final, Literal

Hours = Mapping[int, tuple[int, int]]
"""What an hour that was said means: how many days on, and the hour."""


def _same(*hours: int) -> dict[int, tuple[int, int]]:
    return {hour: (0, hour) for hour in hours}


def _later(*hours: int) -> dict[int, tuple[int, int]]:
    return {hour: (0, hour + 12) for hour in hours}


@dataclass(frozen=True)
class Part:
    """A part of the day: when it begins, its usual time, and what its hours mean on a clock."""

    begins: int
    usual: time
    hours: Hours


_MORNING: Final = _same(*range(4, 13)) | {1: (0, 1), 2: (0, 2), 3: (0, 3)}
_NIGHT: Final = _later(*range(5, 12)) | _same(*range(17, 24)) | {12: (1, 0), 0: (1, 0), 24: (1, 0)}
PARTS: Final[Mapping[str, Part]] = {
    "morning": Part(5, time(9), _MORNING),
    "early": Part(5, time(8), _MORNING),
    "forenoon": Part(7, time(10), _MORNING),
    "late_morning": Part(9, time(11), _MORNING),
    "noon": Part(11, time(12), _same(10, 11, 12, 13, 14) | {1: (0, 13), 2: (0, 14)}),
    "afternoon": Part(12, time(15), _same(*range(12, 20)) | _later(*range(1, 9))),
    "after_lunch": Part(12, time(14), _same(*range(12, 20)) | _later(*range(1, 9))),
    "late_afternoon": Part(15, time(17), _same(*range(12, 20)) | _later(*range(1, 9))),
    "dusk": Part(16, time(18), _later(*range(4, 9)) | _same(*range(16, 21))),
    "evening": Part(17, time(19), _NIGHT | {1: (1, 1), 2: (1, 2), 4: (0, 16), 16: (0, 16)}),
    "night": Part(18, time(20), _NIGHT | {1: (1, 1), 2: (1, 2), 3: (1, 3)}),
    "late": Part(22, time(23), _NIGHT | {1: (1, 1), 2: (1, 2), 3: (1, 3), 4: (1, 4)}),
    "dawn": Part(0, time(5), _same(*range(7)) | {12: (0, 0)}),
    "am": Part(0, time(9), _same(*range(12)) | {12: (0, 0)}),
    "pm": Part(12, time(15), {12: (0, 12)} | _later(*range(1, 12)) | _same(*range(13, 24))),
    "deadline": Part(17, time(18), _later(*range(4, 12)) | _same(*range(16, 24))),
}
"""A salesperson's day; ``usual`` is where a reminder goes for which no clock was said."""
SHORT: Final = {"morning_short": "morning", "evening_short": "evening", "noon_short": "noon"}
BARE: Final[Hours] = _later(*range(1, 7)) | _same(*range(7, 24)) | {0: (0, 0), 24: (1, 0)}
"""Salespeople work by day: a bare 1 to 6 is the afternoon, 7 to 11 the morning."""


@dataclass(frozen=True)
class Clock:
    """A time of day as it was said: 3pm is sure, 03:00 as good as sure, 3:00 open."""

    hour: int
    minute: int = 0
    style: Literal["sure", "padded", "bare"] = "bare"
    half: str = ""
    zone: str = ""
    """The zone that was said, when it is another than the person's."""

    def on(self, part: Part | None) -> tuple[int, time]:
        """How many days on, and the time; ValueError where clock and part of day disagree."""
        days, hour = self._hour(part)
        return days, time(hour, self.minute)

    def _hour(self, part: Part | None) -> tuple[int, int]:
        if self.half:
            return self._half(part)
        if part is None:
            hours = BARE if self.style == "bare" else _same(*range(24)) | {24: (1, 0)}
            return _found(hours, self.hour)
        if self.style == "padded" and (0, self.hour) in part.hours.values():
            return 0, self.hour
        return _found(part.hours, self.hour)

    def _half(self, part: Part | None) -> tuple[int, int]:
        """Of am and pm, which the part of the day must agree with."""
        found = _found(PARTS[self.half].hours, self.hour)
        if part is None or found in part.hours.values():
            return found
        return _found({hour: (days, hour) for days, hour in part.hours.values()}, found[1])


def _found(hours: Hours, hour: int) -> tuple[int, int]:
    if hour not in hours:
        raise ValueError("no such hour in that part of the day")
    return hours[hour]


NOON: Final = Clock(12, 0, "sure")
MIDNIGHT: Final = Clock(24, 0, "sure")
END_OF_DAY: Final = Clock(18, 0, "sure")
