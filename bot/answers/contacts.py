"""Answers that are people at a customer."""

import re
from collections.abc import Sequence

from bot.answers.names import OFFERED
from bot.answers.newcomers import cleaned
from bot.answers.offers import NAMED
from bot.forms import Asking, Kind, Option, Taken
from bot.markdown import plain
from bot.phrases import listed, shortened
from services import accounts
from services.names import fold

BETWEEN = re.compile(r"[,，、;；/&\n]|\s(?:and|和|跟)\s")


class ContactNames(Kind[tuple[str, ...]]):
    """People at the account, known or new; in a line only a known name is read."""

    longest = 3

    async def read(self, text: str, asking: Asking) -> tuple[str, ...]:
        return tuple(filter(None, map(cleaned, BETWEEN.split(text))))

    def dump(self, value: tuple[str, ...]) -> str:
        return "\n".join(value)

    async def load(self, stored: str, asking: Asking) -> tuple[str, ...]:
        return tuple(stored.split("\n"))

    async def show(self, stored: str, asking: Asking) -> str:
        return plain(listed(stored.split("\n")))

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
        account = int(stored)
        if account not in asking.people:
            found = await accounts.contacts(asking.work, asking.person, account)
            asking.people[account] = found
        known = asking.people[account]
        return [Option(shortened(each.name, NAMED), each.name) for each in known[-OFFERED:]]
