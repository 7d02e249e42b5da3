"""What is handed over, and who stands in: accounts, all of somebody's, a deputy."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.answers.names import AccountKind
from bot.answers.people import SUGGESTED, PersonKind, offered
from bot.forms import Asking, InvalidAnswer, Kind, Option, Taken
from bot.ways import Way
from services import leaves, people
from services.errors import Refusal
from services.names import HAN
from services.naming import OFFERED, Named
from storage.models import Account, Person

ALL = re.compile(r"(?:all|everything|every)", re.IGNORECASE)
SMALL = frozenset(["of", "from", "the", "that", "has"])
"""Words between “all” and whose it is."""
OWNED = re.compile(r"(?:['’]s?|的)$")
THINGS = re.compile(r"(?:accounts?|customers?|clients?|客户)[,，.。]?", re.IGNORECASE)
ALL_ZH = re.compile(r"[把将]?(?P<name>.+?)(?:手上|名下)?的?(?:全部|所有)的?(?:客户|账户)?")
TAKEN = re.compile(r"[把将](?=[\u3400-\u9fff])")
STANDS_IN = re.compile(
    r"(?:deputy|covered|covering|cover|替代|代理人|代理|代班)[:：]?", re.IGNORECASE
)
TO = re.compile(
    r"^(?:(?:to|for|over to)\s+|[-–=]?[>→]\s*|(?:分配|移交|转交|转|交|分|拨)?[给到])",
    re.IGNORECASE,
)
BY = frozenset(("by", "is"))
LED = re.compile(r"^(?:(?:by|is|with)\s+|由|让|请)", re.IGNORECASE)
AFTER = re.compile(r"(?:代理|代班|顶班|代替|接手)$")
EVERYTHING = "all:"
"""What the stored answer of all of somebody's begins with, before their number."""


@dataclass(frozen=True)
class One:
    """One account, and whose it was on the card that it was picked from."""

    account: Account
    owner_id: int | None = None


@dataclass(frozen=True)
class Everything:
    """All that a person has, and the mark of what was shown of it."""

    person: Person
    seen: int | None = None


class Goods(Kind[One | Everything]):
    """An account, or everything of somebody: Acme, all of Ana's, 小李的全部客户.

    What a button was made from stands behind an ``@``.
    """

    way = Way.SUGGESTED
    _account = AccountKind(may_create=False)
    _person = PersonKind(gone=True)

    async def read(self, text: str, asking: Asking) -> One | Everything:
        text = TAKEN.sub("", text.strip())
        taken = await self._everything(text.split(), asking)
        if taken and taken.problem:
            raise taken.problem
        if taken:
            return await self.load(taken.stored, asking)
        try:
            return One(await self._account.read(text, asking))
        except InvalidAnswer as problem:
            raise await self._begun(problem, text, asking) from None

    async def _begun(self, problem: InvalidAnswer, text: str, asking: Asking) -> InvalidAnswer:
        """The same, with the account that the text begins with, if it does: 华东医院给小李."""
        taken = await self._account.take(text.split(), asking) if not problem.options else None
        if taken is None or not taken.stored:
            return problem
        name = await self._account.show(taken.stored, asking)
        return InvalidAnswer(problem.message, [Option(name, taken.stored)])

    async def take(self, words: Sequence[str], asking: Asking) -> Taken | None:
        if not words:
            return None
        if taken := await self._everything(words, asking):
            return taken
        bare = TAKEN.sub("", words[0])
        return await self._account.take([bare, *words[1:]], asking)

    async def _everything(self, words: Sequence[str], asking: Asking) -> Taken | None:
        """All of somebody's at the head of a line; the end of a word that it did not need."""
        if words and HAN.search(words[0]) and (found := ALL_ZH.match(words[0])):
            taken = await self._person.take([found["name"]], asking)
            left = words[0][found.end() :]
            return self._all(taken, 1, left) if taken and not taken.left else None
        if not words or not ALL.fullmatch(words[0]):
            return None
        used = 1
        while used < len(words) and (words[used] in SMALL or THINGS.fullmatch(words[used])):
            used += 1
        rest = [OWNED.sub("", each) for each in words[used:]]
        taken = await self._person.take(rest, asking) if rest else None
        if taken is None:
            return None
        used += taken.words
        while used < len(words) and (words[used] in SMALL or THINGS.fullmatch(words[used])):
            used += 1
        return self._all(taken, used, taken.left)

    @staticmethod
    def _all(taken: Taken, used: int, left: str) -> Taken:
        """Whoever is meant, as all of theirs; also where it is in doubt who."""
        problem = taken.problem and InvalidAnswer(
            taken.problem.message,
            [replace(each, value=EVERYTHING + each.value) for each in taken.problem.options],
        )
        return Taken(EVERYTHING + taken.stored if taken.stored else "", used, problem, left)

    def dump(self, value: One | Everything) -> str:
        if isinstance(value, Everything):
            return EVERYTHING + _marked(value.person.id, value.seen)
        return _marked(value.account.id, value.owner_id)

    async def load(self, stored: str, asking: Asking) -> One | Everything:
        number, _at, mark = stored.removeprefix(EVERYTHING).partition("@")
        seen = int(mark) if mark else None
        if stored.startswith(EVERYTHING):
            return Everything(await self._person.load(number, asking), seen)
        return One(await self._account.load(number, asking), seen)

    async def show(self, stored: str, asking: Asking) -> str:
        found = await self.load(stored, asking)
        return (found.person if isinstance(found, Everything) else found.account).name

    async def accept(self, stored: str, asking: Asking) -> str:
        return self.dump(await self.load(stored, asking))

    async def implied(self, asking: Asking) -> str:
        person = asking.answers.get("person", "")
        return f"{EVERYTHING}{person}" if person else ""

    async def likely(self, asking: Asking) -> Sequence[Option]:
        return await self._account.likely(asking)

    async def suggest(self, text: str, asking: Asking) -> Sequence[Option]:
        return await self._account.suggest(text, asking)


