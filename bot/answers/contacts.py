"""Answers that are people at a customer."""

from collections.abc import Sequence

from bot.answers.names import NAMED, OFFERED, cleaned
from bot.forms import Asking, Kind, Option, Taken
from bot.phrases import shortened
from services import accounts
from services.names import fold


class ContactName(Kind[str]):
    """Someone at the account, known or new; in a line only a known name is read."""

    longest = 3

    async def read(self, text: str, asking: Asking) -> str:
        return cleaned(text)

    async def take(self, words: Sequence[str], asking: Asking) -> Taken | None:
        known = {fold(option.value): option.value for option in await self.likely(asking)}
        for count in range(min(self.longest, len(words)), 0, -1):
            if name := known.get(fold(" ".join(words[:count]))):
                return Taken(name, count)
        return None

    async def likely(self, asking: Asking) -> Sequence[Option]:
        stored = asking.answers.get("account", "")
        if not stored.isdecimal():
            return ()
        known = await accounts.contacts(asking.work, asking.person, int(stored))
        return [Option(shortened(each.name, NAMED), each.name) for each in known[-OFFERED:]]
