"""How amounts look: where a number may begin, and what may follow it or stand before it."""

import re
from decimal import Decimal

from services.understanding import currencies
from services.understanding import money_words_en as en
from services.understanding import money_words_zh as zh
from services.understanding.numerals import ALSO, ONES, SCALES, TENS
from services.understanding.word_patterns import backward, either, listed

DIGIT = "零〇一二三四五六七八九两俩兩壹贰貳叁參肆伍陆陸柒捌玖"
UNIT = "十百千万亿拾佰仟萬億"
MOST_WORDS = 30
"""That follow the first of a number in words; the longest has fewer."""
GLUED = either(("usd", "rmb", "cny", "eur", "gbp", "hkd", "sgd", "jpy", "inr", "twd", "krw"))
"""Codes that are written onto a magnitude: 50kusd."""

_NUMBER = rf"[0-9]++(?:[.,'][0-9]++|\ [0-9]{{3}}(?![0-9]|\ ?[{UNIT}]))*+"
_BIG = either(("hundred", "thousand", "million", "billion", "trillion", "lakh", "crore", "grand",
               "dozen", "mil", "mill", "mn", "bn", "thou"))  # fmt: skip
_COUNT = either((*ONES, *TENS, "half", "quarter", "quarters", "couple"))
_LARGE = either(("million", "millions", "mil", "mill", "mn", "bn", "billion", "trillion", "lakh",
                 "lakhs", "lac", "crore", "crores", "thousand"))  # fmt: skip
_WORD = f"(?:{_COUNT}|{_BIG}s?|point)(?![a-z])"
_NEXT = f"(?:、[{DIGIT}](?=[多来余]?[{UNIT}]))"
_ARTICLE = (
    rf"(?:an?(?=\ {currencies.AN}(?![a-z]))"
    rf"|an?\ (?:{_BIG}|quarter|couple|half)(?![a-z])"
    rf"|(?<![^(])(?:thousand|million|billion)(?=\ {currencies.AN}s?(?![a-z])))"
)
_COMMA = (
    r"(?:(?<=thousand)|(?<=million)|(?<=billion)|(?<=lakh)|(?<=crore)),\ "
    r"(?=[a-z-]+(?:\ [a-z]+)?\ (?:hundred|thousand|lakh)(?![a-z]))"
)
_DIGITS_BEFORE = rf"{_NUMBER}\ ?(?=(?:[多来余]|个(?![多来])|个[多来](?=[万亿]))?[{UNIT}])"
_AND = r"(?:(?<=hundred)|(?<=thousand)|(?<=million)|(?<=lakh)|(?<=crore))\ and\ (?!an?\ )"
SCAN = re.compile(
    rf"""
    (?=[0-9+{DIGIT}十拾廿卅百佰千仟几半]|\b[abcdefhmnoqstwz])
    (?:
    (?P<fraction>(?:(?<![a-z0-9.,:/-])[0-9]{{1,3}}\ )?(?<![0-9.,:/-])(?:1/2|[13]/4|[1-4]/5)
        (?=[ -](?:of\ an?\ |an?\ )?{_LARGE}(?![a-z])))
    |(?P<skip>\+[0-9][0-9\ -]{{6,}}|[0-9]++(?:[-/:][0-9]++){{2,}}|[0-9]++[:/⁄][0-9]++
        |https?://\S*|www\.\S*)
    |(?P<zh>
        (?:(?:{_NUMBER}|[{DIGIT}]++)个半(?=[万亿])|{_DIGITS_BEFORE}
            |[{DIGIT}几半]++(?:点[{DIGIT}]++|{_NEXT})?|[十拾廿卅]|[百佰千仟](?=[多来余]?[万亿]))
        (?:[多来余几]?[{UNIT}]|个[多来]?(?=[万亿])|[廿卅]
            |(?<=[十百千拾佰仟])点[{DIGIT}]++(?=[百千]?[万亿])
            |(?<=[{UNIT}廿卅])(?!一[{zh.EACH}])(?:零?[0-9]++|[{DIGIT}几]++{_NEXT}?)
                (?![年月日号點点时周天刻%折]|[kw](?![a-z])|[.,][0-9]))*+
    )
    |(?P<number>{_NUMBER})
    |(?P<words>
        (?:{_ARTICLE}|(?:{_COUNT}|hundred)(?![a-z]))
        (?:(?:\ of(?:\ an?)?\ |\ an?\ |{_AND}|[ -]and[ -]an?[ -](?=half|quarter)
            |{_COMMA}|[ -]){_WORD}){{0,{MOST_WORDS}}}+
    )
    )
    """,
    re.VERBOSE,
)
"""Each number, and what only looks like one: dates, times, telephones, addresses."""

