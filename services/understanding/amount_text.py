"""One way of writing for amounts, with the same length, so that offsets stay true."""

import re
from collections.abc import Sequence

from services.understanding.currency_names import CAPITALS, RAND
from services.understanding.facts import Spotted
from services.understanding.plain import Plain

VARIANTS = str.maketrans("塊幣歐鎊", "块币欧镑")
COMMA = re.compile("(?<=[0-9]),(?=[0-9])")
GLUED = re.compile(
    "(?<![a-z0-9])([nr])(?=[0-9][0-9.,]{0,12}(?:k|m|mn|bn|million|billion|,000)(?![a-z]))"
)
"""Naira and rand are written with a letter, which is a sign only before a sum: N18.5m, R450k."""
LETTERS = {"n": "₦", "r": RAND}
THREE = re.compile("[0-9]{3}(?![0-9])")
WIDE = re.compile("[０-９]，[０-９]{3}")
SIGNED = re.compile("[¥$€£][0-9]{1,3}(?:,[0-9]{3})*$")
LONGEST = 24
"""Of a number with a sign before its commas."""
HALF = re.compile("(?:1⁄2|[13]⁄4)(?!⁄)")
DECIMALS = {"1⁄2": ".50", "1⁄4": ".25", "3⁄4": ".75"}
MOST = 300
"""How many commas are looked at."""


def one_way(text: Plain, hidden: Sequence[Spotted]) -> str:
    """The text with the same length, in which what is hidden can't be read."""
    plain = text.text if text.text.isascii() else text.text.translate(VARIANTS)
    parts, at = [], 0
    for each in sorted(hidden, key=lambda span: span.start):
        if each.end > at:
            start = max(at, each.start)
            parts += [plain[at:start], "\0" * (each.end - start)]
            at = each.end
    plain = "".join((*parts, plain[at:]))
    if "，" in text.source:
        plain = COMMA.sub(lambda comma: _comma(text, plain, comma.start()), plain, count=MOST)
    if "⁄" in plain:
        plain = HALF.sub(lambda half: _half(text, *half.span()), plain, count=MOST)
    plain = GLUED.sub(lambda letter: LETTERS[letter[1]], plain)
    for code in CAPITALS:
        if code in text.source:
            plain = _capitals(text, plain, code)
    return plain


def _comma(text: Plain, plain: str, at: int) -> str:
    """A wide comma ends a clause, but not among wide digits: １２，８００, ¥3，000."""
    if text.original(at, at + 1) != "，" or plain[at + 1 : at + 4] == "000":
        return ","
    if not THREE.match(plain, at + 1):
        return ";"
    wide = WIDE.fullmatch(text.original(at - 1, at + 4))
    return "," if wide or SIGNED.search(plain, max(0, at - LONGEST), at) else ";"


def _half(text: Plain, start: int, end: int) -> str:
    """A half in one character, which is no fraction of its own after a digit: 2½ is 2.50."""
    written = text.text[start:end]
    if len(text.original(start, end)) > 1:
        return written
    after = text.text[start - 1 : start].isdigit()
    return DECIMALS[written] if after else written.replace("⁄", "/")


def _capitals(text: Plain, plain: str, code: str) -> str:
    """Write a code that is a word, too, in capitals where the person did."""
    lower = re.compile(rf"(?<![a-z]){code.lower()}(?![a-z])")
    return lower.sub(
        lambda found: code if text.original(*found.span()) == code else found[0], plain
    )
