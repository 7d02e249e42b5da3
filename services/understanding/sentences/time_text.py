"""The text as times are read from it, and what only looks like one."""

import re
from dataclasses import replace
from typing import Final

from services.understanding.plain import Plain
from services.understanding.times import TimeSpan

YTD: Final = re.compile(r"(?<![a-z])ytd(?![a-z])")
LAST_DIGIT: Final = re.compile(
    r"(?<=[0-9一二三四五六七八九十两][万千亿])[0-9一二三四五六七八九]"
    r"(?= ?[^0-9.:万千百十点號号日月时年周天个])"
)
JANUARY: Final = re.compile(
    r"(?<![0-9万千百亿美日欧港])元月(?=[初0-9一二三四五六七八九十底中上下])"
)
A_LITTLE: Final = re.compile("(?<=[\u4e00-\u9fff])下(?= (?:周|星期|礼拜))")
"""申请下 周四: the 下 belongs to the verb."""
GROUPED: Final = re.compile(r",[0-9]{3}(?![0-9])")
PENCE: Final = re.compile(r"[0-9]p (?:cheaper|dearer|more|less|per|each|off|an?|higher|lower)\b")


def timely(text: Plain) -> Plain:
    """The text as times are read from it.

    What Singapore writes for yesterday is elsewhere the year to date, of which only questions are
    asked; 元月 is January; and the 4 of 2万4 is no hour.
    """
    plainly = text.text
    if "ytd" in plainly and "?" not in plainly:
        plainly = YTD.sub("yda", plainly)
    if not plainly.isascii():
        plainly = LAST_DIGIT.sub("元", JANUARY.sub("1月", plainly))
        plainly = A_LITTLE.sub("些", plainly)
    return text if plainly == text.text else replace(text, text=plainly)


def is_rest(text: Plain, span: TimeSpan) -> bool:
    """Whether a time is part of a number or of a word: 三万八左右, 提前一天, 1,600, 9p cheaper."""
    number = text.text[span.end - 1].isdigit() and GROUPED.match(text.text, span.end)
    if number or PENCE.match(text.text, span.end - 2):
        return True
    before = text.text[span.start - 1 : span.start]
    return before in tuple("万千百亿") or (before == "提" and text.text[span.start] == "前")
