"""Taking back a whole import, by the hundreds: all of it, or nothing."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import groupby
from types import SimpleNamespace
from typing import Any

from services import soundness
from services.access import require, scope_of
from services.errors import ChangedSince, NotYoursToUndo
from services.leaves import Away, may
from services.posts import is_theirs
from services.tables.calm import settle
from services.tables.concerned import Concerned
from services.tables.losing import note
from services.tables.nouns import NOUNS
from storage.bulk import Jobs
from storage.journal import MODELS
from storage.losses import OWNED, Losses
from storage.models import (
    Account,
    AccountKey,
    Attendee,
    Base,
    Change,
    Contact,
    Leave,
    Membership,
    Person,
    Role,
    Unit,
    Visit,
)
from storage.scope import Scope
from storage.work import Work

COMMAND = "import"
"""What the journal calls an import."""
FOR = timedelta(days=30)
WHOLE = frozenset({Person, Unit})
"""Of these it is looked at each that was changed, whether the company is in order with it."""
ABOVE: Mapping[type[Base], tuple[str, type[Base]]] = {
    AccountKey: ("account_id", Account),
    Attendee: ("visit_id", Visit),
    Contact: ("account_id", Account),
    Leave: ("person_id", Person),
}
"""The row that another one is seen with."""
Row = dict[str, Any]
MAIN = [noun.shape.model.__tablename__ for noun in NOUNS.values()]
"""The tables whose rows are rows of a file: the first of them, for others went along."""
ROLES = {noun.shape.model.__tablename__: noun.role for noun in NOUNS.values()}
ROLES |= {Membership.__tablename__: Role.HQ}
"""Who may change the rows of a table, and so take that back."""


async def undo(work: Work, person: Person, change: Change) -> tuple[int, Concerned]:
    """Reverse every entry of a change: how many rows of the file that was, and whom it concerns.

    Raises NotAllowed or NotYoursToUndo where the person may not do any of it now, and
    ChangedSince where a row is no longer as the change left it, or the company would not be in
    order. An IntegrityError says that something refers to a row.
    """
    scope = await scope_of(work, person)
    taker = _Taker(work, person, scope, Losses(author=person.id))
    counts = Counter[str]()
    async for entries in work.tables.entries(change.id):
        if any(each["before"] is None and each["after"] is None for each in entries):
            raise ChangedSince  # what it was about was erased
        for some in _alike(entries):
            require(person, ROLES.get(some[0]["noun"], Role.MANAGER))
            await taker.reverse(some)
        counts.update(each["noun"] for each in entries)
        settle()
    await soundness.check_rows(work, taker.touched)
    await work.tables.lose(taker.losses, removed=taker.removed)
    return next((counts[name] for name in MAIN if counts[name]), 0), taker.concerned


def _alike(entries: Sequence[Row]) -> Iterator[list[Row]]:
    """Neighbours that are reversed by one statement; no row twice among them."""
    for _each, some in groupby(entries, key=_sort):
        run: dict[int, Row] = {}
        for entry in some:
            if entry["key"] in run:
                yield [*run.values()]
                run = {}
            run[entry["key"]] = entry
        yield [*run.values()]


def _sort(entry: Row) -> tuple[str, bool, bool]:
    return entry["noun"], entry["before"] is None, entry["after"] is None


class _Taker:
    """Reverses entries, some hundred of one sort at a time."""

    def __init__(self, work: Work, person: Person, scope: Scope, losses: Losses) -> None:
        self.work, self.person, self.scope, self.losses = work, person, scope, losses
        self.removed: set[int] = set()
        self.touched: defaultdict[type[Base], set[int]] = defaultdict(set)
        self.concerned = Concerned()

    async def reverse(self, entries: Sequence[Row]) -> None:
        """Bring some rows back to what they were, with entries that say so."""
        model = MODELS[entries[0]["noun"]]
        rows = await self._still(model, entries)
        jobs = await asyncio.to_thread(self._inverse, model, entries, rows)
        if entries[0]["before"] is None:
            self.removed |= set(rows) if model is Person else set()
        elif model in WHOLE or "unit_id" in entries[0]["before"]:
            self.touched[model].update(each["key"] for each in entries)
        await self.work.tables.write(jobs.done)

    def _inverse(self, model: type[Base], entries: Sequence[Row], rows: dict[int, Row]) -> Jobs:
        """What brings rows back, and what the journal says of it."""
        jobs = self.work.tables.jobs()
        first = entries[0]
        inverse: list[Row] = []
        for entry in entries:
            row = rows.get(entry["key"])
            before = row if entry["before"] is None else entry["after"]
            inverse.append({**_named(entry), "before": before, "after": entry["before"]})
            back = None if entry["before"] is None else {**(row or {}), **entry["before"]}
            note(self.losses, model, row, back)
            self.concerned.note(model, entry["key"], entry["after"], entry["before"])
        if first["before"] is None:
            jobs.delete(model, list(rows))
        elif first["after"] is None:
            jobs.insert(model, [entry["before"] for entry in entries])
        else:
            jobs.update(model, [(entry["key"], entry["before"]) for entry in entries])
        jobs.journal(inverse)
        return jobs

    async def _still(self, model: type[Base], entries: Sequence[Row]) -> dict[int, Row]:
        """The rows as they are, which must be as the change left them."""
        ids = [entry["key"] for entry in entries]
        rows = await self.work.tables.numbered(model, ids)
        for entry in entries:
            row, after = rows.get(entry["key"]), entry["after"]
            if (row is None) != (after is None):
                raise ChangedSince
            if row and after and any(row[name] != value for name, value in after.items()):
                raise ChangedSince
        if not (self.scope.everything or await self._theirs(model, entries, rows)):
            raise NotYoursToUndo
        return rows

    async def _theirs(
        self, model: type[Base], entries: Sequence[Row], rows: dict[int, Row]
    ) -> bool:
        """Whether all this is somebody's to change, as it is and as it was."""
        was = [
            {**rows.get(each["key"], {}), **each["before"]} for each in entries if each["before"]
        ]
        every = [*rows.values(), *was]
        if model is Person:
            return all(map(self._looked_after, every))
        if model in OWNED:
            owner, unit = OWNED[model]
            return all(self.scope.covers(row[owner], row[unit]) for row in every)
        if model not in ABOVE:
            return True  # an invitation goes with whom it is for
        column, above = ABOVE[model]
        parents = {row[column] for row in every}
        seen = await self.work.tables.rows(above, "id", parents, self.scope)
        if model is Leave:
            people = [SimpleNamespace(**row) for row in seen]
            seen = [row for row, each in zip(seen, people, strict=True) if self._plans(each)]
        return len(seen) == len(parents)

    def _looked_after(self, row: Row) -> bool:
        if row["id"] == self.person.id:
            return (row["role"], row["unit_id"]) == (self.person.role, self.person.unit_id)
        return is_theirs(self.person, SimpleNamespace(**row), self.scope.own_units)

    def _plans(self, person: Away) -> bool:
        return may(self.person, self.scope, person)


def _named(entry: Row) -> Row:
    return {"noun": entry["noun"], "key": entry["key"]}
