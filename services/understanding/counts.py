"""Numbers in words: twenty five, a couple of, one and a half, 两个半."""

from collections.abc import Sequence
from typing import Final

from services.understanding.lexer import Token
from services.understanding.words_en import COUNTS, NUMBERS

Tokens = Sequence[Token]
Counted = tuple[float, str, int]
"""How many of which unit, and where the words for it end."""
WORKING: Final = frozenset(("business", "working", "work", "trading"))


def count(t: Tokens, i: int) -> tuple[float, int] | None:
    """A number from a word on, and where it ends."""
    token = t[i]
    if token.kind in {"number", "decimal"}:
        if token.value < 0:
            return None
        return _and_a_half(t, i + 1, token.value)
    if token.kind == "two" and t[i + 1].kind == "unit" and token.value[1]:
        return token.value[0] / token.value[1], i + 1
    if token.kind == "dotted":
        return float(token.text), i + 1
    if token.kind == "tens":
        ones = t[i + 1 + (t[i + 1].text == "-")]
        if ones.kind == "number" and ones.text in NUMBERS and 0 < ones.value < 10:
            return token.value + ones.value, i + 2 + (t[i + 1].text == "-")
        return token.value, i + 1
    if token.text in COUNTS:
        return _article(t, i)
    return None


def _article(t: Tokens, i: int) -> tuple[float, int] | None:
    """A, an, a couple of, a dozen."""
    value: float = COUNTS[t[i].text]
    j = i + 1
    if t[j].text in COUNTS and t[j].text != "one":
        value, j = COUNTS[t[j].text], j + 1
    if value > 1 and t[j].text == "of":
        j += 1
    return _and_a_half(t, j, value) if value == 1 else (value, j)


def _and_a_half(t: Tokens, j: int, value: float) -> tuple[float, int]:
    if t[j].text == "and" and t[j + 1].text == "a" and t[j + 2].text == "half":
        return value + 0.5, j + 3
    return value, j


def unit_count(t: Tokens, i: int) -> Counted | None:
    """A number and its unit, and where it ends: two weeks, an hour and a half, 两个半小时."""
    if less := _less_than_one(t, i):
        return less
    found = count(t, i)
    if found is None:
        return None
    value, j = found
    if t[j].kind == "and_half" or (t[j].kind == "half_word" and t[j + 1].kind == "unit"):
        value, j = value + 0.5, j + 1
    j += t[j].text == "half" and t[j + 1].text == "years"
    workday = t[j].text in WORKING
    j += workday
    j += t[j].text == "-" and t[j + 1].kind == "unit" and not t[j].spaced
    unit = _unit(t, j)
    if unit is None or (t[j].kind == "month_mark" and t[j - 1].kind != "and_half"):
        return None  # 三月 is March
    return _with_half(t, j + 1, value, "workday" if workday and unit == "day" else unit)


def _less_than_one(t: Tokens, i: int) -> Counted | None:
    """Half an hour, a half hour, 半天, 半年, three quarters of an hour."""
    if t[i].text == "半年":
        return 1, "half", i + 1
    if t[i].kind == "half_word" or (t[i].text == "half" and t[i + 1].text in {"a", "an"}):
        j = i + 1 + (t[i].kind != "half_word")
        unit = _unit(t, j)
        return (0.5, unit, j + 1) if unit else None
    if t[i].text == "a" and t[i + 1].text == "half" and t[i + 2].kind == "unit":
        return 0.5, t[i + 2].value, i + 3
    if t[i].text == "half" and t[i + 1].text in {"hour", "day"}:
        return 0.5, t[i + 1].value, i + 2
    return _quarters(t, i)


def nth_zh(t: Tokens, i: int) -> tuple[int, int] | None:
    """Which one: 第三(个), 最后一(个), which is -1; and where it ends."""
    if t[i].kind == "ordinal_mark" and t[i + 1].kind == "number":
        number, j = t[i + 1].value, i + 2
    elif t[i].text == "最" and t[i + 1].kind == "later" and t[i + 2].text == "一":
        number, j = -1, i + 3
    elif t[i].text == "倒" and t[i + 2].kind == "ordinal_mark" and t[i + 3].kind == "number":
        number, j = -(t[i + 3].value or 0), i + 4
    else:
        return None
    return (number, j + (t[j].text == "个")) if isinstance(number, int) and number else None


def spelled(t: Tokens, i: int, word: str) -> int | None:
    """Where a word that several tokens make ends, if it stands there."""
    while word:
        if not t[i].text or not word.startswith(t[i].text):
            return None
        word, i = word.removeprefix(t[i].text), i + 1
    return i


def _quarters(t: Tokens, i: int) -> Counted | None:
    """Three quarters of an hour, a quarter of an hour."""
    j = i + (t[i].text in {"a", "three"})
    if t[j].value != "quarter" or t[j + 1].text != "of" or t[j + 3].value != "hour":
        return None
    return (0.75 if t[i].text == "three" else 0.25), "hour", j + 4


def _unit(t: Tokens, j: int) -> str | None:
    if t[j].kind == "unit":
        return str(t[j].value)
    if t[j].kind == "month_mark":
        return "month"
    return None


def _with_half(t: Tokens, j: int, value: float, unit: str) -> Counted:
    """An hour and a half; 一年半; two hours and fifteen minutes."""
    if t[j].text == "and" and t[j + 1].text == "a" and t[j + 2].text == "half":
        return value + 0.5, unit, j + 3
    if t[j].text == "and" and t[j + 1].text == "a" and t[j + 2].text == "quarter":
        return value + 0.25, unit, j + 3
    if t[j].kind == "half_word" and t[j + 1].kind in {"later", "ago", "end", "within"}:
        return value + 0.5, unit, j + 1
    if unit == "hour":
        k = j + (t[j].text in {"and", ","})
        more = count(t, k)
        if more and t[more[1]].kind == "unit":
            if t[more[1]].value == "minute":
                return value + more[0] / 60, unit, more[1] + 1
            if t[more[1]].value == "quarter_hour":
                return value + more[0] / 4, unit, more[1] + 1
    return value, unit, j
