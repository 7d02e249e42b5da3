from datetime import date

import pytest

from services.understanding.facts import Topic
from tests.services.understanding.sentences.telling import told

TOPICS = [
    ("how much did I sell last month?", Topic.SALES),
    ("what's my pipeline looking like for Q3?", Topic.PIPELINE),
    ("how far am I from quota", Topic.QUOTA),
    ("how many visits did I do last week?", Topic.VISITS),
    ("when did I last see Acme", Topic.ACCOUNT),
    ("what do I have on today?", Topic.TODAY),
    ("what can you do?", Topic.HELP),
    ("who is the decision maker at desert rose?", Topic.ACCOUNT),
    ("华东上季度完成多少", Topic.SALES),
    ("我这个月拜访了几家", Topic.VISITS),
    ("离目标还差多少", Topic.QUOTA),
    ("今天有什么安排", Topic.TODAY),
    ("我手上有哪些商机", Topic.PIPELINE),
    ("上次什么时候去的华东医院", Topic.ACCOUNT),
    ("怎么记录拜访？", Topic.HELP),
]


@pytest.mark.parametrize(("text", "topic"), TOPICS)
def test_what_is_asked_about(text: str, topic: Topic) -> None:
    asked = told(text).question
    assert asked
    assert asked.topic is topic


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("when did I last see Acme?", "Acme"),
        ("华东上季度完成多少", "华东"),
        ("how much did I sell?", ""),
        ("华东医院上次是什么时候去的", "华东医院"),
    ],
)
def test_of_whom(text: str, subject: str) -> None:
    asked = told(text).question
    assert asked
    assert asked.subject == subject


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("how much did I sell last month?", date(2025, 2, 1), date(2025, 3, 1)),
        ("我这个月拜访了几家", date(2025, 3, 1), date(2025, 4, 1)),
        ("what's in my pipeline for Q3?", date(2025, 7, 1), date(2025, 10, 1)),
    ],
)
def test_over_which_time(text: str, start: date, end: date) -> None:
    asked = told(text).question
    assert asked
    assert asked.period
    assert (asked.period.start, asked.period.end) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "visited Acme today ok?",
        "met Tom, he asked what the price is",
        "can you log a visit to Acme, met Carlos",
        "could you remind me to call Tom?",
        "客户问多少钱",
        "拜访了华东医院，王主任问什么时候能供货",
    ],
)
def test_statements_that_look_like_questions(text: str) -> None:
    assert told(text).question is None
