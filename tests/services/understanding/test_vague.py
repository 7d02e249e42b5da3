from datetime import date

import pytest

from services.understanding.vague import read_vague

TODAY = date(2026, 3, 12)


@pytest.mark.parametrize(
    ("text", "said", "first"),
    [
        ("last week", "last week", date(2026, 3, 2)),
        ("Last week they came", "Last week", date(2026, 3, 2)),
        ("this week", "this week", date(2026, 3, 9)),
        ("上周", "上周", date(2026, 3, 2)),
        ("上个星期去了", "上个星期", date(2026, 3, 2)),
        ("上上周", "上上周", date(2026, 2, 23)),
        ("上个月", "上个月", None),
        ("the other day", "the other day", None),
    ],
)
def test_a_time_that_leaves_the_day_open(text: str, said: str, first: date | None) -> None:
    found = read_vague(text, TODAY)
    assert found
    assert (found.said, next(iter(found.days), None)) == (said, first)


def test_days_to_come_are_not_meant() -> None:
    found = read_vague("this week", TODAY)
    assert found
    assert found.days[-1] == TODAY


def test_a_dotted_clock() -> None:
    found = read_vague("10.30", TODAY)
    assert found
    assert found.clock == "10:30"


@pytest.mark.parametrize(
    "text", ["上周三", "last weekend", "lastly", "10.305", "99.30", "", "上周日"]
)
def test_anything_else_is_none(text: str) -> None:
    assert read_vague(text, TODAY) is None
