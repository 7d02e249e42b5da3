"""The three long things of taking in a table: reading it, planning it, doing it.

Each may be killed at any moment and run again: what it has kept says how far it came.
"""

import asyncio
import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from bot.errands import ApplyTable, PlanTable, ReadTable
from bot.outside.calm import calm
from bot.outside.meter import Meter, soon
from bot.outside.tables import TableReader
from bot.phrases import marked
from bot.runtime.adapter import Rejected
from bot.runtime.errands import Desk, Failed, Source
from bot.runtime.pipeline import passes
from services import imports
from services.access import require
from services.errors import Refusal
from services.sight import sight
from services.tables.applying import Ready, prepare
from services.tables.keeping import Keeper
from services.tables.making import Numbers
from services.tables.meaning import Meaning
from services.tables.planning import plan
from services.tables.plans import KeptPlan, Plan, Steps
from services.tables.preparing import found_in, prepared
from services.tables.table import Rows
from storage.imports import KEPT
from storage.journal import Author
from storage.kinds import ImportState
from storage.models import Base, Import, Person
from storage.work import Work

LONGEST_NAME = 100
TRIES, AGAIN = 3, 1.0
ROUNDS = 2
"""As often a table is made ready anew because of what others changed meanwhile; then that is
looked at while nobody else may write."""


def table_sources() -> dict[str, Source]:
    """Who runs the errands about tables."""
    return {ReadTable.name: Reading(), PlanTable.name: Planning(), ApplyTable.name: Applying()}


def refused(refusal: Refusal) -> str:
    """A refusal as the result of an errand."""
    return json.dumps({"refused": type(refusal).__name__, "details": refusal.details})


def _work(desk: Desk, session: Any, person_id: int, at: datetime | None = None) -> Work:
    at = at or desk.runtime.now()
    update_id, platform = desk.job.update_id, desk.job.place.platform
    return Work(session, Author(at, person_id, "import", update_id, source=platform))


@dataclass(frozen=True)
class Reading:
    """Fetches a file, has it read by a process of its own, and keeps the rows."""

    reader: TableReader = field(default_factory=TableReader)
    at_once: ClassVar[int] = 2
    seconds: ClassVar[float] = 180.0

    async def fetch(self, errand: ReadTable, desk: Desk) -> str:
        """The number of the import; the same one when it is run again for the same message."""
        ref = f"{KEPT}{desk.job.update_id}:rows"
        async with desk.runtime.database.read() as session:
            work = _work(desk, session, errand.person_id)
            known = await work.imports.of_rows(ref)
            person = await work.people.get(errand.person_id)
        if known:
            return json.dumps({"import": known.id})
        showing = soon(desk, person.language, errand.file.name)
        try:
            content = await desk.download(errand.file)
            packed = await self.reader.read(content, errand.file.name)
        except Rejected as error:
            raise Failed(str(error)) from None
        except Refusal as refusal:
            return refused(refusal)
        finally:
            showing.cancel()
        found = await asyncio.to_thread(found_in, packed)
        row = Import(
            person_id=errand.person_id,
            name=errand.file.name[-LONGEST_NAME:],
            created_at=desk.runtime.now(),
            rows_ref=ref,
            found={"size": len(content), "sheets": found, "update": desk.job.update_id},
        )
        async with desk.runtime.database.begin() as session:
            work = _work(desk, session, errand.person_id)
            await work.imports.add(row)
            await work.imports.keep(ref, row.name, packed, row.created_at)
        return json.dumps({"import": row.id})


