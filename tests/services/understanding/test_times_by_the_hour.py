"""The same words at other hours of the day, and on other days of the week, month and year."""

from dataclasses import replace
from datetime import datetime

import pytest

from services.understanding.facts import Toward
from tests.services.understanding.saying import CHINESE, ENGLISH, SHANGHAI, told

SAID = [
    # now, words, of what is ahead, of what has been
    ("2025-03-12 14:00", "this afternoon", "2025-03-12 ~15:00", "2025-03-12 14:00"),
    ("2025-03-12 16:00", "this afternoon", "2025-03-12 ~15:00", "2025-03-12 ~15:00"),
    ("2025-03-12 10:20", "this morning", "2025-03-12 ~09:00", "2025-03-12 ~09:00"),
    ("2025-03-12 08:10", "this morning", "2025-03-12 ~09:00", "2025-03-12 08:10"),
    ("2025-03-12 14:00", "今天下午", "2025-03-12 ~15:00", "2025-03-12 14:00"),
    ("2025-03-12 20:00", "今晚", "2025-03-12 ~19:00", "2025-03-12 ~19:00"),
    ("2025-03-12 14:00", "at 3", "2025-03-12 15:00", "2025-03-11 15:00"),
    ("2025-03-12 15:00", "at 3", "2025-03-13 15:00", "2025-03-12 15:00"),
    ("2025-03-12 16:00", "at 3", "2025-03-13 15:00", "2025-03-12 15:00"),
    ("2025-03-12 23:50", "midnight", "2025-03-13 00:00", "2025-03-12 00:00"),
    ("2025-03-12 00:10", "tomorrow", "2025-03-13", "2025-03-13"),
    ("2025-03-12 23:59", "in 2 minutes", "2025-03-13 00:01", "2025-03-13 00:01"),
    ("2025-03-14 09:00", "Friday", "2025-03-21", "2025-03-14"),
    ("2025-03-14 09:00", "Friday at 3", "2025-03-14 15:00", "2025-03-07 15:00"),
    ("2025-03-14 16:00", "Friday at 3", "2025-03-21 15:00", "2025-03-14 15:00"),
    ("2025-03-14 16:00", "next Friday", "2025-03-21", "2025-03-21"),
    ("2025-03-16 12:00", "next Monday", "2025-03-17", "2025-03-17"),
    ("2025-03-16 12:00", "last Sunday", "2025-03-09", "2025-03-09"),
    ("2025-03-16 12:00", "下周一", "2025-03-17", "2025-03-17"),
    ("2025-03-16 12:00", "本周日", "2025-03-16", "2025-03-16"),
    ("2025-03-17 08:00", "上周五", "2025-03-14", "2025-03-14"),
    ("2025-12-31 10:00", "tomorrow", "2026-01-01", "2026-01-01"),
    ("2025-12-31 10:00", "January 5", "2026-01-05", "2026-01-05"),
    ("2025-12-31 10:00", "元旦", "2026-01-01", "2025-01-01"),
    ("2025-01-01 10:00", "31 December", "2025-12-31", "2024-12-31"),
    ("2025-01-31 10:00", "in a month", "2025-02-28", "2025-02-28"),
    ("2024-02-29 10:00", "in a year", "2025-02-28", "2025-02-28"),
    ("2024-02-28 10:00", "tomorrow", "2024-02-29", "2024-02-29"),
    ("2025-01-31 10:00", "the 30th", "2025-03-30", "2025-01-30"),
    ("2025-01-31 10:00", "月底", "2025-01-31", "2025-01-31"),
    ("2025-03-31 10:00", "end of next month", "2025-04-30", "2025-04-30"),
]


@pytest.mark.parametrize(("now", "phrase", "ahead", "behind"), SAID)
def test_words_are_read_from_when_they_were_said(
    now: str, phrase: str, ahead: str, behind: str
) -> None:
    scene = ENGLISH if phrase.isascii() else CHINESE
    scene = replace(scene, now=datetime.fromisoformat(now).replace(tzinfo=SHANGHAI))
    assert told(phrase, scene, Toward.FUTURE) == ahead
    assert told(phrase, scene, Toward.PAST) == behind


@pytest.mark.parametrize(
    ("day_first", "phrase", "said"),
    [
        (True, "5/12", "2025-12-05"),
        (False, "5/12", "2025-05-12"),
        (None, "5/12", "2025-05-12 or 2025-12-05"),
        (True, "13/5", "2025-05-13"),
        (False, "13/5", "2025-05-13"),
        (True, "5/13", "2025-05-13"),
        (None, "6/6", "2025-06-06"),
        (True, "5/12/2026 at 3pm", "2026-12-05 15:00"),
        (None, "5/12/2026 at 3pm", "2026-05-12 15:00 or 2026-12-05 15:00"),
        (None, "Friday 5/12", "2025-12-05"),
        (None, "Monday 12/5", "2025-05-12"),
        (True, "2026-05-12", "2026-05-12"),
    ],
)
def test_the_order_of_day_and_month(day_first: bool | None, phrase: str, said: str) -> None:
    assert told(phrase, replace(ENGLISH, day_first=day_first)) == said


def test_in_chinese_the_month_comes_first() -> None:
    assert told("5/12", replace(CHINESE, day_first=True)) == "2025-05-12"
