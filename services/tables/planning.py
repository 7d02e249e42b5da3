"""Planning: what becomes of each row of a table, told without changing anything."""

import asyncio
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from datetime import datetime

from services.tables.calm import settle, warm_up
from services.tables.cells import written
from services.tables.directory import Directory
from services.tables.moments import month_first
from services.tables.noun import Column, Kind, Noun
from services.tables.plans import Outcome, Plan, Progress, Step
from services.tables.reasons import NotTaken, Why
from services.tables.shape import Draft, Fields
from services.tables.table import Row, Rows
from storage.models import Person
from storage.tables import CHUNK
from storage.work import Work

BREATH = 50
"""Rows between two breaths of the event loop: some milliseconds."""
LABEL = 80
Columns = Sequence[tuple[int, Column]]
Keep = Callable[[Sequence[Step], Mapping[str, str]], None]
"""Takes some rows, and what is called how to which their fields refer; not on the event loop."""


async def plan(
    work: Work,
    person: Person,
    noun: Noun,
    mapping: Mapping[int, str],
    table: Rows,
    *,
    now: datetime,
    currency: str = "CNY",
    progress: Progress | None = None,
    refused: Collection[tuple[str, str]] = (),
    keep: Keep | None = None,
) -> Plan:
    """What becomes of each row; ``mapping`` names the noun's column of each place in a row.

    An empty cell leaves what is there. ``refused`` are texts, by their columns, that somebody said
    are not what they are like. ``keep`` is given the rows of the plan, which has none then.
    Only what the person may see is changed or added to.
    """
    columns = [(index, noun.column(name)) for index, name in sorted(mapping.items()) if name]
    await warm_up()
    directory = await Directory.of(work, person, now, currency)
    directory.refused = frozenset(refused)
    accounts, orders = await asyncio.to_thread(_looked_through, columns, table)
    await directory.know_accounts(accounts)
    planner = _Planner(noun, columns, directory, orders)
    made, done, total = Plan(noun, person.id, now), 0, table.count
    pieces = table.pieces(CHUNK)
    while piece := await asyncio.to_thread(next, pieces, None):
        numbers, rows = piece
        steps = await planner.steps(work, rows, numbers)
        if keep:
            await asyncio.to_thread(keep, steps, planner.names)
        else:
            made.steps += steps
        settle()
        done += len(rows)
        if progress:
            await progress(done, total)
    made.names = planner.names
    matches = [each for key, each in directory.matches.items() if key not in directory.refused]
    made.matches = sorted(matches, key=lambda each: (-each.rows, each.text))
    return made


def _looked_through(columns: Columns, table: Rows) -> tuple[set[str], dict[int, bool | None]]:
    """Every account that is named, once; and whether each column of days has the month first."""
    places = [index for index, column in columns if column.kind is Kind.ACCOUNT]
    dated = [index for index, column in columns if column.kind in {Kind.DATE, Kind.INSTANT}]
    accounts: set[str] = set()
    orders: dict[int, bool | None] = dict.fromkeys(dated)
    if not (places or dated):
        return accounts, orders
    for _numbers, rows in table.pieces(CHUNK):
        accounts |= {written(row[at]) for at in places for row in rows if row[at] is not None}
        for index in [at for at, order in orders.items() if order is None]:
            orders[index] = month_first(row[index] for row in rows)
    return accounts, orders


class _Planner:
    """The steps of one table, some hundred rows at a time."""

    def __init__(
        self,
        noun: Noun,
        columns: Columns,
        directory: Directory,
        orders: Mapping[int, bool | None],
    ) -> None:
        self.noun, self.shape = noun, noun.shape
        self.columns, self.directory, self.orders = columns, directory, orders
        self.seen: dict[Hashable, int] = {}
        self.names: dict[str, str] = {}
        self.taken: dict[Hashable, int] = {}
        likely, said = noun.shape.likely, directory.refused or ()
        self.refused = [
            (index, column.name, text)
            for index, column in columns
            for name, text in said
            if name == column.name and name not in likely
        ]

    async def steps(self, work: Work, rows: Sequence[Row], numbers: Sequence[int]) -> list[Step]:
        """What becomes of some rows."""
        drafts: list[Draft] = []
        for at, (row, number) in enumerate(zip(rows, numbers, strict=True)):
            drafts.append(self._draft(row, number))
            if at % BREATH == 0:
                await asyncio.sleep(0)
        understood = [draft for draft in drafts if draft.reason is None]
        await self.shape.find(work.tables, self.directory, understood)
        steps: list[Step] = []
        for at, draft in enumerate(drafts):
            steps.append(self._step(draft, rows[at]))
            if at % BREATH == 0:
                await asyncio.sleep(0)
        return steps

    def _draft(self, row: Row, number: int) -> Draft:
        fields: Fields = {}
        reason = None
        try:
            self._require_meant(row)
            fields = self.shape.understand(self.columns, row, number, self.directory, self.orders)
        except NotTaken as error:
            reason = error.reason
        return Draft(number, fields, reason=reason)

    def _require_meant(self, row: Row) -> None:
        """Leave out a row whose match somebody said no to."""
        for index, column, text in self.refused:
            said = str(row[index] or "")
            if said.strip() == text.strip() or text in said:  # or one of several that it holds
                raise NotTaken(Why.UNKNOWN, column, text=text)

    def _step(self, draft: Draft, row: Row) -> Step:
        try:
            if draft.reason is None:
                return self._judged(draft)
        except NotTaken as error:
            draft.reason = error.reason
        label = self._label(draft, row)
        return Step(draft.number, Outcome.SKIP, label, reason=draft.reason)

    def _judged(self, draft: Draft) -> Step:
        shape, directory, found = self.shape, self.directory, draft.found
        label = shape.label({**(found or {}), **draft.fields}, directory)[:LABEL]
        self._once(self.seen, shape.key(draft.fields), draft.number)
        if found is None:
            new = shape.complete(draft.fields, directory)
            shape.check(new, None, directory)
            return Step(draft.number, Outcome.ADD, label, after=shape.told(new))
        self._once(self.taken, found["id"], draft.number)
        after = shape.changed(draft.fields, found, directory)
        if not after:
            return Step(draft.number, Outcome.SAME, label, found["id"])
        shape.check({**found, **after}, found, directory)
        before = {name: found.get(name) for name in after}
        for each in (before, after):
            self.names |= shape.names(each, directory)
        return Step(draft.number, Outcome.CHANGE, label, found["id"], before, after)

    def _once(self, seen: dict[Hashable, int], key: Hashable, number: int) -> None:
        """One file says one thing of a row: the first counts."""
        first = seen.setdefault(key, number)
        if first != number:
            raise NotTaken(Why.TWICE, row=str(first))

    def _label(self, draft: Draft, row: Row) -> str:
        """What a row that makes no sense is called: what it says where others have their name."""
        key = self.noun.key
        said = [row[at] for at, column in self.columns if column.name in key and row[at]]
        return ", ".join(map(str, said[:2]))[:LABEL]
