"""Splitting a text into the words that the grammar of time reads."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from services.understanding import words_en, words_zh
from services.understanding.facts import Spotted
from services.understanding.spelling import corrected

NUMERALS: Final = words_zh.NUMERALS
_SHAPES: Final = re.compile(
    r"(?P<han>[\u4e00-\u9fff〇]+)"
    r"|(?P<half>[ap]\.?m\.?(?![a-z]))"
    r"|(?P<word>[a-z]+(?:'[a-z]+)?(?:-year)?)"
    r"|(?P<chat>2(?:moro|morrow|moz|mrw|mro|day|nite|night)(?![a-z]))"
    r"|(?P<compact>(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d))"
    r"|(?P<iso>(?:19|20)\d\d(?P<s>[-/.])\d\d?(?P=s)\d\d?(?!\d))(?P<t>t(?=\d))?"
    r"|(?P<three>\d\d?(?P<u>[-/.])\d\d?(?P=u)(?:(?:19|20)\d\d|\d\d)(?![\d%]))"
    r"|(?P<clock>\d\d?[:h]\d\d(?!\d|[:.]\d\d\d)(?::\d\d)?(?!:?\d))"
    r"|(?P<yearmonth>(?:19|20)\d\d[-/](?:0[1-9]|1[0-2])(?![\d/-]))"
    r"|(?P<monthyear>(?:0?[1-9]|1[0-2])/(?:19|20)\d\d(?!\d))"
    r"|(?P<two>\d\d?/\d\d?(?![\d/%]))"
    r"|(?P<ordinal>\d\d?(?:st|nd|rd|th)(?![a-z]))"
    r"|(?P<dotted>\d\d?\.\d\d?(?![\d%]|\.\d))"
    r"|(?P<number>\d+(?:\.\d+)?)"
    r"|(?P<mark>\S)",
)
_GLUED: Final = {"h": "hour", "d": "day", "w": "week", "m": "minute", "y": "year", "q": "quarter"}
_BY_FIRST: Final[dict[str, list[str]]] = {}
for _word in sorted(words_zh.WORDS, key=len, reverse=True):
    _BY_FIRST.setdefault(_word[0], []).append(_word)
_SMALL: Final = (
    "一万三上下两个之乐二于五些人从仓代以余作倒候元全八六内再农几初到前剩午半厂历原又及双台右同后周和四在块多"
    "大天头好季宵家工左差幢年床库底店度建当往快愉意或房推整日时星是最月期末机栋桌桥楼次正点班理由的直窗等线者腊"
    "自至船茶要起路车过还这那重钟门间阳阴院隔零餐饭馆就井"
)
"""The characters that a rule may ask for by themselves."""
_OTHERS: Final = re.compile(f"[^{_SMALL}{''.join(_BY_FIRST)}{''.join(NUMERALS)}]+")
"""All others stand together, so that nobody looks at each."""
_COUNTED: Final = frozenset(("个周", "个星期", "个礼拜"))
_NAMES: Final = tuple("一二三四五六日天末")
_YEAR_DIGITS: Final = 3
LONGEST_NUMBER: Final = 15


class Token(NamedTuple):
    """A word, number or mark, what it may be, and where it stands."""

    kind: str
    value: Any
    text: str
    start: int
    end: int
    spaced: bool
    """Whether a gap stands before it."""


def tokens(text: str, hidden: Sequence[Spotted] = ()) -> list[Token]:
    """Split a plain text; what is hidden becomes a wall that no phrase crosses."""
    found: list[Token] = []
    start = 0
    for wall in sorted(hidden, key=lambda each: each.start):
        if wall.end > start:
            _split(text, start, wall.start, found)
            found.append(Token("wall", None, "", wall.start, wall.end, spaced=True))
            start = wall.end
    _split(text, start, len(text), found)
    return found


def _split(text: str, start: int, end: int, found: list[Token]) -> None:
    last = start
    for each in _SHAPES.finditer(text, start, end):
        kind, at = each.lastgroup or "", each.start()
        spaced, last = at != last, each.end()
        if kind == "t":
            kind = "iso"
        if kind in {"word", "chat"}:
            _word_token(each[0], at, spaced=spaced, found=found)
        elif kind == "han":
            _han(each[0], at, spaced=spaced, found=found)
        elif kind == "number":
            number = _number(each[0])
            if isinstance(number, float):
                found.append(Token("decimal", number, each[0], at, last, spaced))
            elif _is_weekday(text, number, last, found, spaced=spaced):
                week = found.pop()
                found.append(week._replace(kind="weekday", value=number - 1, end=last))
            else:
                found.append(Token("number", number, each[0], at, last, spaced))
        else:
            read = _READERS.get(kind)
            value = read(each[0]) if read else None
            found.append(Token(kind, value, each[0], at, last, spaced))


def _is_weekday(text: str, value: int, end: int, found: list[Token], *, spaced: bool) -> bool:
    """Whether a digit ends the name of a weekday: 周5."""
    if (
        spaced
        or not found
        or found[-1].text not in {"周", "星期", "礼拜"}
        or value not in range(1, 8)
    ):
        return False
    counted = len(found) > 1 and found[-2].kind in {"number", "several"}
    return not counted and text[end : end + 1] not in tuple("天个月周年家次%万")


def _word_token(word: str, at: int, *, spaced: bool, found: list[Token]) -> None:
    known = words_en.WORDS.get(word)
    if known is None and word.endswith("'s"):
        known = words_en.WORDS.get(word[:-2])
    if known is None and found and found[-1].kind in {"number", "clock"} and not spaced:
        if word in _GLUED and found[-1].kind == "number":
            known = ("unit", _GLUED[word])
        elif word in {"a", "p"}:
            known = ("half", word + "m")
    if known is None and (right := corrected(word)):
        known = words_en.WORDS.get(right)
    kind, value = known or ("word", None)
    found.append(Token(kind, value, word, at, at + len(word), spaced))


def _han(run: str, at: int, *, spaced: bool, found: list[Token]) -> None:
    """Split a run of Chinese, the longest known word first; other characters stand alone."""
    here = 0
    while here < len(run):
        word, kind, value = _han_word(run, here)
        end = here + len(word)
        found.append(Token(kind, value, word, at + here, at + end, spaced))
        here, spaced = end, False


def _han_word(run: str, here: int) -> tuple[str, str, object]:
    first = run[here]
    for word in _BY_FIRST.get(first, ()):
        if run.startswith(word, here):
            if word in _COUNTED and run[here + len(word) : here + len(word) + 1] in _NAMES:
                break  # 第一个周一 has no week in it
            return word, *words_zh.WORDS[word]
    if first not in NUMERALS:
        others = _OTHERS.match(run, here)
        return others[0] if others else first, "han", None
    word = _numeral(run, here)
    value = chinese(word)
    return word, "several" if value is None else "number", value


def _numeral(run: str, here: int) -> str:
    end = here
    while end < len(run) and run[end] in NUMERALS and end - here < LONGEST_NUMBER:
        end += 1
    return run[here:end]


def chinese(word: str) -> int | None:
    """The value of a Chinese numeral; None for 三五, which is any number from three to five."""
    if not any(each in "十百千廿卅" for each in word):
        if len(word) == 1 or (len(word) == 2 and word[0] in "零〇"):
            return NUMERALS[word[-1]]
        return int("".join(str(NUMERALS[c]) for c in word)) if len(word) >= _YEAR_DIGITS else None
    total = digit = 0
    for each in word:
        value = NUMERALS[each]
        if value in {20, 30}:  # 廿八, 卅一
            total += value
        elif value < 10:
            digit = value
        else:
            total, digit = total + (digit or 1) * value, 0
    return total + digit


def _number(text: str) -> int | float:
    if len(text) > LONGEST_NUMBER:
        return -1
    return float(text) if "." in text else int(text)


def _numbers(text: str) -> list[int]:
    return [int(each) for each in re.findall(r"\d+", text)]


def _date(text: str) -> date | None:
    year, month, day = _numbers(text)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(text: str) -> tuple[int, int]:
    year, month = _numbers(text)
    return year, month


_READERS: Final[dict[str, Callable[[str], object]]] = {
    "compact": lambda text: _date(f"{text[:4]}-{text[4:6]}-{text[6:]}"),
    "iso": _date,
    "three": _numbers,
    "clock": _numbers,
    "yearmonth": _month,
    "monthyear": lambda text: tuple(reversed(_numbers(text))),
    "two": _numbers,
    "ordinal": lambda text: int(text[:-2]),
    "dotted": _numbers,
    "half": lambda text: f"{text[0]}m",
}
