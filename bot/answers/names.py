"""Answers by name: accounts, and the people at them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from bot.answers.newcomers import AboutAccount, Newcomer, cleaned
from bot.answers.offers import NAMED, WIDE, claim, new, offered
from bot.answers.plain import END, ENDS, AnyText
from bot.answers.times import When
from bot.forms import Asking, InvalidAnswer, Kind, Option, Taken
from bot.phrases import _, label, shortened
from bot.ways import Way
from services import accounts, duplicates
from services.errors import AccountOfAnother
from services.names import HAN, LONGEST_NAME, Match, name_begun
from storage.accounts import Sighting
from storage.models import Account

OFFERED = 5
SUGGESTED = 25
UNKNOWN = 3
"""How many words a name that nobody knows has at most, if nothing ends it."""
SHORT = 2
"""How many words are a name whatever they look like."""
BEFORE_NAMES = frozenset(("with", "at", "to", "visited", "saw", "跟", "和", "去", "到"))
SENTENCES = re.compile(
    r"the|they|we|he|she|it|i|i'm|it's|they're|no|not|nothing|very|good|great|bad|all|some|liked"
    r"|wants?|wanted|asked|said|told|met|saw|talked|spoke|discussed|needs?|needed|price"
    r"|dr|mr|ms|mrs|prof",
    re.IGNORECASE,
)
"""Words in capitals with which a note begins rather than a name goes on."""


class AccountKind(Kind[Account]):
    """An account by its name, an alias, nearly so, or by pinyin; a new one when unknown."""

    longest = 12
    way = Way.SUGGESTED

    def __init__(self, *, may_create: bool) -> None:
        self._may_create = may_create
        self.details = AboutAccount(self) if may_create else None

    async def read(self, text: str, asking: Asking) -> Account:
        name = cleaned(text)
        match = await accounts.find(asking.work, asking.person, name, strict=self._may_create)
        return await self._resolve(name, await self._checked(name, match, asking), asking)

    async def _checked(self, name: str, match: Match, asking: Asking) -> Match:
        """What a name that would be a new account's may be, though nobody writes it so.

        It may sound like one that is written otherwise, or be one without its legal form.
        """
        if match.accounts or not self._may_create:
            return match
        found = await duplicates.alike(asking.work, asking.person, name)
        return Match(tuple(found), certain=False)

    async def take(self, words: Sequence[str], asking: Asking) -> Taken | None:
        if not words:
            return None
        if known := await self._known(words, asking):
            return known
        if words[0].casefold() in BEFORE_NAMES and len(words) > 1:
            taken = await self.take(words[1:], asking)
            return taken and replace(taken, words=taken.words + 1)
        if await When().take(words, asking):
            return None
        return await self._unknown(words, asking)

    async def _known(self, words: Sequence[str], asking: Asking) -> Taken | None:
        """The longest name at the head of a line; or one that the next words follow at once."""
        heads = [" ".join(words[:n]) for n in range(min(self.longest, len(words)), 0, -1)]
        if found := await accounts.longest(asking.work, asking.person, heads):
            used = len(heads) - found[0]
            return await self._taken(heads[found[0]], "", words[used:], found[1], asking)
        word = words[0]
        if not HAN.search(word):
            return None
        for start in (0, 1) if word[0] in BEFORE_NAMES else (0,):
            ends = range(min(len(word), LONGEST_NAME) - (not start), start + 1, -1)
            heads = [word[start:end] for end in ends]
            if found := await accounts.longest(asking.work, asking.person, heads):
                head = heads[found[0]]
                left = word[start + len(head) :]
                return await self._taken(head, left, words[1:], found[1], asking)
        return None

    async def _taken(
        self, name: str, left: str, words: Sequence[str], match: Match, asking: Asking
    ) -> Taken:
        """A known name; when what follows may belong to it, that is asked about."""
        used = len(name.split()) if not left else 1
        glued, left = name_begun(left)
        following = 0
        if not left and not (name + glued).endswith(END):
            known = {**asking.answers, "account": str(match.accounts[0].id)}
            following = await _more(words, replace(asking, answers=known))
        longer = " ".join((name + glued, *words[:following]))
        spare = longer.removeprefix(name).strip()
        used += following
        try:
            if spare and self._may_create:
                if taken := await self._misspelt(cleaned(longer), asking):
                    return Taken(taken, used, left=left)
                raise await self._doubt(cleaned(name), cleaned(longer), spare, match, asking)
            account = await self._resolve(cleaned(name), match, asking)
        except InvalidAnswer as problem:
            return Taken("", used, problem, left, spare)
        return Taken(self.dump(account), used, left=left, spare=spare)

    async def _misspelt(self, name: str, asking: Asking) -> str:
        """The account whose name this nearly is, when there is no doubt."""
        found = await accounts.nearest(asking.work, asking.person, [name], strict=True)
        match = found[1] if found else None
        certain = match and match.certain and match.accounts[0].open
        return str(match.accounts[0].id) if match and certain else ""

    async def _doubt(
        self, name: str, longer: str, spare: str, match: Match, asking: Asking
    ) -> InvalidAnswer:
        """Whether a known name is meant, or a longer one that begins with it."""
        options = await self._offered(match, longer, asking, covers=spare)
        if not any(each.open for each in match.accounts):
            words = self._in_doubt(longer, match, ())
            return InvalidAnswer(words, options, [claim(match.accounts[0])])
        known = match.accounts[0].name if match.certain else name
        words = _("Is it *{account}*, or a new account, “{name}”?", account=known, name=longer)
        return InvalidAnswer(words, options)

    async def _unknown(self, words: Sequence[str], asking: Asking) -> Taken:
        """A name nobody knows, or nearly one: it ends at a comma, or what is another answer."""
        used = await _length(words, asking)
        heads = [" ".join(words[:n]) for n in range(used, 0, -1)]
        found = await accounts.nearest(
            asking.work, asking.person, [cleaned(h) for h in heads], strict=self._may_create
        )
        place, match = found or (0, Match((), certain=False))
        if place and match.certain:
            return await self._taken(heads[place], "", words[used - place :], match, asking)
        name, spare = cleaned(heads[0]), " ".join(words[used - place : used])
        match = await self._checked(name, match, asking)
        try:
            account = await self._resolve(name, match, asking, covers=spare)
        except InvalidAnswer as problem:
            return Taken("", used, problem, spare=spare)
        return Taken(self.dump(account), used, spare=spare)

    async def _resolve(
        self, name: str, match: Match, asking: Asking, *, covers: str = ""
    ) -> Account:
        if match.certain and match.accounts[0].open:
            return await accounts.get(asking.work, asking.person, match.accounts[0].id)
        if not any(map(str.isalnum, name)):
            raise InvalidAnswer(_("I need a customer's name here."))
        if match.certain:
            raise belongs(match.accounts[0])
        near = [each for each in match.accounts if each.open]
        options = await self._offered(match, name, asking, covers=covers)
        offers = [claim(match.accounts[0])] if match.accounts and not near else []
        raise InvalidAnswer(self._in_doubt(shortened(name, NAMED), match, near), options, offers)

    async def _offered(
        self, match: Match, name: str, asking: Asking, *, covers: str
    ) -> list[Option]:
        """The accounts that may be meant, and a new one of that name."""
        options = await offered([each for each in match.accounts if each.open], asking)
        return [*options, new(name, covers)] if self._may_create else options

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
        if new := Newcomer.load(stored):
            return await new.create(asking)
        return await accounts.get(asking.work, asking.person, int(stored))

    async def show(self, stored: str, asking: Asking) -> str:
        if new := Newcomer.load(stored):
            return label("{account} (new)", account=new.name)
        return (await accounts.get(asking.work, asking.person, int(stored))).name

    async def spell(self, stored: str, asking: Asking) -> str:
        new, shown = Newcomer.load(stored), await self.show(stored, asking)
        return " · ".join((shown, *new.told())) if new else shown

    async def advice(self, asking: Asking) -> str:
        if await self.likely(asking):
            return _("Tap one, or type a name. Part of it is enough.")
        if self._may_create:
            return _("You have none yet. Type a name, and I'll add it.")
        return _("You have none yet. Your first visit adds one: /visit")

    async def likely(self, asking: Asking) -> Sequence[Option]:
        recent = await accounts.likely(asking.work, asking.person, OFFERED)
        return [Option(shortened(each.name, NAMED), str(each.id)) for each in recent]

    async def suggest(self, text: str, asking: Asking) -> Sequence[Option]:
        """The accounts that may be meant, and a new one unless one is called just so."""
        name = cleaned(text)
        may = self._may_create and any(map(str.isalnum, name))
        found = await accounts.search(asking.work, asking.person, name, SUGGESTED - may)
        options = await offered(found.accounts, asking, WIDE)
        if may and not found.known:
            options.append(replace(new(name), more=self.details is not None))
        return options

    async def accept(self, stored: str, asking: Asking) -> str:
        """A new name may have become a known one meanwhile."""
        told = Newcomer.load(stored)
        if told is None:
            return await super().accept(stored, asking)
        name = cleaned(told.name)
        if not (self._may_create and any(map(str.isalnum, name))):
            raise InvalidAnswer(_("I need a customer's name here."))
        found = await accounts.longest(asking.work, asking.person, [name])
        if not (found and found[1].certain):
            return replace(told, name=name).dump()
        return self.dump(await self._resolve(name, found[1], asking))


async def _more(words: Sequence[str], asking: Asking) -> int:
    """How many words may go on with the name before them: capitals, 集团, 二院."""
    for count, word in enumerate(words):
        bare = word.strip(ENDS)
        last = word.endswith(END) or count + 1 == len(words)
        if HAN.search(word):
            named = name_begun(bare) == (bare, "")
        else:
            named = _is_named(bare) or (bare.isdecimal() and last)
        if not bare or not named or await _answers(words[count:], asking):
            return count
        if last:
            return count + 1
    return len(words)


async def _answers(words: Sequence[str], asking: Asking) -> bool:
    """Whether another question, or the time of a visit, is answered by the next words."""
    if await When().take(words, asking):
        return True
    kinds = [each for each in asking.others if not isinstance(each, (AccountKind, AnyText))]
    return any([await kind.take(words, asking) for kind in kinds])


async def _length(words: Sequence[str], asking: Asking) -> int:
    """How many words are a name nobody knows."""
    if HAN.search(words[0]) and not words[0].endswith(END):
        return 1 + await _more(words[1:], asking)
    for count, word in enumerate(words, 1):
        if word.endswith(END) or count == len(words) or count == AccountKind.longest:
            break
        if await _answers(words[count:], asking):
            return count
    if word.endswith(END) or count <= SHORT:
        return count
    if words[0][:1].isupper():
        return 1 + len(list(takewhile(_is_named, words[1:])))
    return count if count <= UNKNOWN else 1


def _is_named(word: str) -> bool:
    return word[:1].isupper() and not SENTENCES.fullmatch(word.strip("."))


def belongs(other: Sighting) -> InvalidAnswer:
    """That an account is another's, with the way on."""
    words = _(AccountOfAnother().message, account=other.name, owner=other.owner)
    return InvalidAnswer(words, offers=[claim(other)])
