"""Which moment or period it is that words say, as of when and where they were said."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from services.times import first_instant, instant, wall
from services.understanding.clocks import PARTS, Clock
from services.understanding.days import Ago, Either, Frame
from services.understanding.facts import Grain, Moment, Period, Scene, Toward
from services.understanding.periods import OneDay, Unit
from services.understanding.periods_within import NthWeek
from services.understanding.said import Said
from services.workdays import working_days

RECENT: Final = timedelta(days=92)
"""How far back a date is likely that has two readings."""
MONTHS_AND_LONGER: Final = frozenset(("month", "quarter", "year"))
ONE: Final = timedelta(days=1)


def moment_of(said: Said, scene: Scene, toward: Toward) -> Moment | None:
    """The point in time; an error where there is no such day or hour."""
    return _moment(said, _frame(scene, toward), scene)


def period_of(said: Said, scene: Scene, toward: Toward | None) -> Period | None:
    """The days from one on until before another; an error where there are no such days."""
    found = _period(said, _frame(scene, toward))
    return found if found and found.start < found.end else None


def _frame(scene: Scene, toward: Toward | None) -> Frame:
    return Frame(
        wall(scene.now, scene.zone),
        toward,
        scene.fiscal_start,
        False if scene.language == "zh" else scene.day_first,
        works=working_days(scene.country),
    )


def _moment(said: Said, frame: Frame, scene: Scene) -> Moment | None:
    if said.minutes is not None:
        at = scene.now.astimezone(UTC) + timedelta(minutes=said.minutes)
        return Moment(wall(at, scene.zone), Grain.MINUTE, at.astimezone(scene.zone))
    if said.zone or (said.clock and said.clock.zone):
        return _elsewhere(said, frame, scene)
    if said.same:
        return _same_time(said, frame, scene)
    days, at_time, grain = _time_of(said)
    frame = replace(frame, clock=at_time)
    day = _date(said, frame, at_time, grain)
    if day is None:
        return None
    if days and not (said.day or said.repeat) and at_time and at_time <= frame.now.time():
        day -= ONE  # midnight is the end of today
    found = _made(day + timedelta(days=days), at_time, grain, scene)
    if grain is Grain.PART and _is_now(said, frame, found, day):
        found = Moment(frame.now, Grain.MINUTE, scene.now.astimezone(scene.zone))
    other = said.day.other(frame) if isinstance(said.day, Either) else None
    if other is None or other == day:
        return found
    return _likelier(found, _made(other + timedelta(days=days), at_time, grain, scene), frame)


def _same_time(said: Said, frame: Frame, scene: Scene) -> Moment | None:
    """Same time tomorrow, or next week."""
    day = said.day
    if isinstance(said.span, Unit):
        day = Ago(said.span.shift, said.span.unit)
    if day is None:
        return None
    now = frame.now.time().replace(second=0, microsecond=0)
    return _made(day.on(frame), now, Grain.MINUTE, scene)


def _time_of(said: Said) -> tuple[int, time | None, Grain]:
    """How many days on, the time of day, and how exactly it was said."""
    part = PARTS[said.part] if said.part else None
    if said.clock:
        days, found = said.clock.on(part)
        return days, found, Grain.MINUTE
    return (0, part.usual, Grain.PART) if part else (0, None, Grain.DAY)


def _date(said: Said, frame: Frame, at_time: time | None, grain: Grain) -> date | None:
    if said.repeat:
        over = at_time is not None and at_time <= frame.now.time()
        return said.repeat.next(frame.today + timedelta(days=over))
    if said.day:
        return said.day.on(frame)
    if said.span:
        return _first_day(said, frame)
    return None if at_time is None else _nearest(said, frame, at_time, grain)


def _first_day(said: Said, frame: Frame) -> date | None:
    """The first day of a period that is ahead, today where it has begun."""
    if frame.toward is Toward.PAST or said.span is None:
        return None
    start, end = said.span.of(frame)
    if isinstance(said.span, NthWeek):
        start = max(start, said.span.span.of(frame)[0])
    return start if start >= frame.today or end <= frame.today else frame.today


def _nearest(said: Said, frame: Frame, at_time: time, grain: Grain) -> date:
    """The day of a time of day without one: today, if it may be."""
    now = frame.now.time()
    if frame.toward is Toward.PAST:
        begun = time(PARTS[said.part].begins) if grain is Grain.PART else at_time
        return frame.today - timedelta(days=begun > now)
    return frame.today + timedelta(days=at_time <= now)


def _is_now(said: Said, frame: Frame, found: Moment, day: date) -> bool:
    """This afternoon, said at two of what has been."""
    begun = time(PARTS[said.part].begins) <= frame.now.time()
    past = frame.toward is Toward.PAST
    return past and day == frame.today and begun and found.local > frame.now


def _made(day: date, at_time: time | None, grain: Grain, scene: Scene) -> Moment:
    if at_time is None:
        at = first_instant(day, scene.zone)
        return Moment(datetime.combine(day, time()), grain, at.astimezone(scene.zone))
    at, moved = instant(datetime.combine(day, at_time), scene.zone)
    return Moment(wall(at, scene.zone), grain, at.astimezone(scene.zone), moved)


def _likelier(found: Moment, other: Moment, frame: Frame) -> Moment:
    """Of two readings of a date in the past the only one of the last three months, or both."""
    recent = [each for each in (found, other) if frame.now - RECENT <= each.local <= frame.now]
    if frame.toward is Toward.PAST and len(recent) == 1:
        return recent[0]
    return replace(found, others=(other,))


def _elsewhere(said: Said, frame: Frame, scene: Scene) -> Moment | None:
    """A clock of another zone: 4pm CET; a day by itself is the same everywhere."""
    zone = ZoneInfo(said.zone or (said.clock.zone if said.clock else ""))
    here = replace(said, zone="", clock=replace(said.clock, zone="") if said.clock else None)
    if not (said.clock or said.part):
        return _moment(here, frame, scene)
    there = replace(scene, zone=zone)
    found = _moment(here, replace(frame, now=wall(scene.now, zone)), there)
    return _seen_from(found, scene) if found else None


def _seen_from(moment: Moment, scene: Scene) -> Moment:
    at = moment.at.astimezone(scene.zone)
    others = tuple(_seen_from(other, scene) for other in moment.others)
    return replace(moment, local=wall(at, scene.zone), at=at, others=others)


def _period(said: Said, frame: Frame) -> Period | None:
    if said.minutes is not None or said.repeat:
        return None
    if said.span:
        return Period(*said.span.of(frame))
    if said.clock:
        return _hours(said, frame, said.clock, said.until) if said.until else None
    if said.day is None or said.part:
        return None
    whole = _whole_unit(said.day) if isinstance(said.day, Ago) else None
    return Period(*(whole or OneDay(said.day)).of(frame))


def _whole_unit(day: Ago) -> Unit | None:
    """Two months ago, as a period: the month of that name."""
    if day.base or day.unit not in MONTHS_AND_LONGER or day.amount != int(day.amount):
        return None
    return Unit(day.unit, int(day.amount))


def _hours(said: Said, frame: Frame, begins: Clock, ends: Clock) -> Period:
    part = PARTS[said.part] if said.part else None
    days, start = begins.on(part)
    more, end = ends.on(part)
    day = said.day.on(frame) if said.day else frame.today
    first = datetime.combine(day + timedelta(days=days), start)
    last = datetime.combine(day + timedelta(days=more), end)
    return Period(first, last if last > first else last + ONE)
