"""Working days: Monday to Friday but for a country's holidays, and the weekends that China works.

They come from the ``holidays`` package, which follows each government's calendar.
"""

from collections.abc import Callable
from datetime import date
from functools import cache

SATURDAY = 5


def is_weekday(day: date) -> bool:
    """Whether a day is from Monday to Friday."""
    return day.weekday() < SATURDAY


@cache
def working_days(country: str) -> Callable[[date], bool]:
    """What tells whether a day is worked in a country (ISO 3166); weekdays without one."""
    if not country:
        return is_weekday
    import holidays  # noqa: PLC0415 - 75 ms, needed once somebody counts working days

    try:
        calendar = holidays.country_holidays(country)
    except NotImplementedError:
        return is_weekday
    return calendar.is_working_day
