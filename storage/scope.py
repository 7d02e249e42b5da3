"""How much of the company a query may see; every repository asks for one."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, or_, true
from sqlalchemy.orm import InstrumentedAttribute


@dataclass(frozen=True)
class Scope:
    """One's own rows, and those of ``units``; of every unit when ``everything``.

    Those of the people in ``stands_for`` as well, whose deputy one is. ``units`` are those of
    managers who are away as well, ``own_units`` those that one manages oneself. Made by
    `services.access.scope_of` alone.
    """

    person_id: int
    units: frozenset[int] = frozenset()
    everything: bool = False
    stands_for: frozenset[int] = frozenset()
    own_units: frozenset[int] = frozenset()

    @property
    def people(self) -> frozenset[int]:
        """Oneself and whoever one stands in for."""
        return self.stands_for | {self.person_id}

    @property
    def own(self) -> "Scope":
        """What is one's own or one's people's, and not only looked after for who is away.

        Handing on, merging, erasing and deciding are for these alone: a deputy does none of it.
        """
        return Scope(self.person_id, self.own_units, self.everything, own_units=self.own_units)

    def covers(self, owner_id: int, unit_id: int) -> bool:
        """Whether a row of that owner and unit may be seen."""
        return self.everything or owner_id in self.people or unit_id in self.units

    def where(
        self, owner: InstrumentedAttribute[Any], unit: InstrumentedAttribute[Any]
    ) -> ColumnElement[bool]:
        """`covers` as a condition of a query."""
        if self.everything:
            return true()
        return or_(owner.in_(self.people), unit.in_(self.units))
