from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from services import accounts, visits
from services.errors import FutureVisit, NoVisitToday, OldVisit, Refusal
from storage.models import Account, Person, Role
from storage.work import Work
from tests.services.conftest import Hire
from tests.talk import MONDAY

SHANGHAI = ZoneInfo("Asia/Shanghai")


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


@pytest.mark.parametrize(("days", "hour"), [(0, 10), (1, 12), (30, 12)])
async def test_a_day_without_an_hour_is_its_noon_or_now(
    work: Work, rep: Person, acme: Account, days: int, hour: int
) -> None:
    said = date(2026, 3, 2) - timedelta(days=days)
    visit = (await visits.log(work, rep, acme, said, now=MONDAY)).visit
    assert visit.all_day
    assert visit.at == datetime(said.year, said.month, said.day, hour, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("said", "refused"),
    [(date(2026, 3, 3), FutureVisit), (date(2025, 2, 1), OldVisit), (date(1, 1, 1), OldVisit)],
)
async def test_a_day_may_be_ahead_or_long_ago(
    work: Work, rep: Person, acme: Account, said: date, refused: type[Refusal]
) -> None:
    with pytest.raises(refused):
        await visits.log(work, rep, acme, said, now=MONDAY)


async def test_whom_else_one_met(work: Work, rep: Person, acme: Account) -> None:
    met = [await accounts.add_contact(work, acme, name) for name in ("Li", "Wang", "Zhao")]
    visit = (await visits.log(work, rep, acme, None, contacts=met, now=MONDAY)).visit
    card = await accounts.card(work, rep, acme)
    assert (visit.contact_id, card.met) == (met[0].id, {visit.id: ["Wang", "Zhao"]})


async def test_counting_over_days_of_one_s_own_zone(
    work: Work, rep: Person, acme: Account, hire: Hire
) -> None:
    beta = await accounts.create(work, rep, "Beta")
    first = datetime(2026, 3, 1, tzinfo=SHANGHAI)
    for account, at in ((acme, first), (beta, first - timedelta(seconds=1)), (acme, MONDAY)):
        await visits.log(work, rep, account, at, now=MONDAY)
    march = (date(2026, 3, 1), date(2026, 4, 1))
    assert await visits.count(work, rep, *march) == 2
    assert await visits.count(work, rep, *march, account=beta) == 0
    assert await visits.count(work, rep, date(2026, 2, 28), date(2026, 3, 1)) == 1
    assert await visits.count(work, await hire("Rui", Role.MANAGER), *march) == 2
    assert await visits.count(work, await hire("Bo", unit="West"), *march) == 0


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
