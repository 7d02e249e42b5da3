"""Days as people name them, and which date each is."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final, Protocol

from services.understanding.facts import Toward
from services.workdays import is_weekday

WEEK: Final = 7
MONTHS: Final = 12
FRIDAY: Final = 4
SOON: Final = 61
"""So many days ahead a date may lie that is said of what has been: a slip of the thumb."""


@dataclass(frozen=True)
class Frame:
    """What a day's name is relative to."""

    now: datetime
    """Naive wall time."""
    toward: Toward | None = None
    """Where a day without a year or a week lies; None for a period, which is this year's."""
    fiscal_start: int = 1
    day_first: bool | None = None
    clock: time | None = None
    """The time of day that was said with it."""
    begun: bool = False
    """Whether it cannot lie ahead: since 1 May."""
    works: Callable[[date], bool] = is_weekday

    @property
    def today(self) -> date:
        return self.now.date()


class Day(Protocol):
    """Words that name one day."""

    def on(self, frame: Frame) -> date:
        """Which date that is; ValueError when there is no such date."""
        ...


class Span(Protocol):
    """Words that name a period."""

    def of(self, frame: Frame) -> tuple[date, date]:
        """From which day on, and until before which day."""
        ...


def add_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last."""
    number = day.year * MONTHS + day.month - 1 + months
    year, month = divmod(number, MONTHS)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True)
class YearRef:
    """A year by its number, or by its distance from this one."""

    number: int = 0
    shift: int | None = None

    def of(self, frame: Frame) -> int:
        return self.number if self.shift is None else frame.today.year + self.shift


@dataclass(frozen=True)
class Fixed:
    """A date written out."""

    value: date

    def on(self, _frame: Frame) -> date:
        return self.value


@dataclass(frozen=True)
class Ago:
    """So many days, weeks, months or working days from today, or from another day."""

    amount: float
    unit: str
    base: Day | None = None

    def on(self, frame: Frame) -> date:
        start = self.base.on(frame) if self.base else frame.today
        return shifted(start, self.amount, self.unit, frame.works)


def shifted(day: date, amount: float, unit: str, works: Callable[[date], bool]) -> date:
    """A day so many units on; half a month is fifteen days, half a year six months."""
    if unit == "workday":
        return _workdays(day, int(amount), works)
    if unit in _IN_MONTHS:
        months = amount * _IN_MONTHS[unit]
        whole = int(months)
        return add_months(day, whole) + timedelta(days=round((months - whole) * 30))
    return day + timedelta(days=int(amount * _IN_DAYS[unit]))


_IN_MONTHS: Final = {"month": 1, "quarter": 3, "half": 6, "year": 12, "fiscal": 12}
_IN_DAYS: Final = {"day": 1, "week": WEEK, "fortnight": 2 * WEEK, "weekend": WEEK}
_MOST_WORKDAYS: Final = 1_000


def _workdays(day: date, amount: int, works: Callable[[date], bool]) -> date:
    if abs(amount) > _MOST_WORKDAYS:
        raise ValueError("nobody counts so many working days")
    step = timedelta(days=1 if amount >= 0 else -1)
    for _ in range(abs(amount)):
        day += step
        while not works(day):
            day += step
    return day


@dataclass(frozen=True)
class Weekday:
    """A day of the week: of the week that was named, else the nearest one."""

    number: int
    week: int | None = None
    """How many weeks from this one."""
    extra: int = 0
    """Weeks beyond the nearest one: Tuesday week."""

    def on(self, frame: Frame) -> date:
        today = frame.today
        if self.week is not None:
            return monday_of(today) + timedelta(days=self.number + WEEK * self.week)
        ahead = replace(frame, toward=Toward.FUTURE) if self.extra else frame
        return self._nearest(ahead) + timedelta(days=WEEK * self.extra)

    def _nearest(self, frame: Frame) -> date:
        today, ahead = frame.today, (self.number - frame.today.weekday()) % WEEK
        if frame.toward is None:
            return monday_of(today) + timedelta(days=self.number)
        if frame.toward is Toward.PAST:
            back = (today.weekday() - self.number) % WEEK
            if not back and frame.clock and frame.clock > frame.now.time():
                back = WEEK
            return today - timedelta(days=back)
        if not ahead and (frame.clock is None or frame.clock <= frame.now.time()):
            ahead = WEEK
        return today + timedelta(days=ahead)


@dataclass(frozen=True)
class Leaning:
    """A day that says itself where it lies: this past Monday."""

    day: Day
    toward: Toward

    def on(self, frame: Frame) -> date:
        return self.day.on(replace(frame, toward=self.toward))


@dataclass(frozen=True)
class MonthDay:
    """A day and its month, with or without the year."""

    month: int
    day: int
    year: YearRef | None = None

    def on(self, frame: Frame) -> date:
        if self.year:
            return date(self.year.of(frame), self.month, self.day)
        today = frame.today
        if frame.toward is None:
            return date(today.year, self.month, self.day)
        ahead, behind = self._beside(today, 1), self._beside(today, -1)
        if frame.toward is Toward.FUTURE or behind is None:
            found = ahead
        elif ahead is None:
            found = behind
        else:
            # A slip of the thumb names tomorrow rather than a day of a year ago.
            soon = (ahead - today).days <= SOON and not frame.begun
            found = ahead if soon else behind
        if found:
            return found
        raise ValueError("no month has that day")

    def _beside(self, today: date, step: int) -> date | None:
        """The next such day, or the latest, today itself included."""
        for years in range(9):  # 29 February may be eight years away
            try:
                found = date(today.year + step * years, self.month, self.day)
            except ValueError:
                continue
            if (found - today).days * step >= 0:
                return found
        return None


@dataclass(frozen=True)
class Either:
    """5/12: a month and a day, or a day and a month."""

    first: int
    second: int
    year: YearRef | None = None

    def _as(self, *, day_first: bool) -> MonthDay:
        month, day = (self.second, self.first) if day_first else (self.first, self.second)
        return MonthDay(month, day, self.year)

    def on(self, frame: Frame) -> date:
        return self._as(day_first=self._day_first(frame)).on(frame)

    def _day_first(self, frame: Frame) -> bool:
        if self.first > MONTHS:
            return True
        return bool(frame.day_first) and self.second <= MONTHS

    def like(self, day: MonthDay) -> "Either | MonthDay":
        """The reading that is in the month of another day, as of 3.11. to 7.11., or both."""
        if self.first == self.second or day.month not in {self.first, self.second}:
            return self
        return self._as(day_first=self.second == day.month)

    def other(self, frame: Frame) -> date | None:
        """The other reading, where nothing says which it is."""
        both = self.first <= MONTHS and self.second <= MONTHS and self.first != self.second
        return self._as(day_first=True).on(frame) if both and frame.day_first is None else None


@dataclass(frozen=True)
class WeekdayOf:
    """A weekday of the week that another day is in: 两周后的周四."""

    day: Day
    number: int

    def on(self, frame: Frame) -> date:
        return monday_of(self.day.on(frame)) + timedelta(days=self.number)


@dataclass(frozen=True)
class DayOfMonth:
    """A day whose month was not said: the 15th."""

    number: int

    def on(self, frame: Frame) -> date:
        if frame.toward is None:
            return frame.today.replace(day=self.number)
        step = -1 if frame.toward is Toward.PAST else 1
        for months in range(13):
            first = add_months(frame.today.replace(day=1), step * months)
            if self.number > monthrange(first.year, first.month)[1]:
                continue
            found = first.replace(day=self.number)
            if found <= frame.today if step < 0 else found >= frame.today:
                return found
        raise ValueError("no month has that day")
