"""Reads what stands at one place in a text as an amount, with its currency and its range."""

import re
from decimal import Decimal

from services.understanding import amount_patterns as patterns
from services.understanding.amount_change import take_cents, take_coins, take_jiao
from services.understanding.amount_numbers import Reading, read_one
from services.understanding.currencies import HUNDREDTHS, NAMES
from services.understanding.currency_names import SHARED, SHORT_CENTS
from services.understanding.word_patterns import before

LARGEST = Decimal(10**15)
LOOK_BACK = 36
SMALLEST_WON = 1000
NO_MAGNITUDE = {"", "百", "hundred", "hundreds"}
WORD = re.compile("[ -]")
FIGURE = re.compile("[ .:]?[0-9]")
WIDEST = 1000
"""How many times the lower end the higher end of a range may be."""
WIDEST_AS_WRITTEN = 20
"""The same where the lower end would have no magnitude: 500-1k, but not 60-50k."""
YUAN = {"元", "块", "圆"}


def read_at(text: str, found: re.Match[str], since: int = 0) -> Reading | None:
    """Read the amount whose number was found, with what stands around it.

    What was read until ``since`` belongs to the amount before.
    """
    reading = _part(text, found)
    if reading is None:
        return None
    if reading.scale in patterns.SUMMED and not reading.sign:
        _add_lower(text, reading)
    _take_head(text, reading, since)
    if reading.sign and reading.sign not in HUNDREDTHS:
        take_cents(text, reading)
    if reading.high is None:
        _take_range(text, reading)
    if reading.sign in HUNDREDTHS:
        reading.low, reading.high = reading.low / 100, reading.high and reading.high / 100
    return reading


def _part(text: str, found: re.Match[str]) -> Reading | None:
    """A number and what follows it, up to its currency."""
    tail = patterns.TAIL.match(text, found.end())
    reading = read_one(text, found, (tail and tail["scale"]) or "")
    if reading is None or tail is None:
        return None
    if tail.end() > reading.end == tail.start():
        _take_tail(reading, tail)
    if reading.sign in YUAN:
        take_jiao(text, reading)
    elif not reading.sign and not reading.scale:
        take_coins(text, reading)
    close = patterns.CLOSE.match(text, reading.end)
    if close and close.end() > reading.end:
        reading.end, reading.about = close.end(), reading.about or bool(close["more"])
    return reading if reading.low <= LARGEST else None


def _take_tail(reading: Reading, tail: re.Match[str]) -> None:
    """Multiply by the magnitude that follows, and take the currency."""
    reading.sign, reading.end = tail["currency"] or "", tail.end()
    if reading.sign:
        start = tail.start("currency")
        reading.sign_at = start - (tail.string[start - 1] in " -")
        if _is_of_next(tail.string, reading):
            reading.sign, reading.end = "", reading.sign_at
            return
    if tail["part"]:
        reading.low += patterns.PARTS[WORD.split(tail["part"])[-1]]
    if scale := tail["scale"]:
        factor = patterns.FACTORS[scale]
        reading.low, reading.scale = reading.low * factor, scale
        reading.high = reading.high and reading.high * factor
        reading.low += int(tail["short"] or 0) * factor // 10  # 2w5
    if tail["more"] or tail["some"]:
        reading.about = True
    if reading.sign == "won" and (reading.low < SMALLEST_WON or len(reading.scale) == 1):
        reading.sign, reading.end = "", reading.sign_at  # Acme, 50k, won


def _is_of_next(text: str, reading: Reading) -> bool:
    """Whether the currency after a number in words leads to the next one: our first one Rs 96."""
    return text[reading.first].isalpha() and bool(FIGURE.match(text, reading.end))


def _add_lower(text: str, reading: Reading) -> None:
    """Add what is said in a lower magnitude: 3 lakh 50 thousand."""
    more = patterns.MORE.match(text, reading.end)
    found = patterns.SCAN.match(text, more.end()) if more else None
    rest = _part(text, found) if found and found.lastgroup in {"number", "words"} else None
    if rest and rest.scale in patterns.ADDED and rest.low < patterns.FACTORS[reading.scale]:
        reading.end, reading.low, reading.sign = rest.end, reading.low + rest.low, rest.sign


