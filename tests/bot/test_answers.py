"""The kinds of answers: read, kept, shown and offered."""

from contextlib import suppress
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers import LANGUAGE, NOTE, NUMBER, PERSON_NAME, PHONE, QUIET, TEXT, WHEN, ZONE
from bot.forms import Asking, InvalidAnswer, Kind
from bot.phrases import speaking
from bot.words import ACTIVITY, OUTCOME
from services.people import Quiet
from storage.models import Activity, Outcome, Person

NOW = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)
ANA = Person(name="Ana", role=1, unit_id=1, zone="Asia/Shanghai")
ASKING = Asking(None, ANA, NOW)  # type: ignore[arg-type]  # these kinds look nothing up
TIMES = st.times().map(lambda each: each.replace(second=0, microsecond=0))
KINDS: list[Kind[object]] = [TEXT, NOTE, NUMBER, WHEN, PERSON_NAME, PHONE, ACTIVITY, OUTCOME]  # type: ignore[list-item]
KINDS += [LANGUAGE, ZONE, QUIET]  # type: ignore[list-item]


async def taken(kind: Kind[object], text: str) -> tuple[str, int] | None:
    found = await kind.take(text.split(" "), ASKING)
    return (found.stored, found.words) if found else None


@settings(deadline=None)  # the first date by the name of a month loads dateparser
@given(st.sampled_from(KINDS), st.text(max_size=40), st.sampled_from(["en", "zh"]))
async def test_any_text_is_read_or_refused(kind: Kind[object], text: str, language: str) -> None:
    """What is read is kept, and loaded as the same."""
    with speaking(language), suppress(InvalidAnswer):
        value = await kind.read(text, ASKING)
        if stored := kind.dump(value):
            assert await kind.load(stored, ASKING) == value
            assert await kind.show(stored, ASKING)


@given(st.sampled_from(KINDS), st.lists(st.text(min_size=1, max_size=9), max_size=5))
async def test_any_words_are_taken_or_left(kind: Kind[object], words: list[str]) -> None:
    found = await kind.take(words, ASKING)
    assert found is None or 0 < found.words <= len(words)


@given(st.datetimes(min_value=datetime(2025, 12, 1), max_value=datetime(2026, 11, 17)))  # noqa: DTZ001 - made aware below
async def test_a_time_is_kept_to_the_second(naive: datetime) -> None:
    at = naive.replace(tzinfo=UTC)
    assert await WHEN.load(WHEN.dump(at), ASKING) == at


@given(TIMES, TIMES)
async def test_quiet_hours_are_kept(start: time, end: time) -> None:
    if start == end:
        return
    quiet = Quiet(start, end)
    assert await QUIET.load(QUIET.dump(quiet), ASKING) == quiet
    assert await QUIET.read(f"{start:%H:%M}到{end:%H:%M}", ASKING) == quiet
    assert await QUIET.load(QUIET.dump(Quiet()), ASKING) == Quiet()


@pytest.mark.parametrize("kind", [ACTIVITY, OUTCOME, LANGUAGE])
async def test_what_is_offered_can_be_answered(kind: Kind[object]) -> None:
    for language in ("en", "zh"):
        with speaking(language):
            for option in kind.options():
                assert kind.dump(await kind.read(option.label, ASKING)) == option.value
                assert await kind.show(option.value, ASKING) == option.label


@pytest.mark.parametrize("kind", [WHEN, QUIET])
async def test_what_is_likely_can_be_answered(kind: Kind[object]) -> None:
    for language in ("en", "zh"):
        with speaking(language):
            for option in await kind.likely(ASKING):
                settled = await kind.settle(option.value, ASKING)
                assert await kind.load(settled, ASKING) is not None
                assert await kind.read(option.label, ASKING) is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("call, went well", ("call", 1)),
        ("call", ("call", 1)),
        ("call back later", None),
        ("演示，", ("demo", 1)),
        ("Demo.", ("demo", 1)),
        ("nothing", None),
    ],
)
async def test_a_word_that_stands_alone(text: str, expected: tuple[str, int] | None) -> None:
    assert await taken(ACTIVITY, text) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("went well", ("positive", 2)),
        ("went well, then lunch", ("positive", 2)),
        ("went well then", None),
        ("so-so, they think", ("neutral", 1)),
        ("不顺利", ("negative", 1)),
        ("good talk", None),
    ],
)
async def test_words_that_stand_alone(text: str, expected: tuple[str, int] | None) -> None:
    assert await taken(OUTCOME, text) == expected  # type: ignore[arg-type]


async def test_the_words_of_either_language_are_known_in_the_other() -> None:
    with speaking("zh"):
        assert await ACTIVITY.read("Demo", ASKING) is Activity.DEMO
        assert await OUTCOME.read("Went badly", ASKING) is Outcome.NEGATIVE
    assert await OUTCOME.read("不顺利", ASKING) is Outcome.NEGATIVE


@pytest.mark.parametrize("text", ["tomorrow", "in the future", "3 May 2019", "25:00", ""])
async def test_no_time_of_a_visit(text: str) -> None:
    with pytest.raises(InvalidAnswer) as refused:
        await WHEN.read(text, ASKING)
    assert refused.value.options


async def test_a_time_with_words_right_behind_it() -> None:
    with speaking("zh"):
        found = await WHEN.take(["昨天下午3点见了王主任，"], ASKING)
    assert found
    assert found.left == "见了王主任，"
    assert datetime.fromisoformat(found.stored) == NOW - timedelta(hours=19)


async def test_just_now_is_when_it_is_said() -> None:
    [now, *_rest] = await WHEN.likely(ASKING)
    later = Asking(None, ANA, NOW + timedelta(hours=3))  # type: ignore[arg-type]
    assert await WHEN.settle(now.value, later) == (NOW + timedelta(hours=3)).isoformat()


async def test_just_after_midnight_two_hours_ago_is_not_offered() -> None:
    early = Asking(None, ANA, datetime(2026, 11, 17, 16, 30, tzinfo=UTC))  # type: ignore[arg-type]
    assert [each.label for each in await WHEN.likely(early)] == [
        "Just now",
        "yesterday 00:30",
        "Mon 16 Nov, 00:30",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Li Wei +86 138 0000 0000", ("Li Wei", 2)),
        ("Li Wei, 138", ("Li Wei", 2)),
        ("王主任 13800138000", ("王主任", 1)),
        ("138 0000", None),
        ("Dr Anna Maria Smith", ("Dr Anna Maria Smith", 4)),
    ],
)
async def test_a_name_ends_where_a_number_begins(
    text: str, expected: tuple[str, int] | None
) -> None:
    assert await taken(PERSON_NAME, text) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["+86 138 0013 8000", "021-5555 1234", "(0)30 123456", "110110"])
async def test_a_phone_number_is_kept_as_written(text: str) -> None:
    assert await PHONE.read(f" {text},", ASKING) == text


@pytest.mark.parametrize("text", ["later", "12", "one two three", "138x0013"])
async def test_what_is_no_phone_number(text: str) -> None:
    with pytest.raises(InvalidAnswer):
        await PHONE.read(text, ASKING)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Shanghai", "Asia/Shanghai"), ("上海", "Asia/Shanghai"), ("beijing", "Asia/Shanghai"),
        ("new york", "America/New_York"), ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"), ("UTC", "UTC"), ("东京", "Asia/Tokyo"),
    ],
)  # fmt: skip
async def test_a_zone_by_its_city(text: str, zone: str) -> None:
    assert await ZONE.read(text, ASKING) == zone
