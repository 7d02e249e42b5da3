"""Reminders: never in the past, one's own, struck off once."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from services import accounts, reminders
from services.errors import GoneReminder, PastReminder
from services.times import placed
from storage.models import Person
from storage.work import Work
from tests.services.conftest import Hire
from tests.talk import MONDAY

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
TODAY = date(2026, 3, 2)


@pytest.fixture
async def rep(hire: Hire) -> Person:
    return await hire("Ana")


async def test_a_day_is_kept_as_its_noon(work: Work, rep: Person) -> None:
    kept = await reminders.add(work, rep, "rest", TODAY, now=MONDAY)
    assert kept.all_day
    assert kept.due_at == datetime(2026, 3, 2, 12, tzinfo=SHANGHAI)
    exact = await reminders.add(work, rep, "call", MONDAY + timedelta(hours=1), now=MONDAY)
    assert (exact.all_day, exact.due_at) == (False, MONDAY + timedelta(hours=1))


@pytest.mark.parametrize("due", [MONDAY - timedelta(seconds=1), TODAY - timedelta(days=1)])
async def test_the_past_is_refused(work: Work, rep: Person, due: date) -> None:
    with pytest.raises(PastReminder):
        await reminders.add(work, rep, "call", due, now=MONDAY)


async def test_today_is_over_when_it_has_ended(work: Work, rep: Person) -> None:
    kept = await reminders.add(work, rep, "rest", TODAY, now=MONDAY)
    evening = datetime(2026, 3, 2, 23, 59, tzinfo=SHANGHAI)
    assert not reminders.is_over(kept, evening, SHANGHAI)
    assert reminders.is_over(kept, evening + timedelta(minutes=1), SHANGHAI)


async def test_the_earliest_comes_first_and_what_is_done_goes(work: Work, rep: Person) -> None:
    for days in (3, 1, 2):
        await reminders.add(work, rep, str(days), TODAY + timedelta(days=days), now=MONDAY)
    listed = await reminders.open_of(work, rep)
    assert [each.text for each in listed] == ["1", "2", "3"]
    done = await reminders.finish(work, rep, listed[0].id, now=MONDAY)
    assert done.done_at == MONDAY
    again = await reminders.finish(work, rep, done.id, now=MONDAY + timedelta(days=1))
    assert again.done_at == MONDAY
    assert [each.text for each in await reminders.open_of(work, rep)] == ["2", "3"]


async def test_another_s_is_gone(work: Work, rep: Person, hire: Hire) -> None:
    bo = await hire("Bo")
    acme = await accounts.create(work, rep, "Acme")
    kept = await reminders.add(work, rep, "call", TODAY, account=acme, now=MONDAY)
    with pytest.raises(GoneReminder):
        await reminders.finish(work, bo, kept.id, now=MONDAY)
    with pytest.raises(GoneReminder):
        await reminders.finish(work, rep, 999, now=MONDAY)
    assert await reminders.of_account(work, bo, acme.id) == []
    assert list(await reminders.of_account(work, rep, acme.id)) == [kept]


@pytest.mark.parametrize(
    "zone", ["Asia/Shanghai", "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago"]
)
def test_noon_is_of_the_day_that_was_said(zone: str) -> None:
    at, all_day = placed(TODAY, ZoneInfo(zone))
    assert all_day
    assert at.astimezone(ZoneInfo(zone)).date() == TODAY


async def test_what_comes_again_waits_for_its_next_time(work: Work, rep: Person) -> None:
    """Nine stays nine when the clocks change, and what was missed is not caught up on."""
    rep.zone = "Europe/Berlin"
    due = datetime(2026, 3, 23, 9, tzinfo=BERLIN)
    kept = await reminders.add(work, rep, "report", due, rule="FREQ=WEEKLY;BYDAY=MO", now=MONDAY)
    for now, then in ((24, 30), (40, 44)):
        done = await reminders.finish(
            work,
            rep,
            kept.id,
            now=datetime(2026, 3, 1, 12, tzinfo=BERLIN) + timedelta(days=now - 1),
        )
        assert done.done_at is None
        local = done.due_at.astimezone(BERLIN)
        assert local.date() == date(2026, 3, 1) + timedelta(days=then - 1)
        assert local.hour == 9