def _take_head(text: str, reading: Reading, since: int) -> None:
    """Take what stands before the number: about, USD, ¥."""
    far = min(LOOK_BACK, reading.first - since)
    found = patterns.HEAD.match(before(text, reading.first, far))
    if found is None or not found.end():
        return
    reading.start -= found.end()
    if found["sign"]:
        signs = [each[::-1] for each in found.group("sign", "other") if each]
        _take_sign(reading, next((each for each in signs if each not in SHARED), signs[0]))
    if found["about"] or found["close"]:
        reading.about = True


def _take_sign(reading: Reading, sign: str) -> None:
    """Take the currency before the number, or keep the one after it if that says more: $5 CAD."""
    if reading.sign in SHORT_CENTS:
        reading.sign = sign  # £3.50p
    if reading.sign_at and sign not in SHARED and NAMES[sign] != reading.currency:
        reading.end = reading.sign_at  # RMB 50k USD 8k
    elif reading.sign and reading.sign not in SHARED:
        return
    reading.sign = sign


def _take_range(text: str, low: Reading) -> None:
    """Go on to the next amount, if they are said as one: 50-60k, 5到8万."""
    join = patterns.JOIN.match(text, low.end)
    found = patterns.SCAN.match(text, join.end()) if join else None
    if join is None or found is None or found.lastgroup == "skip" or not _joins(text, low, join):
        return
    high = _part(text, found)
    if high is None or high.high is not None:
        return
    high.sign = high.sign or (join["currency"] or "").strip()
    value = _lowest(low, high)
    if value is not None and _agree(low, high, value, join):
        low.end, low.low, low.high = high.end, value, high.low
        low.sign, low.scale = low.sign or high.sign, low.scale or high.scale
        low.about = low.about or high.about or bool(join["either"])
        low.grouped = low.grouped or high.grouped


def _agree(low: Reading, high: Reading, value: Decimal, join: re.Match[str]) -> bool:
    """Whether two numbers can be the ends of one range, given the value of the lower one."""
    if low.sign and high.sign and not _alike(low, high):
        return False
    if "、" in join[0]:  # 5、6万, but not 3、8万
        step = 1 if low.low % 10 else 10  # 10、20万
        return (high.low - value) * low.low == value * step
    return not join["either"] or value != low.low  # 40 or 50 is no 40 to 50


def _alike(low: Reading, high: Reading) -> bool:
    """Whether two amounts are in one currency, and both or neither in its hundredths."""
    hundredths = (low.sign in HUNDREDTHS) == (high.sign in HUNDREDTHS)
    return hundredths and low.currency == high.currency


def _joins(text: str, low: Reading, join: re.Match[str]) -> bool:
    """Whether the word between two amounts makes a range of them."""
    if join["either"]:
        return low.scale in NO_MAGNITUDE and not low.sign
    if join["between"]:
        return text.endswith(patterns.BETWEEN, 0, low.start)
    if join["change"] or "到" in join[0]:
        return not patterns.CHANGES.search(text, max(0, low.start - LOOK_BACK), low.start)
    return True


def _lowest(low: Reading, high: Reading) -> Decimal | None:
    """The lower end, which shares the magnitude of the higher one if it has none: 50-60k."""
    factors: list[int] = []
    if low.scale in NO_MAGNITUDE and not low.grouped and high.scale:
        last = high.scale[-1:] if high.written == "zh" else high.scale
        factor = patterns.FACTORS[high.scale]
        factors = [factor, patterns.FACTORS.get(last, 1), *([1000] if factor == 10**6 else [])]
        if high.low == (low.low + 1) * factor * 100:
            factors = [factor * 100]  # 2-300万
    elif high.grouped and not low.grouped:
        factors = [1000]  # 40-45,000
    for factor in factors:
        if low.low * factor < high.low <= low.low * factor * WIDEST:
            return low.low * factor
    widest = WIDEST_AS_WRITTEN if factors else WIDEST
    return low.low if low.low < high.low <= low.low * widest else None
