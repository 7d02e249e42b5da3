"""Whom a table concerns besides who sent it, and what it changed for them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from storage.models import Account, Base, Person

Row = Mapping[str, Any]


@dataclass
class Concern:
    """What changed for one person: their customers, by how many, and their unit or role."""

    gained: int = 0
    lost: int = 0
    unit: int | None = None
    role: int | None = None


@dataclass
class Concerned:
    """Everybody whom one table concerns, by their ids."""

    people: dict[int, Concern] = field(default_factory=dict)

    def note(self, model: type[Base], key: int, before: Row | None, after: Row | None) -> None:
        """Note the changed columns of one row, from what they were to what they are now."""
        if not (before and after):
            return
        if model is Account and before.get("owner_id") != after.get("owner_id"):
            self._of(before["owner_id"]).lost += 1
            self._of(after["owner_id"]).gained += 1
        if model is Person:
            for name, column in (("unit", "unit_id"), ("role", "role")):
                if before.get(column) != after.get(column):
                    setattr(self._of(key), name, after[column])

    def _of(self, person_id: int) -> Concern:
        return self.people.setdefault(person_id, Concern())

    def dump(self) -> dict[str, Any]:
        """As it is kept until they are told."""
        return {str(each): asdict(concern) for each, concern in self.people.items()}

    @classmethod
    def load(cls, kept: Mapping[str, Any]) -> Self:
        """The inverse of `dump`."""
        return cls({int(each): Concern(**concern) for each, concern in kept.items()})
