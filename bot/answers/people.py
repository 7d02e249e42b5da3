"""Answers that name people, units and groups."""

import asyncio
import re
from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

from bot.answers.plain import ENDS, QUOTED, PersonName
from bot.forms import Asking, InvalidAnswer, Kind, Option, Taken
from bot.phrases import _, label, shortened
from bot.ways import Way
from services import groups, naming, org, people
from services.names import HAN, LONGEST_NAME
from services.naming import Named
from storage.models import Group, Person, Unit

T = TypeVar("T", Person, Unit, Group)
SUGGESTED = 25
NUMBERED = re.compile(r"-?[0-9]{1,18}")
LONGEST = 8
"""How many words or Chinese characters a name has at most."""
COMMAS = (",", ";", "，", "；")
BEFORE = ("分配给", "移交给", "转给", "交给", "分给", "to", "for", "with", "给", "由")


class ByName(Kind[T]):
    """One of those that there are, by its name, nearly so, or by pinyin or initials."""

    way = Way.SUGGESTED

    @abstractmethod
    async def known(self, asking: Asking) -> Sequence[Named]:
        """Those that may be named."""

    @abstractmethod
    async def get(self, number: int, asking: Asking) -> T:
        """The one of that number; a Refusal if it may not be named."""

    @abstractmethod
    def which(self, name: str) -> str:
        """The question which of several is meant."""

    @abstractmethod
    def unknown(self, name: str) -> str:
        """That there is none of this name."""

    async def read(self, text: str, asking: Asking) -> T:
        name = text.strip().strip(ENDS).strip()
        found = await asyncio.to_thread(naming.meant, name, await self.known(asking))
        if found.certain:
            return await self.get(found.those[0].id, asking)
        raise self._doubt(name, found.those)

    def _doubt(self, name: str, those: Sequence[Named]) -> InvalidAnswer:
        quoted = shortened(name, QUOTED)
        if not those:
            return InvalidAnswer(self.unknown(quoted))
        return InvalidAnswer(self.which(quoted), offered(those))

    async def take(self, words: Sequence[str], asking: Asking) -> Taken | None:
        """The longest name at the head of a line; one that ends at a comma may be misspelt."""
        if words and words[0].casefold() in BEFORE:
            taken = await self.take(words[1:], asking)
            return taken and Taken(taken.stored, taken.words + 1, taken.problem, taken.left)
        return await asyncio.to_thread(self._head, words, await self.known(asking))

    def _head(self, words: Sequence[str], known: Sequence[Named]) -> Taken | None:
        ends = next((n for n, word in enumerate(words, 1) if word.endswith(COMMAS)), len(words))
        taken = self._longest(words, range(min(LONGEST, ends), 0, -1), known)
        if taken is None or taken.problem:  # a namesake may be named with the unit: “Li Wei, East”
            taken = self._longest(words, range(min(LONGEST, len(words)), ends, -1), known) or taken
        if taken is None and words and HAN.search(words[0]):
            return self._glued(words[0], known)
        return taken

    def _longest(
        self, words: Sequence[str], counts: Sequence[int], known: Sequence[Named]
    ) -> Taken | None:
        found = (self._taken(" ".join(words[:count]), count, known) for count in counts)
        return next((taken for taken in found if taken), None)

    def _taken(self, head: str, count: int, known: Sequence[Named]) -> Taken | None:
        name = head.strip(ENDS)
        if exact := naming.written(name, known):
            return self._told(name, exact[: naming.OFFERED], count)
        if name == head or any(end in name for end in ENDS):
            return None
        found = naming.meant(name, known)
        return self._told(name, found.those, count) if found.those else None

    def _glued(self, word: str, known: Sequence[Named], left: str = "") -> Taken | None:
        """A Chinese name that the next words follow at once: 给李伟明天起."""
        start = next((len(each) for each in BEFORE if word.startswith(each)), 0)
        for end in range(min(len(word), start + LONGEST), start + 1, -1):
            if exact := naming.written(word[start:end], known):
                return self._told(word[start:end], exact, 1, word[end:])
        return None

    def _told(self, name: str, those: Sequence[Named], count: int, left: str = "") -> Taken:
        if len(those) == 1 and (left or naming.meant(name, those).certain):
            return Taken(str(those[0].id), count, left=left)
        return Taken("", count, self._doubt(name, those), left)

    def dump(self, value: T) -> str:
        return str(value.id)

    async def load(self, stored: str, asking: Asking) -> T:
        if not NUMBERED.fullmatch(stored):
            return await self.read(stored, asking)
        return await self.get(int(stored), asking)

    async def show(self, stored: str, asking: Asking) -> str:
        return (await self.load(stored, asking)).name

    async def likely(self, asking: Asking) -> Sequence[Option]:
        return offered((await self.known(asking))[: naming.OFFERED])

    async def suggest(self, text: str, asking: Asking) -> Sequence[Option]:
        known = await self.known(asking)
        if not text.strip():
            return offered(known[:SUGGESTED])
        return offered(await asyncio.to_thread(naming.begun, text, known, SUGGESTED))


