"""However long and senseless a text, reading it takes time in proportion to its length at most."""

import gc
import time
from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from services.understanding.lexer import tokens
from services.understanding.plain import plain
from services.understanding.times import LONGEST, MOST, find_times
from tests.language.salads import salad
from tests.services.understanding.saying import ENGLISH

LONG = 100_000
SPLIT = 20_000
TIMES = 4
WORST = 8
"""How often longer four times the length may take; the square of it would be sixteen."""
BEST_OF = 3
TRIES = 3
"""Other tests run beside this one."""
AT_MOST = 0.3
"""Seconds for a long text, on a machine that does much else; by itself it takes a tenth."""

REPEATED = [
    *("monday ", "3", "一", "in ", "1-1-1-", "the day after ", "from monday to ", "end of "),
    *("3 to ", "since ", "a week from ", "first half of ", "every monday and ", "mondays, "),
    *("1/", "9.30-", "a.", "最近", "周一到", "3月1日到", "三点", "前三天", "每", "国庆节前一天"),
    *("每周一三五", "😀", "é", "a", " ", "\n"),
]
RUBBISH = {
    **{words: words for words in REPEATED},
    "salad": " ".join(salad(Random(number)) for number in range(LONG // 30)),
    "noise": "".join(chr(Random(number).randint(32, 0xD7FF)) for number in range(LONG)),
}


def cut(words: str, size: int) -> str:
    return (words * (size // len(words) + 1))[:size]


def seconds(read: Callable[[str], Any], text: str) -> float:
    """How long the quickest of several readings took, of this process alone."""
    found = []
    gc.disable()  # collecting what all the other tests left takes longer
    try:
        for _ in range(BEST_OF):
            begun = time.process_time()
            read(text)
            found.append(time.process_time() - begun)
    finally:
        gc.enable()
    return min(found)


@pytest.mark.parametrize("kind", RUBBISH)
@pytest.mark.parametrize(
    ("read", "size"),
    [
        (lambda text: find_times(plain(text), ENGLISH, weak=True), LONGEST),
        (lambda text: tokens(plain(text).text), SPLIT),
    ],
    ids=["times", "words"],
)
def test_four_times_the_text_takes_no_more_than_eight_times_as_long(
    kind: str, read: Callable[[str], Any], size: int
) -> None:
    short, long = cut(RUBBISH[kind], size // TIMES), cut(RUBBISH[kind], size)
    took = ((seconds(read, long), seconds(read, short)) for _ in range(TRIES))
    assert any(of_long <= WORST * of_short + 0.002 for of_long, of_short in took)


@pytest.mark.parametrize("kind", RUBBISH)
def test_a_long_text_is_read_at_once(kind: str) -> None:
    text = cut(RUBBISH[kind], LONG)
    assert seconds(lambda each: find_times(plain(each), ENGLISH, weak=True), text) < AT_MOST


def test_of_a_text_longer_than_anyone_types_the_beginning_is_read() -> None:
    text = "tomorrow " + "x" * LONGEST + " next week"
    assert len(find_times(plain(text), ENGLISH)) == 1
    assert len(find_times(plain("x " * (LONGEST // 2 - 5) + "tomorrow"), ENGLISH)) == 1


def test_no_more_times_are_found_than_anyone_types() -> None:
    assert len(find_times(plain("monday, " * 500), ENGLISH)) == MOST
