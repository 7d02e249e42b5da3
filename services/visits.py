"""Visits: who met which customer, when, how it went and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from services.access import scope_of
from services.allowance import require_room
from services.errors import FutureVisit, NoVisitToday, OldVisit
from services.times import first_instant, instant, placed, start_of_day, start_of_month, wall
from storage.models import (
    Account,
    Activity,
    Attachment,
    Attendee,
    Contact,
    Outcome,
    Person,
    Verdict,
    Visit,
)
from storage.work import Work

AHEAD = timedelta(minutes=5)
"""How far a phone's clock may run before ours."""
OLDEST = timedelta(days=366)


@dataclass(frozen=True)
class Logged:
    """A stored visit and where it leaves the rep this month."""

    visit: Visit
    this_month: int


async def log(
    work: Work,
    rep: Person,
    account: Account,
    said: date | datetime | None,
    *,
    kind: Activity = Activity.VISIT,
    outcome: Outcome | None = None,
    contacts: Sequence[Contact] = (),
    note: str = "",
    next_step: str = "",
    product: str = "",
    competitor: str = "",
    verdict: Verdict | None = None,
    distance: int | None = None,
    now: datetime,
) -> Logged:
    """Record that a rep met a customer; without a time it was just now.

    Of a check-in, how near they were, and how far that can be believed.
    """
    at, all_day = _at(said or now, now, ZoneInfo(rep.zone))
    visit = Visit(
        account_id=account.id,
        rep_id=rep.id,
        unit_id=rep.unit_id,
        at=at,
        kind=kind,
        outcome=outcome,
        contact_id=contacts[0].id if contacts else None,
        note=note,
        next_step=next_step,
        all_day=all_day,
        product=product,
        competitor=competitor,
        verdict=verdict or "",
        distance=distance,
    )
    await work.visits.add(visit)
    await work.visits.add_all(
        Attendee(visit_id=visit.id, contact_id=each.id) for each in contacts[1:]
    )
    return Logged(visit, await count_this_month(work, rep, now))


def is_ahead(said: date | datetime, now: datetime, zone: ZoneInfo) -> bool:
    """Whether a visit can't have been then, because it is still to come."""
    if isinstance(said, datetime):
        return said > now + AHEAD
    return said > wall(now, zone).date()


def is_old(said: date | datetime, now: datetime, zone: ZoneInfo) -> bool:
    """Whether it is so long ago that the date is more likely a slip."""
    return placed(said, zone)[0] < now - OLDEST


def _at(said: date | datetime, now: datetime, zone: ZoneInfo) -> tuple[datetime, bool]:
    """When a visit was, and whether only the day is known; not ahead, nor long ago."""
    at, all_day = placed(said, zone)
    if is_ahead(said, now, zone):
        raise FutureVisit(at=said)
    if is_old(said, now, zone):
        raise OldVisit(at=said)
    return min(at, now) if all_day else at, all_day


async def count(
    work: Work, person: Person, start: date, end: date, *, account: Account | None = None
) -> int:
    """How many visits a person may see of the days from one on until before another."""
    zone = ZoneInfo(person.zone)
    return await work.visits.count_between(
        await scope_of(work, person),
        _begins(start, zone),
        _begins(end, zone),
        account_id=account.id if account else None,
    )


def _begins(said: date, zone: ZoneInfo) -> datetime:
    if isinstance(said, datetime):
        return said if said.tzinfo else instant(said, zone)[0]
    return first_instant(said, zone)


async def count_this_month(work: Work, rep: Person, now: datetime) -> int:
    """A rep's visits since the first of the month, in their own zone."""
    return await work.visits.count(rep.id, start_of_month(now, ZoneInfo(rep.zone)))


async def keep(
    work: Work,
    rep: Person,
    files: Sequence[tuple[str, str, str, str]],
    *,
    note: str = "",
    account: Account | None = None,
    visit_id: int | None = None,
    now: datetime,
) -> Visit:
    """Keep files (platform, handle, name, media type) with the visit logged last today.

    What they show is added to the visit's note. With an account it is the last one to that, with
    a visit's number that one.
    """
    since = start_of_day(now, ZoneInfo(rep.zone))
    of = account.id if account else None
    visit = await work.visits.latest(rep.id, since, of, visit_id)
    if visit is None:
        raise NoVisitToday
    await attach(work, visit, files)
    if note:
        visit.note = "\n".join(filter(None, (visit.note, note)))
        await work.visits.flush()
    return visit


async def last_today(work: Work, rep: Person, now: datetime) -> Visit | None:
    """The visit that a rep logged last today, with its account."""
    return await work.visits.latest(rep.id, start_of_day(now, ZoneInfo(rep.zone)))


async def attach(work: Work, visit: Visit, files: Sequence[tuple[str, str, str, str]]) -> None:
    """Keep files with a visit."""
    await require_room(work, len(files))
    await work.visits.add_all(
        Attachment(visit_id=visit.id, platform=platform, ref=ref, name=name, mime=mime)
        for platform, ref, name, mime in files
    )
