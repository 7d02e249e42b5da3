"""Amounts of money in a text: 50k, 5万, ¥3,000, 36.000 €, half a million, 三千五."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from services.understanding import money_words_en as en
from services.understanding import money_words_zh as zh
from services.understanding.amount_evidence import Evidence, is_counted, weigh
from services.understanding.amount_numbers import Reading
from services.understanding.amount_patterns import SCAN
from services.understanding.amount_ranks import Rank, ranks
from services.understanding.amount_reading import read_at
from services.understanding.amount_text import one_way
from services.understanding.facts import Amount, Scene, Spotted
from services.understanding.plain import Plain
from services.understanding.word_patterns import listed

MOST = 300
"""How many numbers of a text are looked at."""
HAN = re.compile("[\u4e00-\u9fff]")
AROUND = re.compile(
    rf"(?:[\s,.!?:;=~()\"。！？…\-]|{listed(en.AROUND)}(?![a-z])|{listed(zh.AROUND)})*"
)


@dataclass(frozen=True)
class AmountSpan(Spotted):
    """An amount and where it stands."""

    amount: Amount
    sure: bool
    """Whether something says that it is money: a currency, a magnitude, a word beside it."""


Found = tuple[Reading, Evidence]


def find_amounts(text: Plain, scene: Scene, hidden: Sequence[Spotted] = ()) -> list[AmountSpan]:
    """Every amount in a text, from left to right; nothing is read inside what is hidden.

    Of several, what no longer holds isn't sure, nor is the price of one beside a total.
    """
    plain = one_way(text, hidden)
    found = [each for each in _find(plain, text, scene) if each[1] >= Evidence.BARE]
    lesser = _lesser(plain, [reading for reading, _ in found])
    return [
        AmountSpan(
            reading.start,
            reading.end,
            _amount(reading),
            sure=evidence is Evidence.MONEY and reading not in lesser,
        )
        for reading, evidence in found
    ]


def read_amount(text: Plain, scene: Scene) -> Amount | None:
    """The amount that a whole text is, or its only clear one; nothing where it is in doubt."""
    plain = one_way(text, ())
    found = [each for each in _find(plain, text, scene) if each[1] > Evidence.NONE]
    if len(found) == 1 and _is_all(plain, found[0][0]):
        return _amount(found[0][0])
    money = [reading for reading, evidence in found if evidence is Evidence.MONEY]
    lesser = _lesser(plain, money)
    ranked = zip(money, ranks(plain, money), strict=True)
    totals = [reading for reading, rank in ranked if rank is Rank.TOTAL]
    return _only([_amount(each) for each in totals or money if each not in lesser])


def _only(amounts: Sequence[Amount]) -> Amount | None:
    """The one amount that several are, which may be written twice: ¥50,000 (五万)."""
    sums = {(each.value, each.highest) for each in amounts}
    currencies = {each.currency for each in amounts} - {""}
    if len(sums) != 1 or len(currencies) > 1:
        return None
    return next((each for each in amounts if each.currency), amounts[0])


def _find(plain: str, text: Plain, scene: Scene) -> Iterator[Found]:
    """Every number of a text that may be an amount, and how sure it is that it is money."""
    chinese = scene.language.startswith("zh") or bool(HAN.search(plain))
    at = 0
    for _ in range(MOST):
        found = SCAN.search(plain, at)
        if found is None:
            return
        since, at = at, found.end()
        other = found.lastgroup == "skip" or is_counted(plain, *found.span())
        reading = None if other else read_at(plain, found, since)
        if reading is not None:
            at = reading.end if reading.written == "words" else max(at, reading.end)
            source = text.original(reading.start, reading.end)
            yield reading, weigh(plain, source, reading, chinese=chinese)


def _is_all(plain: str, reading: Reading) -> bool:
    before = AROUND.fullmatch(plain, 0, reading.start)
    return bool(before and AROUND.fullmatch(plain, reading.end))


def _lesser(plain: str, readings: Sequence[Reading]) -> set[Reading]:
    """What gives way to another amount of the text."""
    if len(readings) < 2:
        return set()
    ranked = list(zip(readings, ranks(plain, readings), strict=True))
    total = any(rank is Rank.TOTAL for _, rank in ranked)
    lesser = {
        each for each, rank in ranked if rank is Rank.FORMER or (total and rank is Rank.EACH)
    }
    return lesser if len(lesser) < len(readings) else set()


def _amount(reading: Reading) -> Amount:
    high = None if reading.high is None else _exact(reading.high)
    return Amount(_exact(reading.low), reading.currency, high, reading.about)


def _exact(value: Decimal) -> Decimal:
    """Without needless zeros: 15000, not 15000.0 and not 1.5E+4."""
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()
