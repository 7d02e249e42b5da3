"""Taking back a whole import, by the hundreds: all of it, or nothing."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import groupby
from typing import Any

from services.access import scope_of
from services.errors import ChangedSince, NotYoursToUndo
from services.tables.calm import settle
from services.tables.losing import note
from services.tables.nouns import NOUNS
from storage.bulk import Jobs
from storage.journal import MODELS
from storage.losses import Losses
from storage.models import Base, Change, Person
from storage.scope import Scope
from storage.work import Work

COMMAND = "import"
"""What the journal calls an import."""
FOR = timedelta(days=30)
Row = dict[str, Any]
MAIN = frozenset(noun.shape.model.__tablename__ for noun in NOUNS.values())
"""The tables whose rows are rows of a file; the others hang on them."""


async def undo(work: Work, person: Person, change: Change) -> int:
    """Reverse every entry of a change; returns how many rows of the file that was.

    Raises ChangedSince where a row is no longer as the change left it, and NotYoursToUndo where
    the person may not see it any more. An IntegrityError says that something refers to a row.
    """
    scope = await scope_of(work, person)
    taker = _Taker(work, scope, Losses(author=person.id))
    count = 0
    async for entries in work.tables.entries(change.id):
        if any(each["before"] is None and each["after"] is None for each in entries):
            raise ChangedSince  # what it was about was erased
        for some in _alike(entries):
            await taker.reverse(some)
        count += sum(each["noun"] in MAIN for each in entries)
        settle()
    await work.tables.lose(taker.losses, removed=taker.removed)
    return count


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

    def __init__(self, work: Work, scope: Scope, losses: Losses) -> None:
        self.work, self.scope, self.losses = work, scope, losses
        self.removed: set[int] = set()

    async def reverse(self, entries: Sequence[Row]) -> None:
        """Bring some rows back to what they were, with entries that say so."""
        model = MODELS[entries[0]["noun"]]
        rows = await self._still(model, entries)
        jobs = await asyncio.to_thread(self._inverse, model, entries, rows)
        if entries[0]["before"] is None:
            self.removed |= set(rows) if model is Person else set()
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
        if not self.scope.everything:
            seen = await self.work.tables.rows(model, "id", list(rows), self.scope)
            if len(seen) != len(rows):
                raise NotYoursToUndo
        return rows


def _named(entry: Row) -> Row:
    return {"noun": entry["noun"], "key": entry["key"]}
