"""Numbers as people write them: 1,250.50, 1 234 567, twelve hundred, half a million, 三千五."""

import re
from decimal import Decimal

from services.understanding.chinese_numerals import read_chinese

__all__ = [
    "ALSO",
    "ONES",
    "SCALES",
    "TENS",
    "read_chinese",
    "read_digits",
    "read_number",
    "read_words",
]

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
ONES = {word: value for value, word in enumerate(_SMALL.split())}
TENS = {word: 10 * value for value, word in enumerate(_TENS.split(), 2)} | {"fourty": 40}
SCALES: dict[str, int] = {
    "trillion": 10**12,
    "billion": 10**9,
    "crore": 10**7,
    "million": 10**6,
    "lakh": 10**5,
    "thousand": 1000,
    "hundred": 100,
    "dozen": 12,
}
ALSO = {"mil": "million", "mill": "million", "bn": "billion", "lac": "lakh", "grand": "thousand"}
ALSO |= {"thou": "thousand", "mrd": "billion", "milliard": "billion", "trn": "trillion"}
ALSO |= {"k": "thousand", "m": "million", "mn": "million", "mln": "million", "mio": "million"}
ALSO |= {"b": "billion", "bln": "billion", "tn": "trillion", "cr": "crore", "crs": "crore"}
ALSO |= {"lakhs": "lakh", "lacs": "lakh", "crores": "crore", "mills": "million"}
ALSO |= {f"{word}s": word for word in SCALES}
PHRASES = {
    **dict.fromkeys(("a", "an"), Decimal(1)),
    **dict.fromkeys(
        "half,half a,half an,half of a,a half,a half a,a half of a,one half".split(","),
        Decimal("0.5"),
    ),
    **dict.fromkeys(
        (
            "quarter,a quarter,quarter of a,a quarter of a,quarter a,one quarter,one quarter of a,"
            "a quarter a"
        ).split(","),
        Decimal("0.25"),
    ),
    **dict.fromkeys(("three quarters", "three quarters of a", "three quarter"), Decimal("0.75")),
    **dict.fromkeys(("couple", "a couple", "couple of", "a couple of"), Decimal(2)),
}
LONGEST = 120
HYPHEN = re.compile("(?<=[a-z])-(?=[a-z])")
TOKEN = re.compile(r"[0-9]+(?:[.,'][0-9]+)*|[a-z]+|\S")
GROUPS = re.compile(r"(?!0)[0-9]{1,3}(?:([.,' ])[0-9]{3}(?:\1[0-9]{3})*)?")
LAKHS = re.compile(r"(?!0)[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}")
DIGITS = 15
MOST_TIMES = 100_000
"""Of any magnitude, in words: two lakh crore is the most that is said."""


def read_number(text: str) -> Decimal | None:
    """Read a whole text as one number, in digits or in the words of either language."""
    text = text.strip()
    if text[:1].isdigit() and text.isascii() and text[-1].isdigit():
        return read_digits(text)
    return read_words(text) if text.isascii() else read_chinese(text)


def read_digits(text: str, *, scaled: bool = False) -> Decimal | None:
    """Read digits with separators, both as in 1,234.50 and as in 1.234,50.

    Of two kinds of separators the last one is the decimal one. A single one is for thousands if
    exactly three digits follow it, so 1.250 is 1250; but it is decimal after a zero, and a point
    is where a magnitude follows (``scaled``): 1.250k.
    """
    if not text.isascii():
        return None
    if text.isdigit():
        return Decimal(text) if len(text) <= DIGITS and _proper(text) else None
    whole, mark, decimals = _parts(text, scaled=scaled)
    if len(whole) + len(decimals) > DIGITS + 6 or (mark and not decimals.isdigit()):
        return None
    if GROUPS.fullmatch(whole) or LAKHS.fullmatch(whole):
        whole = re.sub("[., ']", "", whole)
    if not (whole.isascii() and whole.isdigit() and _proper(whole)) or len(whole) > DIGITS:
        return None
    return Decimal(f"{whole}.{decimals}") if mark else Decimal(whole)


