"""When did it happen: what people type about the past, in English and Chinese."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from services.times import instant, wall
from services.understanding.month_names import read_month_name
from services.understanding.normalise import normalise
from services.understanding.when_words import (
    BARE,
    NOW,
    READERS,
    SEPARATOR,
    TIME_AGO,
    Clock,
    Day,
    Item,
    Part,
    Scene,
    count,
)

LONGEST = 100
NOON = time(12)
SLASHED = re.compile(r"\d/\d")
RECENT = timedelta(days=92)


@dataclass(frozen=True)
class Moment:
    """When something happened, and whether the day or the minute was said.

    ``other`` is the other reading of 12/3, when none of the two is the likelier.
    """

    at: datetime
    grain: Literal["day", "minute"]
    other: datetime | None = None


def read_when(text: str, *, now: datetime, zone: ZoneInfo, language: str) -> Moment | None:
    """Read the whole of a text as a moment in the past, or None when it is anything else.

    A weekday or a time of day without a day is the latest one; a date that was written out is
    taken as it is, also when it is still to come.
    """
    if len(text) > LONGEST:
        return None
    plain = normalise(text)
    found = _read(plain, language, now, zone)
    if language == "zh" or not SLASHED.search(plain):
        return found
    other = _read(plain, language, now, zone, day_first=True)
    return _likelier(found, other, now) if found and other else found or other


def _likelier(one: Moment, other: Moment, now: datetime) -> Moment:
    """The one of two readings of a date that is of the last three months, or both."""
    recent = [each for each in (one, other) if timedelta(0) <= now - each.at <= RECENT]
    if one == other or len(recent) == 1:
        return recent[0] if recent else one
    return replace(one, other=other.at)


def _read(
    plain: str, language: str, now: datetime, zone: ZoneInfo, *, day_first: bool = False
) -> Moment | None:
    try:
        moment = _relative(plain, now)
        if moment:
            return moment
        scene = Scene(wall(now, zone).date(), language, day_first)
        items = _items(plain, scene) or _month_name(plain, scene)
        return _resolve(items, now, zone) if items else None
    except (ValueError, KeyError, OverflowError):  # 31 June, 下午25点, ten thousand years ago
        return None


def _relative(text: str, now: datetime) -> Moment | None:
    if NOW.fullmatch(text):
        return Moment(now.astimezone(UTC), "minute")
    found = TIME_AGO.fullmatch(text)
    if not found:
        return None
    unit = found["unit"] or found["unit_zh"] or ""
    if found["half"] or found["whole"]:
        passed = timedelta(hours=int(found["whole"] or 0), minutes=30)
    elif unit[0] in "h小钟":
        passed = timedelta(hours=count(found["n"] or found["zh"]))
    else:
        passed = timedelta(minutes=count(found["n"] or found["zh"]))
    return Moment(now.astimezone(UTC) - passed, "minute")


def _items(text: str, scene: Scene) -> list[Item]:
    """Read a text from left to right, the longest match first; nothing if any of it is left."""
    items: list[Item] = []
    start = 0
    while start < len(text):
        matches = [(found, read) for p, read in READERS if (found := p.match(text, start))]
        if matches:
            found, read = max(matches, key=lambda match: match[0].end())
            items += read(found, scene)
        else:
            between = SEPARATOR.match(text, start)
            if not between:
                return []
            found = between
        start = found.end()
    return items


def _month_name(text: str, scene: Scene) -> list[Item]:
    day = read_month_name(text, scene.today)
    return [Day(day)] if day else []


def _resolve(items: list[Item], now: datetime, zone: ZoneInfo) -> Moment | None:
    days = [item for item in items if isinstance(item, Day)]
    clocks = [item for item in items if isinstance(item, Clock)]
    parts = [item for item in items if isinstance(item, Part)]
    if len(clocks) > 1 or len(parts) > 1 or not _agree(days):
        return None
    today = wall(now, zone).date()
    # A weekday beside a date only confirms it.
    day = min(days, key=lambda each: each.weekday, default=None)
    on = day.date if day else today
    if clocks:
        hour = _hour(clocks[0], parts[0] if parts else None)
        local = datetime.combine(on, time(hour, clocks[0].minute))
    elif parts:
        local = datetime.combine(on, time(parts[0].usual))
    else:
        return Moment(_day(on, now, zone), "day")
    at = instant(local, zone)[0]
    if at > now and not clocks and on == today and wall(now, zone).hour >= parts[0].begins:
        at = now.astimezone(UTC)  # this afternoon, said at two
    elif at > now and (day is None or day.weekday):
        at = instant(local - timedelta(days=7 if day else 1), zone)[0]
    return Moment(at, "minute")


def _agree(days: list[Day]) -> bool:
    """Whether the days said are one: at most a date, and a weekday that is its own."""
    dated = [day for day in days if not day.weekday]
    return (
        len(dated) <= 1
        and len(days) - len(dated) <= 1
        and len({day.date.weekday() for day in days}) <= 1
    )


def _day(day: date, now: datetime, zone: ZoneInfo) -> datetime:
    if day == wall(now, zone).date():
        return now.astimezone(UTC)
    return instant(datetime.combine(day, NOON), zone)[0]


def _hour(clock: Clock, part: Part | None) -> int:
    if part is None:
        return BARE.get(clock.hour, clock.hour) if clock.style == "bare" else clock.hour
    if clock.style != "bare" and clock.hour in part.hours.values():
        return clock.hour
    if clock.style == "sure":
        raise ValueError("the clock and the part of the day disagree")
    return part.hours[clock.hour]
