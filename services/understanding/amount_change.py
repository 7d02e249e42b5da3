"""Small money: what is said after the whole yuan, dollars or pounds, and coins on their own."""

import re
from decimal import Decimal

from services.understanding import money_words_zh as zh
from services.understanding.amount_numbers import Reading
from services.understanding.chinese_numerals import DIGITS, ONE_WAY
from services.understanding.numerals import ONES, TENS, read_number
from services.understanding.word_patterns import either, listed

DIGIT = "零〇一二三四五六七八九两俩壹贰叁肆伍陆柒捌玖"
UNIT = "十百千万亿拾佰仟"
HALF = Decimal(50)
SMALLEST_SHORT = 10
"""The least that is said without the word for it: a dollar ten."""

JIAO = re.compile(
    rf"""
    零?(?P<jiao>[0-9{DIGIT}])[角毛](?:零?(?P<fen>[0-9{DIGIT}])分?)?钱?
    |零?(?P<cents>[0-9{DIGIT}])分钱?
    |(?P<short>[1-9]|[{DIGIT[2:]}])
        (?![0-9年月日号点时周天%折台个套件人次家份分位]|[.,][0-9]|[{DIGIT}{UNIT}])
    """,
    re.VERBOSE,
)
"""Jiao and fen after yuan."""

COINS = re.compile(
    f"(?P<jiao>毛钱|角钱|毛(?![利重巾衣坯胚料病发笔])|角(?![形度色落架铁钢逐]))"
    f"(?P<fen>[1-9{DIGIT[2:]}](?![0-9{DIGIT}{zh.EACH}]))?(?:(?<=[1-9{DIGIT[2:]}])分)?|分钱"
)
"""Small money without yuan: 5毛, 两毛五."""

_ONES = either(ONES)
_WORDS = f"(?:{either(TENS)}(?:[ -]{_ONES})?|{_ONES})"
_AFTER_SHORT = "each,a,an,per,for,total,in,all,only,please,or,if,off,discount"
CENTS = re.compile(
    rf"""
    (?:,?\ and|,)?\ (?:(?P<digits>[0-9]{{1,2}})\ ?|(?P<words>{_WORDS})[ ])
        (?:cents?|pence|p(?<=[0-9]p)|c(?<=[0-9]c)|¢)(?![a-z0-9])
        (?!\ (?:less|more|off|cheaper|extra|discount)(?![a-z]))
    |\ (?P<short>{_WORDS})(?=[ ]?$|[ ]?[^a-z0-9 -]|\ {listed(_AFTER_SHORT)}(?![a-z]))
    |\ and\ a\ (?P<half>half)(?![a-z])
    |(?P<chinese>[0-9]{{1,2}}|[{DIGIT}十]{{1,3}})(?:美分|欧分|便士)
    """,
    re.VERBOSE,
)
"""Cents and pence after dollars, euros and pounds."""


def take_jiao(text: str, reading: Reading) -> None:
    """Add the jiao and fen after the yuan: 3块5, 三块五毛, 12元3角4分."""
    found = JIAO.match(text, reading.end)
    if found is not None and reading.high is None and reading.low % 1 == 0:
        jiao = _digit(found["jiao"] or found["short"])
        cents = _digit(found["fen"] or found["cents"])
        reading.end = found.end()
        reading.low += Decimal(10 * jiao + cents) / 100


def take_coins(text: str, reading: Reading) -> None:
    """Small money on its own: 5毛, 8角钱, 5分钱."""
    found = COINS.match(text, reading.end)
    if found is None:
        return
    loose = reading.written == "zh" and not (found["fen"] or found[0][-1] == "钱")
    reading.end, reading.sign = found.end(), found[0][0] if loose else "元"
    reading.low = (
        reading.low / (10 if found["jiao"] else 100) + Decimal(_digit(found["fen"])) / 100
    )


def take_cents(text: str, reading: Reading) -> None:
    """Add the cents after the dollars: five dollars and twenty cents, a dollar fifty."""
    found = CENTS.match(text, reading.end)
    if found is None or reading.high is not None or reading.low % 1:
        return
    said = found["digits"] or found["words"] or found["short"] or found["chinese"]
    cents = HALF if found["half"] else read_number(said)
    if cents is None or (found["short"] and not (reading.sign_at and cents >= SMALLEST_SHORT)):
        return
    reading.end, reading.low = found.end(), reading.low + cents / 100


def _digit(text: str | None) -> int:
    if not text:
        return 0
    return int(text) if text.isascii() else DIGITS.index(text.translate(ONE_WAY))
