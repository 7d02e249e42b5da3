"""The next time of what comes again."""

from datetime import datetime

import pytest

from services.recurrence import following


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("rule", "due", "after", "then"),
    [
        ("FREQ=DAILY", "2026-03-02 09:00", "2026-03-02 08:00", "2026-03-03 09:00"),
        ("FREQ=DAILY", "2026-03-02 09:00", "2026-03-09 10:00", "2026-03-10 09:00"),
        ("FREQ=WEEKLY;BYDAY=MO", "2026-03-02 09:00", "2026-03-02 09:00", "2026-03-09 09:00"),
        ("FREQ=WEEKLY;BYDAY=MO,TH", "2026-03-02 09:00", "2026-03-03 09:00", "2026-03-05 09:00"),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO",
            "2026-03-02 09:00",
            "2026-03-02 12:00",
            "2026-03-16 09:00",
        ),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-01-31 12:00", "2026-02-01 00:00", "2026-02-28 12:00"),
        ("FREQ=MONTHLY;BYDAY=1MO", "2026-03-02 12:00", "2026-03-02 12:00", "2026-04-06 12:00"),
        (
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
            "2024-02-29 12:00",
            "2026-01-01 00:00",
            "2028-02-29 12:00",
        ),
    ],
)
def test_the_next_time(rule: str, due: str, after: str, then: str) -> None:
    assert following(rule, wall(due), wall(after)) == wall(then)


def test_what_has_ended_has_none() -> None:
    assert following("FREQ=DAILY;COUNT=1", wall("2026-03-02"), wall("2026-03-02")) is None
