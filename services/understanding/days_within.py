"""Days by their place in a period, or after another day: the last Friday of March."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from services.understanding.days import FRIDAY, WEEK, Day, Frame, Span

MOST_DAYS: Final = 366
SHORTEST_MONTH: Final = 28
LONGEST_MONTH: Final = 31
MIDDLE: Final = 14
"""How many days after its first a month's middle is: the 15th."""
Which = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class DayOf:
    """The so-manieth day of a period; -1 is its last."""

    number: int
    span: Span

    def on(self, frame: Frame) -> date:
        start, end = self.span.of(frame)
        found = end + timedelta(days=self.number)
        if self.number > 0:
            found = start + timedelta(days=self.number - 1)
        if not start <= found < end:
            raise ValueError("the period has no such day")
        return found


@dataclass(frozen=True)
class NthWorkday:
    """The so-manieth working day of a period; -1 is its last."""

    number: int
    span: Span

    def on(self, frame: Frame) -> date:
        start, end = self.span.of(frame)
        days = [start + timedelta(days=n) for n in range(min((end - start).days, MOST_DAYS))]
        working = [day for day in days if frame.works(day)]
        if abs(self.number) > len(working):
            raise ValueError("the period has no such day")
        return working[self.number - 1 if self.number > 0 else self.number]


@dataclass(frozen=True)
class NthWeekday:
    """The so-manieth Monday of a period; -1 is its last."""

    number: int
    weekday: int
    span: Span

    def on(self, frame: Frame) -> date:
        start, end = self.span.of(frame)
        if self.number > 0:
            first = start + timedelta(days=(self.weekday - start.weekday()) % WEEK)
            found = first + timedelta(days=WEEK * (self.number - 1))
        else:
            last = end - timedelta(days=1)
            found = last - timedelta(days=(last.weekday() - self.weekday) % WEEK)
        if not start <= found < end:
            raise ValueError("the period has no such day")
        return found


@dataclass(frozen=True)
class Following:
    """The so-manieth Monday after another day."""

    base: Day
    number: int
    weekday: int

    def on(self, frame: Frame) -> date:
        first = self.base.on(frame) + timedelta(days=1)
        ahead = (self.weekday - first.weekday()) % WEEK
        return first + timedelta(days=ahead + WEEK * (self.number - 1))


@dataclass(frozen=True)
class Edge:
    """The beginning, middle or end of a period; a week ends on its Friday."""

    span: Span
    which: Which

    def on(self, frame: Frame) -> date:
        start, end = self.span.of(frame)
        days = (end - start).days
        if self.which == "start":
            return start
        if self.which == "middle":
            month = SHORTEST_MONTH <= days <= LONGEST_MONTH
            return start + timedelta(days=MIDDLE if month else days // 2)
        return start + timedelta(days=FRIDAY) if days == WEEK else end - timedelta(days=1)
