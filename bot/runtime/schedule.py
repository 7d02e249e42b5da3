"""The clock: APScheduler wakes this loop; the table says which periods are still owed.

APScheduler's own job store, grace and cron arithmetic are not relied on: it dropped 20 of 20 late
jobs after a stall of 3.5 s, and skips half past midnight on the day after spring-forward.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.jobs import AnyJob, Job, LongJob, Often
from bot.runtime.turn import Runtime
from storage.inbox import backlog
from storage.jobs import forget_before, last_run, settle
from storage.journal import Author
from storage.outbox import waiting
from storage.work import Work

log = structlog.get_logger(__name__)
EVERY = 30
DONE = "done"
MISSED = "skipped: the bot was not running, and only the newest is caught up"
FURTHEST = timedelta(days=31)


@dataclass(frozen=True)
class Clock:
    """Runs the jobs that are due."""

    runtime: Runtime
    jobs: Sequence[AnyJob]

    _busy: asyncio.Lock = field(default_factory=asyncio.Lock)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Look every half minute, and at once; on the way out let a job that runs end."""
        scheduler = AsyncIOScheduler(timezone="UTC")
        scheduler.add_job(
            self.tick,
            "interval",
            seconds=EVERY,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,  # late is right: the table knows what is owed
            next_run_time=self.runtime.now(),
        )
        scheduler.start()
        try:
            yield
        finally:
            scheduler.pause()
            await asyncio.sleep(0)  # a tick that was just begun takes the lock first
            async with self._busy:
                scheduler.shutdown(wait=False)

    async def tick(self) -> None:
        """Settle every period that is due; one job's failure is not another's."""
        async with self._busy:
            for job in self.jobs:
                try:
                    await self._settle(job)
                except Exception:
                    log.exception("job_failed", job=job.name)
            await self._count()
            self.runtime.health.beat("clock")

    async def _count(self) -> None:
        """What waits, for whoever watches."""
        async with self.runtime.database.read() as session:
            self.runtime.metrics.outbox_pending.set(await waiting(session))
            self.runtime.metrics.inbox_pending.set(await backlog(session))

    async def _settle(self, job: AnyJob) -> None:
        now = self.runtime.now()
        async with self.runtime.database.read() as session:
            last = await last_run(session, job.name)
        since = max(last or now - timedelta(days=1), now - FURTHEST)
        due = job.every.periods(since, now, ZoneInfo(self.runtime.defaults.zone))
        if due:
            await self._run(job, due, now)

    async def _run(self, job: AnyJob, due: Sequence[str], now: datetime) -> None:
        """The outcome of every period that is due, and all that the job does, together or not."""
        *missed, newest = due
        async with self.runtime.database.begin() as session:
            for period in missed:
                await settle(session, job.name, period, MISSED, now)
            if not await settle(session, job.name, newest, DONE, now):
                return
            if isinstance(job.every, Often):
                await forget_before(session, job.name, now - FURTHEST)
            if isinstance(job, Job):
                await job.handler(Work(session, Author(now, None, job.name, source="clock")), now)
        if isinstance(job, LongJob):
            await job.handler(self.runtime.database, now)
        log.info("job_done", job=job.name, period=newest)
