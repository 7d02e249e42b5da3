"""What somebody sees first: what is to be done, how the month goes, whom they met last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from services import reminders
from services.access import scope_of
from services.times import first_instant, month_before, start_of_month, start_of_week, wall
from services.workdays import working_days
from storage.deals import Total
from storage.models import Person, Reminder, Role, Visit
from storage.work import Work

DUE = 5
LAST_VISITS = 5
NAMED = 5
QUIET_DAYS = 3
"""After how many working days without a visit a rep is named to their manager."""


@dataclass(frozen=True)
class Team:
    """What a manager needs to know first of their people."""

    this_week: int
    yesterday: int
    silent: Sequence[str]
    """Some of those who logged nothing for three working days."""
    silent_count: int


@dataclass(frozen=True)
class Home:
    """All that stands on somebody's own page, as far as they may see it."""

    due: Sequence[Reminder]
    """What is overdue or due today."""
    more_due: bool
    this_month: int
    last_month: int
    """How many visits there were last month by the same day and hour."""
    totals: Sequence[Total]
    last: Sequence[Visit]
    known: frozenset[int]
    """The accounts of the last visits that the person may open."""
    team: Team | None = None


async def home(work: Work, person: Person, *, country: str = "", now: datetime) -> Home:
    """A rep's own day and month; a manager's is their people's, HQ's the whole company's."""
    zone, scope = ZoneInfo(person.zone), await scope_of(work, person)
    today = wall(now, zone).date()
    tomorrow = first_instant(today + timedelta(days=1), zone)
    yesterday = first_instant(today - timedelta(days=1), zone)
    month = start_of_month(now, zone)
    this_month, last_month, week, before = await work.visits.counts(
        scope,
        [
            (month, tomorrow),
            month_before(now, zone),
            (start_of_week(now, zone), tomorrow),
            (yesterday, first_instant(today, zone)),
        ],
    )
    due = await reminders.open_of(work, person, DUE + 1, before=tomorrow)
    last = await work.visits.last(scope, LAST_VISITS)
    team = None
    if person.role >= Role.MANAGER:
        first = _working_days_ago(today, QUIET_DAYS, country)
        silent = await work.people.without_visit(
            scope, first_instant(first, zone), NAMED, days=(first, today)
        )
        team = Team(week, before, *silent)
    return Home(
        due=due[:DUE],
        more_due=len(due) > DUE,
        this_month=this_month,
        last_month=last_month,
        totals=await work.deals.totals(scope, month),
        last=last,
        known=frozenset(
            each.account_id
            for each in last
            if scope.covers(each.account.owner_id, each.account.unit_id)
        ),
        team=team,
    )


def _working_days_ago(today: date, count: int, country: str) -> date:
    """The day since which that many whole working days have passed."""
    is_worked, day = working_days(country), today
    while count:
        day -= timedelta(days=1)
        count -= is_worked(day)
    return day
