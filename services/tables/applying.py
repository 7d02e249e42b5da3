"""Applying a plan: all of it in one transaction, and only what still is as it was planned."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.tables.calm import settle, warm_up
from services.tables.directory import Directory
from services.tables.losing import note
from services.tables.plans import Outcome, Plan, Progress, Step
from services.tables.reasons import NotTaken, Reason, Why
from services.tables.shape import Draft, Fields
from storage.losses import Losses
from storage.models import AccountKey, Base, Person
from storage.tables import chunks
from storage.work import Work

BREATH = 20
"""Rows between two breaths of the event loop: some milliseconds, most of them for pinyin."""


@dataclass
class Applied:
    """What came of a plan; ``meanwhile`` are the rows that were left out only now, and why."""

    plan: Plan
    added: int = 0
    changed: int = 0
    meanwhile: list[Step] = field(default_factory=list)
    change_id: int | None = None
    """The journal's number of it, if anything was written."""

    @property
    def counts(self) -> dict[str, int]:
        """How many rows came to what in the end."""
        counts = self.plan.counts
        return {
            Outcome.ADD.value: self.added,
            Outcome.CHANGE.value: self.changed,
            Outcome.SAME.value: counts[Outcome.SAME],
            Outcome.SKIP.value: counts[Outcome.SKIP] + len(self.meanwhile),
        }


async def apply(
    work: Work,
    person: Person,
    plan: Plan,
    *,
    now: datetime,
    currency: str = "CNY",
    progress: Progress | None = None,
) -> Applied:
    """Do what was planned; a row that is no longer as the plan saw it is left out."""
    await warm_up()
    directory = await Directory.of(work, person, now, currency)
    writer = _Writer(work, plan, directory)
    steps = [each for each in plan.steps if each.outcome in {Outcome.ADD, Outcome.CHANGE}]
    for some in chunks(steps):  # everything is looked at before anything is written
        await writer.check(some)
        settle()
    done = 0
    for some in chunks([each for each in steps if each.number not in writer.left_out]):
        await writer.write(some)
        settle()
        done += len(some)
        if progress:
            await progress(done, len(steps))
    await work.tables.lose(writer.losses)
    writer.applied.change_id = work.author.change_id
    return writer.applied


