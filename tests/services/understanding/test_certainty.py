"""What may be saved without a look."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from services.understanding.facts import Facts, Scene, Vocabulary
from services.understanding.messages import understand

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 2, 10, tzinfo=ZONE)
KNOWN = Vocabulary(accounts=("Acme", "华东医院", "Bolt"))


def read(text: str) -> Facts:
    language = "en" if text.isascii() else "zh"
    return understand(text, Scene(NOW, ZONE, language), KNOWN)


@pytest.mark.parametrize(
    "text",
    [
        "visited Acme yesterday, demo went well, follow up Friday 3pm",
        "called Acme this morning, price too high",
        "met Li Wei at Acme this morning, send the quote by Friday 3pm, deal to proposal 50k",
        "昨天拜访了华东医院王主任，演示顺利，下周二下午3点回访，商机推进到报价 5万",
    ],
)
def test_what_nothing_speaks_against_is_sure(text: str) -> None:
    assert read(text).sure


@pytest.mark.parametrize(
    "text",
    [
        "did not visit Acme, they were closed",
        "Acme deal won?",
        "Acme: I doubt we won",
        "visited Acme, deal almost won",
        "Acme deal won 50k, no wait lost",
        "visited Acme tomorrow",
        "visit Acme at 5pm, demo",
        "met Acme on 31/2",
        "visited Acme in 1999",
        "visited Acme, follow up on 31 Feb",
        "I visited Acme last Friday or Thursday",
        "Visited Acme about 10 to 15k",
        "Acme: proposal 50k to 80k",
        "拜访了华东医院 2月30日",
        "visited Acme on 12/2, went well",
        "华东医院可能中标了",
        "没去成华东医院",
    ],
)
def test_what_may_be_otherwise_is_not(text: str) -> None:
    assert not read(text).sure


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("met Acme on 31/2", "31/2"),
        ("visited Acme in 1999", "1999"),
        ("拜访了华东医院 2月30日", "2月30日"),
        ("visited Acme, follow up on 31 Feb", "31 Feb"),
        ("I visited Acme last Friday or Thursday", "Thursday"),
    ],
)
def test_a_date_that_could_not_be_read_stays_in_the_note(text: str, kept: str) -> None:
    assert kept in read(text).note
