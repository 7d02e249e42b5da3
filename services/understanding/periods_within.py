"""Periods made of others: the rest of the month, March to May, the first week of Q2."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from services.understanding.days import (
    MONTHS,
    WEEK,
    Frame,
    Span,
    add_months,
    monday_of,
    shifted,
)
from services.understanding.days_within import NthWeekday
from services.understanding.facts import Toward
from services.workdays import SATURDAY

ONE: Final = timedelta(days=1)
TEN_DAYS: Final = 10
LAST_THIRD: Final = 3
HALF_MONTH: Final = 15
SHORTEST_MONTH: Final = 28
LONGEST_MONTH: Final = 31


@dataclass(frozen=True)
class ToDate:
    """From the beginning of a period until today."""

    span: Span

    def of(self, frame: Frame) -> tuple[date, date]:
        start, _ = self.span.of(replace(frame, toward=None))
        if start > frame.today:
            start, _ = self.span.of(replace(frame, toward=Toward.PAST, begun=True))
        if start > frame.today:
            raise ValueError("that has not begun")
        return start, frame.today + ONE


@dataclass(frozen=True)
class YearsAway:
    """The same period of another year: 去年同期."""

    span: Span
    years: int

    def of(self, frame: Frame) -> tuple[date, date]:
        start, end = self.span.of(frame)
        return add_months(start, MONTHS * self.years), add_months(end, MONTHS * self.years)


@dataclass(frozen=True)
class Rest:
    """What is left of a period, today included."""

    span: Span

    def of(self, frame: Frame) -> tuple[date, date]:
        start, end = self.span.of(frame)
        if end <= frame.today:
            raise ValueError("nothing is left of it")
        return max(start, frame.today), end


@dataclass(frozen=True)
class Between:
    """From the beginning of one period to the end of another, both within reach of each other."""

    first: Span
    last: Span

    def of(self, frame: Frame) -> tuple[date, date]:
        start, _ = self.first.of(frame)
        _, end = self.last.of(frame)
        if end <= start:
            # Monday to Wednesday, said on a Tuesday; November to February.
            anchored = replace(
                frame,
                now=frame.now.replace(year=start.year, month=start.month, day=start.day),
                toward=Toward.FUTURE,
            )
            _, end = self.last.of(anchored)
        if end <= start:
            raise ValueError("that ends before it begins")
        return start, end


@dataclass(frozen=True)
class Third:
    """One of the three thirds that Chinese months have: 上旬, 中旬, 下旬."""

    number: int
    span: Span

    def of(self, frame: Frame) -> tuple[date, date]:
        start, end = self.span.of(frame)
        first = start + timedelta(days=TEN_DAYS * (self.number - 1))
        return first, end if self.number == LAST_THIRD else first + timedelta(days=TEN_DAYS)


@dataclass(frozen=True)
class HalfOf:
    """The first or second half of a period; a month's first half ends on the 15th."""

    number: int
    span: Span

    def of(self, frame: Frame) -> tuple[date, date]:
        start, end = self.span.of(frame)
        days = (end - start).days
        if days > LONGEST_MONTH:
            months = (end.year - start.year) * MONTHS + end.month - start.month
            middle = add_months(start, months // 2)
        else:
            half = HALF_MONTH if days >= SHORTEST_MONTH else (days + 1) // 2
            middle = start + timedelta(days=half)
        return (start, middle) if self.number == 1 else (middle, end)


@dataclass(frozen=True)
class Part:
    """The first or last so many days, weeks or months of a period."""

    amount: int
    unit: str
    span: Span
    last: bool = False

    def of(self, frame: Frame) -> tuple[date, date]:
        start, end = self.span.of(frame)
        if self.last:
            return max(start, shifted(end, -self.amount, self.unit, frame.works)), end
        return start, min(end, shifted(start, self.amount, self.unit, frame.works))


@dataclass(frozen=True)
class NthWeek:
    """The so-manieth week of a period, each from Monday on; -1 is the last.

    A month's first week is the one that has most of its days, as ISO 8601 counts a year's.
    """

    number: int
    span: Span

    def of(self, frame: Frame) -> tuple[date, date]:
        start, end = self.span.of(frame)
        if self.number > 0:
            first = monday_of(start + timedelta(days=3)) + timedelta(days=WEEK * (self.number - 1))
        else:
            first = monday_of(end - timedelta(days=4))
        if first >= end:
            raise ValueError("the period has no such week")
        return first, first + timedelta(days=WEEK)


@dataclass(frozen=True)
class NthWeekend:
    """The so-manieth weekend of a period that begins in it; -1 is the last."""

    number: int
    span: Span

    def of(self, frame: Frame) -> tuple[date, date]:
        saturday = NthWeekday(self.number, SATURDAY, self.span).on(frame)
        return saturday, saturday + timedelta(days=2)
