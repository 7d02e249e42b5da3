"""Making the rows of a plan ready to be written, with what hangs on them and their entries."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from services.tables.directory import Directory
from services.tables.losing import note
from services.tables.plans import Outcome, Step
from services.tables.shape import Fields, Shape
from storage.losses import Losses
from storage.models import AccountKey, Base
from storage.work import Work

Numbers = Callable[[type[Base], int], Awaitable[Sequence[int]]]
"""Gives as many new ids of a table, which nobody else gets."""


class Maker:
    """Makes some rows after the others ready; their ids are theirs from then on."""

    def __init__(self, work: Work, directory: Directory, shape: Shape, numbers: Numbers) -> None:
        self.work, self.shape, self.directory, self.numbers = work, shape, directory, numbers
        self.jobs = work.tables.jobs()
        self.losses = Losses(author=directory.asker.id)
        self.added = self.changed = 0

    async def make(self, steps: Sequence[Step]) -> None:
        """Make some rows ready."""
        await self._add([each for each in steps if each.outcome is Outcome.ADD])
        await self._change([each for each in steps if each.outcome is Outcome.CHANGE])

    async def _add(self, steps: Sequence[Step]) -> None:
        if not steps:
            return
        model = self.shape.model
        ids = await self.numbers(model, len(steps))
        hanging = await asyncio.to_thread(self._rows, ids, steps)
        for beside, rows in hanging:
            await self._hang(beside, rows)
        self.added += len(steps)

    def _rows(
        self, ids: Sequence[int], steps: Sequence[Step]
    ) -> list[tuple[type[Base], list[Fields]]]:
        """The new rows; returns what hangs on them, without ids."""
        shape, directory = self.shape, self.directory
        numbered = [
            (row_id, {**shape.defaults, **(each.after or {})})
            for row_id, each in zip(ids, steps, strict=True)
        ]
        rows = [shape.row(row_id, new, directory) for row_id, new in numbered]
        self.jobs.insert(shape.model, rows)
        self.jobs.journal([_entry(shape.model, each["id"], None, each) for each in rows])
        for each in rows:
            note(self.losses, shape.model, None, each)
        return [
            (beside, [row for row_id, new in numbered for row in shape.hang(name, row_id, new)])
            for name, beside in shape.beside.items()
        ]

    async def _hang(self, model: type[Base], rows: Sequence[Fields]) -> None:
        """Rows beside others, with their entries."""
        if rows:
            ids = await self.numbers(model, len(rows))
            new = [{"id": row_id, **row} for row_id, row in zip(ids, rows, strict=True)]
            await asyncio.to_thread(self._beside, model, new)

    def _beside(self, model: type[Base], new: Sequence[Fields]) -> None:
        self.jobs.insert(model, new)
        self.jobs.journal([_entry(model, row["id"], None, row) for row in new])

    async def _change(self, steps: Sequence[Step]) -> None:
        if not steps:
            return
        shape, tables = self.shape, self.work.tables
        rows = await tables.numbered(shape.model, [each.key or 0 for each in steps], lock=False)
        await asyncio.to_thread(self._changes, rows, steps)
        for name, model in shape.beside.items():
            moved = [each for each in steps if name in (each.after or {})]
            await self._rehang(name, model, rows, moved)
        self.changed += len(steps)

    def _changes(self, rows: dict[int, Fields], steps: Sequence[Step]) -> None:
        model = self.shape.model
        changes: list[tuple[int, Fields]] = []
        entries: list[dict[str, Any]] = []
        for step in steps:
            key = step.key or 0
            own = [name for name in step.after or {} if name not in self.shape.beside]
            before = {name: (step.before or {})[name] for name in own}
            after = {name: (step.after or {})[name] for name in own}
            if after:
                changes.append((key, after))
                entries.append(_entry(model, key, before, after))
                note(self.losses, model, rows[key], {**rows[key], **after})
        self.jobs.update(model, changes)
        self.jobs.journal(entries)

    async def _rehang(
        self, name: str, model: type[Base], rows: dict[int, Fields], steps: Sequence[Step]
    ) -> None:
        """Bring what hangs on changed rows to what it is to be."""
        known = await self.work.tables.beside(model, [each.key or 0 for each in steps])
        added = await asyncio.to_thread(self._moved, name, model, rows, steps, known)
        await self._hang(model, added)

    def _moved(
        self,
        name: str,
        model: type[Base],
        rows: dict[int, Fields],
        steps: Sequence[Step],
        known: dict[int, list[Fields]],
    ) -> list[Fields]:
        """What hangs on no changed row any more is deleted; returns what does from now on."""
        added: list[Fields] = []
        gone: list[Fields] = []
        for step in steps:
            key = step.key or 0
            wanted = self.shape.hang(name, key, {**rows[key], **(step.after or {})})
            there = {_identity(row): row for row in known.get(key, [])}
            ends = {_identity(row) for row in wanted}
            added += [row for row in wanted if _identity(row) not in there]
            if model is not AccountKey:  # what somebody calls a customer is never forgotten
                gone += [row for one, row in there.items() if one not in ends]
        self.jobs.delete(model, [row["id"] for row in gone])
        self.jobs.journal([_entry(model, row["id"], row, None) for row in gone])
        return added


def _identity(row: Fields) -> tuple[tuple[str, Any], ...]:
    """All but its number, and how a name came about."""
    return tuple(sorted((n, v) for n, v in row.items() if n not in {"id", "sound"}))


def _entry(
    model: type[Base], key: int, before: Fields | None, after: Fields | None
) -> dict[str, Any]:
    return {"noun": model.__tablename__, "key": key, "before": before, "after": after}