_TWO = {"hundred thousand": 10**5, "hundred k": 10**5, "hundred grand": 10**5}
_TWO |= {"hundred million": 10**8, "thousand million": 10**9, "hundred crore": 10**9}
_TWO |= {"thousand crore": 10**10, "lakh crore": 10**12}
FACTORS = SCALES | {short: SCALES[word] for short, word in ALSO.items()} | _TWO
FACTORS = {word: factor for word, factor in FACTORS.items() if not word.startswith("dozen")}
FACTORS |= {"w": 10**4, "l": 10**5, "mm": 10**6, "t": 10**12}
"""By how much each magnitude multiplies."""
_SCALE = (
    rf"(?:[kw](?=[1-9](?![0-9a-z]))|{either(FACTORS)}(?![a-zà-ɏ0-9](?!sh\b))(?!'[a-z])"
    rf"|[kmw](?={GLUED}(?![a-z])))"
)
FACTORS |= {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
FACTORS |= {left + right: FACTORS[left] * FACTORS[right] for left in "百千" for right in "万亿"}

_MORE = "|".join(
    (
        listed(zh.ABOUT_AFTER),
        *zh.ABOUT_AFTER_PATTERNS,
        *en.ABOUT_AFTER_PATTERNS,
        f"[ ]?{listed(en.ABOUT_AFTER)}(?![a-z])",
    )
)
TAIL = re.compile(
    rf"""
    (?P<part>[ -]and[ -](?:a[ -]half|a[ -]quarter|three[ -]quarters)(?![a-z]))?
    (?:(?<=/[2-9])[ ](?:of[ ])?an?(?=[ ]))?
    (?:(?:[ -]|个(?=w)|(?P<some>[多来余](?=[kw])))?(?P<scale>{_SCALE})(?P<short>(?<=[kw])[1-9])?)?
    (?P<more>{_MORE})?
    (?:[.,]-{{1,2}}(?=[ ]|$))?
    (?:(?:(?<=mio|mrd|mln)\.)?[ -]?(?P<currency>{currencies.AFTER}))?
    """,
    re.VERBOSE,
)
"""A magnitude and a currency after a number."""

CLOSE = re.compile(rf"(?:整|正(?!在|式|好))?(?:[ -]?(?P<more>{_MORE}))?")
_ABOUT = (
    f"(?:(?:eht )?{backward(en.ABOUT_BEFORE)}(?![a-z])"
    f"|[是在为有]?{backward(zh.ABOUT_BEFORE)}|{'|'.join(zh.ABOUT_BEFORE_BACKWARD)})"
)
_SIGN = currencies.BEFORE_BACKWARD
HEAD = re.compile(
    rf"(?:[ ]?(?P<close>{_ABOUT}))?"
    rf"(?:[ :]{{0,2}}(?P<sign>{_SIGN})(?:[ .:]{{0,2}}(?P<other>{_SIGN}))?)?"
    rf"(?P<about>(?:[ ]?{_ABOUT})+)?"
)
"""What stands before a number, backward."""

JOIN = re.compile(
    rf"(?: ?(?:-{{1,2}}|~|至|到)|(?P<change> to)|(?P<between> and| ?[和与跟])"
    rf"|(?P<either> or|、| ?或者?))"
    rf" ?(?P<currency>{currencies.BEFORE})? ?"
)
"""What makes a range of two amounts."""

BETWEEN = ("between ", "在", "介于", "between")
CHANGES = re.compile(rf"\b{listed(en.CHANGES)}[a-z]*\b|{listed(zh.CHANGES)}")
MAGNITUDES = (
    "trillion",
    "billion",
    "bn",
    "crore",
    "million",
    "mn",
    "mil",
    "lakh",
    "thousand",
    "thou",
    "grand",
    "hundred",
)
"""Those of number words, the largest first."""

BIG = ("hundred", "thousand", "million")
BARE = ("thousand", "million", "billion")
"""Where these are all there is before a currency they have no number: million dollars."""
MANY = ("several ", "few ", "many ", " of ")
"""Before a magnitude these make it vague: several hundred thousand."""

FRACTIONS = tuple(
    f"{part} of " for part in "third thirds fifth fifths eighth eighths tenth tenths".split()
)
"""Before a million these leave less of it."""

MORE = re.compile("(?<!万),? (?:and )?(?=[0-9a-z])|(?<=万)(?=[0-9])")
SUMMED = {"million", "millions", "lakh", "lakhs", "crore", "crores", "billion", "thousand", "万"}
ADDED = {"hundred", "thousand", "lakh", "lakhs", "million", "k"}
"""What may follow those to be added: 3 lakh 50 thousand."""

PARTS = {"half": Decimal("0.5"), "quarter": Decimal("0.25"), "quarters": Decimal("0.75")}
