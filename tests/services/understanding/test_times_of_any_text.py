"""No text breaks the grammar: what is found lies in the text and makes sense, or nothing is."""

from dataclasses import replace
from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from services.times import wall
from services.understanding.facts import Grain, Moment, Scene, Spotted, Toward
from services.understanding.plain import plain
from services.understanding.reading import read_period, read_time
from services.understanding.times import TimeSpan, find_times
from tests.language.salads import noise, salad
from tests.services.understanding.saying import CHINESE, ENGLISH

NEW_YORK = ZoneInfo("America/New_York")
APIA = ZoneInfo("Pacific/Apia")
SCENES = (
    ENGLISH,
    replace(CHINESE, country="CN"),
    Scene(datetime(2024, 2, 29, 23, 59, tzinfo=NEW_YORK), NEW_YORK, "en", 4, day_first=False),
    Scene(datetime(2011, 12, 29, 10, 0, tzinfo=APIA), APIA, "en", 7, day_first=True),
    Scene(datetime(2025, 11, 2, 1, 30, fold=1, tzinfo=NEW_YORK), NEW_YORK, "zh", 12, country="US"),
)
SALADS = 20_000
PORTIONS = 4
"""So that they run beside one another."""


def check_moment(moment: Moment | None, scene: Scene) -> None:
    if moment is None:
        return
    assert moment.local.tzinfo is None
    if moment.grain is not Grain.DAY:
        assert moment.local == wall(moment.at, scene.zone)
        assert moment.value == moment.at
    for other in moment.others:
        check_moment(other, scene)


def check_spans(spans: list[TimeSpan], size: int, scene: Scene) -> None:
    at = 0
    for span in spans:
        assert at <= span.start < span.end <= size
        at = span.end
        for toward in Toward:
            check_moment(span.moment(scene, toward), scene)
        for lying in (None, *Toward):
            period = span.period(scene, lying)
            assert period is None or period.start < period.end
        assert span.rule.startswith("FREQ=") or not span.said.repeat


def check(text: str, scene: Scene) -> None:
    source = plain(text)
    check_spans(find_times(source, scene), len(source.text), scene)
    check_spans(find_times(source, scene, weak=True), len(source.text), scene)


@pytest.mark.parametrize("portion", range(PORTIONS))
def test_words_of_the_grammar_in_any_order(portion: int) -> None:
    random = Random(portion)
    for number in range(SALADS // PORTIONS):
        text = salad(random, 3 if number % 2 else 10)
        try:
            check(text, SCENES[number % len(SCENES)])
        except Exception as error:
            raise AssertionError(repr(text)) from error


@pytest.mark.parametrize("reader", ["time", "instant", "period"])
def test_words_of_the_grammar_as_an_answer(reader: str) -> None:
    random = Random(reader)
    for number in range(1_000):
        text, scene = salad(random, 5), SCENES[number % len(SCENES)]
        try:
            match reader:
                case "period":
                    read_period(plain(text), scene)
                case _:
                    check_moment(read_time(plain(text), scene, instant=reader == "instant"), scene)
        except Exception as error:
            raise AssertionError(repr(text)) from error


@settings(max_examples=1_000, deadline=None)
@given(st.text(), st.sampled_from(SCENES))
@example("第三五个周一", SCENES[0])
@example("forty三五", SCENES[0])
@example("cest 5/12 at 3", SCENES[0])
@example("november五六万", SCENES[0])
@example("24Q3.10000", SCENES[0])
@example("下午3点国庆节前一天", SCENES[0])
@example("each late", SCENES[0])
@example("上周剩下的时间", SCENES[0])
@example("过年之后", SCENES[0])
@example("2月30日前", SCENES[0])
@example("in 999999999999 years", SCENES[0])
@example("9999-12-31 后三天", SCENES[0])
@example("1000 business days before 5 May", SCENES[1])
def test_any_text_may_be_read(text: str, scene: Scene) -> None:
    check(text, scene)
    check_moment(read_time(plain(text), scene), scene)
    read_period(plain(text), scene)


def test_noise_may_be_read() -> None:
    random = Random(1)
    for _ in range(1_000):
        check(noise(random), SCENES[0])


@settings(max_examples=200, deadline=None)
@given(st.text("monday 3pm周五下午点 in-", max_size=40), st.data())
def test_nothing_is_found_in_what_is_hidden(text: str, data: st.DataObject) -> None:
    source = plain(text)
    places = st.integers(0, len(source.text))
    walls = data.draw(st.lists(st.tuples(places, places), max_size=3))
    hidden = [Spotted(min(wall), max(wall)) for wall in walls if wall[0] != wall[1]]
    for span in find_times(source, ENGLISH, hidden):
        assert all(span.end <= each.start or span.start >= each.end for each in hidden)


NESTED = [
    *("the day after ", "the day before ", "end of ", "a week from ", "3 days before ", "since "),
    *("from monday to ", "first half of ", "the first week of ", "rest of the ", "week of "),
    *("1-1-1-", "between 1 and ", "late ", "mid-", "每", "前一天", "的前一天", "国庆节前一天的"),
]


@pytest.mark.parametrize("words", NESTED)
def test_phrases_within_phrases_come_to_an_end(words: str) -> None:
    check(words * 1_000, ENGLISH)
    check(words * 1_000 + "friday", ENGLISH)


def test_a_few_phrases_within_one_another_are_read() -> None:
    text = plain("the day after " * 5 + "tomorrow")
    moment = read_time(text, ENGLISH)
    assert moment is not None
    assert moment.local == datetime(2025, 3, 18)  # noqa: DTZ001 - a wall time
