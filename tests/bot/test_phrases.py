"""Days, times, money and counts as people say them."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.markdown import Markdown, plain
from bot.phrases import (
    _,
    counted,
    day,
    hours,
    label,
    language,
    listed,
    moment,
    money,
    shortened,
    speaking,
    zone_name,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("passed", "en", "zh"),
    [
        (timedelta(0), "today 10:00", "今天 10:00"),
        (timedelta(days=-1), "yesterday 10:00", "昨天 10:00"),
        (timedelta(days=1), "tomorrow 10:00", "明天 10:00"),
        (timedelta(days=2, hours=5), "Fri 20 Nov, 15:00", "11月20日 周五 15:00"),
        (timedelta(days=-365), "Tue 18 Nov 2025, 10:00", "2025年11月18日 周二 10:00"),
        (timedelta(hours=14), "tomorrow 00:00", "明天 00:00"),
    ],
)
def test_a_moment(passed: timedelta, en: str, zh: str) -> None:
    assert moment(NOW + passed, SHANGHAI, NOW) == en
    with speaking("zh"):
        assert moment(NOW + passed, SHANGHAI, NOW) == zh


def test_a_day_is_the_reader_s() -> None:
    late = datetime(2026, 11, 18, 17, tzinfo=UTC)
    assert day(late, SHANGHAI, late - timedelta(hours=3)) == "tomorrow"
    assert day(late, ZoneInfo("UTC"), late - timedelta(hours=3)) == "today"


def test_what_is_filled_in_is_escaped() -> None:
    assert plain(_("Undone: {what}.", what="*a*")) == "Undone: *a*."
    assert _("Undone: {what}.", what=Markdown("*a*")) == "Undone: *a*."
    assert label("Undone: {what}.", what=7) == "Undone: 7."


def test_a_phrase_without_a_translation_is_english() -> None:
    with speaking("zh"):
        assert _("Nobody says this.") == "Nobody says this."
        assert counted("{count} such", "{count} suches", 2) == "2 suches"


def test_the_language_before_is_spoken_again() -> None:
    with speaking("zh"):
        with speaking("en"):
            assert (language(), label("Undo")) == ("en", "Undo")
        assert (language(), label("Undo")) == ("zh", "撤销")
    with speaking("fr"):
        assert language() == "en"


def test_one_and_many() -> None:
    one, many = "{count} visit", "{count} visits"
    assert [str(counted(one, many, n)) for n in (0, 1, 2)] == ["0 visits", "1 visit", "2 visits"]
    with speaking("zh"):
        assert [str(counted(one, many, n)) for n in (1, 2)] == ["1 次拜访", "2 次拜访"]


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        (5_000_000, "EUR", "€50,000"),
        (123_45, "EUR", "€123.45"),
        (50_000, "JPY", "JP¥50,000"),
        (0, "EUR", "€0"),
        (-500, "EUR", "-€5"),
    ],
)
def test_money(amount: int, currency: str, shown: str) -> None:
    assert money(amount, currency) == shown


def test_money_at_home() -> None:
    with speaking("zh"):
        assert money(5_000_000, "CNY") == "¥50,000"


def test_hours_and_zones() -> None:
    assert hours(time(21), time(8)) == "21:00–08:00"
    assert hours(None, None) == ""
    assert zone_name(SHANGHAI).endswith("(Asia/Shanghai)")


def test_things_in_a_row() -> None:
    assert listed(["a", "b*"]) == r"a, b\*"
    with speaking("zh"):
        assert listed(["a", "b"]) == "a、b"


@given(st.text(), st.integers(min_value=1, max_value=50))
def test_what_is_shortened_fits_and_says_so(text: str, longest: int) -> None:
    short = shortened(text, longest)
    assert len(short) <= longest
    assert short == text or short.endswith("…")
