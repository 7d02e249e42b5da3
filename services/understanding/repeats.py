"""What comes again and again: every Monday, 每月1号."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from services.understanding.days import MONTHS, add_months

DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_REACH: Final = 800
"""How many days ahead the next time is looked for; 29 February may not come within it."""


@dataclass(frozen=True)
class Repeat:
    """A rule as RFC 5545 has them: how often, and on which days of the week, month or year."""

    unit: str
    """day, week, month or year."""
    every: int = 1
    weekdays: tuple[int, ...] = ()
    day: int = 0
    """Day of the month; -1 is its last."""
    month: int = 0
    nth: int = 0
    """Which one of the weekdays in a month; -1 is the last."""

    @property
    def rule(self) -> str:
        """The rule as RFC 5545 writes it."""
        parts = [f"FREQ={_FREQUENCY[self.unit]}"]
        if self.every > 1 or self.unit == "quarter":
            parts.append(f"INTERVAL={self.every * (3 if self.unit == 'quarter' else 1)}")
        if self.month:
            parts.append(f"BYMONTH={self.month}")
        if self.weekdays:
            nth = str(self.nth) if self.nth else ""
            parts.append("BYDAY=" + ",".join(nth + DAYS[number] for number in self.weekdays))
        if self.day:
            parts.append(f"BYMONTHDAY={self.day}")
        return ";".join(parts)

    def next(self, day: date) -> date:
        """The first day of it, that day or later."""
        for ahead in range(_REACH):
            if self._is(found := day + timedelta(days=ahead), day):
                return found
        raise ValueError("that comes too seldom")

    def _is(self, day: date, today: date) -> bool:
        if self.month and day.month != self.month:
            return False
        if self.day:
            if self.unit == "quarter" and day.month % 3 != (0 if self.day < 0 else 1):
                return False
            last = monthrange(day.year, day.month)[1]
            return day.day == (self.day if self.day > 0 else last + 1 + self.day)
        if self.weekdays:
            return day.weekday() in self.weekdays and self._is_nth(day)
        if self.unit in {"month", "quarter", "year"}:
            return day == _first(today, self.unit)
        return self.unit == "day" or day.weekday() == 0

    def _is_nth(self, day: date) -> bool:
        if self.nth > 0:
            return (day.day - 1) // 7 + 1 == self.nth
        return self.nth == 0 or day.day > monthrange(day.year, day.month)[1] - 7


_FREQUENCY: Final = {
    "day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "quarter": "MONTHLY", "year": "YEARLY",
}  # fmt: skip


def _first(today: date, unit: str) -> date:
    """The first of the next month, quarter or year; today itself counts."""
    size = {"month": 1, "quarter": 3, "year": MONTHS}[unit]
    start = add_months(today.replace(day=1), -((today.month - 1) % size))
    return start if start == today else add_months(start, size)
