"""When something happened."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.answers.plain import ENDS
from bot.forms import Asking, InvalidAnswer, Kind, Option, Taken
from bot.phrases import _, label, language, moment
from services.errors import FutureVisit, OldVisit, Refusal
from services.understanding.when import Moment, read_when
from services.visits import AHEAD, OLDEST

NOW = "now"


class When(Kind[datetime]):
    """When something happened: not ahead, and not more than a year ago."""

    longest = 6

    async def read(self, text: str, asking: Asking) -> datetime:
        found = self._read(text, asking)
        if found is None:
            raise InvalidAnswer(
                _("I can't read “{text}” as a time. Try “yesterday 3pm”.", text=text[:60]),
                await self.likely(asking),
            )
        if refused := _refused(found.at, asking):
            raise InvalidAnswer(refused, await self.likely(asking))
        return found.at

    def _read(self, text: str, asking: Asking) -> Moment | None:
        return read_when(text.strip(), now=asking.now, zone=asking.zone, language=language())

    async def take(self, words: Sequence[str], asking: Asking) -> Taken | None:
        for count in range(min(self.longest, len(words)), 0, -1):
            if found := self._read(" ".join(words[:count]).rstrip(ENDS), asking):
                return await self._taken(found, count, "", asking)
        return await self._begun(words[0], asking) if words else None

    async def _begun(self, word: str, asking: Asking) -> Taken | None:
        """A time that the next words follow without a space: 昨天下午3点见了王主任."""
        if word.isascii():
            return None
        for end in range(min(len(word) - 1, 16), 1, -1):
            if not word[end].isascii() and (found := self._read(word[:end], asking)):
                return await self._taken(found, 1, word[end:], asking)
        return None

    async def _taken(self, found: Moment, count: int, left: str, asking: Asking) -> Taken:
        refused = _refused(found.at, asking)
        problem = InvalidAnswer(refused, await self.likely(asking)) if refused else None
        return Taken(self.dump(found.at), count, problem, left)

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


def _refused(at: datetime, asking: Asking) -> str:
    """Why a visit can't have been then; said at once, not after all the other questions."""
    refusal: type[Refusal] | None = None
    if at > asking.now + AHEAD:
        refusal = FutureVisit
    elif at < asking.now - OLDEST:
        refusal = OldVisit
    said = moment(at, asking.zone, asking.reading)
    return _(refusal(at=at).message, at=said) if refusal else ""
