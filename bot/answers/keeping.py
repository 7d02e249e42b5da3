"""For how long something is kept: 14 days, two weeks, 一年, forever."""

import re
from collections.abc import Sequence

from bot.answers.plain import ENDS, QUOTED
from bot.forms import Asking, InvalidAnswer, Kind, Option, Taken
from bot.phrases import _, counted, label, shortened

UNITS = {
    "d": 1,
    "day": 1,
    "天": 1,
    "日": 1,
    "w": 7,
    "week": 7,
    "周": 7,
    "星期": 7,
    "month": 30,
    "个月": 30,
    "月": 30,
    "y": 365,
    "year": 365,
    "年": 365,
}
"""What people count in, in days."""
WORDS = dict(zip("一二两三四五六七八九十半", (1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0.5), strict=True))
ENGLISH = {"a": 1, "one": 1, "two": 2, "three": 3, "six": 6, "half": 0.5}
FOREVER = frozenset({"forever", "always", "for ever", "永久", "一直", "长期", "永远"})
SAID = re.compile(
    r"(?:for\s+|保留\s*)?(?P<number>\d{1,6}|[一二两三四五六七八九十半]|[a-z]+?)\s*(?:a\s+)?"
    rf"(?P<unit>{'|'.join(sorted(UNITS, key=len, reverse=True))})s?",
    re.IGNORECASE,
)
WEEK, YEAR = 7, 365
LONGEST = 3


class KeptFor(Kind[int]):
    """A number of days; 0 is forever."""

    async def read(self, text: str, asking: Asking) -> int:
        said = text.strip().strip(ENDS).strip().lower()
        if said in FOREVER:
            return 0
        if said.isdecimal() and len(said) < len("1000000"):
            return int(said) or 1
        found = SAID.fullmatch(said)
        number = found and _number(found["number"])
        if not (found and number):
            quoted = shortened(text, QUOTED)
            raise InvalidAnswer(_("I can't read “{text}”. Try 30 days, or 2 years.", text=quoted))
        return max(1, int(number * UNITS[found["unit"].lower()]))

    async def take(self, words: Sequence[str], asking: Asking) -> Taken | None:
        for count in range(min(LONGEST, len(words)), 0, -1):
            try:
                return Taken(self.dump(await self.read(" ".join(words[:count]), asking)), count)
            except InvalidAnswer:
                continue
        return None

    async def load(self, stored: str, asking: Asking) -> int:
        return int(stored)

    async def show(self, stored: str, asking: Asking) -> str:
        return kept_for(int(stored))

    async def likely(self, asking: Asking) -> Sequence[Option]:
        return [Option(kept_for(days), str(days)) for days in (30, 90, 365, 730)]


def _number(said: str) -> float:
    if said.isdecimal():
        return int(said)
    return WORDS.get(said) or ENGLISH.get(said, 0)


def kept_for(days: int) -> str:
    """A number of days as people say it."""
    if not days:
        return label("for ever")
    if days % YEAR == 0:
        return counted("{count} year", "{count} years", days // YEAR)
    return counted("{count} day", "{count} days", days)


KEPT_FOR = KeptFor()
