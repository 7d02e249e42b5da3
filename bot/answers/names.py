"""Answers by name: accounts, and the people at them."""

from collections import Counter
from collections.abc import Sequence

from bot.answers.plain import END, ENDS, LONGEST_NAME
from bot.answers.times import When
from bot.forms import Asking, InvalidAnswer, Kind, Option, Taken
from bot.phrases import _, day, label, shortened
from services import accounts
from services.access import scope_of
from services.names import HAN, Match, fold
from storage.accounts import Sighting
from storage.models import Account

OFFERED = 5
NEW = "+"
NAMED = 40
"""How much of a name a button shows."""
UNKNOWN = 3
"""How many words a name that nobody knows has at most, if nothing ends it."""


class AccountKind(Kind[Account]):
    """An account by its name, an alias, nearly so, or by pinyin; a new one when unknown."""

    longest = 12

    def __init__(self, *, may_create: bool) -> None:
        self._may_create = may_create

    async def read(self, text: str, asking: Asking) -> Account:
        name = _cleaned(text)
        match = await accounts.find(asking.work, asking.person, name)
        return await self._resolve(name, match, asking)

    async def take(self, words: Sequence[str], asking: Asking) -> Taken | None:
        if not words:
            return None
        heads = [" ".join(words[:n]) for n in range(min(self.longest, len(words)), 0, -1)]
        found = await accounts.longest(asking.work, asking.person, heads)
        if found:
            place, match = found
            return await self._taken(heads[place], match, len(heads) - place, "", asking)
        if begun := await self._begun(words[0], asking):
            return begun
        if await When().take(words, asking):
            return None
        used = await self._unknown(words, asking)
        name = " ".join(words[:used])
        match = await accounts.find(asking.work, asking.person, _cleaned(name))
        return await self._taken(name, match, used, "", asking)

    async def _begun(self, word: str, asking: Asking) -> Taken | None:
        """A name that the next words follow without a space: 华东医院昨天下午."""
        if not HAN.search(word):
            return None
        heads = [word[:end] for end in range(min(len(word), LONGEST_NAME) - 1, 1, -1)]
        found = await accounts.longest(asking.work, asking.person, heads)
        if found is None:
            return None
        head, match = heads[found[0]], found[1]
        return await self._taken(head, match, 1, word[len(head) :], asking)

    async def _taken(self, name: str, match: Match, used: int, left: str, asking: Asking) -> Taken:
        try:
            account = await self._resolve(_cleaned(name), match, asking)
        except InvalidAnswer as problem:
            return Taken("", used, problem, left)
        return Taken(self.dump(account), used, left=left)

    async def _unknown(self, words: Sequence[str], asking: Asking) -> int:
        """How many words are a name nobody knows: up to a comma or a time, or a few of them."""
        for count, word in enumerate(words, 1):
            rest = words[count:]
            if word.endswith(END) or not rest or await When().take(rest, asking):
                return count
        return len(words) if len(words) <= UNKNOWN else 1

    async def _resolve(self, name: str, match: Match, asking: Asking) -> Account:
        if match.certain and match.accounts[0].open:
            return await accounts.get(asking.work, asking.person, match.accounts[0].id)
        if not any(map(str.isalnum, name)):
            raise InvalidAnswer(_("I need a customer's name here."))
        if match.certain:
            raise InvalidAnswer(_belongs(match.accounts[0]))
        near = [each for each in match.accounts if each.open]
        options = [
            Option(shortened(text, NAMED), str(each.id))
            for each, text in zip(near, await _told_apart(near, asking), strict=True)
        ]
        if self._may_create:
            new = shortened(name, NAMED)
            options.append(Option(label("New: {account}", account=new), NEW + name))
        raise InvalidAnswer(self._in_doubt(shortened(name, NAMED), match, near), options)

    def _in_doubt(self, name: str, match: Match, near: Sequence[Sighting]) -> str:
        if near:
            return _("Which one is “{name}”?", name=name)
        if match.accounts:
            other = match.accounts[0]
            return _(
                "“{name}” may be *{account}*, which belongs to {owner}.",
                name=name,
                account=other.name,
                owner=other.owner,
            )
        if self._may_create:
            return _("I don't know “{name}” yet. Add it as a new account?", name=name)
        return _("I don't know an account called “{name}”. Part of its name is enough.", name=name)

    def dump(self, value: Account) -> str:
        return str(value.id)

    async def load(self, stored: str, asking: Asking) -> Account:
        if stored.startswith(NEW):
            return await accounts.create(asking.work, asking.person, stored.removeprefix(NEW))
        return await accounts.get(asking.work, asking.person, int(stored))

    async def show(self, stored: str, asking: Asking) -> str:
        if stored.startswith(NEW):
            return label("{account} (new)", account=stored.removeprefix(NEW))
        return (await accounts.get(asking.work, asking.person, int(stored))).name

    async def advice(self, asking: Asking) -> str:
        if await self.likely(asking):
            return _("Tap one, or type a name. Part of it is enough.")
        if self._may_create:
            return _("You have none yet. Type a name, and I'll add it.")
        return _("You have none yet. Your first visit adds one: /visit")

    async def likely(self, asking: Asking) -> Sequence[Option]:
        recent = await accounts.likely(asking.work, asking.person, OFFERED)
        return [Option(shortened(each.name, NAMED), str(each.id)) for each in recent]


def _cleaned(text: str) -> str:
    """A name on one line, without the comma that ends it, no longer than a name may be."""
    return " ".join(text.split()).strip(ENDS).strip()[:LONGEST_NAME]


def _belongs(other: Sighting) -> str:
    return _(
        "*{account}* belongs to {owner}. Talk to them first, or ask your manager to assign it.",
        account=other.name,
        owner=other.owner,
    )


async def _told_apart(near: Sequence[Sighting], asking: Asking) -> list[str]:
    """What to call each of several accounts; those of one name by where or when they were met."""
    names = [each.name if each.mine else f"{each.name} · {each.owner}" for each in near]
    often = Counter(names)
    return [
        f"{name} · {await _mark(each, asking)}" if often[name] > 1 else name
        for each, name in zip(near, names, strict=True)
    ]


async def _mark(sighting: Sighting, asking: Asking) -> str:
    scope = await scope_of(asking.work, asking.person)
    account = await asking.work.accounts.get(sighting.id, scope)
    visits = await asking.work.visits.of_account(sighting.id, scope, 1)
    met = day(visits[0].at, asking.zone, asking.reading) if visits else label("not visited yet")
    city = account.city if account else ""
    return " · ".join(filter(None, (city, met, f"#{sighting.id}")))


class ContactName(Kind[str]):
    """Someone at the account, known or new; in a line only a known name is read."""

    longest = 3

    async def read(self, text: str, asking: Asking) -> str:
        return _cleaned(text)

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
