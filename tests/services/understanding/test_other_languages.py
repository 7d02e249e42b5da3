import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.understanding.days import MonthDay, YearRef
from services.understanding.other_languages import read_month_name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5. dezember", MonthDay(12, 5)),
        ("3 märz 2026", MonthDay(3, 3, YearRef(2026))),
        ("14 juillet", MonthDay(7, 14)),
        ("1er août 2025", MonthDay(8, 1, YearRef(2025))),
        ("12 de octubre de 2025", MonthDay(10, 12, YearRef(2025))),
        ("7 de setembro", MonthDay(9, 7)),
        ("25 aprile", MonthDay(4, 25)),
        ("27 augustus 2026", MonthDay(8, 27, YearRef(2026))),
        ("29 februar", MonthDay(2, 29)),
    ],
)
def test_months_of_other_languages(text: str, expected: MonthDay) -> None:
    assert read_month_name(text) == expected


@pytest.mark.parametrize(
    "text",
    ["5 samples", "20 beds 2026", "12 pizzas", "45 januar", "mars", "5", "5 heute", "10 uhr", ""],
)
def test_anything_else_is_no_date(text: str) -> None:
    assert read_month_name(text) is None


@given(st.integers(0, 99), st.text("abcdefghijklmnopqrstuvwxyzéäöü", min_size=3, max_size=9))
def test_a_word_is_never_an_error(number: int, word: str) -> None:
    found = read_month_name(f"{number} {word}")
    assert found is None or found.day == number
