"""Answers that need nothing but their own words: text, numbers, one of a few."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Generic, TypeVar

from bot.forms import Asking, InvalidAnswer, Kind, Option, Taken
from bot.phrases import LANGUAGES, _, label, shortened, speaking
from services.names import LONGEST_NAME, fold

E = TypeVar("E", bound=StrEnum)
END = (",", ";", "，", "；", "。", ".")
ENDS = "".join(END)
QUOTED = 60
"""How much of an answer is quoted that can't be read."""
NUMBER_OF_PHONE = re.compile(r"\+?[\d(][\d\s().\-–]{4,}\d")


class AnyText(Kind[str]):
    """Any words; a long answer takes what no other question of a line took."""

    def __init__(self, *, multiline: bool = False) -> None:
        self.multiline = multiline

    async def read(self, text: str, asking: Asking) -> str:
        return text.strip()

    async def take(self, words: Sequence[str], asking: Asking) -> Taken | None:
        return Taken(words[0].strip(), 1) if words else None


class Number(Kind[int]):
    """A whole number; only buttons give it."""

    async def read(self, text: str, asking: Asking) -> int:
        try:
            return int(text)
        except ValueError:
            raise InvalidAnswer(_("I need a number here.")) from None


class PersonName(Kind[str]):
    """Someone's name: in a line, every word up to a phone number or a comma."""

    async def read(self, text: str, asking: Asking) -> str:
        name = text.strip().strip(ENDS).strip()
        if not any(map(str.isalpha, name)):
            raise InvalidAnswer(_("I need a name here, like Li Wei."))
        return name[:LONGEST_NAME]

    async def take(self, words: Sequence[str], asking: Asking) -> Taken | None:
        taken: list[str] = []
        for word in words:
            if word.startswith("+") or word[:1].isdecimal():
                break
            taken.append(word)
            if word.endswith((",", "，", ";", "；")):
                break
        try:
            return Taken(await self.read(" ".join(taken), asking), len(taken))
        except InvalidAnswer:
            return None


class PhoneNumber(Kind[str]):
    """A phone number, kept as it was written."""

    async def read(self, text: str, asking: Asking) -> str:
        number = text.strip().strip(ENDS)
        if not NUMBER_OF_PHONE.fullmatch(number):
            raise InvalidAnswer(
                _("I can't read “{text}” as a phone number.", text=shortened(text, QUOTED))
            )
        return number


class OneOf(Kind[E], Generic[E]):
    """One of a few, by its label or another word for it, in either language."""

    def __init__(self, labels: Mapping[E, str], words: Mapping[E, str]) -> None:
        self._labels = labels
        self._by_word = {
            fold(str(w)): each for each in words for w in (each, *words[each].split())
        }
        self._longest = max(len(phrase.split()) for phrase in labels.values())

    async def read(self, text: str, asking: Asking) -> E:
        wanted = fold(text)
        if found := self._by_word.get(wanted) or self._by_label(wanted):
            return found
        raise InvalidAnswer(
            _("“{text}” is none of these. Pick one.", text=shortened(text, QUOTED)), self.options()
        )

    def _by_label(self, wanted: str) -> E | None:
        for code in LANGUAGES:
            with speaking(code):
                for each, phrase in self._labels.items():
                    if wanted in {fold(phrase), fold(label(phrase))}:
                        return each
        return None

    async def take(self, words: Sequence[str], asking: Asking) -> Taken | None:
        """Only words that stand by themselves: “call back later” is a note, “call, …” a call.

        So do words behind which nothing but other answers follows: “demo went well”.
        """
        for count in range(min(self._longest, len(words)), 0, -1):
            try:
                found = await self.read(" ".join(words[:count]), asking)
            except InvalidAnswer:
                continue
            rest = words[count:]
            if not rest or words[count - 1].endswith(END) or await self._all_read(rest, asking):
                return Taken(self.dump(found), count)
        return None

    async def _all_read(self, words: Sequence[str], asking: Asking) -> bool:
        """Whether other questions read all of these words."""
        for kind in asking.others:
            others = tuple(each for each in asking.others if each not in {kind, self})
            if kind is self:
                continue
            taken = await kind.take(words, replace(asking, others=others))
            if taken and not taken.problem and not taken.left:
                rest = words[taken.words :]
                return not rest or await self._all_read(rest, replace(asking, others=others))
        return False

    async def accept(self, stored: str, asking: Asking) -> str:
        return self.dump(await self.read(stored, asking))

    async def show(self, stored: str, asking: Asking) -> str:
        return label(self._labels[await self.read(stored, asking)])

    def options(self) -> Sequence[Option]:
        return [Option(label(phrase), each.value) for each, phrase in self._labels.items()]
