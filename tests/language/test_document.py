"""Every example in docs/understanding.md is read as it says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_date

from bot.phrases import label, speaking
from bot.words import ACTIVITIES, OUTCOMES, STAGES
from services.understanding.amounts import read_amount
from services.understanding.facts import Amount, Facts, Grain, Intent, Moment, Period, Scene
from services.understanding.messages import understand
from services.understanding.plain import plain
from services.understanding.reading import read_period, read_time
from storage.kinds import Stage

PAGE = Path(__file__).parents[2] / "docs" / "understanding.md"
ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 11, 10, 20, tzinfo=ZONE)
TABLE = re.compile(r"<!-- (en|zh) (time|period|amount) -->\n((?:\|.*\n)+)")
MESSAGE = re.compile(r"<!-- (en|zh) message -->\n((?:> .*\n)+)\n((?:\|.*\n)+)")
DAY = {"en": "EEE d MMM y", "zh": "y年M月d日 EEE"}
LOCALE = {"en": "en_GB", "zh": "zh_Hans_CN"}
LABELS = {
    "en": "Kind Customer Met When Outcome Stage Amount"
    " Product Competitor Follow-up Next Note About",
    "zh": "类型 客户 见了 时间 结果 阶段 金额 产品 竞品 跟进 下一步 备注 关于",
}


WORDS = {
    "en": {"deal": "Deal", "reminder": "Reminder", "question": "Question", "note": "Note"}
    | {"sales": "sales"},
    "zh": {
        "deal": "商机",
        "reminder": "提醒",
        "question": "提问",
        "note": "备注",
        "sales": "业绩",
    },
}


@dataclass(frozen=True)
class Example:
    language: str
    kind: str
    text: str
    meaning: str


def _rows(table: str) -> list[list[str]]:
    lines = [line for line in table.splitlines() if not line.startswith("|---")][1:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def _examples() -> Iterator[Example]:
    page = PAGE.read_text(encoding="utf-8")
    for language, kind, table in TABLE.findall(page):
        yield from (Example(language, kind, text, meaning) for text, meaning in _rows(table))
    for language, quote, table in MESSAGE.findall(page):
        text = "\n".join(line.removeprefix("> ") for line in quote.splitlines())
        meaning = "\n".join(": ".join(row) for row in _rows(table))
        yield Example(language, "message", text, meaning)


def _day(day: date, language: str) -> str:
    return format_date(day, DAY[language], locale=LOCALE[language])


def _time(at: date, language: str) -> str:
    if not isinstance(at, datetime):
        return _day(at, language)
    return f"{_day(at.date(), language)}{',' if language == 'en' else ''} {at:%H:%M}"


def _moment(moment: Moment, language: str) -> str:
    exact = moment.grain is not Grain.DAY
    return _time(moment.local if exact else moment.local.date(), language)


def _period(period: Period, language: str) -> str:
    if isinstance(period.start, datetime):
        return f"{_time(period.start, language)} – {period.end:%H:%M}"
    last = period.end - timedelta(days=1)
    return f"{_day(period.start, language)} – {_day(last, language)}"


def _number(value: Decimal) -> str:
    return f"{value.normalize():,f}"


def _amount(amount: Amount, language: str) -> str:
    highest = f"–{_number(amount.highest)}" if amount.highest else ""
    about = {"en": " (about)", "zh": "（约）"}[language] if amount.about else ""
    return f"{amount.currency} {_number(amount.value)}{highest}{about}".strip()


def _facts(facts: Facts, language: str) -> str:
    with speaking(language):
        return _described(facts, language)


def _kind(facts: Facts, language: str) -> str:
    if facts.activity:
        return label(ACTIVITIES[facts.activity])
    return WORDS[language].get(facts.intent, facts.intent)


def _described(facts: Facts, language: str) -> str:
    question = facts.question
    values = (
        _kind(facts, language),
        facts.account and facts.account.best,
        {"en": ", ", "zh": "、"}[language].join(each.best for each in facts.contacts),
        facts.happened and _moment(facts.happened, language),
        facts.outcome and label(OUTCOMES[facts.outcome]),
        facts.stage and label(STAGES[Stage(facts.stage)]),
        facts.amount and _amount(facts.amount, language),
        facts.product,
        facts.competitor,
        facts.follow_up and _moment(facts.follow_up, language),
        facts.next_step,
        facts.note,
        question and WORDS[language].get(question.topic, question.topic),
    )
    if facts.intent is Intent.SMALL_TALK:
        return ""
    return "\n".join(
        f"{label}: {value}"
        for label, value in zip(LABELS[language].split(), values, strict=True)
        if value
    )


def read(example: Example) -> str:
    """What the example's text is read as, in the words of the page."""
    scene = Scene(NOW, ZONE, example.language)
    match example.kind:
        case "time":
            moment = read_time(plain(example.text), scene)
            return _moment(moment, example.language) if moment else ""
        case "period":
            period = read_period(plain(example.text), scene)
            return _period(period, example.language) if period else ""
        case "amount":
            amount = read_amount(plain(example.text), scene)
            return _amount(amount, example.language) if amount else ""
        case _:
            return _facts(understand(example.text, scene), example.language)


EXAMPLES = list(_examples())


def test_the_page_has_examples_of_every_kind_in_both_languages() -> None:
    kinds = {(each.language, each.kind) for each in EXAMPLES}
    assert kinds == {(l, k) for l in ("en", "zh") for k in ("time", "period", "amount", "message")}  # noqa: E741
    assert len(EXAMPLES) > 100


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each.text[:30])
def test_an_example_is_read_as_the_page_says(example: Example) -> None:
    assert read(example) == example.meaning
