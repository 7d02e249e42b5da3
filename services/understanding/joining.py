"""What two neighbours say together: a day and a clock, a month and its year."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from services.understanding.days import (
    Ago,
    Day,
    DayOfMonth,
    Either,
    Fixed,
    Frame,
    MonthDay,
    Span,
    Weekday,
    WeekdayOf,
    YearRef,
)
from services.understanding.days_within import DayOf, Edge, NthWeekday
from services.understanding.festivals import Holiday
from services.understanding.periods import FiscalYear, Fraction, Month, Rolling, Unit, Year
from services.understanding.periods_within import HalfOf, NthWeek, Part, Third, ToDate, YearsAway
from services.understanding.said import Said


def merged(one: Said, two: Said) -> Said | None:
    """What two neighbours say together, or None where they do not belong together."""
    if one.minutes is not None or two.minutes is not None:
        return None
    if (one.clock and two.clock) or (one.part and two.part):
        return None
    place = _place(one, two)
    if place is None:
        return None
    clock, part = one.clock or two.clock, one.part or two.part
    if place.span and not place.day and (clock or part):
        return None
    return Said(
        day=place.day,
        span=place.span,
        clock=clock,
        until=one.until or two.until,
        part=part,
        repeat=one.repeat or two.repeat,
        zone=one.zone or two.zone,
        same=one.same or two.same,
        weak=one.weak and two.weak,
    )


def _place(one: Said, two: Said) -> Said | None:
    """The day or the period that two neighbours name together."""
    for first, second in ((one, two), (two, one)):
        if first.day is None and first.span is None:
            return Said(day=second.day, span=second.span)
    if one.repeat or two.repeat:
        return None
    if one.day and two.day:
        return _confirmed(one.day, two.day)
    for first, second in ((one, two), (two, one)):
        if first.span and second.day:
            found = day_in(first.span, second.day)
            return Said(day=found) if found else None
    if one.span and two.span:
        found_span = span_in(one.span, two.span) or span_in(two.span, one.span)
        return Said(span=found_span) if found_span else None
    return None


@dataclass(frozen=True)
class Confirmed:
    """A date that was said with its weekday; the two must agree."""

    day: Day
    weekday: int

    def on(self, frame: Frame) -> date:
        found = self.day.on(frame)
        if found.weekday() == self.weekday:
            return found
        if isinstance(self.day, MonthDay) and self.day.year is None:
            return self._of_another_year(self.day, frame)
        other = self.day.other(frame) if isinstance(self.day, Either) else None
        if other and other.weekday() == self.weekday:
            return other
        raise ValueError("that date is another day of the week")

    def _of_another_year(self, day: MonthDay, frame: Frame) -> date:
        """The date in the next or the last year, where the day of the week is right there."""
        for years in (0, 1, -1):
            found = replace(day, year=YearRef(shift=years)).on(frame)
            if found.weekday() == self.weekday:
                return found
        raise ValueError("that date is another day of the week")


def _confirmed(one: Day, two: Day) -> Said | None:
    for first, second in ((one, two), (two, one)):
        if isinstance(first, Weekday) and first.week is None:
            if isinstance(second, Ago) and second.unit in {"week", "fortnight"}:
                return Said(day=WeekdayOf(second, first.number))
            if isinstance(second, (MonthDay, DayOfMonth, DayOf, Either, Ago, Fixed)):
                return Said(day=Confirmed(second, first.number))
    return None


def day_in(span: Span, day: Day) -> Day | None:
    """A day that is said with its week, month or year."""
    if day == Ago(0, "day"):  # 下个月的今天
        if isinstance(span, Year) and span.year.shift:
            return Ago(span.year.shift, "year")
        return Ago(span.shift, span.unit) if isinstance(span, Unit) and span.shift else None
    if isinstance(day, Weekday) and day.week is None:
        if isinstance(span, Unit) and span.unit == "week":
            return Weekday(day.number, span.shift)
        return NthWeekday(1, day.number, span) if isinstance(span, NthWeek) else None
    if isinstance(day, DayOfMonth):
        return DayOf(day.number, span) if is_month(span) else None
    year = year_of(span)
    return day_with_year(day, year) if year else None


def is_month(span: Span) -> bool:
    """Whether a period is one month."""
    return isinstance(span, Month) or (isinstance(span, Unit) and span.unit == "month")


def year_of(span: Span) -> YearRef | None:
    """The year that a period is, if it is one."""
    if isinstance(span, Year):
        return span.year
    if isinstance(span, FiscalYear):
        return YearRef(span.number)
    if isinstance(span, Unit) and span.unit == "year":
        return YearRef(shift=span.shift)
    return None


def day_with_year(day: Day, year: YearRef) -> Day | None:
    """The same day of a year."""
    if isinstance(day, (MonthDay, Holiday, Either)) and day.year is None:
        return replace(day, year=year)
    if isinstance(day, (Edge, DayOf, NthWeekday)):
        inner = span_with_year(day.span, year)
        return replace(day, span=inner) if inner else None
    return None


HALF: Final = 0.5
THIS: Final = (Unit("month"), Unit("quarter"), Unit("week"), Unit("half"), ToDate(Unit("year")))


def span_in(outer: Span, inner: Span) -> Span | None:
    """A period that is said with the year that it is in."""
    year = year_of(outer)
    if year and year.shift and inner in THIS:  # 去年这个月
        return YearsAway(inner, year.shift)
    within = year or is_month(outer) or isinstance(outer, Fraction)
    if isinstance(inner, Rolling) and not inner.ahead and within:
        if inner.amount == HALF:  # 6月前半个月
            return HalfOf(1, outer)
        return Part(int(inner.amount), inner.unit, outer)
    if isinstance(inner, NthWeek) and inner.span == Year(YearRef(shift=0)) and year:
        return replace(inner, span=Year(year))
    if year:
        return span_with_year(inner, year)
    if is_month(outer) and isinstance(inner, (Third, HalfOf)):
        return replace(inner, span=outer)
    return None


def span_with_year(span: Span, year: YearRef) -> Span | None:
    """The same period of a year."""
    if isinstance(span, (Month, Fraction)) and span.year is None:
        return replace(span, year=year, shift=None)
    if isinstance(span, Unit) and span == Unit("year"):
        return Year(year)
    if isinstance(span, (HalfOf, Third, Part, NthWeek, ToDate)):
        dated = span_with_year(span.span, year)
        return replace(span, span=dated) if dated else None
    return None
