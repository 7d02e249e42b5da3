"""Which of several amounts in a text is meant: the total before the price of one."""

import re
from collections.abc import Sequence
from enum import Enum, auto

from services.understanding import money_words_en as en
from services.understanding import money_words_zh as zh
from services.understanding.amount_numbers import Reading
from services.understanding.word_patterns import backward, before, listed

LOOK_BACK = 28


class Rank(Enum):
    """What an amount is among others."""

    TOTAL = auto()
    PLAIN = auto()
    EACH = auto()
    """The price of one."""
    FORMER = auto()
    """What no longer holds: from 50k to 60k."""


def _back(english: str, chinese: str, sign: str) -> re.Pattern[str]:
    words = f"{backward(english)}(?![a-z])|{backward(chinese)}|{sign}"
    return re.compile(rf"[ :]*(?:{backward('of,is')} )?(?:{words})")


TOTAL_BEFORE = _back(en.TOTAL_BEFORE, zh.TOTAL_BEFORE, "=")
EACH_BEFORE = _back(en.EACH_BEFORE, zh.EACH_BEFORE, "[@*×]|x ")
FORMER_BEFORE = _back(en.FORMER, zh.FORMER, r"saw ?[(,]")
TOTAL_AFTER = re.compile(f",? ?(?:{listed(en.TOTAL_AFTER)}(?![a-z])|{listed(zh.TOTAL_AFTER)})")
EACH_AFTER = re.compile(
    f" ?/ ?[a-z\u4e00-\u9fff]| ?{listed(en.EACH_AFTER)}(?![a-z])| ?{zh.EACH_AFTER}"
)
NOW = re.compile(
    f"[,(]? ?[,(]?(?:{listed(en.NOW)}(?![a-z])|-+>|→|=>|{listed(zh.NOW)})(?: about| around)?了? ?"
)


def ranks(text: str, readings: Sequence[Reading]) -> list[Rank]:
    """What each of the amounts in a text is among the others."""
    following = [*(each.start for each in readings[1:]), None]
    return [_rank(text, *each) for each in zip(readings, following, strict=False)]


def _rank(text: str, reading: Reading, after: int | None) -> Rank:
    """What an amount is, given where the next one begins."""
    end, back = reading.end, before(text, reading.start, LOOK_BACK)
    if TOTAL_BEFORE.match(back) or TOTAL_AFTER.match(text, end):
        return Rank.TOTAL
    if after is not None and NOW.fullmatch(text, end, min(after, end + LOOK_BACK)):
        return Rank.FORMER
    if FORMER_BEFORE.match(back):
        return Rank.FORMER
    if EACH_BEFORE.match(back) or EACH_AFTER.match(text, end):
        return Rank.EACH
    return Rank.PLAIN
