"""The number by which the tax office knows a company (统一社会信用代码, GB 32100-2015)."""

import re
import unicodedata

from services.errors import WrongTaxNumber

DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""Without the letters that are easily taken for a digit: I, O, S, V and Z."""
NUMBER = re.compile(rf"[{DIGITS}]{{18}}")
BETWEEN = re.compile(r"[\s\-.·]+")


def folded(text: str) -> str:
    """The number as it is kept; WrongTaxNumber where a character is wrong or missing."""
    number = BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper()
    if not NUMBER.fullmatch(number) or number[17] != check_digit(number[:17]):
        raise WrongTaxNumber
    return number


def check_digit(body: str) -> str:
    """The eighteenth character, which follows from the seventeen before it."""
    total = sum(DIGITS.index(each) * pow(3, place, 31) for place, each in enumerate(body))
    return DIGITS[-total % 31]
