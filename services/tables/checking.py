"""Whether each row of a plan still is as the plan saw it, and may still be done."""

import asyncio
from collections.abc import Sequence

from services.tables.directory import Directory
from services.tables.plans import Outcome, Step
from services.tables.reasons import NotTaken, Reason, Why
from services.tables.shape import Draft, Fields, Shape
from storage.work import Work

BREATH = 20
"""Rows between two breaths of the event loop: a few milliseconds."""


class Checker:
    """Leaves out what was changed since, or what the asker may no longer do."""

    def __init__(self, work: Work, shape: Shape, directory: Directory, *, lock: bool) -> None:
        self.work, self.shape, self.directory, self.lock = work, shape, directory, lock
        self.meanwhile: list[Step] = []
        self.left_out: set[int] = set()

    async def check(self, steps: Sequence[Step]) -> None:
        """Look at some rows that are to be added or changed."""
        tables = self.work.tables
        changed = [each.key for each in steps if each.key is not None]
        rows = await tables.numbered(self.shape.model, changed, lock=self.lock)
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
            if reason := self._against(step, new[step.number], found, there):
                self.left_out.add(step.number)
                left = Step(step.number, Outcome.SKIP, step.label, step.key, reason=reason)
                self.meanwhile.append(left)
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
