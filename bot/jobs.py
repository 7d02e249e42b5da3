"""Jobs: things that happen by the clock, each period of each exactly once."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from types import ModuleType
from zoneinfo import ZoneInfo

from bot.commands import modules
from services.times import instant
from storage.engine import Database
from storage.work import Work


@dataclass(frozen=True)
class Daily:
    """Every day at a wall time of the company's zone; the period is the local date."""

    at: time

    def periods(self, since: datetime, until: datetime, zone: ZoneInfo) -> list[str]:
        """The dates whose moment lies after ``since`` and not after ``until``, in order."""
        day = since.astimezone(zone).date() - timedelta(days=1)
        found = []
        while day <= until.astimezone(zone).date() + timedelta(days=1):
            moment, _moved = instant(datetime.combine(day, self.at), zone)
            if since < moment <= until:
                found.append(day.isoformat())
            day += timedelta(days=1)
        return found


@dataclass(frozen=True)
class Often:
    """Every so many minutes, counted in UTC; of what was missed only the newest is a period."""

    minutes: int

    def periods(self, since: datetime, until: datetime, zone: ZoneInfo) -> list[str]:
        """The newest moment that lies after ``since`` and not after ``until``, if one does."""
        seconds = self.minutes * 60
        newest = datetime.fromtimestamp(until.timestamp() // seconds * seconds, UTC)
        return [f"{newest:%Y-%m-%dT%H:%MZ}"] if since < newest else []


Every = Daily | Often
JobHandler = Callable[[Work, datetime], Awaitable[None]]
LongJobHandler = Callable[[Database, datetime], Awaitable[None]]


@dataclass(frozen=True)
class Job:
    """What happens, and when. Its name is kept in the database: rename it with a migration."""

    name: str
    every: Every
    handler: JobHandler


@dataclass(frozen=True)
class LongJob:
    """Likewise, in short transactions of its own, so that it holds up nobody.

    What a crash left undone is for the next period.
    """

    name: str
    every: Every
    handler: LongJobHandler


AnyJob = Job | LongJob


def job(name: str, *, every: Every) -> Callable[[JobHandler], Job]:
    """Declare a job; nothing is scheduled until the bot collects it."""
    return lambda handler: Job(name, every, handler)


def long_job(name: str, *, every: Every) -> Callable[[LongJobHandler], LongJob]:
    """Declare a job that makes its own transactions."""
    return lambda handler: LongJob(name, every, handler)


def collect_jobs(package: ModuleType) -> list[AnyJob]:
    """Find every job in a package; two with one name are a mistake."""
    found: dict[str, AnyJob] = {}
    for each in _jobs(package):
        if found.setdefault(each.name, each) is not each:
            raise ValueError(f"two jobs are called {each.name!r}")
    return list(found.values())


def _jobs(package: ModuleType) -> Iterator[AnyJob]:
    for module in modules(package):
        yield from (item for item in vars(module).values() if isinstance(item, (Job, LongJob)))
