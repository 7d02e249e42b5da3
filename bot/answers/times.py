"""When something happened."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.answers.plain import ENDS
from bot.forms import Asking, InvalidAnswer, Kind, Option, Taken
from bot.phrases import _, day, label, language, moment
from services.errors import FutureVisit, OldVisit, Refusal
from services.understanding.vague import Vague, read_vague
from services.understanding.when import Moment, read_when
from services.visits import AHEAD, OLDEST

NOW = "now"


class When(Kind[datetime]):
    """When something happened: not ahead, and not more than a year ago."""

    longest = 6

    async def read(self, text: str, asking: Asking) -> datetime:
        found = self._read(text, asking)
        if found is None:
            raise await self._unread(text.strip(), asking)
        if problem := await self._problem(found, text, asking):
            raise problem
        return found.at

    async def _unread(self, text: str, asking: Asking) -> InvalidAnswer:
        vague = read_vague(text, asking.now.astimezone(asking.zone).date())
        if vague and vague.said == text.rstrip(ENDS):
            return await self._which(vague, asking)
        words = _("I can't read “{text}” as a time. Try “yesterday 3pm”.", text=text[:60])
        return InvalidAnswer(words, await self.likely(asking))

    async def _which(self, vague: Vague, asking: Asking) -> InvalidAnswer:
        """Which day of last week, or whether 10.30 is a time."""
        times = [self._read(f"{each:%Y-%m-%d}", asking) for each in vague.days]
        if vague.clock:
            times = [self._read(vague.clock, asking)]
        options = [_option(each, each.at, asking) for each in times if each]
        if not vague.days:
            options += await self.likely(asking)
        return InvalidAnswer(_("When exactly was “{text}”?", text=vague.said), options)

    async def _problem(self, found: Moment, text: str, asking: Asking) -> InvalidAnswer | None:
        """Why a time can't be taken: it may be one of two, or a visit can't have been then."""
        if found.other:
            both = (found.at, found.other)
            good = [at for at in both if not _refused(at, asking)] or both
            words = _("Which day is “{text}”?", text=text.strip(ENDS))
            return InvalidAnswer(words, [_option(found, at, asking) for at in good])
        refused = _refused(found.at, asking)
        return InvalidAnswer(refused, await self.likely(asking)) if refused else None

    def _read(self, text: str, asking: Asking) -> Moment | None:
        return read_when(text.strip(), now=asking.now, zone=asking.zone, language=language())

    async def take(self, words: Sequence[str], asking: Asking) -> Taken | None:
        for count in range(min(self.longest, len(words)), 0, -1):
            if found := self._read(" ".join(words[:count]).rstrip(ENDS), asking):
                text = " ".join(words[:count])
                problem = await self._problem(found, text, asking)
                return Taken(self.dump(found.at), count, problem)
        if not words:
            return None
        return await self._open(words, asking) or await self._begun(words[0], asking)

    async def _open(self, words: Sequence[str], asking: Asking) -> Taken | None:
        """A time that leaves the day open; it stays in the note when that goes on with it."""
        today = asking.now.astimezone(asking.zone).date()
        vague = read_vague(" ".join(words), today)
        if vague is None:
            return None
        count = len(vague.said.split())
        left = " ".join(words[:count]).removeprefix(vague.said)
        alone = not left.strip(ENDS) and (bool(left) or count == len(words))
        if vague.clock and not alone:
            return None
        problem = await self._which(vague, asking)
        return Taken("", count, problem, left, "" if alone else vague.said)

    async def _begun(self, word: str, asking: Asking) -> Taken | None:
        """A time that the next words follow without a space: 昨天下午3点见了王主任."""
        if word.isascii():
            return None
        for end in range(min(len(word) - 1, 16), 1, -1):
            if not word[end].isascii() and (found := self._read(word[:end], asking)):
                problem = await self._problem(found, word[:end], asking)
                return Taken(self.dump(found.at), 1, problem, word[end:])
        return None

    def dump(self, value: datetime) -> str:
        return value.isoformat()

    async def load(self, stored: str, asking: Asking) -> datetime:
        return datetime.fromisoformat(await self.settle(stored, asking))

    async def settle(self, stored: str, asking: Asking) -> str:
        return asking.now.isoformat() if stored == NOW else stored

    async def show(self, stored: str, asking: Asking) -> str:
        return moment(await self.load(stored, asking), asking.zone, asking.reading)

    async def likely(self, asking: Asking) -> Sequence[Option]:
        now = asking.now.astimezone(asking.zone)
        earlier = [now - timedelta(hours=2), now - timedelta(days=1), now - timedelta(days=2)]
        if earlier[0].date() != now.date():
            del earlier[0]
        names = [moment(each, asking.zone, asking.reading) for each in earlier]
        return [
            Option(label("Just now"), NOW),
            *(Option(name, at.isoformat()) for name, at in zip(names, earlier, strict=True)),
        ]


def _option(found: Moment, at: datetime, asking: Asking) -> Option:
    """A time as a button, with its weekday."""
    named = day if found.grain == "day" else moment
    return Option(named(at, asking.zone, asking.reading), at.isoformat())


def _refused(at: datetime, asking: Asking) -> str:
    """Why a visit can't have been then; said at once, not after all the other questions."""
    refusal: type[Refusal] | None = None
    if at > asking.now + AHEAD:
        refusal = FutureVisit
    elif at < asking.now - OLDEST:
        refusal = OldVisit
    said = moment(at, asking.zone, asking.reading)
    return _(refusal(at=at).message, at=said) if refusal else ""
