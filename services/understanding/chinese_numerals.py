"""Chinese numerals, plain and as on cheques, also mixed with digits: 三千五, 叁拾万, 1万2."""

import re
from decimal import Decimal

DIGITS = "零一二三四五六七八九"
UNITS = "亿万千百十"
SIZES = (10**8, 10**4, 1000, 100, 10)
ONE_WAY: dict[int, int | str] = {ord("廿"): "二十", ord("卅"): "三十"}
ONE_WAY |= str.maketrans(
    "〇两俩兩壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億", "零二二二一二二三三四五六六七八九十百千万亿"
)
LONGEST = 40
COEFFICIENT = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,6})?|[零一二三四五六七八九]|半")
SPELLED = re.compile(f"[{DIGITS}]{{3,}}|[{DIGITS}]零")
POINT = re.compile(f"([{DIGITS}十百千]+)点([{DIGITS}]+)([百千万亿]*)")
MILLIONS = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,6})?)百万")
BARE = re.compile("[百千](?=[万亿])")
APART = re.compile(f"(.*?(?<![{DIGITS}]))([{DIGITS[1:]}])([{DIGITS[1:]}])(?=[十百千万亿]|$)(.*)")
PAIRS = {DIGITS[low : low + 2] for low in range(1, 9)} | {"三五"}
HALF = Decimal("0.5")


def read_chinese(text: str) -> Decimal | None:
    """Read a whole text as one number; nothing for what is vague (几万) or no number."""
    plain = text.translate(ONE_WAY)
    if not plain or len(plain) > LONGEST:
        return None
    if SPELLED.fullmatch(plain):
        return Decimal("".join(str(DIGITS.index(each)) for each in plain))
    if found := POINT.fullmatch(plain):
        whole, decimals, units = found.groups()
        value = _below(whole, 0)
        read = None if value is None else f"{value}.{_digits(decimals)}"
        return None if read is None else _below(read + units, 0)
    if found := MILLIONS.fullmatch(plain):
        return Decimal(found[1]) * 10**6
    return _below(BARE.sub(r"一\g<0>", plain, count=1) if BARE.match(plain) else plain, 0)


def read_apart(text: str) -> tuple[Decimal, Decimal] | None:
    """Read two numbers said in one, 五六万 or 三五千, as the lowest and the highest."""
    found = APART.fullmatch(text.translate(ONE_WAY)) if len(text) <= LONGEST else None
    if found is None or found[2] + found[3] not in PAIRS or not found[1] + found[4]:
        return None
    low, high = (
        read_chinese(found[1] + found[2] + found[4]),
        read_chinese(found[1] + found[3] + found[4]),
    )
    return (low, high) if low is not None and high is not None else None


def _digits(text: str) -> str:
    return "".join(str(DIGITS.index(each)) for each in text)


def _below(text: str, rank: int) -> Decimal | None:
    """Read a numeral whose highest unit is of this rank or lower."""
    for at in range(rank, len(UNITS)):
        left, found, right = text.partition(UNITS[at])
        if found:
            times, rest = _times(left, at), _rest(right, at)
            if times is None or rest is None or (rest and times % 1):
                return None
            return times * SIZES[at] + rest
    return _coefficient(text)


def _coefficient(text: str) -> Decimal | None:
    if not COEFFICIENT.fullmatch(text):
        return None
    if text == "半":
        return HALF
    return Decimal(DIGITS.index(text)) if text in DIGITS else Decimal(text)


def _times(text: str, at: int) -> Decimal | None:
    """How many of a unit: any number of 万 and 亿, at most nine of a lower one."""
    if UNITS[at] in "亿万":
        return _below(text, at + 1) or None
    if not text:
        return Decimal(1) if UNITS[at] == "十" else None
    times = _coefficient(text)
    return times if times and times < 10 else None


def _rest(text: str, at: int) -> Decimal | None:
    """What follows a unit: 零五, 五百, or a digit of the next lower unit as in 三千五."""
    if not text:
        return Decimal(0)
    if len(text) == 1:
        value = _coefficient(text)
        return value * (SIZES[at] // 10) if value and value % 1 == 0 else None
    rest = text.removeprefix("零")
    if rest.isascii() and rest.isdigit():
        zeros = len(str(SIZES[at])) - 1
        fits = len(rest) == zeros or (rest != text and len(rest) < zeros)
        return Decimal(rest) if fits else None
    below = _below(rest, at + 1)
    return below if below and below % 1 == 0 and below < SIZES[at] else None
