from datetime import timedelta

import pytest

from services import accounts, visits
from services.errors import FutureVisit, NoVisitToday, OldVisit
from storage.models import Account, Person
from storage.work import Work
from tests.services.conftest import Hire
from tests.talk import MONDAY


@pytest.fixture
async def rep(hire: Hire) -> Person:
    return await hire("Ana")


@pytest.fixture
async def acme(work: Work, rep: Person) -> Account:
    return await accounts.create(work, rep, "Acme")


async def test_a_visit_without_a_time_was_just_now(work: Work, rep: Person, acme: Account) -> None:
    logged = await visits.log(work, rep, acme, None, now=MONDAY)
    assert logged.visit.at == MONDAY
    assert rep.unit_id == logged.visit.unit_id
    assert logged.this_month == 1


async def test_the_month_is_the_reps_own(work: Work, rep: Person, acme: Account) -> None:
    """Midnight in Shanghai on 1 March is still February in London."""
    first = MONDAY.replace(day=1, hour=0) - timedelta(hours=8)
    await visits.log(work, rep, acme, first - timedelta(seconds=1), now=MONDAY)
    logged = await visits.log(work, rep, acme, first, now=MONDAY)
    assert logged.this_month == 1


async def test_a_phones_clock_may_run_a_little_ahead(
    work: Work, rep: Person, acme: Account
) -> None:
    await visits.log(work, rep, acme, MONDAY + visits.AHEAD, now=MONDAY)
    with pytest.raises(FutureVisit):
        await visits.log(work, rep, acme, MONDAY + visits.AHEAD + timedelta(seconds=1), now=MONDAY)


async def test_a_visit_of_long_ago_is_a_slip(work: Work, rep: Person, acme: Account) -> None:
    with pytest.raises(OldVisit):
        await visits.log(work, rep, acme, MONDAY - timedelta(days=400), now=MONDAY)


async def test_files_belong_to_the_visit_logged_last_today(
    work: Work, rep: Person, acme: Account
) -> None:
    photo = ("phone", "ref", "photo.jpg", "image/jpeg")
    with pytest.raises(NoVisitToday):
        await visits.keep(work, rep, [photo], now=MONDAY)
    await visits.log(work, rep, acme, None, now=MONDAY)
    told_late = await visits.log(work, rep, acme, MONDAY - timedelta(days=1), now=MONDAY)
    kept = await visits.keep(work, rep, [photo, photo], now=MONDAY)
    assert told_late.visit.id == kept.id
    assert await work.visits.attachments([kept.id]) == {kept.id: 2}
    with pytest.raises(NoVisitToday):
        await visits.keep(work, rep, [photo], now=MONDAY + timedelta(days=1))
