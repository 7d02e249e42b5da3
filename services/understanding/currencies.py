"""Patterns for what currencies are called, before a number and after it."""

from services.understanding.currency_names import (
    CENTS,
    CHINESE,
    CHINESE_AFTER,
    CHINESE_CENTS,
    CODES,
    COINS,
    ENGLISH,
    FIRST,
    OTHER_CODES,
    OTHER_WORDS,
    RAND,
    SHORT_CENTS,
    SIGNS,
    SMALL,
)
from services.understanding.word_patterns import backward, either


def _table(names: dict[str, str], separator: str = " ") -> dict[str, str]:
    return {name: code for code, each in names.items() for name in each.split(separator)}


def _english(names: dict[str, str]) -> dict[str, str]:
    table = _table(names, ",")
    return table | {f"{name}s": code for name, code in table.items()}


_SIGNS = _table(SIGNS) | {RAND: "ZAR"}
_CODES = {code: code.upper() for code in CODES.split()} | OTHER_CODES
_CHINESE = _table(CHINESE)
_CENTS = _english(CENTS) | _table(CHINESE_CENTS)
_AFTER = _table(CHINESE_AFTER) | _table(CHINESE_CENTS)
_ENGLISH = _english(ENGLISH) | _english(CENTS)
_WORDS = {code: code.upper() for code in SMALL}
_ONE = f"[{''.join(sign for sign in _SIGNS if len(sign) == 1)}]"
_GUARDED = "|".join(f"{name}(?![{others}])" for name, others in OTHER_WORDS.items())
_CLEAR = either(name for name in _CHINESE | _AFTER if name not in OTHER_WORDS)
NAMES = COINS | SHORT_CENTS | _SIGNS | _CODES | _WORDS | _CHINESE | _AFTER | _ENGLISH
"""The ISO 4217 code of each, or nothing where several have the name."""
HUNDREDTHS = _CENTS.keys() | SHORT_CENTS
"""Those that are a hundredth: 99 cents, 50p."""
AN = either(("dollar", "buck", "euro", "cent", "penny", "pound", "quid", "yuan", "rupee"))
"""What may follow a one that is only an article: a dollar fifty."""

BEFORE = f"(?:(?<![a-z0-9]){either(_SIGNS | _CODES)}|{_ONE}|{either(_CHINESE)})"
"""A pattern for a currency that stands before a number."""

BEFORE_BACKWARD = (
    f"(?:{backward(','.join(_SIGNS | _CODES))}(?![a-z0-9])|{_ONE}|{backward(','.join(_CHINESE))}"
    f"|{backward(FIRST)}$)"
)
"""The same in a text that is written backward."""

AFTER = (
    f"(?:{either(_SIGNS)}(?![ ]?[0-9]|[kmb](?![a-z]))|{either(_CODES | _ENGLISH)}(?![a-z0-9])"
    f"|{either(_WORDS)}(?=[ ]*$)|(?<=[0-9])[{''.join(SHORT_CENTS)}](?![a-z0-9])"
    f"|{_CLEAR}|{_GUARDED})"
)
"""A pattern for a currency that stands after a number."""
