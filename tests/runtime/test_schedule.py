import asyncio
from collections import Counter
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.jobs import Daily, Job, LongJob, Often
from bot.runtime.adapter import NotSent
from bot.runtime.schedule import DONE, Clock
from storage.engine import Database
from storage.models import JobRun
from storage.work import Work
from tests.talk import Company

NIGHT = Daily(time(3, 30))


class Diary:
    """A job that says when it ran."""

    def __init__(self) -> None:
        self.ran: list[datetime] = []

    async def __call__(self, _work: Work, now: datetime) -> None:
        self.ran.append(now)

    @property
    def job(self) -> Job:
        return Job("diary", NIGHT, self)


async def _outcomes(company: Company, job: str = "diary") -> dict[str, str]:
    async with company.database.read() as session:
        query = select(JobRun).where(JobRun.job == job).order_by(JobRun.period)
        return {run.period: run.outcome for run in await session.scalars(query)}


async def test_eight_clocks_run_a_period_once(company: Company) -> None:
    diary = Diary()
    clocks = [Clock(company.runtime, [diary.job]) for _ in range(8)]
    await asyncio.gather(*(clock.tick() for clock in clocks))
    assert len(diary.ran) == 1
    assert list((await _outcomes(company)).values()) == [DONE]


async def test_after_days_of_sleep_the_newest_is_caught_up_and_the_others_are_accounted_for(
    company: Company,
) -> None:
    diary = Diary()
    clock = Clock(company.runtime, [diary.job])
    await clock.tick()
    company.after(days=4)
    await clock.tick()
    assert len(diary.ran) == 2
    outcomes = list((await _outcomes(company)).values())
    assert [each == DONE for each in outcomes] == [True, False, False, False, True]
    assert all(each.startswith("skipped: ") for each in outcomes if each != DONE)


async def test_nothing_happens_before_its_time(company: Company) -> None:
    diary = Diary()
    clock = Clock(company.runtime, [diary.job])
    await clock.tick()
    company.after(hours=1)
    await clock.tick()
    assert len(diary.ran) == 1


async def test_one_jobs_failure_is_not_anothers_and_is_tried_again(company: Company) -> None:
    diary = Diary()
    broken = True

    async def fail(_work: Work, now: datetime) -> None:
        if broken:
            raise LookupError(now)

    clock = Clock(company.runtime, [Job("broken", NIGHT, fail), diary.job])
    await clock.tick()
    assert len(diary.ran) == 1
    assert await _outcomes(company, "broken") == {}

    broken = False
    await clock.tick()
    assert list((await _outcomes(company, "broken")).values()) == [DONE]


async def test_leaving_lets_the_job_that_runs_end(company: Company) -> None:
    begun, go_on, ended = asyncio.Event(), asyncio.Event(), []

    async def slow(_work: Work, now: datetime) -> None:
        begun.set()
        await go_on.wait()
        ended.append(now)

    async def live() -> None:
        async with Clock(company.runtime, [Job("slow", NIGHT, slow)]).running():
            await begun.wait()

    living = asyncio.create_task(live())
    await begun.wait()
    await asyncio.sleep(0)
    assert not living.done()
    go_on.set()
    await living
    assert len(ended) == 1


@given(
    st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Shanghai"]),
    st.times(),
    st.dates(datetime(2025, 1, 1, tzinfo=UTC).date(), datetime(2027, 1, 1, tzinfo=UTC).date()),
    st.lists(st.integers(1, 50), min_size=1, max_size=40),
)
def test_every_day_has_one_period_also_when_the_clocks_change(
    zone: str, at: time, first: datetime, steps: list[int]
) -> None:
    here = ZoneInfo(zone)
    every = Daily(at.replace(microsecond=0, tzinfo=None))
    now = datetime.combine(first, time(12), UTC)
    start = now
    found: Counter[str] = Counter()
    for hours in steps:
        found.update(every.periods(now, now + timedelta(hours=hours), here))
        now += timedelta(hours=hours)
    assert set(found.values()) <= {1}
    between = start.astimezone(here).date() + timedelta(days=1)
    while between < now.astimezone(here).date():
        assert found[between.isoformat()] == 1
        between += timedelta(days=1)


async def test_a_failure_after_a_sleep_costs_no_period_its_outcome(company: Company) -> None:
    diary = Diary()
    await Clock(company.runtime, [diary.job]).tick()
    company.after(days=3)

    async def fail(_work: Work, _now: datetime) -> None:
        raise RuntimeError("once")

    await Clock(company.runtime, [Job("diary", NIGHT, fail)]).tick()
    await Clock(company.runtime, [diary.job]).tick()
    outcomes = list((await _outcomes(company)).values())
    assert [each == DONE for each in outcomes] == [True, False, False, True]


async def test_what_waits_is_counted_for_whoever_watches(company: Company) -> None:
    ana = await company.hire("Ana")
    company.phone.fail = NotSent("no connection")
    await ana.says("/me")
    await Clock(company.runtime, []).tick()
    registry = company.runtime.metrics.registry
    assert registry.get_sample_value("outbox_pending") == 1
    assert registry.get_sample_value("inbox_pending") == 0


async def test_what_comes_often_has_a_period_every_so_many_minutes(company: Company) -> None:
    diary = Diary()
    clock = Clock(company.runtime, [Job("often", Often(5), diary)])
    for _ in range(11):
        await clock.tick()
        company.after(minutes=1)
    assert list(await _outcomes(company, "often")) == [
        "2026-03-02T02:00Z",
        "2026-03-02T02:05Z",
        "2026-03-02T02:10Z",
    ]
    assert len(diary.ran) == 3


async def test_of_what_comes_often_a_month_is_kept_and_nothing_is_made_up_for(
    company: Company,
) -> None:
    diary = Diary()
    clock = Clock(company.runtime, [Job("often", Often(5), diary)])
    await clock.tick()
    company.after(days=32)
    await clock.tick()
    assert list(await _outcomes(company, "often")) == ["2026-04-03T02:00Z"]


async def test_a_long_job_makes_its_own_transactions(company: Company) -> None:
    seen: list[int] = []

    async def count(database: Database, _now: datetime) -> None:
        for _ in range(2):
            async with database.begin() as session:
                seen.append(len((await session.scalars(select(JobRun))).all()))

    clocks = [Clock(company.runtime, [LongJob("long", NIGHT, count)]) for _ in range(3)]
    await asyncio.gather(*(clock.tick() for clock in clocks))
    assert seen == [1, 1]


@given(
    st.integers(1, 90),
    st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1)),  # noqa: DTZ001 - hypothesis wants naive bounds
    st.lists(st.integers(0, 10_000), min_size=1, max_size=20),
)
def test_no_period_comes_twice_and_none_is_ahead(
    minutes: int, first: datetime, steps: list[int]
) -> None:
    now, found = first.replace(tzinfo=UTC), []
    for seconds in steps:
        until = now + timedelta(seconds=seconds)
        for period in Often(minutes).periods(now, until, ZoneInfo("UTC")):
            assert now < datetime.fromisoformat(period) <= until
            found.append(period)
        now = until
    assert found == sorted(set(found))
