"""All that the cells of a table name: the company, and accounts by any name."""

import asyncio
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from services import names
from services.names import fold
from services.tables.cells import shown
from services.tables.company import ALL, FEW, HAN_SOUND, Company
from services.tables.likeness import Index, Near
from services.tables.reasons import NotTaken, Why

MOST_UNKNOWN = 5_000
"""Names that are not known at all, beyond which nobody wants them compared."""
BRACKET = re.compile(r"[(（]")
BREATH = 10
"""Comparisons between two breaths of the event loop: some 20 ms."""
LONG = 500
"""Comparisons after which a second or more has passed."""


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
class Directory(Company):
    """The company and its accounts; these are looked up before they are asked for."""

    contacts: dict[int, str] = field(default_factory=dict)
    accounts: dict[int, Sighted] = field(default_factory=dict)
    namesakes: dict[str, int] = field(default_factory=dict)
    """How many accounts have a name, where it is more than one."""
    _accounts: dict[str, Near] = field(default_factory=dict)

    def account(self, column: str, text: str, number: int) -> int:
        """The id of an account that the asker may see, after `know_accounts`."""
        near = self._accounts.get(text, Near())
        account_id = self._settled("accounts", column, text, number, near)
        found = self.accounts[account_id]
        if not found.open:
            owner = self.people[found.owner_id]["name"]
            raise NotTaken(Why.OF_ANOTHER, column, account=shown(found.name), owner=owner)
        return account_id

    def spelt(self, kind: str, row_id: int) -> str:
        if kind != "accounts":
            return super().spelt(kind, row_id)
        found = self.accounts[row_id]
        return f"{found.name} ({self.people[found.owner_id]['name']})"

    def account_label(self, account_id: int) -> str:
        """A name, with whose it is where the asker can see a namesake."""
        found = self.accounts[account_id]
        alike = self.namesakes.get(fold(found.name), 1)
        if alike <= 1:
            return found.name
        return f"{found.name} ({found.code or self.person_label(found.owner_id)})"

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
            if number % LONG == 0:
                await self.work.tables.stay()

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
