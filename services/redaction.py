"""Taking a person's name and numbers out of text, and nobody else's.

A name is only taken out whole: not from within a word, and not a part of it. One that is a word
besides (Mark, May, 高兴) is told by `is_word`: where a text isn't about them it is left alone.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from services import ordinary
from services.names import HAN

GONE = "…"
"""What stands where a name was."""
NUMBER = 6
"""From how many digits on a number is told from any other."""
BETWEEN = " \t·•_-–'’\"“”\\"
"""What may stand between the parts of one name beside what stands there in it, or escape that."""
ENDING = 4
MOBILE = 11
PART = re.compile(r"[^\W_]+")
LETTER = r"[^\W_\u3400-\u9fff]"
"""A letter or digit of those that are written in words."""


@dataclass(frozen=True)
class Traces:
    """What somebody is known by: names, phone numbers, and their accounts on platforms."""

    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()

    def clean(self, text: str) -> str:
        """The text without any of it."""
        return self._pattern.sub(GONE, text) if self._pattern else text

    def found(self, text: str) -> bool:
        """Whether a text has any of it."""
        return bool(self._pattern and self._pattern.search(text))

    def cleaned(self, value: Any) -> Any:
        """JSON without any of it; the names of its parts stay."""
        match value:
            case str():
                return self.clean(value)
            case dict():
                return {name: self.cleaned(each) for name, each in value.items()}
            case list():
                return [self.cleaned(each) for each in value]
            case _:
                return value

    @property
    def told(self) -> "Traces":
        """Without the names that are words or a single character: what is theirs anywhere."""
        return Traces(
            tuple(each for each in self.names if not is_word(each)), self.numbers, self.handles
        )

    @property
    def hints(self) -> frozenset[str]:
        """Letters of which some are in every way to write any of it: to look up by."""
        found = {_longest(name) for name in self.names if _can_be_told(name)} | {*self.handles}
        for number in self.numbers:
            found |= _ends(_digits(number))
        return frozenset(found - {""})

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        parts = [
            *(_name(each) for each in _longest_first(self.names) if _can_be_told(each)),
            *(_number(each) for each in self.numbers if len(_digits(each)) >= NUMBER),
            *(rf"(?<!\w){re.escape(each)}(?!\w)" for each in self.handles if each),
        ]
        return re.compile("|".join(parts)) if parts else None


def is_word(name: str) -> bool:
    """Whether a name may as well be something else: a word, or a character or two."""
    name = unicodedata.normalize("NFKC", name).strip()
    short = 2 if name.isascii() else 1
    common = name.capitalize() in ordinary.ENGLISH or name in ordinary.CHINESE
    return len(name) <= short or common


def shared(name: str, others: Iterable[str]) -> bool:
    """Whether somebody else is called the same."""
    return _key(name) in {_key(each) for each in others}


def polite(name: str, title: str) -> tuple[str, ...]:
    """How a Chinese contact is called by surname and title: 王主任."""
    if not title or not HAN.match(name) or title in name:
        return ()
    return tuple(name[:length] + title for length in (1, 2))


def without(names: Iterable[str], others: Collection[str]) -> tuple[str, ...]:
    """The names that nobody else has."""
    return tuple(each for each in names if not shared(each, others))


def _key(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _longest_first(names: Iterable[str]) -> list[str]:
    return sorted({each.strip() for each in names} - {""}, key=len, reverse=True)


def _can_be_told(name: str) -> bool:
    return any(map(str.isalpha, name))


def _longest(name: str) -> str:
    """The longest run of letters, in which no escape stands."""
    return max((found[0] for found in PART.finditer(name)), key=len)


def _name(name: str) -> str:
    """A name as it may be written: in any case, unless it is a word besides."""
    parts = PART.findall(name)
    apart = "".join(sorted({*BETWEEN, *PART.sub("", name)}))
    body = f"[{re.escape(apart)}]{{0,6}}".join(map(re.escape, parts))
    if not HAN.fullmatch(parts[0][0]):
        body = rf"(?<!{LETTER}){body}"
    elif name.strip() == parts[0] and len(parts[0]) == 1:
        body = rf"(?<!\w){body}(?!\w)"
    if not HAN.fullmatch(parts[-1][-1]):
        body = rf"{body}(?!{LETTER})"
    return f"(?:{body})" if is_word(name) else f"(?i:{body})"


def _number(number: str) -> str:
    """The digits of a phone number, whatever is between them, with China's prefix or without."""
    digits = _digits(number)
    if len(digits) > MOBILE:
        digits = digits.removeprefix("86")
    spread = r"[\s\-().\\]{0,4}".join(digits)
    return rf"(?<!\d)(?:(?:\\?\+|00)?86[\s\-]{{0,2}})?{spread}(?!\d)"


def _ends(digits: str) -> set[str]:
    """How the end of a number may be written."""
    if len(digits) < NUMBER:
        return set()
    last = digits[-ENDING:]
    apart = {f"{last[:at]}{by}{last[at:]}" for at in (1, 2) for by in (" ", "-", ".", "\\-")}
    return {last, *apart}


def _digits(number: str) -> str:
    return "".join(each for each in number if each.isdecimal())
