"""Answers about a company: what it is called, where it is, and its tax number."""

import re
from collections.abc import Sequence
from itertools import takewhile

from bot.answers.newcomers import NewName, OneLine, cleaned
from bot.answers.plain import END, ENDS
from bot.forms import Asking, InvalidAnswer, Taken
from bot.phrases import _
from services import tax_numbers
from services.errors import WrongTaxNumber

TAXLIKE = re.compile(r"[0-9A-Z]{15,20}", re.IGNORECASE)
FEWEST = 8
"""Digits without which a long word is only a word."""
CITY_WORDS = 3
LONGEST = 12


class CompanyName(NewName):
    """In a line, every word up to a comma or a number."""

    async def take(self, words: Sequence[str], asking: Asking) -> Taken | None:
        begun = list(takewhile(lambda word: not _is_number(word), words[:LONGEST]))
        ends = next((n for n, word in enumerate(begun, 1) if word.endswith(END)), len(begun))
        try:
            return Taken(await self.read(" ".join(begun[:ends]), asking), ends)
        except InvalidAnswer:
            return None


class City(OneLine):
    """In a line, a few words without a digit that nothing else reads, up to a comma."""

    async def take(self, words: Sequence[str], asking: Asking) -> Taken | None:
        others = [each for each in asking.others if each is not self]
        if not words or any([await each.take(words, asking) for each in others]):
            return None
        ends = next((n for n, word in enumerate(words, 1) if word.endswith(END)), len(words))
        text = cleaned(" ".join(words[:ends]))
        if ends > CITY_WORDS or not text or any(map(str.isdecimal, text)):
            return None
        return Taken(text, ends)


class TaxNumber(OneLine):
    """Eighteen characters, of which the last tells whether the others are right."""

    async def read(self, text: str, asking: Asking) -> str:
        try:
            return tax_numbers.folded(text.strip(ENDS))
        except WrongTaxNumber as error:
            raise InvalidAnswer(_(error.message)) from None

    async def take(self, words: Sequence[str], asking: Asking) -> Taken | None:
        if not (words and _is_taxlike(words[0])):
            return None
        try:
            return Taken(await self.read(words[0], asking), 1)
        except InvalidAnswer as problem:
            return Taken("", 1, problem)


def _is_taxlike(word: str) -> bool:
    bare = word.strip(ENDS)
    return bool(TAXLIKE.fullmatch(bare)) and sum(map(str.isdecimal, bare)) >= FEWEST


def _is_number(word: str) -> bool:
    """Whether a phone or a tax number begins here rather than a name goes on."""
    return word.startswith("+") or sum(map(str.isdecimal, word)) >= FEWEST - 1


COMPANY = CompanyName()
CITY = City()
TAX_NUMBER = TaxNumber()
