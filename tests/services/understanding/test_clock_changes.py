"""Nights when the clocks change, and days that do not begin at midnight or not at all."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from services.understanding.facts import Moment, Scene, Toward
from services.understanding.plain import plain
from services.understanding.reading import read_time
from tests.services.understanding.saying import table, written

NEW_YORK = "America/New_York"
LONDON = "Europe/London"
SYDNEY = "Australia/Sydney"
SAO_PAULO = "America/Sao_Paulo"
TEHRAN = "Asia/Tehran"
APIA = "Pacific/Apia"
CASABLANCA = "Africa/Casablanca"

SKIPPED = f"""
{NEW_YORK} 2025-03-07 10:00 Sunday 2:30am → 2025-03-09 03:30 moved, 07:30Z
{NEW_YORK} 2025-03-07 10:00 Sunday 2am → 2025-03-09 03:00 moved, 07:00Z
{NEW_YORK} 2025-03-07 10:00 Sunday 3am → 2025-03-09 03:00, 07:00Z
{NEW_YORK} 2025-03-07 10:00 Sunday 1:59am → 2025-03-09 01:59, 06:59Z
{NEW_YORK} 2025-03-07 10:00 周日凌晨2点半 → 2025-03-09 03:30 moved, 07:30Z
{LONDON} 2025-03-28 10:00 Sunday 1:30am → 2025-03-30 02:30 moved, 01:30Z
{SYDNEY} 2025-10-03 10:00 Sunday 2:30am → 2025-10-05 03:30 moved, 16:30Z
{SAO_PAULO} 2018-11-02 10:00 Sunday 00:30 → 2018-11-04 01:30 moved, 03:30Z
{SAO_PAULO} 2018-11-03 10:00 midnight → 2018-11-04 01:00 moved, 03:00Z
{TEHRAN} 2022-03-20 10:00 22 March 00:30 → 2022-03-22 01:30 moved, 21:00Z
{APIA} 2011-12-29 10:00 tomorrow 9am → 2011-12-31 09:00 moved, 19:00Z
{CASABLANCA} 2025-04-04 10:00 6 April 2:30am → 2025-04-06 03:30 moved, 02:30Z
"""
TWICE = f"""
{NEW_YORK} 2025-10-31 10:00 Sunday 1:30am → 2025-11-02 01:30, 05:30Z
{LONDON} 2025-10-24 10:00 Sunday 1:30am → 2025-10-26 01:30, 00:30Z
{LONDON} 2025-10-24 10:00 周日凌晨1点半 → 2025-10-26 01:30, 00:30Z
{SYDNEY} 2025-04-04 10:00 Sunday 2:30am → 2025-04-06 02:30, 15:30Z
{SAO_PAULO} 2018-02-16 10:00 Saturday 23:30 → 2018-02-17 23:30, 01:30Z
{TEHRAN} 2022-09-20 10:00 21 September 23:30 → 2022-09-21 23:30, 19:00Z
{CASABLANCA} 2025-02-20 10:00 23 February 2:30am → 2025-02-23 02:30, 01:30Z
"""
DAYS = f"""
{SAO_PAULO} 2018-11-02 10:00 Sunday → 2018-11-04, 03:00Z
{SAO_PAULO} 2018-11-02 10:00 in 2 days → 2018-11-04, 03:00Z
{TEHRAN} 2022-03-20 10:00 22 March → 2022-03-22, 20:30Z
{APIA} 2011-12-29 10:00 tomorrow → 2011-12-30, 10:00Z
{APIA} 2011-12-29 10:00 in 2 days → 2011-12-31, 10:00Z
{NEW_YORK} 2025-03-07 10:00 Sunday → 2025-03-09, 05:00Z
{NEW_YORK} 2025-10-31 10:00 Monday → 2025-11-03, 05:00Z
"""
WALL_AND_HOURS = f"""
{NEW_YORK} 2025-03-08 12:00 same time tomorrow → 2025-03-09 12:00, 16:00Z
{NEW_YORK} 2025-03-08 12:00 in 24 hours → 2025-03-09 13:00, 17:00Z
{NEW_YORK} 2025-03-08 23:00 in 4 hours → 2025-03-09 04:00, 08:00Z
{NEW_YORK} 2025-03-09 12:00 24 hours ago → 2025-03-08 11:00, 16:00Z
{NEW_YORK} 2025-11-01 12:00 same time tomorrow → 2025-11-02 12:00, 17:00Z
{NEW_YORK} 2025-11-01 12:00 in 24 hours → 2025-11-02 11:00, 16:00Z
{LONDON} 2025-03-29 12:00 tomorrow at noon → 2025-03-30 12:00, 11:00Z
{LONDON} 2025-03-29 12:00 24小时后 → 2025-03-30 13:00, 12:00Z
{LONDON} 2025-03-29 23:30 in 90 minutes → 2025-03-30 02:00, 01:00Z
{LONDON} 2025-03-23 12:00 same time next week → 2025-03-30 12:00, 11:00Z
{SYDNEY} 2025-10-04 12:00 in 24 hours → 2025-10-05 13:00, 02:00Z
{APIA} 2011-12-29 10:00 in 24 hours → 2011-12-31 10:00, 20:00Z
"""
FROM_NOW = f"""
{NEW_YORK} 2025-03-02 02:30 in a week → 2025-03-09 03:30 moved, 07:30Z
{NEW_YORK} 2025-03-08 12:00 in one day → 2025-03-09 12:00, 16:00Z
{NEW_YORK} 2025-10-26 01:30 in a week → 2025-11-02 01:30, 05:30Z
{LONDON} 2025-03-29 12:00 明天 → 2025-03-30 12:00, 11:00Z
{LONDON} 2025-04-01 12:00 two weeks ago → 2025-03-18 12:00, 12:00Z
"""


def read(case: str, *, instant: bool = False) -> Moment | None:
    zone, day, clock, phrase = case.split(" ", 3)
    now = datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=ZoneInfo(zone))
    scene = Scene(now, ZoneInfo(zone), "en" if phrase.isascii() else "zh", day_first=True)
    return read_time(plain(phrase), scene, Toward.FUTURE, instant=instant)


def told(moment: Moment | None) -> str:
    assert moment is not None
    return f"{written(moment)}, {moment.at.astimezone(UTC):%H:%MZ}"


@pytest.mark.parametrize(("case", "said"), table(SKIPPED))
def test_a_wall_time_that_is_skipped_moves_forward(case: str, said: str) -> None:
    assert told(read(case)) == said


@pytest.mark.parametrize(("case", "said"), table(TWICE))
def test_of_a_wall_time_that_comes_twice_the_first_is_meant(case: str, said: str) -> None:
    assert told(read(case)) == said


@pytest.mark.parametrize(("case", "said"), table(DAYS))
def test_a_day_begins_at_its_midnight_or_the_first_instant_after(case: str, said: str) -> None:
    assert told(read(case)) == said


@pytest.mark.parametrize(("case", "said"), table(WALL_AND_HOURS))
def test_days_are_counted_on_the_wall_and_hours_in_fact(case: str, said: str) -> None:
    assert told(read(case)) == said


@pytest.mark.parametrize(("case", "said"), table(FROM_NOW))
def test_days_from_now_keep_the_clock_on_the_wall(case: str, said: str) -> None:
    assert told(read(case, instant=True)) == said


@pytest.mark.parametrize(
    ("zone", "text"),
    [(NEW_YORK, "yesterday"), (APIA, "yesterday"), (SAO_PAULO, "last Sunday"), (TEHRAN, "昨天")],
)
def test_a_day_is_a_date_wherever_it_is_said(zone: str, text: str) -> None:
    found = read(f"{zone} 2018-11-05 10:00 {text}")
    assert found is not None
    assert found.value == found.local.date()
    assert found.value.isoformat() == "2018-11-04"


def test_the_second_of_two_equal_hours_is_now() -> None:
    zone = ZoneInfo(NEW_YORK)
    now = datetime(2025, 11, 2, 6, 30, tzinfo=UTC)  # half past one for the second time
    scene = Scene(now, zone)
    at = read_time(plain("in 10 minutes"), scene)
    now_itself = read_time(plain("right now"), scene)
    assert at is not None
    assert now_itself is not None
    assert at.at.astimezone(UTC) == datetime(2025, 11, 2, 6, 40, tzinfo=UTC)
    assert now_itself.at.astimezone(UTC) == now
    assert now_itself.local == datetime(2025, 11, 2, 1, 30)  # noqa: DTZ001 - a wall time
