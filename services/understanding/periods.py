"""Periods as people name them, and their days."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from services.understanding.days import (
    MONTHS,
    WEEK,
    Day,
    Frame,
    YearRef,
    add_months,
    monday_of,
    shifted,
)
from services.understanding.facts import Toward

ONE: Final = timedelta(days=1)
SIZES: Final = {"quarter": 3, "half": 6, "fiscal": 12}
"""Months of the units that the fiscal year is cut into."""


def _fiscal_start(day: date, frame: Frame, unit: str) -> date:
    """The first day of the fiscal quarter, half or year that a day is in."""
    months = (day.month - frame.fiscal_start) % SIZES[unit]
    return add_months(day.replace(day=1), -months)


def _fiscal_year(number: int, frame: Frame) -> date:
    """The first day of a fiscal year, which is named after the year that it ends in."""
    return date(number - (frame.fiscal_start > 1), frame.fiscal_start, 1)


@dataclass(frozen=True)
class Unit:
    """This week, last quarter, the year after next: a unit so many from the current one."""

    unit: str
    shift: int = 0

    def of(self, frame: Frame) -> tuple[date, date]:
        start = self._start(frame)
        return start, self._next(start)

    def _start(self, frame: Frame) -> date:
        today, shift = frame.today, self.shift
        match self.unit:
            case "day":
                return today + timedelta(days=shift)
            case "week" | "workday":
                return monday_of(today) + timedelta(days=WEEK * shift)
            case "fortnight":
                return monday_of(today) + timedelta(days=2 * WEEK * shift)
            case "weekend":
                return monday_of(today) + timedelta(days=WEEK * shift + 5)
            case "month":
                return add_months(today.replace(day=1), shift)
            case "year":
                return date(today.year + shift, 1, 1)
            case _:
                return add_months(_fiscal_start(today, frame, self.unit), SIZES[self.unit] * shift)

    def _next(self, start: date) -> date:
        days = {"day": 1, "week": WEEK, "workday": 5, "weekend": 2, "fortnight": 2 * WEEK}
        if self.unit in days:
            return start + timedelta(days=days[self.unit])
        return add_months(start, {"month": 1, "year": MONTHS}.get(self.unit) or SIZES[self.unit])


@dataclass(frozen=True)
class Rolling:
    """The last or next so many units, today among the last ones."""

    amount: float
    unit: str
    ahead: bool = False

    def of(self, frame: Frame) -> tuple[date, date]:
        tomorrow = frame.today + ONE
        if self.ahead:
            return tomorrow, shifted(tomorrow, self.amount, self.unit, frame.works)
        if self.unit == "workday":
            return shifted(tomorrow, -self.amount, self.unit, frame.works), tomorrow
        return shifted(tomorrow, -self.amount, self.unit, frame.works), tomorrow


@dataclass(frozen=True)
class Several:
    """The last or next so many whole quarters."""

    amount: int
    unit: str
    ahead: bool = False

    def of(self, frame: Frame) -> tuple[date, date]:
        if self.ahead:
            return Unit(self.unit, 1).of(frame)[0], Unit(self.unit, self.amount).of(frame)[1]
        return Unit(self.unit, -self.amount).of(frame)[0], Unit(self.unit, -1).of(frame)[1]


@dataclass(frozen=True)
class Month:
    """A month by its name."""

    number: int
    year: YearRef | None = None
    shift: int | None = None
    """-1 for the latest one over, 1 for the next one to begin."""

    def of(self, frame: Frame) -> tuple[date, date]:
        start = self._start(frame)
        return start, add_months(start, 1)

    def _start(self, frame: Frame) -> date:
        if self.year:
            return date(self.year.of(frame), self.number, 1)
        this = date(frame.today.year, self.number, 1)
        over, begun = add_months(this, 1) <= frame.today, this <= frame.today
        if (self.shift == -1 and not over) or (frame.toward is Toward.PAST and not begun):
            return add_months(this, -MONTHS)
        if (self.shift == 1 and begun) or (frame.toward is Toward.FUTURE and over):
            return add_months(this, MONTHS) if self.shift != -1 else this
        return this


@dataclass(frozen=True)
class Fraction:
    """The so-manieth quarter or half of a year, as the fiscal year is cut."""

    number: int
    unit: str
    year: YearRef | None = None
    shift: int | None = None
    count: int = 1
    """How many of them: the first three quarters."""

    def of(self, frame: Frame) -> tuple[date, date]:
        size = SIZES[self.unit]
        start = add_months(self._year(frame), size * (self.number - 1))
        end = add_months(start, size * self.count)
        if (self.shift == -1 and end > frame.today) or (
            frame.toward is Toward.PAST and start > frame.today and not self.year
        ):
            start, end = add_months(start, -MONTHS), add_months(end, -MONTHS)
        elif (self.shift == 1 and start <= frame.today) or (
            frame.toward is Toward.FUTURE and end <= frame.today and not self.year
        ):
            start, end = add_months(start, MONTHS), add_months(end, MONTHS)
        return start, end

    def _year(self, frame: Frame) -> date:
        current = _fiscal_start(frame.today, frame, "fiscal")
        if self.year is None:
            return current
        if self.year.shift is not None:
            return add_months(current, MONTHS * self.year.shift)
        return _fiscal_year(self.year.number, frame)


@dataclass(frozen=True)
class Year:
    """A calendar year."""

    year: YearRef

    def of(self, frame: Frame) -> tuple[date, date]:
        number = self.year.of(frame)
        return date(number, 1, 1), date(number + 1, 1, 1)


@dataclass(frozen=True)
class FiscalYear:
    """A fiscal year by its number."""

    number: int

    def of(self, frame: Frame) -> tuple[date, date]:
        start = _fiscal_year(self.number, frame)
        return start, add_months(start, MONTHS)


@dataclass(frozen=True)
class OneDay:
    """A day as a period; without a year or a week it is the latest one, if it may be."""

    day: Day

    def of(self, frame: Frame) -> tuple[date, date]:
        start = self.day.on(frame)
        return start, start + ONE


@dataclass(frozen=True)
class WeekOf:
    """The week, from Monday or from another day on until Sunday, that a day is in."""

    day: Day
    first: int = 0

    def of(self, frame: Frame) -> tuple[date, date]:
        start = monday_of(self.day.on(frame))
        return start + timedelta(days=self.first), start + timedelta(days=WEEK)