class PersonKind(ByName[Person]):
    """An active person of one's own scope, or anybody in the company; or also one who left."""

    def __init__(self, *, anybody: bool = False, gone: bool = False) -> None:
        self._anybody, self._gone = anybody, gone

    async def known(self, asking: Asking) -> Sequence[Named]:
        return await people.everybody(
            asking.work, asking.person, anybody=self._anybody, gone=self._gone
        )

    async def get(self, number: int, asking: Asking) -> Person:
        return await people.get(
            asking.work, asking.person, number, anybody=self._anybody, gone=self._gone
        )

    def which(self, name: str) -> str:
        return _("Who is “{name}”?", name=name)

    def unknown(self, name: str) -> str:
        if self._anybody:
            return _(
                "I don't know anybody called “{name}”. Part of the name is enough.", name=name
            )
        return _("Nobody of yours is called “{name}”. Part of the name is enough.", name=name)

    async def likely(self, asking: Asking) -> Sequence[Option]:
        return offered(await people.likely(asking.work, asking.person, anybody=self._anybody))

    async def suggest(self, text: str, asking: Asking) -> Sequence[Option]:
        if not text.strip():
            near = await people.likely(
                asking.work, asking.person, SUGGESTED, anybody=self._anybody
            )
            return offered(near)
        return await super().suggest(text, asking)


class MemberKind(PersonKind):
    """Somebody in the group that another question names."""

    async def known(self, asking: Asking) -> Sequence[Named]:
        number = asking.answers.get("group", "")
        if not number.isdecimal():
            return await super().known(asking)
        group = await org.group(asking.work, int(number))
        people = await groups.members(asking.work, asking.person, group)
        return [Named(each.id, each.name, each.code) for each in people]

    def unknown(self, name: str) -> str:
        return _("Nobody in it is called “{name}”.", name=name)

    async def likely(self, asking: Asking) -> Sequence[Option]:
        return offered((await self.known(asking))[: naming.OFFERED])


class UnitKind(ByName[Unit]):
    """A unit that the asker may see, by its name or with the one above it: East Shanghai."""

    async def known(self, asking: Asking) -> Sequence[Named]:
        return await org.named_units(asking.work, asking.person)

    async def get(self, number: int, asking: Asking) -> Unit:
        return await org.unit(asking.work, asking.person, number)

    def which(self, name: str) -> str:
        return _("Which unit is “{name}”?", name=name)

    def unknown(self, name: str) -> str:
        return _("I don't know a unit called “{name}”. All of them are in /org.", name=name)


class WhoKind(ByName[Any]):
    """Somebody of one's own, also who has left, or a unit for all who are in it.

    A unit is kept by its number with a minus before it.
    """

    async def known(self, asking: Asking) -> Sequence[Named]:
        everybody = await people.everybody(asking.work, asking.person, gone=True)
        places = await org.named_units(asking.work, asking.person)
        return [*everybody, *(replace(each, id=-each.id) for each in places)]

    async def get(self, number: int, asking: Asking) -> Person | Unit:
        if number < 0:
            return await org.unit(asking.work, asking.person, -number)
        return await people.get(asking.work, asking.person, number, gone=True)

    def dump(self, value: Person | Unit) -> str:
        return f"-{value.id}" if isinstance(value, Unit) else str(value.id)

    def which(self, name: str) -> str:
        return _("Who is “{name}”?", name=name)

    def unknown(self, name: str) -> str:
        return _("Nobody of yours is called “{name}”. Part of the name is enough.", name=name)

    async def likely(self, asking: Asking) -> Sequence[Option]:
        return offered(await people.likely(asking.work, asking.person))


class GroupKind(ByName[Group]):
    """A group of people."""

    async def known(self, asking: Asking) -> Sequence[Named]:
        return await org.named_groups(asking.work)

    async def get(self, number: int, asking: Asking) -> Group:
        return await org.group(asking.work, number)

    def which(self, name: str) -> str:
        return _("Which group is “{name}”?", name=name)

    def unknown(self, name: str) -> str:
        return _("There's no group called “{name}”. All of them are in /org.", name=name)


class Title(Kind[str]):
    """What a unit or a group is called: in a line, every word up to a comma."""

    async def read(self, text: str, asking: Asking) -> str:
        name = " ".join(text.strip().strip(ENDS).split())
        if not any(map(str.isalnum, name)) or "/" in name:
            raise InvalidAnswer(_("I need a name here, without a slash."))
        return name[:LONGEST_NAME]

    async def take(self, words: Sequence[str], asking: Asking) -> Taken | None:
        used = next((n for n, word in enumerate(words, 1) if word.endswith(COMMAS)), len(words))
        try:
            return Taken(await self.read(" ".join(words[:used]), asking), used) if words else None
        except InvalidAnswer as problem:
            return Taken("", used, problem)


class NewName(PersonName):
    """The name of somebody new: in a line, every word up to a comma or another answer."""

    async def take(self, words: Sequence[str], asking: Asking) -> Taken | None:
        for count, word in enumerate(words, 1):
            rest = words[count:]
            if word.endswith(COMMAS) or any([await k.take(rest, asking) for k in asking.others]):
                return await super().take(words[:count], asking)
        return await super().take(words, asking)


def offered(those: Sequence[Named]) -> list[Option]:
    """Those that may be meant; namesakes with their unit."""
    return [
        Option(shortened(named(each, beside, mark), QUOTED), str(each.id))
        for each, beside, mark in naming.told_apart(those)
    ]


def named(each: Named, beside: str, mark: str) -> str:
    """A name, and what tells it from its namesakes: “Li Wei, East”."""
    said = label("{name}, {unit}", name=each.name, unit=beside) if beside else each.name
    return f"{said} · {mark}" if mark else said


__all__ = [
    "GroupKind",
    "MemberKind",
    "NewName",
    "PersonKind",
    "Title",
    "UnitKind",
    "WhoKind",
    "offered",
]
