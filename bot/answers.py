"""The kinds of answers that forms ask for: how each is read, kept, shown and offered."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from rapidfuzz import process

from bot.forms import Asking, InvalidAnswer, Kind, Option, Taken
from bot.phrases import LANGUAGES, _, hours, label, language, moment, zone_name
from services import accounts
from services.names import Match, fold
from services.people import Quiet
from services.understanding.when import Moment, read_when
from storage.accounts import Sighting
from storage.models import Account

E = TypeVar("E", bound=StrEnum)
OFFERED = 5
NEW = "+"
END = (",", ";", "，", "；", "。", ".")


class AnyText(Kind[str]):
    """Any words; a long answer takes what no other question of a line took."""

    def __init__(self, *, multiline: bool = False) -> None:
        self.multiline = multiline

    async def read(self, text: str, asking: Asking) -> str:
        return text.strip()

    async def take(self, words: Sequence[str], asking: Asking) -> Taken | None:
        return Taken(words[0].strip(), 1) if words else None


class Number(Kind[int]):
    """A whole number; only buttons give it."""

    async def read(self, text: str, asking: Asking) -> int:
        try:
            return int(text)
        except ValueError:
            raise InvalidAnswer(_("I need a number here.")) from None


class OneOf(Kind[E], Generic[E]):
    """One of a few, by its label or another word for it, in either language."""

    def __init__(self, labels: Mapping[E, str], words: Mapping[E, str]) -> None:
        self._labels = labels
        self._by_word = {
            fold(str(w)): each for each in words for w in (each, *words[each].split())
        }

    async def read(self, text: str, asking: Asking) -> E:
        for each, phrase in self._labels.items():
            if fold(text) in {fold(phrase), fold(_(phrase))}:
                return each
        try:
            return self._by_word[fold(text)]
        except KeyError:
            raise InvalidAnswer(_("Pick one of these."), self.options()) from None

    async def take(self, words: Sequence[str], asking: Asking) -> Taken | None:
        """Only a word that stands by itself: “call back later” is a note, “call, …” is a call."""
        if not words or not (len(words) == 1 or words[0].endswith(END)):
            return None
        try:
            return Taken(self.dump(await self.read(words[0], asking)), 1)
        except InvalidAnswer:
            return None

    async def show(self, stored: str, asking: Asking) -> str:
        return label(self._labels[await self.read(stored, asking)])

    def options(self) -> Sequence[Option]:
        return [Option(label(phrase), each.value) for each, phrase in self._labels.items()]


class When(Kind[datetime]):
    """When something happened."""

    longest = 6

    async def read(self, text: str, asking: Asking) -> datetime:
        found = self._read(text, asking)
        if found is None:
            raise InvalidAnswer(
                _("I can't read “{text}” as a time.", text=text[:60]), await self.likely(asking)
            )
        return found.at

    def _read(self, text: str, asking: Asking) -> Moment | None:
        return read_when(text.strip(), now=asking.now, zone=asking.zone, language=language())

    async def take(self, words: Sequence[str], asking: Asking) -> Taken | None:
        for count in range(min(self.longest, len(words)), 0, -1):
            text = " ".join(words[:count]).rstrip("".join(END))
            if found := self._read(text, asking):
                return Taken(self.dump(found.at), count)
        return None

    def dump(self, value: datetime) -> str:
        return value.isoformat()

    async def load(self, stored: str, asking: Asking) -> datetime:
        return datetime.fromisoformat(stored)

    async def show(self, stored: str, asking: Asking) -> str:
        return moment(datetime.fromisoformat(stored), asking.zone, asking.now)

    async def likely(self, asking: Asking) -> Sequence[Option]:
        now = asking.now.astimezone(asking.zone)
        earlier = [now - timedelta(hours=2), now - timedelta(days=1), now - timedelta(days=2)]
        if earlier[0].date() != now.date():
            del earlier[0]
        names = [moment(each, asking.zone, asking.now) for each in earlier]
        return [
            Option(label("Just now"), asking.now.isoformat()),
            *(Option(name, at.isoformat()) for name, at in zip(names, earlier, strict=True)),
        ]


class AccountKind(Kind[Account]):
    """An account by its name, an alias, nearly so, or by pinyin; a new one when unknown."""

    longest = 6

    def __init__(self, *, may_create: bool) -> None:
        self._may_create = may_create

    async def read(self, text: str, asking: Asking) -> Account:
        name = text.strip().strip("".join(END))
        match = await accounts.find(asking.work, asking.person, name)
        return await self._resolve(name, match, asking)

    async def take(self, words: Sequence[str], asking: Asking) -> Taken | None:
        heads = [" ".join(words[:n]) for n in range(min(self.longest, len(words)), 0, -1)]
        if not heads:
            return None
        found = await accounts.longest(asking.work, asking.person, heads)
        if found:
            place, match = found
            name = heads[place]
        else:
            name = await self._unknown(words, asking)
            match = await accounts.find(asking.work, asking.person, name)
        used = len(name.split(" "))
        try:
            return Taken(self.dump(await self._resolve(name, match, asking)), used)
        except InvalidAnswer as problem:
            return Taken("", used, problem)

    async def _unknown(self, words: Sequence[str], asking: Asking) -> str:
        """How much of a line is a name nobody knows: up to a comma or a time, or three words."""
        for count, word in enumerate(words, 1):
            rest = words[count:]
            if word.endswith(END) or not rest or await WHEN.take(rest, asking):
                return " ".join(words[:count])
        return " ".join(words if len(words) <= 3 else words[:1])  # noqa: PLR2004 - see above

    async def _resolve(self, name: str, match: Match, asking: Asking) -> Account:
        name = name.strip().strip("".join(END))
        if match.certain and match.accounts[0].open:
            return await accounts.get(asking.work, asking.person, match.accounts[0].id)
        if match.certain:
            other = match.accounts[0]
            raise InvalidAnswer(
                _(
                    "*{account}* belongs to {owner}. Talk to them first, "
                    "or ask your manager to assign it.",
                    account=other.name,
                    owner=other.owner,
                )
            )
        options = [Option(_choice(each), str(each.id)) for each in match.accounts if each.open]
        if self._may_create and name:
            options.append(Option(label("New: {account}", account=name), NEW + name))
        if match.accounts:
            raise InvalidAnswer(_("Which one is “{name}”?", name=name), options)
        raise InvalidAnswer(_("I don't know an account called “{name}”.", name=name), options)

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

    async def likely(self, asking: Asking) -> Sequence[Option]:
        recent = await asking.work.accounts.recent(asking.person, OFFERED)
        return [Option(account.name, str(account.id)) for account in recent]


def _choice(sighting: Sighting) -> str:
    return sighting.name if sighting.mine else f"{sighting.name} · {sighting.owner}"


class ContactName(Kind[str]):
    """Someone at the account, known or new; in a line only a known name is read."""

    longest = 3

    async def read(self, text: str, asking: Asking) -> str:
        return text.strip()

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
        account = await accounts.get(asking.work, asking.person, int(stored))
        card = await accounts.card(asking.work, asking.person, account)
        return [Option(contact.name, contact.name) for contact in card.contacts[-OFFERED:]]


class Language(Kind[str]):
    """A language the bot speaks, by its code or name."""

    WORDS: Mapping[str, str] = {"english": "en", "英文": "en", "英语": "en", "chinese": "zh"} | {
        each: "zh" for each in ("中文", "汉语", "简体中文", "zhcn")
    }

    async def read(self, text: str, asking: Asking) -> str:
        code = self.WORDS.get(fold(text), fold(text))
        if code not in LANGUAGES:
            raise InvalidAnswer(_("I speak English and Chinese."), self.options())
        return code

    async def show(self, stored: str, asking: Asking) -> str:
        return LANGUAGES[stored]

    def options(self) -> Sequence[Option]:
        return [Option(name, code) for code, name in LANGUAGES.items()]


class Zone(Kind[str]):
    """A time zone by its IANA name or its city."""

    WORDS: Mapping[str, str] = {"北京": "Asia/Shanghai", "beijing": "Asia/Shanghai"} | {
        city: "Asia/Shanghai" for city in ("上海", "中国", "china", "shenzhen", "guangzhou")
    }

    async def read(self, text: str, asking: Asking) -> str:
        known = available_timezones()
        by_city = {fold(zone.rsplit("/", 1)[-1]): zone for zone in sorted(known)}
        wanted = fold(text)
        exact = {fold(zone): zone for zone in known}
        if found := exact.get(wanted) or self.WORDS.get(wanted) or by_city.get(wanted):
            return found
        near = process.extract(wanted, by_city.keys(), limit=3, score_cutoff=70)
        options = [Option(by_city[city], by_city[city]) for city, *_rest in near]
        raise InvalidAnswer(_("I don't know that zone. Name a city, like Shanghai."), options)

    async def show(self, stored: str, asking: Asking) -> str:
        return zone_name(ZoneInfo(stored))


class QuietHours(Kind[Quiet]):
    """Hours of rest, ``21:00-08:00``, or none."""

    OFF = frozenset({"off", "none", "no", "关", "关闭", "不要", "无"})

    async def read(self, text: str, asking: Asking) -> Quiet:
        if fold(text) in self.OFF:
            return Quiet()
        start, _dash, end = text.replace("–", "-").replace("到", "-").partition("-")
        try:
            times = [datetime.strptime(_padded(each), "%H:%M").time() for each in (start, end)]
        except ValueError:
            raise InvalidAnswer(
                _("Write quiet hours like 21:00-08:00, or “off”."), await self.likely(asking)
            ) from None
        return Quiet(*times)

    def dump(self, value: Quiet) -> str:
        if value.start is None or value.end is None:
            return "off"
        return f"{value.start:%H:%M}-{value.end:%H:%M}"

    async def show(self, stored: str, asking: Asking) -> str:
        quiet = await self.read(stored, asking)
        return hours(quiet.start, quiet.end) or label("off")

    async def likely(self, asking: Asking) -> Sequence[Option]:
        offered = [Option(hours_, hours_) for hours_ in ("21:00-08:00", "22:00-07:00")]
        return [*offered, Option(label("off"), "off")]


def _padded(clock: str) -> str:
    clock = clock.strip().replace("：", ":")
    return clock if ":" in clock else f"{clock}:00"


TEXT = AnyText()
NOTE = AnyText(multiline=True)
NUMBER = Number()
WHEN = When()
ACCOUNT = AccountKind(may_create=False)
ACCOUNT_OR_NEW = AccountKind(may_create=True)
CONTACT = ContactName()
LANGUAGE = Language()
ZONE = Zone()
QUIET = QuietHours()
