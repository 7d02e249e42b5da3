"""Applying a plan: all of it in one transaction, and only what still is as it was planned.

Nearly all of the work is done before that transaction begins: it only writes what was made ready.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from services.tables.calm import settle, warm_up
from services.tables.checking import Checker
from services.tables.concerned import Concerned
from services.tables.directory import Directory
from services.tables.following import follow
from services.tables.making import Maker, Numbers
from services.tables.plans import Outcome, Progress, Step, Steps
from storage.bulk import Job
from storage.losses import Losses
from storage.models import Person
from storage.tables import Mark
from storage.work import Work


@dataclass
class Applied:
    """What came of a plan; ``meanwhile`` are the rows that were left out only now, and why."""

    plan: Steps
    added: int = 0
    changed: int = 0
    meanwhile: list[Step] = field(default_factory=list)
    change_id: int | None = None
    """The journal's number of it, if anything was written."""
    concerned: Concerned = field(default_factory=Concerned)

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


@dataclass
class Ready:
    """A plan that was looked at again, and made ready to be written."""

    plan: Steps
    currency: str
    applied: Applied
    jobs: Sequence[Job]
    losses: Losses
    mark: Mark

    async def is_still(self, work: Work) -> bool:
        """Whether nothing was changed since that it may have to do with."""
        shape = self.plan.noun.shape
        return not await work.tables.moved(self.mark, (shape.model, *shape.beside.values()))

    async def write(
        self, work: Work, person: Person, *, now: datetime, progress: Progress | None = None
    ) -> Applied:
        """Write it; if something was changed since, what is left of it."""
        if await self.is_still(work):
            return await self.run(work, progress)
        checker = await _checked(work, person, self.plan, now, self.currency, lock=True)
        before = {step.number for step in self.applied.meanwhile}
        if before >= checker.left_out:
            return await self.run(work, progress)
        again = await prepare(work, person, self.plan, now=now, currency=self.currency, lock=True)
        return await again.run(work, progress)

    async def run(self, work: Work, progress: Progress | None = None) -> Applied:
        """Write what was made ready, as it is, and what goes along with it."""
        self.applied.concerned = await follow(work, self.jobs, self.losses)
        for done, job in enumerate(self.jobs, 1):
            await work.tables.write([job])
            if progress:
                await progress(done, len(self.jobs))
        await work.tables.lose(self.losses)
        self.applied.change_id = work.author.change_id
        return self.applied


async def apply(
    work: Work,
    person: Person,
    plan: Steps,
    *,
    now: datetime,
    currency: str = "CNY",
    progress: Progress | None = None,
) -> Applied:
    """Do what was planned; a row that is no longer as the plan saw it is left out."""
    ready = await prepare(work, person, plan, now=now, currency=currency, lock=True)
    return await ready.run(work, progress)


async def prepare(
    work: Work,
    person: Person,
    plan: Steps,
    *,
    now: datetime,
    currency: str = "CNY",
    numbers: Numbers | None = None,
    progress: Progress | None = None,
    lock: bool = False,
) -> Ready:
    """Make everything ready without writing anything; ``numbers`` gives new ids for good.

    ``lock`` is for who writes it in the same transaction.
    """
    await warm_up()
    mark = await work.tables.mark()
    checker = await _checked(work, person, plan, now, currency, lock=lock)
    maker = Maker(work, checker.directory, plan.noun.shape, numbers or work.tables.numbers)
    done, total = 0, plan.counts.total()
    async for some in plan.pieces():
        await maker.make([step for step in _done(some) if step.number not in checker.left_out])
        await work.tables.stay()
        settle()
        done += len(some)
        if progress:
            await progress(done, total)
    applied = Applied(plan, maker.added, maker.changed, checker.meanwhile)
    return Ready(plan, currency, applied, maker.jobs.done, maker.losses, mark)


async def _checked(
    work: Work, person: Person, plan: Steps, now: datetime, currency: str, *, lock: bool
) -> Checker:
    """Everything is looked at before anything is made ready."""
    directory = await Directory.of(work, person, now, currency)
    checker = Checker(work, plan.noun.shape, directory, lock=lock)
    async for some in plan.pieces():
        await checker.check(_done(some))
        await work.tables.stay()
        settle()
    return checker


def _done(steps: Sequence[Step]) -> list[Step]:
    return [each for each in steps if each.outcome in {Outcome.ADD, Outcome.CHANGE}]