def _proper(whole: str) -> bool:
    return whole == "0" or not whole.startswith("0")


def _parts(text: str, *, scaled: bool) -> tuple[str, str, str]:
    """The whole number, the decimal mark if there is one, and the decimals."""
    at = max(text.rfind("."), text.rfind(","))
    marks = {each for each in text if not each.isdigit()}
    if at < 0 or (len(marks) == 1 and not _decimal(text, at, scaled=scaled)):
        return text, "", ""
    whole, mark, decimals = text[:at], text[at], text[at + 1 :]
    if len(marks) > 1 and mark in whole:  # 1.234,567,890 has two and says nothing
        return text, "", ""
    if mark == "," and len(marks) == 1 and len(decimals) > 2:  # 1,2345 is a slip
        return text, "", ""
    return whole, mark, decimals


def _decimal(text: str, at: int, *, scaled: bool) -> bool:
    if text.count(text[at]) > 1:
        return False
    thousands = len(text) - at - 1 == 3 and at <= 3 and text[0] != "0"
    return not thousands or (scaled and text[at] == ".")


def read_words(text: str) -> Decimal | None:
    """Read English words, also mixed with digits: two and a half million, 3 lakh 50 thousand."""
    if len(text) > LONGEST:
        return None
    tokens = TOKEN.findall(HYPHEN.sub(" ", text))
    return _below([ALSO.get(each, each) for each in tokens], 0)


def _below(tokens: list[str], rank: int) -> Decimal | None:
    """Read words whose highest magnitude is of this rank or lower."""
    for at, (scale, value) in enumerate(SCALES.items()):
        if at >= rank and scale in tokens:
            where = tokens.index(scale)
            times = _times(tokens[:where], at)
            rest = _rest(tokens[where + 1 :], at)
            return None if times is None or rest is None else times * value + rest
    return _base(tokens)


def _times(tokens: list[str], at: int) -> Decimal | None:
    if not tokens:  # hundred thousand, but never thousand alone
        return Decimal(1) if at == list(SCALES).index("hundred") else None
    times = _below(tokens, at + 1)
    return times if times and (len(tokens) == 1 or times < MOST_TIMES) else None


def _rest(tokens: list[str], at: int) -> Decimal | None:
    value = list(SCALES.values())[at]
    if not tokens:
        return Decimal(0)
    for joined in (",", "and"):
        tokens = tokens[1:] if tokens[:1] == [joined] else tokens
    part = PHRASES.get(" ".join(tokens))
    if part is not None and part < 1:  # a million and a half
        return part * value
    rest = None if part is not None else _below(tokens, at + 1)
    return rest if rest and rest < value else None


def _base(tokens: list[str]) -> Decimal | None:
    """Read what has no magnitude: twenty five, two and a half, one point five, 2.5."""
    phrase = " ".join(tokens)
    if phrase in PHRASES:
        return PHRASES[phrase]
    if "point" in tokens:
        return _point(tokens, tokens.index("point"))
    if "and" in tokens:
        where = tokens.index("and")
        part = PHRASES.get(" ".join(tokens[where + 1 :]))
        whole = _base(tokens[:where])
        return whole + part if whole is not None and part is not None and part < 1 else None
    match tokens:
        case [one] if one[0].isdigit():
            return read_digits(one, scaled=True)
        case [one] if one in ONES or one in TENS:
            return Decimal(ONES.get(one) or TENS.get(one, 0))
        case [tens, one] if tens in TENS and 0 < ONES.get(one, 0) < 10:
            return Decimal(TENS[tens] + ONES[one])
        case _:
            return None


def _point(tokens: list[str], where: int) -> Decimal | None:
    whole = _base(tokens[:where])
    decimals = [ONES.get(each, 10) for each in tokens[where + 1 :]]
    if whole is None or whole % 1 or not decimals or max(decimals) > 9:  # a digit
        return None
    return Decimal(f"{whole}.{''.join(map(str, decimals))}")
