"""The company's people, units and groups, by all that the cells of a table call them."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Self

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

Exact = Callable[[str], Near]
HAN_SOUND = 95
"""The likeness of a name that only sounds the same."""
ALL = 100
FEW = 5
"""Rows whose numbers are named with a match."""


@dataclass
class Company:
    """Everybody, every unit and every group: what they are called is no secret here."""

    work: Work
    asker: Person
    scope: Scope
    now: datetime
    currency: str
    people: dict[int, dict[str, Any]]
    units: dict[int, dict[str, Any]]
    groups: dict[int, dict[str, Any]]
    coming: set[str] = field(default_factory=set)
    """The units that earlier rows of the same table make, by their paths."""
    away: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    """The leaves that earlier rows of the same table make, by whose they are."""
    refused: frozenset[tuple[str, str]] | None = None
    """While a table is planned: the texts, by their columns, that are not what they are like."""
    matches: dict[tuple[str, str], Match] = field(default_factory=dict)
    _found: dict[tuple[str, str], Near] = field(default_factory=dict)
    _names: dict[str, dict[str, list[int]]] = field(default_factory=dict)
    _sounds: dict[str, dict[str, list[int]]] = field(default_factory=dict)
    _paths: dict[int, str] = field(default_factory=dict)

    @classmethod
    async def of(cls, work: Work, asker: Person, now: datetime, currency: str) -> Self:
        """Everybody, every unit and every group."""
        scope = await scope_of(work, asker)
        everybody = Scope(asker.id, everything=True)
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

    def path(self, unit_id: int) -> str:
        """A unit's path as it is written in tables: ``East/Shanghai``, ``/`` the company."""
        if unit_id not in self._paths:
            unit = self.units[unit_id]
            above = [int(part) for part in unit["path"].split("/") if part][1:]
            self._paths[unit_id] = joined([self.units[each]["name"] for each in above])
        return self._paths[unit_id]

    def forget_units(self) -> None:
        """Units were added since their names were gathered."""
        for known in (self._names, self._sounds):
            known.pop("units", None)
        self._found = {key: near for key, near in self._found.items() if key[0] != "units"}

    def covers(self, owner_id: int, unit_id: int) -> bool:
        return self.scope.covers(owner_id, unit_id)

    def _one(
        self, kind: str, column: str, text: str, number: int, exact: Callable[[str], Near]
    ) -> int:
        near = self._found.get((kind, text))
        if near is None:
            near = exact(text)
            near = self._found[kind, text] = near if near.ids else self._nearly(kind, text)
        return self._settled(kind, column, text, number, near)

    def _settled(self, kind: str, column: str, text: str, number: int, near: Near) -> int:
        if near.certain:
            if near.likeness < ALL:
                meant = self.spelt(kind, near.ids[0])
                self.note(column, text, meant, near.likeness, number)
            return near.ids[0]
        if not near.ids:
            raise NotTaken(Why.UNKNOWN, column, text=shown(text))
        offered = ", ".join(self.spelt(kind, each) for each in near.ids)
        raise NotTaken(Why.AMBIGUOUS, column, text=shown(text), candidates=offered)

    def spelt(self, kind: str, row_id: int) -> str:
        """What something is called, told from its namesakes."""
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
