"""Answers that are read from words: days and hours, periods, sums, names, switches."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers import AMOUNT, CONTACTS, DAYS, DUE, HAPPENED, ON_OFF, REPEATS
from bot.answers.deals import sum_of
from bot.forms import Asking, InvalidAnswer, Kind
from bot.phrases import clocked, minor_units, money, speaking, spelled
from bot.words import STAGE
from services.deals import Money
from services.understanding.facts import Amount, Grain, Moment, Period
from storage.models import Person, Stage

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
ANA = Person(name="Ana", role=1, unit_id=1, zone="Asia/Shanghai")
BERLIN = Person(name="Ben", role=1, unit_id=1, zone="Europe/Berlin")
ASKING = Asking(None, ANA, NOW)  # type: ignore[arg-type]  # these kinds look nothing up
KINDS: list[Kind[object]] = [HAPPENED, DUE, DAYS, AMOUNT, CONTACTS, ON_OFF, STAGE, REPEATS]  # type: ignore[list-item]


@given(st.sampled_from(KINDS), st.text(max_size=40), st.sampled_from(["en", "zh"]))
async def test_any_text_is_read_or_refused(kind: Kind[object], text: str, language: str) -> None:
    with speaking(language), suppress(InvalidAnswer):
        value = await kind.read(text, ASKING)
        if stored := kind.dump(value):
            assert await kind.load(stored, ASKING) == value
            assert await kind.show(stored, ASKING)
            assert await kind.spell(stored, ASKING)


@given(st.sampled_from(KINDS), st.lists(st.text(min_size=1, max_size=9), max_size=5))
async def test_any_words_are_taken_or_left(kind: Kind[object], words: list[str]) -> None:
    found = await kind.take(words, ASKING)
    assert found is None or 0 < found.words <= len(words)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("tomorrow", date(2026, 3, 3)),
        ("in two weeks", date(2026, 3, 16)),
        ("by Friday", date(2026, 3, 6)),
        ("Friday 3pm", datetime(2026, 3, 6, 7, tzinfo=UTC)),
        ("下周二下午3点", datetime(2026, 3, 10, 7, tzinfo=UTC)),
        ("明天", date(2026, 3, 3)),
    ],
)
async def test_when_something_is_due(text: str, due: date) -> None:
    assert await DUE.read(text, ASKING) == due
    taken = await DUE.take([*text.split(), "then", "call"], ASKING)
    assert taken
    assert await DUE.load(taken.stored, ASKING) == due
    assert taken.words == len(text.split())


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("yesterday", "That's past already: Sun 1 Mar."),
        ("2 March 9am", "That's past already: Mon 2 Mar, 09:00 (Shanghai time)."),
        ("whenever", "I can't read “whenever” as a time."),
        ("call Wang tomorrow", "I can't read “call Wang tomorrow” as a time."),
    ],
)
async def test_when_nothing_can_be_due(text: str, why: str) -> None:
    with pytest.raises(InvalidAnswer) as refused:
        await DUE.read(text, ASKING)
    assert why in str(refused.value.message).replace("\\", "")
    offered = [each.label for each in refused.value.options]
    assert offered == ["tomorrow", "Thu 5 Mar", "Mon 9 Mar", "Mon 16 Mar"]


async def test_nobody_is_offered_a_weekend() -> None:
    thursday = Asking(None, ANA, datetime(2026, 3, 5, 2, tzinfo=UTC))  # type: ignore[arg-type]
    offered = [each.value for each in await DUE.likely(thursday)]
    assert offered == ["2026-03-06", "2026-03-09", "2026-03-12", "2026-03-19"]


async def test_a_time_that_the_clocks_skip_says_so() -> None:
    asking = Asking(None, BERLIN, NOW)  # type: ignore[arg-type]
    stored = "2026-03-29T02:30:00"
    assert await DUE.load(stored, asking) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    said = await DUE.spell(stored, asking)
    assert said.replace("\\", "").startswith("Sun 29 Mar, 03:30 (Berlin time); the time you said")


async def test_two_readings_are_two_buttons() -> None:
    one, other = (
        Moment(datetime.combine(day, time()), Grain.DAY, NOW)
        for day in (date(2026, 5, 12), date(2026, 12, 5))
    )
    found = replace(one, others=(other,))
    asked = await DUE.doubt(found, "5/12,", ASKING)
    assert asked
    assert [each.value for each in asked.options] == ["2026-05-12", "2026-12-05"]
    assert [each.label for each in asked.options] == ["Tue 12 May", "Sat 5 Dec"]
    assert await DUE.doubt(one, "12 May", ASKING) is None


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("last month", date(2026, 2, 1), date(2026, 3, 1)),
        ("this week", date(2026, 3, 2), date(2026, 3, 9)),
        ("上个月", date(2026, 2, 1), date(2026, 3, 1)),
        ("yesterday", date(2026, 3, 1), date(2026, 3, 2)),
    ],
)
async def test_a_period(text: str, start: date, end: date) -> None:
    assert await DAYS.read(text, ASKING) == Period(start, end)
    taken = await DAYS.take(text.split(), ASKING)
    assert taken
    assert await DAYS.load(taken.stored, ASKING) == Period(start, end)


@pytest.mark.parametrize(
    ("text", "rule", "en", "zh"),
    [
        ("every Monday", "FREQ=WEEKLY;BYDAY=MO", "every Mon", "每周一"),
        ("每周一", "FREQ=WEEKLY;BYDAY=MO", "every Mon", "每周一"),
        ("每天", "FREQ=DAILY", "every day", "每天"),
        ("every 2 weeks", "FREQ=WEEKLY;INTERVAL=2", "every 2 weeks", "每 2 周"),
        ("on the first of every month", "FREQ=MONTHLY;BYMONTHDAY=1", "every month", "每月"),
    ],
)
async def test_what_comes_again(text: str, rule: str, en: str, zh: str) -> None:
    assert await REPEATS.read(text, ASKING) == rule
    assert await REPEATS.show(rule, ASKING) == en
    with speaking("zh"):
        assert await REPEATS.show(rule, ASKING) == zh


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("50k", "5000000 CNY"),
        ("5万", "5000000 CNY"),
        ("12,000", "1200000 CNY"),
        ("$3.50", "350 USD"),
        ("¥3,000", "300000 CNY"),
        ("500 JPY", "500 JPY"),
    ],
)
async def test_a_sum(text: str, kept: str) -> None:
    assert AMOUNT.dump(await AMOUNT.read(text, ASKING)) == kept


@pytest.mark.parametrize("text", ["a lot", "", "soon", "50%"])
async def test_what_is_no_sum(text: str) -> None:
    with pytest.raises(InvalidAnswer):
        await AMOUNT.read(text, ASKING)


def test_no_sum_is_absurd() -> None:
    assert sum_of(Amount(Decimal(10) ** 15), "CNY") is None
    assert sum_of(Amount(Decimal(-1)), "CNY") is None
    assert sum_of(Amount(Decimal(5), "JPY"), "CNY") == Money(5, "JPY")


@given(st.integers(0, 10**12), st.sampled_from(["CNY", "JPY", "KWD", "USD"]))
def test_minor_units_are_the_inverse_of_money(minor: int, currency: str) -> None:
    digits = {"JPY": 0, "KWD": 3}.get(currency, 2)
    assert minor_units(Decimal(minor).scaleb(-digits), currency) == minor
    assert money(minor, currency)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Li Wei", ("Li Wei",)),
        ("Li Wei and Dr Wang", ("Li Wei", "Dr Wang")),
        ("王主任、李工，张总", ("王主任", "李工", "张总")),
        ("王和平", ("王和平",)),
        ("Li Wei, Dr Wang & Zhao", ("Li Wei", "Dr Wang", "Zhao")),
    ],
)
async def test_several_people(text: str, names: tuple[str, ...]) -> None:
    assert await CONTACTS.read(text, ASKING) == names


@pytest.mark.parametrize(
    ("text", "on"), [("on", True), ("Yes", True), ("开", True), ("off", False), ("关闭", False)]
)
async def test_a_switch(text: str, *, on: bool) -> None:
    assert await ON_OFF.read(text, ASKING) is on
    assert await ON_OFF.load(ON_OFF.dump(on), ASKING) is on


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("quoted", Stage.PROPOSAL),
        ("closed won", Stage.WON),
        ("丢单", Stage.LOST),
        ("谈判", Stage.NEGOTIATION),
    ],
)
async def test_a_stage_has_many_names(text: str, stage: Stage) -> None:
    assert await STAGE.read(text, ASKING) is stage


@pytest.mark.parametrize(
    ("said", "en", "zh"),
    [
        (
            datetime(2026, 3, 24, 7, tzinfo=UTC),
            "Tue 24 Mar, 15:00 (Shanghai time)",
            "3月24日 周二 15:00（上海时间）",
        ),
        (date(2026, 3, 24), "Tue 24 Mar", "3月24日 周二"),
        (NOW, "Mon 2 Mar, 10:00 (Shanghai time)", "3月2日 周一 10:00（上海时间）"),
        (date(2027, 1, 1), "Fri 1 Jan 2027", "2027年1月1日 周五"),
    ],
)
def test_a_time_in_full(said: date, en: str, zh: str) -> None:
    for language, words in (("en", en), ("zh", zh)):
        with speaking(language):
            assert spelled(said, ASKING.zone, NOW).replace("\\", "") == words
            assert words.startswith(clocked(said, ASKING.zone, NOW))
