"""Reminders: what somebody has to do, by when, and for which customer."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from services.access import scope_of, stands_for
from services.errors import GoneReminder, PastReminder
from services.recurrence import following
from services.times import first_instant, instant, placed, wall
from storage.models import Account, Leave, Person, Reminder, Visit
from storage.work import Work

LISTED = 10
LONGEST = 1_000


def is_past(said: date | datetime, now: datetime, zone: ZoneInfo) -> bool:
    """Whether nobody can be reminded then any more; a whole day is past when it has ended."""
    if isinstance(said, datetime):
        return said < now
    return said < wall(now, zone).date()


def is_over(reminder: Reminder, now: datetime, zone: ZoneInfo) -> bool:
    """Whether it should have been done by now."""
    due = reminder.due_at
    return is_past(due.astimezone(zone).date() if reminder.all_day else due, now, zone)


async def add(
    work: Work,
    person: Person,
    text: str,
    due: date | datetime,
    *,
    rule: str = "",
    account: Account | None = None,
    visit: Visit | None = None,
    now: datetime,
) -> Reminder:
    """Keep what a person has to do."""
    zone = ZoneInfo(person.zone)
    if is_past(due, now, zone):
        raise PastReminder(at=due)
    due_at, all_day = placed(due, zone)
    person = await work.people.settled(person.id)  # where they are, not where they were
    reminder = Reminder(
        person_id=person.id,
        unit_id=person.unit_id,
        text=text.strip()[:LONGEST],
        due_at=due_at,
        all_day=all_day,
        rule=rule,
        account_id=account.id if account else None,
        visit_id=visit.id if visit else None,
    )
    await work.reminders.add(reminder)
    return reminder


async def open_of(
    work: Work, person: Person, limit: int = LISTED, *, before: datetime | None = None
) -> Sequence[Reminder]:
    """What a person has yet to do, the earliest first, or until some time.

    What falls due for those they stand in for, too, until they are back.
    """
    leaves = await stands_for(work, person)
    others = {each.person_id: _back(each) for each in leaves}
    return await work.reminders.open_of(person.id, limit, before=before, others=others)


async def others(work: Work, person: Person) -> dict[int, Person]:
    """Those whose things to do are on a person's list as well, by number."""
    return {each.person_id: each.person for each in await stands_for(work, person)}


def _back(leave: Leave) -> datetime:
    """When somebody is back: their first instant after the leave."""
    return first_instant(leave.ends_on + timedelta(days=1), ZoneInfo(leave.person.zone))


async def of_account(work: Work, person: Person, account_id: int) -> Sequence[Reminder]:
    """What is yet to be done at an account, as far as the person may see it."""
    scope = await scope_of(work, person)
    return await work.reminders.of_account(account_id, scope, LISTED)


async def finish(
    work: Work, person: Person, reminder_id: int, *, due: int | None = None, now: datetime
) -> Reminder:
    """Strike off a reminder of one's own; one that comes again waits for its next time.

    Or of somebody for whom one stands in. With the second at which it was due, only if that is
    still so.
    """
    whose = {person.id: person, **await others(work, person)}
    reminder = await work.reminders.get(reminder_id, list(whose))
    if reminder is None:
        raise GoneReminder
    if reminder.done_at is not None or due not in {None, int(reminder.due_at.timestamp())}:
        return reminder
    zone = ZoneInfo(whose[reminder.person_id].zone)
    again = _again(reminder, now, zone) if reminder.rule else None
    if again:
        reminder.due_at = again
    else:
        reminder.done_at = now
    await work.reminders.flush()
    return reminder


def _again(reminder: Reminder, now: datetime, zone: ZoneInfo) -> datetime | None:
    found = following(reminder.rule, wall(reminder.due_at, zone), wall(now, zone))
    return instant(found, zone)[0] if found else None