def _marked(number: int, mark: int | None) -> str:
    return f"{number}" if mark is None else f"{number}@{mark}"


@dataclass(frozen=True)
class Absentee:
    """Whoever is away, and which leave of theirs is being changed."""

    person: Person
    leave_id: int | None = None


class Away(Kind[Absentee]):
    """Somebody of the asker's; where a button says which leave, it stands behind an ``@``."""

    way = Way.SUGGESTED
    _person = PersonKind()

    async def read(self, text: str, asking: Asking) -> Absentee:
        return Absentee(await self._person.read(text, asking))

    async def take(self, words: Sequence[str], asking: Asking) -> Taken | None:
        return await self._person.take(words, asking)

    def dump(self, value: Absentee) -> str:
        return _marked(value.person.id, value.leave_id)

    async def load(self, stored: str, asking: Asking) -> Absentee:
        number, _at, mark = stored.partition("@")
        return Absentee(await self._person.load(number, asking), int(mark) if mark else None)

    async def show(self, stored: str, asking: Asking) -> str:
        return (await self.load(stored, asking)).person.name

    async def likely(self, asking: Asking) -> Sequence[Option]:
        return await self._person.likely(asking)

    async def suggest(self, text: str, asking: Asking) -> Sequence[Option]:
        return await self._person.suggest(text, asking)


class Recipient(PersonKind):
    """Whom something goes to: Ben, to Ben, 分给小李."""

    async def read(self, text: str, asking: Asking) -> Person:
        return await super().read(TO.sub("", text.strip(), count=1), asking)

    async def likely(self, asking: Asking) -> Sequence[Option]:
        """Those nearest to whoever has it now, and never themselves."""
        return await self._near(asking, OFFERED)

    async def suggest(self, text: str, asking: Asking) -> Sequence[Option]:
        if not text.strip():
            return await self._near(asking, SUGGESTED)
        owner = await self._owner(asking)
        found = await super().suggest(text, asking)
        return [each for each in found if not owner or each.value != str(owner.id)]

    @staticmethod
    async def _near(asking: Asking, limit: int) -> Sequence[Option]:
        owner = await Recipient._owner(asking)
        return offered(await people.likely(asking.work, asking.person, limit, instead_of=owner))

    @staticmethod
    async def _owner(asking: Asking) -> Person | None:
        """Who has what is handed over, as far as it is known."""
        stored = asking.answers.get("account", "")
        if not stored:
            return None
        try:
            goods = await Goods().load(stored, asking)
        except (InvalidAnswer, Refusal):  # it is gone, or in doubt
            return None
        if isinstance(goods, Everything):
            return goods.person
        return await asking.work.people.get(goods.account.owner_id)


class Deputy(PersonKind):
    """A colleague who stands in: Ben, deputy Ben, 代理人 小李, 由小李代理.

    Where somebody may speak of another's leave, a bare name in a line is that other's.
    """

    def __init__(self) -> None:
        super().__init__(anybody=True)

    async def take(self, words: Sequence[str], asking: Asking) -> Taken | None:
        if not words:
            return None
        led = STANDS_IN.match(words[0])
        rest = [words[0][led.end() :], *words[1:]] if led else [*words]
        skipped = 0
        while len(rest) > 1 and (not rest[0] or rest[0].casefold() in BY):
            rest, skipped = rest[1:], skipped + 1
        rest[0] = AFTER.sub("", rest[0].rstrip(",，。"))
        if not (led or rest[0] != words[0].rstrip(",，。") or asking.person.role == 1):
            return None
        taken = await super().take(rest, asking)
        return taken and replace(taken, words=taken.words + skipped)

    async def read(self, text: str, asking: Asking) -> Person:
        name = LED.sub("", STANDS_IN.sub("", text.strip(), count=1).strip(), count=1)
        return await super().read(AFTER.sub("", name), asking)

    async def likely(self, asking: Asking) -> Sequence[Option]:
        """Those who may stand in, for whoever it is."""
        number = asking.answers.get("person", "").partition("@")[0]
        person = asking.person
        if number.isdecimal():
            person = await people.get(asking.work, asking.person, int(number))
        found = await leaves.deputies(asking.work, person, OFFERED)
        return offered([Named(each.id, each.name, each.code, each.unit.name) for each in found])
