"""Phone numbers: folding them, so that one number written in two ways is noticed."""

import re
import unicodedata

SEVERAL = re.compile(r"[,，;；、/\n]|\bext\b|分机|转|#|(?<=\d)\s*x", re.IGNORECASE)
"""What begins another number, or an extension."""
TRUNK = re.compile(r"\(0\)")
MAINLAND = re.compile(r"(?:\+|00)86(?=\d)|86(?=1[3-9]\d{9}$)")
MOBILE = re.compile(r"1[3-9]\d{9}")
SERVICE = ("400", "800")
"""Mainland numbers that are dialled without a trunk zero."""
SHORTEST = 7
"""A number of fewer digits is an extension, or one that half the country has."""


def digits(phone: str) -> str:
    """A number's digits alone, the first one of several: what numbers are compared by.

    A mainland number is written as it is dialled there, without 86; any other keeps its code.
    """
    text = unicodedata.normalize("NFKC", phone).strip()
    first = SEVERAL.split(TRUNK.sub("", text), maxsplit=1)[0]
    plus = "+" if first.lstrip("( ").startswith("+") else ""
    bare = plus + "".join(str(unicodedata.decimal(each)) for each in first if each.isdecimal())
    rest = MAINLAND.sub("", bare, count=1) if MAINLAND.match(bare) else ""
    if rest:
        local = MOBILE.fullmatch(rest) or rest.startswith(("0", *SERVICE))
        return rest if local else f"0{rest}"
    return bare.removeprefix("+") if plus else re.sub("^00(?=[1-9])", "", bare)


def comparable(phone: str) -> str:
    """The same, or nothing where the number is too short to tell anybody apart."""
    folded = digits(phone)
    return folded if len(folded) >= SHORTEST else ""
