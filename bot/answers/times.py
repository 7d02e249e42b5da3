"""When something happened, as people type it."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.answers.plain import ENDS
from bot.forms import Asking, InvalidAnswer, Kind, Option, Taken
from bot.phrases import _, clocked, label, moment
from bot.ways import Way
from services.errors import FutureVisit, OldVisit, Refusal
from services.times import wall
from services.understanding.facts import Moment, Toward
from services.understanding.plain import plain
from services.understanding.reading import read_whole
from services.understanding.vague import Vague, read_vague
from services.visits import is_ahead, is_old

NOW = "now"
DOTTED = re.compile(r"\d\d?\.\d\d?")
QUOTED = 60
GLUED = 16
"""How much of a word without spaces may be a time: 明天下午三点一刻左右."""


class When(Kind[date]):
    """When something happened: not ahead, and not more than a year ago; a day or an instant."""

    longest = 6
    way = Way.MOMENT

    async def read(self, text: str, asking: Asking) -> date:
        found = _read(text, asking)
        if found is None:
            raise await self._unread(text.strip(), asking)
        if problem := await self._problem(found, text, asking):
            raise problem
        return kept(found)

    async def _unread(self, text: str, asking: Asking) -> InvalidAnswer:
        vague = read_vague(text, wall(asking.now, asking.zone).date())
        if vague and vague.said == text.rstrip(ENDS):
            return await self._which(vague, asking)
        words = _("I can't read “{text}” as a time. Try “yesterday 3pm”.", text=text[:QUOTED])
        return InvalidAnswer(words, await self.likely(asking))

    async def _which(self, vague: Vague, asking: Asking) -> InvalidAnswer:
        """Which day of last week, or whether 10.30 is a time."""
        times = [_read(f"{each:%Y-%m-%d}", asking) for each in vague.days]
        if vague.clock:
            times = [_read(vague.clock, asking)]
        options = [_option(each, asking) for each in times if each]
        if not vague.days:
            options += await self.likely(asking)
        return InvalidAnswer(_("When exactly was “{text}”?", text=vague.said), options)

    async def _problem(self, found: Moment, text: str, asking: Asking) -> InvalidAnswer | None:
        """Why a time can't be taken: it may be one of two, or a visit can't have been then."""
        if found.others:
            both = (found, *found.others)
            good = [each for each in both if not _refused(each, asking)] or both
            words = _("Which day is “{text}”?", text=text.strip(ENDS))
            return InvalidAnswer(words, [_option(each, asking) for each in good])
        refused = _refused(found, asking)
        return InvalidAnswer(refused, await self.likely(asking)) if refused else None

    async def take(self, words: Sequence[str], asking: Asking) -> Taken | None:
        for count in range(min(self.longest, len(words)), 0, -1):
            text = " ".join(words[:count])
            if found := _read(text, asking, last=count == len(words)):
                problem = await self._problem(found, text, asking)
                return Taken(self.dump(kept(found)), count, problem)
        if not words:
            return None
        return await self._open(words, asking) or await self._begun(words[0], asking)

    async def _open(self, words: Sequence[str], asking: Asking) -> Taken | None:
        """A time that leaves the day open; it stays in the note when that goes on with it."""
        vague = read_vague(" ".join(words), wall(asking.now, asking.zone).date())
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
        for end in range(min(len(word) - 1, GLUED), 1, -1):
            if not word[end].isascii() and (found := _read(word[:end], asking)):
                problem = await self._problem(found, word[:end], asking)
                return Taken(self.dump(kept(found)), 1, problem, word[end:])
        return None

    def dump(self, value: date) -> str:
        return value.isoformat()

    async def load(self, stored: str, asking: Asking) -> date:
        settled = await self.settle(stored, asking)
        return datetime.fromisoformat(settled) if "T" in settled else date.fromisoformat(settled)

    async def settle(self, stored: str, asking: Asking) -> str:
        return asking.now.isoformat() if stored == NOW else stored

    def wall(self, stored: str, asking: Asking) -> str:
        return on_the_wall(stored, asking)

    async def show(self, stored: str, asking: Asking) -> str:
        return clocked(await self.load(stored, asking), asking.zone, asking.reading)

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


def on_the_wall(stored: str, asking: Asking) -> str:
    """A day, or an instant to the minute, as the person's own wall shows it."""
    if "T" not in stored:
        return f"{wall(asking.now, asking.zone):%Y-%m-%d %H:%M}" if stored == NOW else stored
    at = datetime.fromisoformat(stored)
    return f"{wall(at, asking.zone) if at.tzinfo else at:%Y-%m-%d %H:%M}"


def kept(found: Moment) -> date:
    """A moment as it is kept: a wall time that the clocks skip as it was said."""
    return found.local if found.moved else found.value


def _read(text: str, asking: Asking, *, last: bool = True) -> Moment | None:
    """The time in the past that a text is; a bare number with a dot is none for sure."""
    said = text.strip().strip(ENDS)
    if DOTTED.fullmatch(said):
        return None
    span = read_whole(plain(said), asking.scene)
    if span is None or span.vague:
        return None
    if span.said.weak and not (last or text.endswith(tuple(ENDS))):
        return None  # “Sun Wei” is no Sunday
    return span.moment(asking.scene, Toward.PAST)


def _option(found: Moment, asking: Asking) -> Option:
    """A time as a button, with its weekday."""
    return Option(clocked(found.value, asking.zone, asking.reading), kept(found).isoformat())


def _refused(found: Moment, asking: Asking) -> str:
    """Why a visit can't have been then; said at once, not after all the other questions."""
    refusal: type[Refusal] | None = None
    if is_ahead(found.value, asking.now, asking.zone):
        refusal = FutureVisit
    elif is_old(found.value, asking.now, asking.zone):
        refusal = OldVisit
    said = clocked(found.value, asking.zone, asking.reading)
    return _(refusal(at=found.at).message, at=said) if refusal else ""
