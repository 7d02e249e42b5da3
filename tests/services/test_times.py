from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.times import add_days, instant, start_of_day, start_of_month, start_of_week, wall

NEW_YORK = ZoneInfo("America/New_York")
SHANGHAI = ZoneInfo("Asia/Shanghai")

zones = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
walls = st.datetimes(datetime(1850, 1, 1), datetime(2100, 1, 1))  # noqa: DTZ001  # wall times
instants = st.datetimes(
    datetime(1850, 1, 1),  # noqa: DTZ001  # the strategy attaches the zone
    datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
# Days with a change of the clocks are rare; these make up half of the examples.
changes = st.sampled_from(
    [
        ("America/New_York", "2026-03-08T07:00"),
        ("America/New_York", "2026-11-01T06:00"),
        ("America/Toronto", "1919-03-31T04:30"),
        ("America/Havana", "2026-03-08T05:00"),
        ("America/Sao_Paulo", "2018-11-04T03:00"),
        ("America/St_Johns", "2006-10-29T02:31"),
        ("Australia/Lord_Howe", "2026-04-04T15:00"),
        ("Africa/Cairo", "2026-04-23T22:00"),
        ("Pacific/Apia", "2011-12-30T10:00"),
        ("Pacific/Kwajalein", "1993-08-21T12:00"),
        ("America/Juneau", "1867-10-18T15:00"),
    ]
)
moments = st.tuples(zones, instants) | st.builds(
    lambda change, off: (
        ZoneInfo(change[0]),
        datetime.fromisoformat(change[1]).replace(tzinfo=UTC) + off,
    ),
    changes,
    st.timedeltas(timedelta(days=-2), timedelta(days=2)),
)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_plain_wall_time_does_not_move() -> None:
    assert (utc("2026-06-01T13:00"), False) == instant(local("2026-06-01T09:00"), NEW_YORK)


def test_a_gap_moves_forward_and_says_so() -> None:
    assert (utc("2026-03-08T07:30"), True) == instant(local("2026-03-08T02:30"), NEW_YORK)
    assert local("2026-03-08T03:30") == wall(utc("2026-03-08T07:30"), NEW_YORK)


def test_a_fold_takes_the_first() -> None:
    assert (utc("2026-11-01T05:30"), False) == instant(local("2026-11-01T01:30"), NEW_YORK)
    second = local("2026-11-01T01:30").replace(fold=1)
    assert (utc("2026-11-01T05:30"), False) == instant(second, NEW_YORK)


def test_a_day_that_never_was_moves_to_the_next() -> None:
    at, moved = instant(local("2011-12-30T09:00"), ZoneInfo("Pacific/Apia"))
    assert moved
    assert local("2011-12-31T09:00") == wall(at, ZoneInfo("Pacific/Apia"))


@given(walls, zones)
def test_a_wall_time_comes_back_unless_it_moved_forward(when: datetime, zone: ZoneInfo) -> None:
    at, moved = instant(when, zone)
    back = wall(at, zone)
    assert back > when if moved else back == when


@given(moments)
def test_an_instant_is_found_again_from_its_wall_time(
    moment: tuple[ZoneInfo, datetime],
) -> None:
    zone, at = moment
    found, moved = instant(wall(at, zone), zone)
    assert not moved
    assert found <= at
    assert wall(found, zone) == wall(at, zone)


def test_the_day_starts_at_midnight_on_the_wall() -> None:
    assert utc("2026-05-20T16:00") == start_of_day(utc("2026-05-21T03:00"), SHANGHAI)


def test_a_day_without_midnight_starts_when_the_clocks_change() -> None:
    havana = ZoneInfo("America/Havana")
    assert utc("2026-03-08T05:00") == start_of_day(utc("2026-03-08T20:00"), havana)


def test_a_gap_around_midnight_starts_the_day_in_its_middle() -> None:
    toronto = ZoneInfo("America/Toronto")
    assert utc("1919-03-31T04:30") == start_of_day(utc("1919-03-31T04:40"), toronto)


def test_the_week_starts_on_monday() -> None:
    assert utc("2026-05-17T16:00") == start_of_week(utc("2026-05-24T15:59"), SHANGHAI)
    assert utc("2026-05-24T16:00") == start_of_week(utc("2026-05-24T16:00"), SHANGHAI)


def test_the_month_starts_on_the_first() -> None:
    assert utc("2026-02-28T16:00") == start_of_month(utc("2026-03-31T15:59"), SHANGHAI)


@given(moments)
def test_a_day_starts_at_or_before_now_and_nothing_of_it_comes_earlier(
    moment: tuple[ZoneInfo, datetime],
) -> None:
    zone, now = moment
    start = start_of_day(now, zone)
    assert start <= now
    assert wall(start, zone).date() == wall(now, zone).date()
    before = wall(start - timedelta(seconds=1), zone)
    assert before < datetime.combine(wall(now, zone).date(), time())


@given(moments)
def test_a_day_lies_in_its_week_and_its_month(moment: tuple[ZoneInfo, datetime]) -> None:
    zone, now = moment
    assert start_of_week(now, zone) <= start_of_day(now, zone)
    assert start_of_month(now, zone) <= start_of_day(now, zone)


def test_days_are_added_on_the_wall() -> None:
    before = utc("2026-03-07T14:00")  # 09:00 in New York
    assert utc("2026-03-08T13:00") == add_days(before, 1, NEW_YORK)
    assert before == add_days(add_days(before, 30, NEW_YORK), -30, NEW_YORK)


@given(moments, st.integers(-1000, 1000))
def test_adding_days_keeps_the_wall_time_or_moves_forward(
    moment: tuple[ZoneInfo, datetime], days: int
) -> None:
    zone, at = moment
    meant = wall(at, zone) + timedelta(days=days)
    assert wall(add_days(at, days, zone), zone) >= meant


@given(moments)
def test_adding_no_days_changes_nothing(moment: tuple[ZoneInfo, datetime]) -> None:
    zone, at = moment
    assert at == add_days(at, 0, zone)


@pytest.mark.parametrize("start", [start_of_day, start_of_week, start_of_month])
def test_a_start_is_an_instant_in_utc(
    start: Callable[[datetime, ZoneInfo], datetime],
) -> None:
    assert start(utc("2026-05-21T03:00"), SHANGHAI).tzinfo == UTC