@dataclass(frozen=True)
class Planning:
    """Finds out what taking in a table would do; it changes nothing but the plan."""

    at_once: ClassVar[int] = 2
    seconds: ClassVar[float] = 300.0

    async def fetch(self, errand: PlanTable, desk: Desk) -> str:
        """For whose sight it was made; the plan itself is kept with the import."""
        try:
            with calm():
                seen = await self._plan(errand, desk, Meaning.load(json.loads(errand.mapping)))
        except Refusal as refusal:
            return refused(refusal)
        return json.dumps({"seen": seen})

    async def _plan(self, errand: PlanTable, desk: Desk, meaning: Meaning) -> str:
        runtime, now = desk.runtime, desk.runtime.now()
        async with runtime.database.read() as session:
            work = _work(desk, session, errand.person_id)
            row = await imports.get(work, errand.import_id, errand.person_id, lock=False)
            packed = await work.imports.kept(row.rows_ref) or b""
        table = prepared(packed, meaning, imports.orders_in(row, meaning))
        async with runtime.database.read() as session:
            work = _work(desk, session, errand.person_id)
            person = await work.people.get(errand.person_id)
            seen = await sight(work, person)
        require(person, meaning.of.role)
        keeper = Keeper(Plan(meaning.of, person.id, now), person.language)
        try:
            made = await self._made(desk, person, meaning, table, keeper)
            planned = imports.Planned(*await asyncio.to_thread(keeper.end, made))
        finally:
            await asyncio.to_thread(keeper.close)
        async with runtime.database.begin() as session:
            await imports.keep_plan(
                _work(desk, session, errand.person_id), row, meaning, planned, now
            )
        return seen

    async def _made(
        self, desk: Desk, person: Person, meaning: Meaning, table: Rows, keeper: Keeper
    ) -> Plan:
        """The plan without its rows, which are kept as they come."""
        doing = marked("Checking the rows… {percent} %")
        async with (
            desk.runtime.database.read() as session,
            Meter(desk, person.language, doing, "plan") as meter,
        ):
            return await plan(
                _work(desk, session, person.id),
                person,
                meaning.of,
                meaning.columns,
                table,
                now=desk.runtime.now(),
                currency=desk.runtime.defaults.currency,
                progress=meter,
                refused=meaning.refused,
                keep=keeper.add,
            )


@dataclass(frozen=True)
class Applying:
    """Does what was planned, in one transaction, with what it did noted in the same one."""

    at_once: ClassVar[int] = 1
    seconds: ClassVar[float] = 600.0

    async def fetch(self, errand: ApplyTable, desk: Desk) -> str:
        """Nothing: the import says what was done; one that is done already is not done again."""
        try:
            with calm():
                await self._surely(errand, desk)
        except Refusal as refusal:
            return refused(refusal)
        return "{}"

    async def _surely(self, errand: ApplyTable, desk: Desk) -> None:
        """Once more, where only another's transaction was in the way."""
        for left in reversed(range(TRIES)):
            try:
                await self._apply(errand, desk)
            except Exception as error:
                if not (left and passes(error)):
                    raise
                await asyncio.sleep(AGAIN)
            else:
                return

    async def _apply(self, errand: ApplyTable, desk: Desk) -> None:
        runtime, now = desk.runtime, desk.runtime.now()
        async with runtime.database.read() as session:
            work = _work(desk, session, errand.person_id)
            row = await imports.get(work, errand.import_id, errand.person_id, lock=False)
            person = await work.people.get(errand.person_id)
            content = await work.imports.kept(row.plan_ref)
        if row.state == ImportState.DONE or content is None:
            return
        made = await asyncio.to_thread(KeptPlan.of, content)
        doing = marked("Taking the rows in… {percent} %")
        async with Meter(desk, person.language, doing, "apply") as meter:
            await meter.begin(made.counts.total())
            ready = await self._ready(errand, desk, made, meter)
            async with runtime.database.begin() as session:
                work = _work(desk, session, errand.person_id)
                row = await imports.get(work, errand.import_id, errand.person_id)
                person = await work.people.get(errand.person_id)
                require(person, made.noun.role)
                if row.state == ImportState.PLANNED:
                    done = await ready.write(work, person, now=now)
                    await imports.finish(work, row, done, now)

    async def _ready(self, errand: ApplyTable, desk: Desk, made: Steps, meter: Meter) -> Ready:
        """Made ready while others write; again, if what it is about was changed by them."""
        database, now = desk.runtime.database, desk.runtime.now()
        currency = desk.runtime.defaults.currency
        for _round in range(ROUNDS):
            async with database.read() as session:
                work = _work(desk, session, errand.person_id)
                person = await work.people.get(errand.person_id)
                require(person, made.noun.role)
                ready = await prepare(
                    work,
                    person,
                    made,
                    now=now,
                    currency=currency,
                    numbers=_numbers(desk, errand.person_id),
                    progress=meter,
                )
            if not database.is_sqlite:  # what is written there holds up nobody
                break
            async with database.read() as session:
                if await ready.is_still(_work(desk, session, errand.person_id)):
                    break
        return ready


def _numbers(desk: Desk, person_id: int) -> Numbers:
    """New ids, taken for good by short transactions; of rows that never come they stay unused."""

    async def taken(model: type[Base], count: int) -> list[int]:
        async with desk.runtime.database.begin() as session:
            return await _work(desk, session, person_id).tables.numbers(model, count)

    return taken
