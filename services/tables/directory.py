"""Whom and what the cells of a table name: people, units, groups and accounts, by any name."""

import asyncio
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from services import names
from services.access import scope_of
from services.names import fold
from services.tables.cells import shown
from services.tables.likeness import Index, Near
from services.tables.matches import Match
from services.tables.paths import joined, split
from services.tables.reasons import NotTaken, Why
from storage.models import Group, Person, Unit
from storage.scope import Scope
from storage.work import Work

HAN_SOUND = 95
"""The likeness of a name that only sounds the same."""
ALL = 100
FEW = 5
"""Rows whose numbers are named with a match."""
MOST_UNKNOWN = 5_000
"""Names that are not known at all, beyond which nobody wants them compared."""
BRACKET = re.compile(r"[(（]")
BREATH = 10
"""Comparisons between two breaths of the event loop: some 20 ms."""


@dataclass(frozen=True, slots=True)
class Sighted:
    """What anybody may know of an account, and whether the asker may see the rest."""

    id: int
    name: str
    code: str
    owner_id: int
    unit_id: int
    open: bool


@dataclass
class Directory:
    """All that a table's cells may name; accounts are looked up before they are asked for."""

    work: Work
    asker: Person
    scope: Scope
    now: datetime
    currency: str
    people: dict[int, dict[str, Any]]
    units: dict[int, dict[str, Any]]
    groups: dict[int, dict[str, Any]]
    contacts: dict[int, str] = field(default_factory=dict)
    accounts: dict[int, Sighted] = field(default_factory=dict)
    coming: set[str] = field(default_factory=set)
    """The units that earlier rows of the same table make, by their paths."""
    namesakes: dict[str, int] = field(default_factory=dict)
    """How many accounts have a name, where it is more than one."""
    matches: dict[tuple[str, str], Match] = field(default_factory=dict)
    _accounts: dict[str, Near] = field(default_factory=dict)
    _found: dict[tuple[str, str], Near] = field(default_factory=dict)
    _names: dict[str, dict[str, list[int]]] = field(default_factory=dict)
    _sounds: dict[str, dict[str, list[int]]] = field(default_factory=dict)
    _paths: dict[int, str] = field(default_factory=dict)

    @classmethod
    async def of(cls, work: Work, asker: Person, now: datetime, currency: str) -> "Directory":
        """Everybody, every unit and every group."""
        scope = await scope_of(work, asker)
        everybody = Scope(asker.id, everything=True)  # what people are called is no secret
        people, units, groups = [
            {row["id"]: row async for page in work.tables.pages(model, everybody) for row in page}
            for model in (Person, Unit, Group)
        ]
        return cls(work, asker, scope, now, currency, people, units, groups)

    def person(self, column: str, text: str, number: int) -> int:
        """The id of somebody by name, code, sound or nearly; those who are still here first."""
        return self._one("people", column, text, number, self._person)

    def _person(self, text: str) -> Near:
        found = self._exact("people", text) or self._labelled(text)
        here = [each for each in found if self.people[each]["active"]]
        return Near(tuple(here or found), ALL, certain=len(here or found) == 1)

    def _labelled(self, text: str) -> list[int]:
        """Whoever is written with their number or unit: ``Li Wei (East/Shanghai)``."""
        if "labels" not in self._names:
            labels = self._names["labels"] = defaultdict(list)
            for each in self.people.values():
                for beside in {each["code"], self.path(each["unit_id"])} - {""}:
                    labels[fold(f"{each['name']} ({beside})")].append(each["id"])
        return self._names["labels"].get(fold(text), [])

    def unit(self, column: str, text: str, number: int) -> int:
        """The id of a unit by its path, or by its name where no other has it."""
        return self._one("units", column, text, number, self._unit)

    def _unit(self, text: str) -> Near:
        wanted = [fold(part) for part in split(text)]
        found = [
            each
            for each in self.units
            if [fold(part) for part in split(self.path(each))] == wanted
        ]
        found = found or self._exact("units", text)
        opened = [each for each in found if self.units[each]["closed_at"] is None]
        return Near(tuple(opened or found), ALL, certain=len(opened or found) == 1)

    def group(self, column: str, text: str, number: int) -> int:
        """The id of a group by its name."""
        return self._one("groups", column, text, number, self._group)

    def _group(self, text: str) -> Near:
        found = self._exact("groups", text)
        return Near(tuple(found), ALL, certain=len(found) == 1)

    def account(self, column: str, text: str, number: int) -> int:
        """The id of an account that the asker may see, after `know_accounts`."""
        near = self._accounts.get(text, Near())
        account_id = self._settled("accounts", column, text, number, near)
        found = self.accounts[account_id]
        if not found.open:
            owner = self.people[found.owner_id]["name"]
            raise NotTaken(Why.OF_ANOTHER, column, account=shown(found.name), owner=owner)
        return account_id

    def path(self, unit_id: int) -> str:
        """A unit's path as it is written in tables: ``East/Shanghai``, ``/`` the company."""
        if unit_id not in self._paths:
            unit = self.units[unit_id]
            above = [int(part) for part in unit["path"].split("/") if part][1:]
            self._paths[unit_id] = joined([self.units[each]["name"] for each in above])
        return self._paths[unit_id]

    def account_label(self, account_id: int) -> str:
        """A name, with whose it is where the asker can see a namesake."""
        found = self.accounts[account_id]
        alike = self.namesakes.get(fold(found.name), 1)
        if alike <= 1:
            return found.name
        return f"{found.name} ({found.code or self.person_label(found.owner_id)})"

    def called(self, field: str, value: Any) -> str:
        """What a stored field refers to is called; nothing where it refers to nothing."""
        if not isinstance(value, int) or isinstance(value, bool):
            return ""
        if field == "unit_id":
            return self.path(value)
        if field == "account_id":
            return self.accounts[value].name
        if field in {"owner_id", "rep_id", "person_id", "deputy_id"}:
            return self.person_label(value)
        if field in {"contact_id", "attendees"}:
            return self.contacts.get(value, "")
        return str(self.groups[value]["name"]) if field == "groups" else ""

    def forget_units(self) -> None:
        """Units were added since their names were gathered."""
        for known in (self._names, self._sounds):
            known.pop("units", None)
        self._found = {key: near for key, near in self._found.items() if key[0] != "units"}

    def covers(self, owner_id: int, unit_id: int) -> bool:
        return self.scope.covers(owner_id, unit_id)

    def _one(self, kind: str, column: str, text: str, number: int, exact: Any) -> int:
        near = self._found.get((kind, text))
        if near is None:
            near = exact(text)
            near = self._found[kind, text] = near if near.ids else self._nearly(kind, text)
        return self._settled(kind, column, text, number, near)

    def _settled(self, kind: str, column: str, text: str, number: int, near: Near) -> int:
        if near.certain:
            if near.likeness < ALL:
                meant = self.label(kind, near.ids[0])
                self.note(column, text, meant, near.likeness, number)
            return near.ids[0]
        if not near.ids:
            raise NotTaken(Why.UNKNOWN, column, text=shown(text))
        offered = ", ".join(self.label(kind, each) for each in near.ids)
        raise NotTaken(Why.AMBIGUOUS, column, text=shown(text), candidates=offered)

    def label(self, kind: str, row_id: int) -> str:
        """What something is called, told from its namesakes."""
        if kind == "accounts":
            found = self.accounts[row_id]
            return f"{found.name} ({self.people[found.owner_id]['name']})"
        if kind == "units":
            return self.path(row_id)
        if kind == "people":
            return self.person_label(row_id)
        return str(self.groups[row_id]["name"])

    def person_label(self, person_id: int) -> str:
        """A name, with what tells the person from namesakes: ``Li Wei (East/Shanghai)``."""
        person = self.people[person_id]
        name = str(person["name"])
        if len(self._exact("people", name)) <= 1:
            return name
        return f"{name} ({person['code'] or self.path(person['unit_id'])})"

    def note(self, column: str, text: str, meant: str, likeness: int, number: int) -> None:
        """Keep what a text was taken for that is not written so."""
        known = self.matches.get((column, text)) or Match(column, text, meant, likeness, 0)
        numbers = (*known.numbers, number)[:FEW]
        self.matches[column, text] = replace(known, rows=known.rows + 1, numbers=numbers)

    def _exact(self, kind: str, text: str) -> list[int]:
        rows: Mapping[int, dict[str, Any]] = getattr(self, kind)
        if kind not in self._names:
            index = self._names[kind] = defaultdict(list)
            for each in rows.values():
                for key in {fold(each["name"]), fold(each.get("code", ""))} - {""}:
                    index[key].append(each["id"])
        return self._names[kind].get(fold(text), [])

    def _nearly(self, kind: str, text: str) -> Near:
        """By its sound, where one alone sounds so, else by likeness."""
        rows: Mapping[int, dict[str, Any]] = getattr(self, kind)
        if kind not in self._sounds:
            sounds = self._sounds[kind] = defaultdict(list)
            for each in rows.values():
                for key, sound in names.keys(each["name"]).items():
                    if sound:
                        sounds[key].append(each["id"])
        meant = names.keys(text)
        same = {each for key in meant for each in self._sounds[kind].get(key, ())}
        if same:
            return Near(tuple(sorted(same))[:FEW], HAN_SOUND, certain=len(same) == 1)
        index = Index()
        index.add((fold(each["name"]), each["id"]) for each in rows.values())
        return index.nearest(text)

    async def know_accounts(self, texts: Collection[str]) -> None:
        """Look up accounts by all that they are called in a table, each name once."""
        wanted = {text for text in texts if text not in self._accounts}
        await self._by_codes(wanted)
        await self._by_names({text: {fold(text)} for text in wanted - self._accounts.keys()})
        left = sorted(wanted - self._accounts.keys())[:MOST_UNKNOWN]
        await self._by_names({text: set(names.keys(text)) for text in left}, HAN_SOUND)
        left = [text for text in left if text not in self._accounts]
        if left:
            await self._by_likeness(left)

    async def _by_codes(self, texts: Iterable[str]) -> None:
        codes = {text for text in texts if text}
        for row in await self.work.tables.sightings("code", codes):
            seen = self.sight(row)
            before = self._accounts.get(seen.code, Near())
            ids = (*before.ids, seen.id)
            self._accounts[seen.code] = Near(ids, ALL, certain=len(ids) == 1)

    async def _by_names(self, keys: Mapping[str, set[str]], likeness: int = ALL) -> None:
        wanted = {key for each in keys.values() for key in each if key}
        found: defaultdict[str, set[tuple[bool, int]]] = defaultdict(set)
        for key, sound, account_id in await self.work.tables.named(wanted):
            found[key].add((sound, account_id))
        ids = {account_id for each in found.values() for _sound, account_id in each}
        await self.see({*ids} - self.accounts.keys())
        for text, folded in keys.items():
            each = {one for key in folded for one in found.get(key, ())}
            written = {account_id for sound, account_id in each if not sound}
            if each:
                like = likeness if written else HAN_SOUND
                heard = {account_id for _sound, account_id in each}
                self._accounts[text] = self._chosen(written or heard, like, {fold(text)})
        if likeness == ALL:
            left = {text for text in keys.keys() - self._accounts.keys() if BRACKET.search(text)}
            await self._by_owner(left)

    async def _by_owner(self, texts: Collection[str]) -> None:
        """Accounts that are written with their owner or code: ``Acme (Li Wei)``."""
        split = {
            text: [
                (fold(text[: at.start()]), fold(text[at.end() :])) for at in BRACKET.finditer(text)
            ]
            for text in texts
        }
        found: defaultdict[str, set[int]] = defaultdict(set)
        labels = {label for several in split.values() for label, _owner in several}
        for key, _sound, account_id in await self.work.tables.named(labels - {""}):
            found[key].add(account_id)
        await self.see({each for ids in found.values() for each in ids} - self.accounts.keys())
        for text, several in split.items():
            ids = {
                each
                for key, owner in several
                for each in found[key]
                if owner in self._owners(each)
            }
            if ids:
                self._accounts[text] = self._chosen(ids, ALL, {key for key, _owner in several})

    def _owners(self, account_id: int) -> set[str]:
        """What may stand beside an account's name to tell it from others."""
        account = self.accounts[account_id]
        owner = account.owner_id
        beside = (account.code, self.people[owner]["name"], self.person_label(owner))
        return {fold(each) for each in beside if each}

    async def _by_likeness(self, texts: list[str]) -> None:
        index = Index()
        async for keys in self.work.tables.written():
            index.add(keys)
        for number, text in enumerate(texts):
            near = index.nearest(text)
            await self.see({*near.ids} - self.accounts.keys())
            self._accounts[text] = near
            if number % BREATH == 0:
                await asyncio.sleep(0)

    def _chosen(self, ids: set[int], likeness: int, keys: Collection[str]) -> Near:
        """Of several one's own, then those that one may see; those whose own name it is first."""
        mine = [each for each in ids if self.accounts[each].owner_id == self.asker.id]
        best = mine or [each for each in ids if self.accounts[each].open] or [*ids]
        named = [each for each in best if fold(self.accounts[each].name) in keys]
        best = sorted(named or best)
        return Near(tuple(best[:FEW]), likeness, certain=len(best) == 1)

    async def see(self, ids: Collection[int]) -> None:
        """Learn what anybody may know of accounts."""
        for row in await self.work.tables.sightings("id", ids):
            self.sight(row)

    def sight(self, row: tuple[int, str, str, int, int]) -> Sighted:
        account_id, name, code, owner_id, unit_id = row
        seen = Sighted(account_id, name, code, owner_id, unit_id, self.covers(owner_id, unit_id))
        self.accounts[account_id] = seen
        return seen
