from datetime import date

import pytest

from services.workdays import working_days


@pytest.mark.parametrize(
    ("country", "day", "works"),
    [
        ("", date(2026, 10, 1), True),
        ("", date(2026, 10, 4), False),
        ("CN", date(2025, 10, 1), False),
        ("CN", date(2025, 9, 28), True),
        ("CN", date(2025, 10, 9), True),
        ("DE", date(2026, 10, 3), False),
        ("US", date(2026, 11, 26), False),
        ("GB", date(2026, 11, 26), True),
        ("ZZ", date(2026, 11, 26), True),
    ],
)
def test_days_that_are_worked(country: str, day: date, works: bool) -> None:
    assert working_days(country)(day) is works
