"""Whatever instant is written, in whatever way, is read back; and what stands beside it is not."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice, product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.times import instant
from services.understanding.facts import Grain, Scene, Toward
from services.understanding.plain import plain
from services.understanding.reading import read_time
from tests.language.score import load
from tests.services.understanding.saying import CHINESE, ENGLISH, readings
from tests.services.understanding.time_writing import (
    COMING,
    FULL,
    NEXT_WEEK,
    WITHIN_A_WEEK,
    Writer,
)

ZONES = ("Asia/Shanghai", "America/New_York", "Europe/London", "Asia/Kathmandu", "UTC")
BEGIN, END = datetime(2020, 1, 1), datetime(2035, 12, 31)  # noqa: DTZ001 - wall times
NOW = st.datetimes(BEGIN, END).map(lambda at: at.replace(microsecond=0))
WALL = st.datetimes(BEGIN, END).map(lambda at: at.replace(second=0, microsecond=0))


def scene(now: datetime, zone: str, writing: str) -> Scene:
    place = ZoneInfo(zone)
    language = "en" if writing.isascii() else "zh"
    return Scene(now.replace(tzinfo=place), place, language, day_first=True)


def reads(text: str, wanted: datetime, when: Scene) -> bool:
    """Whether a text is read as a wall time, moved where the clocks skip it."""
    moment = read_time(plain(text), when, Toward.FUTURE)
    if moment is None or moment.grain is not Grain.MINUTE:
        return False
    return (moment.at.astimezone(UTC), moment.moved) == instant(wanted, when.zone)


def styles(writers: Mapping[str, Writer]) -> st.SearchStrategy[tuple[str, Writer]]:
    return st.sampled_from(sorted(writers.items(), key=lambda each: each[0]))


@settings(max_examples=1_000, deadline=None)
@given(NOW, WALL, st.sampled_from(ZONES), styles(FULL))
def test_a_full_date_is_read_back(
    now: datetime, at: datetime, zone: str, style: tuple[str, Writer]
) -> None:
    text = style[1](at)
    assert reads(text, at, scene(now, zone, style[0])), text


@settings(max_examples=500, deadline=None)
@given(NOW, st.integers(1, 350), st.integers(0, 1_439), st.sampled_from(ZONES), styles(COMING))
def test_a_date_without_its_year_is_the_next_one(
    now: datetime, days: int, minutes: int, zone: str, style: tuple[str, Writer]
) -> None:
    midnight = now.replace(hour=0, minute=0, second=0) + timedelta(days=days)
    at = midnight + timedelta(minutes=minutes)
    text = style[1](at)
    assert reads(text, at, scene(now, zone, style[0])), text


@settings(max_examples=500, deadline=None)
@given(NOW, st.integers(1, 7 * 1_440 - 1), st.sampled_from(ZONES), styles(WITHIN_A_WEEK))
def test_a_weekday_is_the_next_one(
    now: datetime, minutes: int, zone: str, style: tuple[str, Writer]
) -> None:
    at = now.replace(second=0) + timedelta(minutes=minutes)
    text = style[1](at)
    assert reads(text, at, scene(now, zone, style[0])), text


@settings(max_examples=500, deadline=None)
@given(NOW, st.integers(0, 7 * 1_440 - 1), st.sampled_from(ZONES), styles(NEXT_WEEK))
def test_a_weekday_of_next_week(
    now: datetime, minutes: int, zone: str, style: tuple[str, Writer]
) -> None:
    midnight = now.replace(hour=0, minute=0, second=0)
    at = midnight + timedelta(days=7 - now.weekday(), minutes=minutes)
    text = style[1](at)
    assert reads(text, at, scene(now, zone, style[0])), text


BEFORE = [
    *("", "Saw Acme. ", "visited the hospital, ", "note: ", "demo went well; ", "50k deal. "),
    *("客户很满意，", "拜访了华东医院。", "😀 ", "(", "“", "第二家："),
]
AFTER = [
    *("", ". Demo went well", ", price is fine", "; they like us", ". 50k", ". Bring 3 boxes"),
    *("。演示顺利", "，客户有兴趣", "！", " 😀", ")", "…"),
]


@settings(max_examples=1_000, deadline=None)
@given(WALL, styles({**FULL, **COMING}), st.sampled_from(BEFORE), st.sampled_from(AFTER))
def test_what_stands_around_a_time_changes_nothing(
    at: datetime, style: tuple[str, Writer], before: str, after: str
) -> None:
    when = replace(ENGLISH if style[0].isascii() else CHINESE, day_first=True)
    text = style[1](at)
    assert [*readings(before + text + after, when)] == [*readings(text, when)], text


@pytest.mark.parametrize("zone", ZONES)
def test_one_instant_is_the_same_in_every_style(zone: str) -> None:
    at = datetime(2025, 12, 5, 15, 30)  # noqa: DTZ001 - a wall time
    for name, write in FULL.items():
        assert reads(write(at), at, scene(datetime(2025, 3, 12), zone, name)), name  # noqa: DTZ001


def test_a_phrase_says_in_a_message_what_it_says_alone() -> None:
    around = cycle(product(BEFORE, AFTER))
    # A dot that ends 3.11. may as well end the sentence.
    times = [case for case in load("phrases.jsonl") if case["kind"] != "amount"]
    cases = [case for case in times if not case["text"].endswith(".")]
    assert cases
    for case in cases:
        when = ENGLISH if case["lang"] == "en" else CHINESE
        alone = [*readings(case["text"], when)]
        for before, after in islice(around, 5):
            text = before + case["text"] + after
            assert [*readings(text, when)] == alone, text
