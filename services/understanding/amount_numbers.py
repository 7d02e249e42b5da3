"""Reads one number where it stands in a text: 1,250, .5, 三十万, 20多万, fifty thousand."""

import re
from dataclasses import dataclass
from decimal import Decimal

from services.understanding import amount_patterns as patterns
from services.understanding.chinese_numerals import (
    DIGITS,
    ONE_WAY,
    PAIRS,
    read_apart,
    read_chinese,
)
from services.understanding.currencies import NAMES
from services.understanding.numerals import read_digits, read_words

LONGEST = 40
MOST_PARTS = 4
"""Of a number in words with commas."""
SMALLEST_GROUPED = 1000
WEEKS = ("周", "星期", "礼拜")
"""The digit after these is a weekday: 周三五万 is 50,000 on Wednesday."""
TENS = "十百千"
LEFT_OUT = "百千万亿儿"
MANY = ("数", "上", "成", "好", "几", *"百千万亿", "千儿", "万儿")
"""Before a unit or a digit these make it vague: 数十万, 上百万, 百八十, 万儿八千."""
EXACTLY = ("正好", "刚好", "恰好")
SPACES = re.compile("[ 个、]")
VAGUE = re.compile("[多来余]")
ONE_UNIT = re.compile(f"(?:[0-9.]+|[{DIGITS}])([百千]?[万亿]|[百千])")
SEPARATED = re.compile("[0-9]+(?:[.,' ][0-9]+)+")
POINT_BEFORE = {"", " ", "$", "€", "£", "¥", "(", "~"}
"""Before a point these make it a decimal one: .5m."""
ONE_POINT = re.compile(r"[0-9]+\.[0-9]+")


@dataclass(slots=True, eq=False)
class Reading:
    """A number as it was written, with what belongs to it; it grows while it is read."""

    start: int
    end: int
    low: Decimal
    high: Decimal | None = None
    first: int = 0
    """Where its own digits begin: a currency may stand before them."""
    sign: str = ""
    """The currency as it was written."""
    sign_at: int = 0
    """Where a currency after the number begins."""
    scale: str = ""
    """The word that multiplies it, as it was written."""
    about: bool = False
    grouped: bool = False
    """Whether it has separators for thousands."""
    written: str = "number"
    """In digits (number), in Chinese numerals (zh), or in English words (words)."""

    def __post_init__(self) -> None:
        self.first = self.start

    @property
    def currency(self) -> str:
        """Its ISO 4217 code, or nothing."""
        return NAMES.get(self.sign, "")


def read_one(text: str, found: re.Match[str], scale: str) -> Reading | None:
    """Read the number that was found, given the magnitude that follows it."""
    start, end = found.span()
    number = found[0]
    if found.lastgroup == "zh":
        return _chinese(text, start, number)
    if found.lastgroup == "words":
        return _worded(text, start, number)
    if found.lastgroup == "fraction":
        return _fraction(start, number)
    if " " in number and (scale or re.match("[a-z0-9]", text[start - 1 : start])):
        start += number.rindex(" ") + 1  # Q3 500k
        number = text[start:end]
    elif text[start - 1 : start] == "." and text[max(0, start - 2) : start - 1] in POINT_BEFORE:
        start, number = start - 1, f"0.{number}"
    value = read_digits(number, scaled=bool(scale))
    if value is None:
        return None
    marked = not number.isdigit() and " " not in number and not ONE_POINT.fullmatch(number)
    return Reading(start, end, value, grouped=marked and value >= SMALLEST_GROUPED)


def _fraction(start: int, number: str) -> Reading:
    """A fraction that a magnitude follows: 1/2 million, 1 1/2 million."""
    whole, _, part = number.rpartition(" ")
    above, below = part.split("/")
    value = Decimal(whole or 0) + Decimal(above) / Decimal(below)
    return Reading(start, start + len(number), value)


def _worded(text: str, start: int, number: str) -> Reading | None:
    value = read_words(f"a {number}" if number in patterns.BARE else number)
    parts = number.split(", ", MOST_PARTS)[:-1] if value is None else []
    while value is None and parts:  # ten thousand, fifty thousand
        number = ", ".join(parts)
        value = read_words(number)
        parts.pop()
    if value is None or _less(text, start, number):
        return None
    reading = Reading(start, start + len(number), value, written="words")
    reading.scale = next((each for each in patterns.MAGNITUDES if each in number), "")
    reading.about = "couple" in number
    return reading


def _less(text: str, start: int, number: str) -> bool:
    """Whether what stands before a number takes it apart: a third of a million."""
    if number.startswith(patterns.BIG):
        return text.endswith(patterns.MANY, 0, start)
    return number.startswith("a ") and text.endswith(patterns.FRACTIONS, 0, start)


def _chinese(text: str, start: int, run: str) -> Reading | None:
    if len(run) > LONGEST:
        return None
    if len(run) > 1 and not run[0].isdigit() and text.endswith(WEEKS, 0, start):
        start, run = start + 1, run[1:]
    if "、" in run:
        start, run = _paired(start, run)
    half = ".5" if run[0].isdigit() else "点五"
    plain = SPACES.sub("", run.replace("个半", half)).translate(ONE_WAY)
    end = start + len(run)
    exact = VAGUE.sub("", plain)
    many = text.endswith(MANY, 0, start) and not text.endswith(EXACTLY, 0, start)
    if many and (exact[0] in TENS or text[start - 1] in LEFT_OUT):
        return None
    low, high = read_apart(exact) or (_mixed(exact), None)
    if low is None or exact == "半":
        return None
    reading = Reading(start, end, low, high, written="zh")
    reading.about = exact != plain or high is not None or exact[0] in "百千"
    unit = ONE_UNIT.fullmatch(exact)
    reading.scale = unit[1] if unit else next((each for each in "亿万千" if each in exact), "")
    return reading


def _paired(start: int, run: str) -> tuple[int, str]:
    """Two numbers said in one with a comma, 十五、六万; or else the one after it."""
    left, right = run.split("、", 1)
    if left[-1:] + right[:1] in PAIRS:
        return start, run
    return start + len(left) + 1, right


def _mixed(text: str) -> Decimal | None:
    """A numeral that may begin with digits that have separators: 1,200万."""
    found = SEPARATED.match(text)
    if found is None:
        return read_chinese(text)
    value = read_digits(found[0], scaled=True)
    if value is None or (value % 1 and "," in found[0] and "." not in found[0]):
        return None
    return read_chinese(f"{value}{text[found.end() :]}")
