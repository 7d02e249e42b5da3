"""Visits: who met which customer, when, how it went and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from services.errors import FutureVisit, NoVisitToday, OldVisit
from services.times import start_of_day, start_of_month
from storage.models import Account, Activity, Attachment, Contact, Outcome, Person, Visit
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
    at: datetime | None,
    *,
    kind: Activity = Activity.VISIT,
    outcome: Outcome | None = None,
    contact: Contact | None = None,
    note: str = "",
    next_step: str = "",
    now: datetime,
) -> Logged:
    """Record that a rep met a customer; without a time it was just now."""
    at = at or now
    if at > now + AHEAD:
        raise FutureVisit(at=at)
    if at < now - OLDEST:
        raise OldVisit(at=at)
    visit = Visit(
        account_id=account.id,
        rep_id=rep.id,
        unit_id=rep.unit_id,
        at=at,
        kind=kind,
        outcome=outcome,
        contact_id=contact.id if contact else None,
        note=note,
        next_step=next_step,
    )
    await work.visits.add(visit)
    return Logged(visit, await count_this_month(work, rep, now))


async def count_this_month(work: Work, rep: Person, now: datetime) -> int:
    """A rep's visits since the first of the month, in their own zone."""
    return await work.visits.count(rep.id, start_of_month(now, ZoneInfo(rep.zone)))


async def keep(
    work: Work,
    rep: Person,
    files: Sequence[tuple[str, str, str, str]],
    *,
    note: str = "",
    now: datetime,
) -> Visit:
    """Keep files (platform, handle, name, media type) with the visit logged last today.

    What they show is added to the visit's note.
    """
    visit = await work.visits.latest(rep.id, start_of_day(now, ZoneInfo(rep.zone)))
    if visit is None:
        raise NoVisitToday
    await attach(work, visit, files)
    if note:
        visit.note = "\n".join(filter(None, (visit.note, note)))
        await work.visits.flush()
    return visit


async def attach(work: Work, visit: Visit, files: Sequence[tuple[str, str, str, str]]) -> None:
    """Keep files with a visit."""
    await work.visits.add_all(
        Attachment(visit_id=visit.id, platform=platform, ref=ref, name=name, mime=mime)
        for platform, ref, name, mime in files
    )
