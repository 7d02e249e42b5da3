"""Days off: from a day to a day, as people write them."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.answers.plain import ENDS
from bot.forms import Asking, InvalidAnswer, Kind, Option, Taken
from bot.phrases import _, dated, label, nearby
from services.leaves import Days
from services.times import wall
from services.understanding.facts import Toward
from services.understanding.plain import plain
from services.understanding.reading import read_whole

QUOTED = 60
FRIDAY = 4
GLUED = 24
"""How much of a word without spaces may be days: 12月28日到明年1月3日."""
DAY = timedelta(days=1)


class DaySpan(Kind[Days]):
    """Days still to come, from the first to the last: 1–14 Dec, tomorrow, 下周一到周三."""

    longest = 8

    async def read(self, text: str, asking: Asking) -> Days:
        found = read_days(text, asking)
        if found is None:
            words = _("I can't read “{text}” as days. Try “1–14 Dec”.", text=text[:QUOTED])
            raise InvalidAnswer(words, await self.likely(asking))
        return found

    async def take(self, words: Sequence[str], asking: Asking) -> Taken | None:
        for count in range(min(self.longest, len(words)), 0, -1):
            if found := read_days(" ".join(words[:count]), asking):
                return Taken(self.dump(found), count)
        return self._begun(words[0], asking) if words else None

    def _begun(self, word: str, asking: Asking) -> Taken | None:
        """Days that the next words follow without a space: 12月1日到14日代理人小李."""
        for end in range(min(len(word) - 1, GLUED), 1, -1):
            if not word[end].isascii() and (found := read_days(word[:end], asking)):
                return Taken(self.dump(found), 1, left=word[end:])
        return None

    def dump(self, value: Days) -> str:
        return f"{value.first.isoformat()}/{value.last.isoformat()}"

    async def load(self, stored: str, asking: Asking) -> Days:
        return Days(*map(date.fromisoformat, stored.split("/")))

    async def accept(self, stored: str, asking: Asking) -> str:
        return self.dump(await self.load(stored, asking))

    async def show(self, stored: str, asking: Asking) -> str:
        return days_in_words(await self.load(stored, asking), _today(asking))

    async def likely(self, asking: Asking) -> Sequence[Option]:
        today = _today(asking)
        monday = today + timedelta(days=7 - today.weekday())
        friday = today + timedelta(days=FRIDAY - today.weekday())
        spans = [
            (nearby(today, today), Days(today, today)),
            (nearby(today + DAY, today), Days(today + DAY, today + DAY)),
            (label("Until Friday"), Days(today, friday)),
            (label("Next week"), Days(monday, monday + timedelta(days=FRIDAY))),
        ]
        return [Option(name, self.dump(each)) for name, each in spans if each.first <= each.last]


def days_in_words(days: Days, today: date) -> str:
    """The first and the last day, each with its weekday: “Tue 1 Dec – Mon 14 Dec”."""
    first = dated(days.first, today)
    if days.first == days.last:
        return first
    return _("{first} – {last}", first=first, last=dated(days.last, today))


def read_days(text: str, asking: Asking) -> Days | None:
    """The days that a text is; from today on where only the last of them is said."""
    span = read_whole(plain(text.strip().strip(ENDS)), asking.scene)
    if span is None:
        return None
    today = _today(asking)
    found = [span.period(asking.scene, toward) for toward in (Toward.PAST, Toward.FUTURE)]
    periods = [Days(each.start, each.end - DAY) for each in found if each]
    days = next((each for each in periods if each.last >= today), None)
    if days is None:
        return periods[-1] if periods else None
    return Days(min(today, days.last), days.last) if span.deadline else days


def _today(asking: Asking) -> date:
    return wall(asking.now, asking.zone).date()
