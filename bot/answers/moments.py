"""Times as they are kept: a day of which no hour was said, an instant, or what a wall showed."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.answers.plain import ENDS
from bot.answers.times import When, kept, on_the_wall
from bot.forms import Asking, InvalidAnswer, Kind, Option, Taken
from bot.phrases import _, clocked, label, moment, nearby, spelled
from bot.ways import Way
from services.errors import OldVisit, PastReminder
from services.reminders import is_past
from services.times import instant, wall
from services.understanding.facts import Moment, Period, Toward
from services.understanding.plain import plain
from services.understanding.reading import read_whole
from services.visits import is_old

QUOTED = 60
SATURDAY = 5
AHEAD = (3, 7, 14)
"""In how many days people are often reminded, beside tomorrow."""


class Time(Kind[date]):
    """A day or an instant."""

    way = Way.MOMENT

    def wall(self, stored: str, asking: Asking) -> str:
        return on_the_wall(stored, asking)

    def dump(self, value: date) -> str:
        return value.isoformat()

    async def load(self, stored: str, asking: Asking) -> date:
        stored = await self.settle(stored, asking)
        if "T" not in stored:
            return date.fromisoformat(stored)
        at = datetime.fromisoformat(stored)
        return at if at.tzinfo else instant(at, asking.zone)[0]

    async def show(self, stored: str, asking: Asking) -> str:
        said = await self.load(stored, asking)
        if isinstance(said, datetime):
            return moment(said, asking.zone, asking.reading)
        return nearby(said, wall(asking.reading, asking.zone).date())

    async def spell(self, stored: str, asking: Asking) -> str:
        said = await self.load(stored, asking)
        words = spelled(said, asking.zone, asking.reading)
        if "T" in stored and datetime.fromisoformat(stored).tzinfo is None:
            return _("{at}; the time you said is skipped by the clocks that day", at=words)
        return words

    async def doubt(self, found: Moment, text: str, asking: Asking) -> InvalidAnswer | None:
        """Which of several times is meant, if that isn't certain."""
        if not found.others:
            return None
        options = [
            Option(clocked(each.value, asking.zone, asking.reading), kept(each).isoformat())
            for each in (found, *found.others)
        ]
        return InvalidAnswer(_("When is “{text}”?", text=text.strip(ENDS)[:QUOTED]), options)


class Happened(Time, When):
    """When a visit was: not ahead, and not more than a year ago."""

    async def problem(self, found: Moment, text: str, asking: Asking) -> InvalidAnswer | None:
        """Why a visit can't have been then: it is too long ago, or one of several times."""
        if doubt := await self.doubt(found, text, asking):
            return doubt
        if not is_old(found.value, asking.now, asking.zone):
            return None
        at = spelled(found.value, asking.zone, asking.reading)
        return InvalidAnswer(_(OldVisit().message, at=at), await self.likely(asking))


class Due(Time):
    """When something is to be done: still to come."""

    longest = 8

    async def read(self, text: str, asking: Asking) -> date:
        found = self._read(text, asking)
        if found is None:
            words = _("I can't read “{text}” as a time. Try “Friday 3pm”.", text=text[:QUOTED])
            raise InvalidAnswer(words, await self.likely(asking))
        if problem := await self.problem(found, text, asking):
            raise problem
        return kept(found)

    async def problem(self, found: Moment, text: str, asking: Asking) -> InvalidAnswer | None:
        """Why nobody can be reminded then: it is past, or one of several times."""
        if doubt := await self.doubt(found, text, asking):
            return doubt
        if not is_past(found.value, asking.now, asking.zone):
            return None
        at = spelled(found.value, asking.zone, asking.reading)
        return InvalidAnswer(_(PastReminder().message, at=at), await self.likely(asking))

    async def take(self, words: Sequence[str], asking: Asking) -> Taken | None:
        for count in range(min(self.longest, len(words)), 0, -1):
            text = " ".join(words[:count])
            if found := self._read(text, asking):
                return Taken(
                    self.dump(kept(found)), count, await self.problem(found, text, asking)
                )
        return None

    def _read(self, text: str, asking: Asking) -> Moment | None:
        span = read_whole(plain(text.strip().strip(ENDS)), asking.scene)
        return span.moment(asking.scene, Toward.FUTURE) if span else None

    async def likely(self, asking: Asking) -> Sequence[Option]:
        today = wall(asking.now, asking.zone).date()
        ahead = [_workday(today + timedelta(days=each)) for each in AHEAD]
        days = dict.fromkeys([today + timedelta(days=1), *ahead])
        return [Option(nearby(each, today), each.isoformat()) for each in days]


class Days(Kind[Period]):
    """A period: this month, last week, 上个月."""

    longest = 6

    async def read(self, text: str, asking: Asking) -> Period:
        span = read_whole(plain(text.strip().strip(ENDS)), asking.scene)
        found = span.period(asking.scene, Toward.PAST) if span else None
        if found is None:
            words = _("I can't read “{text}” as a period. Try “last month”.", text=text[:QUOTED])
            raise InvalidAnswer(words, await self.likely(asking))
        return found

    async def take(self, words: Sequence[str], asking: Asking) -> Taken | None:
        for count in range(min(self.longest, len(words)), 0, -1):
            try:
                found = await self.read(" ".join(words[:count]), asking)
            except InvalidAnswer:
                continue
            return Taken(self.dump(found), count)
        return None

    def dump(self, value: Period) -> str:
        return f"{value.start.isoformat()}/{value.end.isoformat()}"

    async def load(self, stored: str, asking: Asking) -> Period:
        start, end = (datetime.fromisoformat(each) for each in stored.split("/"))
        if "T" in stored:
            return Period(start, end)
        return Period(start.date(), end.date())

    async def likely(self, asking: Asking) -> Sequence[Option]:
        today = wall(asking.now, asking.zone).date()
        week = today - timedelta(days=today.weekday())
        month = today.replace(day=1)
        before = (month - timedelta(days=1)).replace(day=1)
        tomorrow = today + timedelta(days=1)
        return [
            Option(label("This week"), self.dump(Period(week, tomorrow))),
            Option(label("This month"), self.dump(Period(month, tomorrow))),
            Option(label("Last month"), self.dump(Period(before, month))),
        ]


def _workday(day: date) -> date:
    """The day itself, or the Monday after it."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= SATURDAY else 0)
