"""Outcomes of jobs: one for each period, held by the table's key."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import JobRun
from storage.upsert import delete_rows, upsert


async def last_run(session: AsyncSession, job: str) -> datetime | None:
    """When the newest period of a job was settled."""
    return await session.scalar(select(func.max(JobRun.at)).where(JobRun.job == job))


async def settle(
    session: AsyncSession, job: str, period: str, outcome: str, now: datetime
) -> bool:
    """Write a period's one outcome; False when it has one already, here or in another process."""
    statement = upsert(session, JobRun).values(job=job, period=period, outcome=outcome, at=now)
    written = await session.execute(statement.on_conflict_do_nothing().returning(JobRun.job))
    return written.one_or_none() is not None


async def forget_before(session: AsyncSession, job: str, moment: datetime) -> int:
    """Forget the outcomes of a job that comes often; returns how many."""
    return await delete_rows(session, delete(JobRun).where(JobRun.job == job, JobRun.at < moment))
