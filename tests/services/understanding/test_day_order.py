from zoneinfo import available_timezones

import pytest

from services.understanding.day_order import EITHER, MONTH_FIRST, day_first


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("America/New_York", False),
        ("US/Pacific", False),
        ("America/Indiana/Knox", False),
        ("Asia/Manila", False),
        ("Europe/London", True),
        ("Asia/Kolkata", True),
        ("Australia/Sydney", True),
        ("America/Sao_Paulo", True),
        ("Asia/Shanghai", None),
        ("America/Toronto", None),
        ("UTC", None),
        ("Etc/GMT+3", None),
    ],
)
def test_the_custom_of_a_place(zone: str, expected: bool | None) -> None:
    assert day_first(zone) is expected


def test_every_place_is_one() -> None:
    assert available_timezones() >= MONTH_FIRST | EITHER
    assert not MONTH_FIRST & EITHER
