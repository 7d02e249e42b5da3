from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from services import accounts, visits
from services.home import home
from services.times import month_before
from storage.models import Role
from storage.work import Work
from tests.services.conftest import Hire
from tests.talk import MONDAY

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("now", "begins", "ends"),
    [
        ("2026-03-02T10:00", "2026-02-01T00:00", "2026-02-02T10:00"),
        ("2026-01-31T10:00", "2025-12-01T00:00", "2025-12-31T10:00"),
        ("2026-03-31T10:00", "2026-02-01T00:00", "2026-03-01T00:00"),
        ("2026-03-29T10:00", "2026-02-01T00:00", "2026-03-01T00:00"),
        ("2026-03-28T23:59", "2026-02-01T00:00", "2026-02-28T23:59"),
        ("2026-04-29T02:30", "2026-03-01T00:00", "2026-03-29T03:30"),
    ],
)
def test_the_same_day_and_hour_of_the_month_before(now: str, begins: str, ends: str) -> None:
    """Of a month that has no such day it is the end; an hour that the clocks skip moves on."""
    found = month_before(datetime.fromisoformat(now).replace(tzinfo=BERLIN), BERLIN)
    assert [f"{each.astimezone(BERLIN):%Y-%m-%dT%H:%M}" for each in found] == [begins, ends]


@pytest.mark.parametrize(
    ("country", "days", "silent"),
    [
        ("", "2026-02-23 2026-02-26", 0),
        ("", "2026-02-23 2026-02-27", 1),
        ("", "2026-02-25 2026-03-02", 0),
        ("", "2026-09-30 2026-10-09", 1),
        ("CN", "2026-09-30 2026-10-09", 0),
    ],
)
async def test_days_off_are_no_days_without_a_visit(
    work: Work, hire: Hire, country: str, days: str, silent: int
) -> None:
    """The first week of October is off in China."""
    ana, rui = await hire("Ana"), await hire("Rui", Role.MANAGER)
    account = await accounts.create(work, ana, "Acme")
    at, now = (datetime.fromisoformat(f"{day}T01:00:00+08:00") for day in days.split())
    await visits.log(work, ana, account, at, now=at)
    team = (await home(work, rui, country=country, now=now)).team
    assert team
    assert (team.silent_count, list(team.silent)) == (silent, ["Ana"] * silent)


async def test_a_rep_has_no_team(work: Work, hire: Hire) -> None:
    assert (await home(work, await hire("Ana"), now=MONDAY)).team is None
