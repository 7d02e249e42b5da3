"""An account of anybody's, by its name: no more is known of it than that, and whose it is."""

from collections.abc import Sequence

from bot.answers.newcomers import cleaned
from bot.answers.offers import NAMED
from bot.answers.plain import END
from bot.forms import Asking, InvalidAnswer, Kind, Option, Taken
from bot.phrases import _, shortened
from services import accounts, claims
from services.names import HAN, LONGEST_NAME, Match
from storage.accounts import Sighting

LONGEST = 12


class AnyonesAccount(Kind[Sighting]):
    """Another's account before one's own; in a line the longest name that is known."""

    async def read(self, text: str, asking: Asking) -> Sighting:
        name = cleaned(text)
        return _one(name, await accounts.find(asking.work, asking.person, name))

    async def take(self, words: Sequence[str], asking: Asking) -> Taken | None:
        if not words:
            return None
        heads = [" ".join(words[:n]) for n in range(min(LONGEST, len(words)), 0, -1)]
        if found := await accounts.longest(asking.work, asking.person, heads):
            return self._taken(heads[found[0]], found[1], len(heads) - found[0])
        if HAN.search(words[0]):
            word = words[0]
            heads = [word[:end] for end in range(min(len(word), LONGEST_NAME), 1, -1)]
            if found := await accounts.longest(asking.work, asking.person, heads):
                head = heads[found[0]]
                return self._taken(head, found[1], 1, word[len(head) :])
        ends = next((n for n, word in enumerate(words, 1) if word.endswith(END)), len(words))
        name = cleaned(" ".join(words[:ends]))
        return self._taken(name, await accounts.find(asking.work, asking.person, name), ends)

    def _taken(self, name: str, match: Match, words: int, left: str = "") -> Taken:
        try:
            return Taken(self.dump(_one(cleaned(name), match)), words, left=left)
        except InvalidAnswer as problem:
            return Taken("", words, problem, left=left)

    def dump(self, value: Sighting) -> str:
        return str(value.id)

    async def load(self, stored: str, asking: Asking) -> Sighting:
        return await claims.seen(asking.work, asking.person, int(stored))

    async def show(self, stored: str, asking: Asking) -> str:
        return (await self.load(stored, asking)).name


def _one(name: str, match: Match) -> Sighting:
    if match.certain:
        return match.accounts[0]
    if not match.accounts:
        words = _(
            "I don't know an account called “{name}”. Part of its name is enough.", name=name
        )
        raise InvalidAnswer(words)
    options = [
        Option(shortened(f"{each.name} · {each.owner}", NAMED), str(each.id))
        for each in match.accounts
    ]
    raise InvalidAnswer(_("Which one is “{name}”?", name=shortened(name, NAMED)), options)


ANYONES_ACCOUNT = AnyonesAccount()
