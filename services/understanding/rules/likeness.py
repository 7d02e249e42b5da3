"""What the two ends of a range have from one another: a month, a week, a year."""

from dataclasses import replace

from services.understanding.days import Day, DayOfMonth, Either, MonthDay, Span, Weekday
from services.understanding.periods import Fraction, Month, OneDay


def like(first: Span, last: Span) -> Span:
    """3月1日到5日: the last day is of the first one's month; 下周一到周三 of its week."""
    if isinstance(first, (Month, Fraction)) and isinstance(last, (Month, Fraction)):
        return replace(last, year=first.year) if last.year is None and first.year else last
    one, two = _day(first), _day(last)
    if isinstance(one, Weekday) and isinstance(two, Weekday) and two.week is None:
        return OneDay(replace(two, week=one.week))
    if isinstance(one, MonthDay):
        if isinstance(two, DayOfMonth):
            return OneDay(replace(one, day=two.number))
        if isinstance(two, Either):
            return OneDay(two.like(one))
        if isinstance(two, MonthDay) and one.year and not two.year:
            return OneDay(replace(two, year=one.year))
    return last


def with_year_of(first: Span, last: Span) -> Span:
    """March to May 2024: the year is of both."""
    if isinstance(first, (Month, Fraction)) and isinstance(last, (Month, Fraction)):
        return replace(first, year=last.year) if first.year is None and last.year else first
    one, two = _day(first), _day(last)
    if isinstance(one, Weekday) and isinstance(two, Weekday) and one.week is None:
        return OneDay(replace(one, week=two.week))
    if isinstance(one, MonthDay) and isinstance(two, MonthDay) and two.year and not one.year:
        return OneDay(replace(one, year=two.year))
    return first


def _day(span: Span) -> Day | None:
    return span.day if isinstance(span, OneDay) else None
