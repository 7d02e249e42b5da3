"""Wall time and instants: what a clock on the wall in some zone says, and when that is."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def instant(local: datetime, zone: ZoneInfo) -> tuple[datetime, bool]:
    """Find the instant of a naive wall time, and whether it had to move.

    A wall time that the clocks skip moves forward by what they skip; of one that they show twice
    the first counts.
    """
    at = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    return at, wall(at, zone) != local.replace(fold=0)


def wall(at: datetime, zone: ZoneInfo) -> datetime:
    """Read the naive wall time of an instant."""
    return at.astimezone(zone).replace(tzinfo=None, fold=0)


def placed(said: date | datetime, zone: ZoneInfo) -> tuple[datetime, bool]:
    """Find the instant that a time is kept as, and whether it stands for a whole day: its noon."""
    if isinstance(said, datetime):
        return said, False
    return instant(datetime.combine(said, time(12)), zone)[0], True


def start_of_day(now: datetime, zone: ZoneInfo) -> datetime:
    """Find the first instant of the current day."""
    return first_instant(wall(now, zone).date(), zone)


def start_of_week(now: datetime, zone: ZoneInfo) -> datetime:
    """Find the first instant of the current week's Monday."""
    today = wall(now, zone).date()
    return first_instant(today - timedelta(days=today.weekday()), zone)


def start_of_month(now: datetime, zone: ZoneInfo) -> datetime:
    """Find the first instant of the current month."""
    return first_instant(wall(now, zone).date().replace(day=1), zone)


def month_before(now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Find when last month began, and its same day and hour; its end where it has none."""
    local = wall(now, zone)
    first = local.date().replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    if local.day > (first - before).days:
        return first_instant(before, zone), first_instant(first, zone)
    same = datetime.combine(before.replace(day=local.day), local.time())
    return first_instant(before, zone), instant(same, zone)[0]


def add_days(at: datetime, days: int, zone: ZoneInfo) -> datetime:
    """Find when the wall shows the same time, that many days on."""
    if not days:
        return at  # the second of a repeated hour stays the second
    return instant(wall(at, zone) + timedelta(days=days), zone)[0]


def first_instant(day: date, zone: ZoneInfo) -> datetime:
    """Find when a day begins, which is not midnight everywhere."""
    midnight = datetime.combine(day, time())
    late, moved = instant(midnight, zone)
    if not moved:
        return late
    # Not every gap starts at midnight: Toronto's of 1919 skipped from 23:30 to 00:30, so the day's
    # first instant is the change itself.
    early = midnight.replace(tzinfo=zone, fold=1).astimezone(UTC)
    while late - early > timedelta(seconds=1):
        middle = early + timedelta(seconds=(late - early) // timedelta(seconds=2))
        if wall(middle, zone) < midnight:
            early = middle
        else:
            late = middle
    return late
