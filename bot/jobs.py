"""Jobs: things that happen by the clock, each period of each exactly once."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from types import ModuleType
from zoneinfo import ZoneInfo

from bot.commands import modules
from services.times import instant
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


JobHandler = Callable[[Work, datetime], Awaitable[None]]


@dataclass(frozen=True)
class Job:
    """What happens, and when. Its name is kept in the database: rename it with a migration."""

    name: str
    every: Daily
    handler: JobHandler


def job(name: str, *, every: Daily) -> Callable[[JobHandler], Job]:
    """Declare a job; nothing is scheduled until the bot collects it."""

    def declare(handler: JobHandler) -> Job:
        return Job(name, every, handler)

    return declare


def collect_jobs(package: ModuleType) -> list[Job]:
    """Find every job in a package; two with one name are a mistake."""
    found: dict[str, Job] = {}
    for each in _jobs(package):
        if found.setdefault(each.name, each) is not each:
            raise ValueError(f"two jobs are called {each.name!r}")
    return list(found.values())


def _jobs(package: ModuleType) -> Iterator[Job]:
    for module in modules(package):
        yield from (item for item in vars(module).values() if isinstance(item, Job))