class _Writer:
    """Writes the rows of one plan."""

    def __init__(self, work: Work, plan: Plan, directory: Directory) -> None:
        self.work, self.shape, self.directory = work, plan.noun.shape, directory
        self.applied = Applied(plan)
        self.left_out: set[int] = set()
        self.losses = Losses(author=directory.asker.id)

    async def check(self, steps: Sequence[Step]) -> None:
        """Leave out what was changed since, or what the asker may no longer do."""
        tables = self.work.tables
        changed = [each.key for each in steps if each.key is not None]
        rows = await tables.locked(self.shape.model, changed)
        found = {row["id"]: row for row in await self.shape.with_beside(tables, [*rows.values()])}
        new = {each.number: self._whole(each, found) for each in steps}
        await self.shape.known(tables, self.directory, [*filter(None, new.values())])
        added = [
            Draft(each.number, dict(new[each.number] or {}))
            for each in steps
            if each.outcome is Outcome.ADD
        ]
        await self.shape.find(tables, self.directory, added)
        there = {draft.number for draft in added if draft.found or draft.reason}
        for at, step in enumerate(steps):
            reason = self._against(step, new[step.number], found, there)
            if reason:
                self.left_out.add(step.number)
                left = Step(step.number, Outcome.SKIP, step.label, step.key, reason=reason)
                self.applied.meanwhile.append(left)
            if at % BREATH == 0:
                await asyncio.sleep(0)

    def _whole(self, step: Step, found: dict[int, Fields]) -> Fields | None:
        if step.key is None:
            return {**self.shape.defaults, **(step.after or {})}
        row = found.get(step.key)
        return {**row, **(step.after or {})} if row else None

    def _against(
        self, step: Step, new: Fields | None, found: dict[int, Fields], there: set[int]
    ) -> Reason | None:
        stored = found.get(step.key or 0)
        before = step.before or {}
        if new is None or step.number in there:
            return Reason(Why.CHANGED)
        if stored and any(stored.get(name) != value for name, value in before.items()):
            return Reason(Why.CHANGED)
        try:
            self.shape.check(new, stored, self.directory)
        except NotTaken as error:
            return error.reason
        except KeyError:  # somebody or something that it names is gone
            return Reason(Why.CHANGED)
        return None

    async def write(self, steps: Sequence[Step]) -> None:
        """Write some rows, and what hangs on them, with their entries."""
        await self._add([each for each in steps if each.outcome is Outcome.ADD])
        await self._change([each for each in steps if each.outcome is Outcome.CHANGE])

    async def _add(self, steps: Sequence[Step]) -> None:
        if not steps:
            return
        shape, tables = self.shape, self.work.tables
        ids = await tables.numbers(shape.model, len(steps))
        new = [{**shape.defaults, **(each.after or {})} for each in steps]
        rows = [
            shape.row(row_id, each, self.directory) for row_id, each in zip(ids, new, strict=True)
        ]
        await tables.put(shape.model, rows)
        await tables.journal(_entry(shape.model, each["id"], None, each) for each in rows)
        for name, model in shape.beside.items():
            hanging: list[Fields] = []
            for at, (row_id, each) in enumerate(zip(ids, new, strict=True)):
                hanging += shape.hang(name, row_id, each)
                if at % BREATH == 0:
                    await asyncio.sleep(0)
            await self._hang(model, hanging)
        for each in rows:
            note(self.losses, shape.model, None, each)
        self.applied.added += len(steps)

    async def _hang(self, model: type[Base], rows: Sequence[Fields]) -> None:
        """Put rows beside others, with their entries."""
        tables = self.work.tables
        for some in chunks(rows):
            ids = await tables.numbers(model, len(some))
            new = [{"id": row_id, **row} for row_id, row in zip(ids, some, strict=True)]
            await tables.put(model, new)
            await tables.journal(_entry(model, row["id"], None, row) for row in new)

    async def _change(self, steps: Sequence[Step]) -> None:
        if not steps:
            return
        shape, tables = self.shape, self.work.tables
        rows = await tables.locked(shape.model, [each.key or 0 for each in steps])
        changes: list[tuple[int, Fields]] = []
        entries: list[dict[str, Any]] = []
        for step in steps:
            key = step.key or 0
            own = [name for name in step.after or {} if name not in shape.beside]
            before = {name: (step.before or {})[name] for name in own}
            after = {name: (step.after or {})[name] for name in own}
            if after:
                changes.append((key, after))
                entries.append(_entry(shape.model, key, before, after))
                note(self.losses, shape.model, rows[key], {**rows[key], **after})
        await tables.change(shape.model, changes)
        await tables.journal(entries)
        for name, model in shape.beside.items():
            moved = [each for each in steps if name in (each.after or {})]
            await self._rehang(name, model, rows, moved)
        self.applied.changed += len(steps)

    async def _rehang(
        self, name: str, model: type[Base], rows: dict[int, Fields], steps: Sequence[Step]
    ) -> None:
        """Bring what hangs on changed rows to what it is to be."""
        tables = self.work.tables
        known = await tables.beside(model, [each.key or 0 for each in steps])
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
        await tables.remove(model, [row["id"] for row in gone])
        await tables.journal(_entry(model, row["id"], row, None) for row in gone)
        await self._hang(model, added)


def _identity(row: Fields) -> tuple[tuple[str, Any], ...]:
    """All but its number, and how a name came about."""
    return tuple(sorted((n, v) for n, v in row.items() if n not in {"id", "sound"}))


def _entry(
    model: type[Base], key: int, before: Fields | None, after: Fields | None
) -> dict[str, Any]:
    return {"noun": model.__tablename__, "key": key, "before": before, "after": after}
