"""How long things are kept, and letting go of what is older.

GDPR 5(1)(e), PIPL 19 and 47: personal data is kept no longer than it is needed for. HQ says how
long that is, for each kind; what must be kept to work at all, or as evidence, has a least.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from services import erasure
from services.access import require
from services.erasure import CONTACTS, PEOPLE, SALT
from services.errors import KeptForever, KeptLonger
from storage.models import Person, Retention, Role
from storage.scope import Scope
from storage.seals import Randomness, seal_all
from storage.trail import Trail, record
from storage.work import Work

FOREVER = 0
"""Days after which nothing is let go."""
SLICE = 250
"""Rows that are let go of in one transaction: some milliseconds of SQLite's one writer."""
SUBJECTS = 1
"""People or contacts: taking one out of everything is a slice of its own."""
LONGEST = 36_500


class Kind(StrEnum):
    """What is kept for a time of its own."""

    MESSAGES = "messages"
    UPDATES = "updates"
    FORMS = "forms"
    FILES = "files"
    NOTES = "notes"
    PEOPLE = "people"
    CONTACTS = "contacts"
    AUDIT = "audit"


@dataclass(frozen=True)
class Rule:
    """After how many days a kind is let go if HQ says nothing, and the fewest that it may say."""

    days: int
    least: int


RULES: Mapping[Kind, Rule] = {
    Kind.MESSAGES: Rule(30, 1),
    Kind.UPDATES: Rule(2, 2),  # a platform may send an update again for a day
    Kind.FORMS: Rule(7, 1),
    Kind.FILES: Rule(FOREVER, 30),
    Kind.NOTES: Rule(FOREVER, 90),
    Kind.PEOPLE: Rule(FOREVER, 1),
    Kind.CONTACTS: Rule(FOREVER, 180),
    Kind.AUDIT: Rule(FOREVER, 365),  # logs of access: six months at least, by Chinese law
}


async def settings(work: Work) -> dict[Kind, int]:
    """For how many days each kind is kept; `FOREVER` where nothing of it is let go."""
    said = await work.retentions.all()
    return {kind: said[kind].days if kind in said else rule.days for kind, rule in RULES.items()}


async def keep(work: Work, asker: Person, kind: Kind, days: int) -> None:
    """Say for how many days a kind is kept."""
    require(asker, Role.HQ)
    rule = RULES[kind]
    if days != FOREVER and days < rule.least:
        raise KeptLonger(days=rule.least)
    if days > LONGEST:
        raise KeptForever
    if days == FOREVER and rule.days != FOREVER:
        raise KeptForever
    row = (await work.retentions.all()).get(kind)
    if row is None:
        await work.retentions.add(Retention(kind=kind, days=days))
    else:
        row.days = days
        await work.retentions.flush()


async def due(work: Work, kind: Kind, days: int, now: datetime) -> int:
    """How much of a kind would be let go of now, if it is kept for so many days."""
    if days == FOREVER:
        return 0
    before, kept = now - timedelta(days=days), work.retentions
    match kind:
        case Kind.MESSAGES:
            return await kept.sent(before)
        case Kind.UPDATES:
            return await kept.answered(before)
        case Kind.FORMS:
            return await kept.unfinished(before)
        case Kind.FILES:
            return await kept.files(before)
        case Kind.NOTES:
            return await kept.notes(before)
        case Kind.PEOPLE:
            return len(await _erasable(work, before, None))
        case Kind.CONTACTS:
            return len(await kept.unmet(before))
        case Kind.AUDIT:
            return await kept.journal(before)


async def let_go(work: Work, kind: Kind, *, randomness: Randomness, now: datetime) -> int:
    """Let go of a slice of what is older than HQ wants it; how much that was, 0 when it is over.

    Updates and forms are the nightly upkeep's.
    """
    days = (await settings(work))[kind]
    if days == FOREVER or kind in {Kind.UPDATES, Kind.FORMS}:
        return 0
    before = now - timedelta(days=days)
    if kind in {Kind.PEOPLE, Kind.CONTACTS}:
        return await _forget(work, kind, before, randomness, now)
    if kind is Kind.MESSAGES:
        return await work.retentions.forget_sent(before, SLICE)
    return await _sweep(work, kind, before, randomness, now)


async def _sweep(
    work: Work, kind: Kind, before: datetime, randomness: Randomness, now: datetime
) -> int:
    """The journal is sealed before it loses contents, and an erasure says which."""
    await seal_all(work.session, now, randomness)
    trail = Trail(randomness(SALT))
    sweeps = {
        Kind.FILES: work.retentions.drop_files,
        Kind.NOTES: work.retentions.clear_notes,
        Kind.AUDIT: work.retentions.clear_journal,
    }
    gone = await sweeps[kind](trail, before, SLICE)
    if gone:
        await record(work.session, trail, "retention", 0, at=now)
    return gone


async def _forget(
    work: Work, kind: Kind, before: datetime, randomness: Randomness, now: datetime
) -> int:
    if kind is Kind.PEOPLE:
        noun, numbers = PEOPLE, await _erasable(work, before, SUBJECTS)
    else:
        noun, numbers = CONTACTS, [*await work.retentions.unmet(before, SUBJECTS)]
    for number in numbers:
        if await _is_due(work, kind, number, before):
            await erasure.forget(work, noun, number, randomness=randomness, now=now)
    return len(numbers)


async def _is_due(work: Work, kind: Kind, number: int, before: datetime) -> bool:
    """Whether it still is, now that nobody can change it: they may just have come back."""
    if kind is Kind.PEOPLE:
        await work.subjects.person(number, lock=True)
        return bool(await work.retentions.left(before, only=number))
    await work.subjects.contact(number, Scope(0, everything=True))
    return bool(await work.retentions.unmet(before, only=number))


async def _erasable(work: Work, before: datetime, limit: int | None) -> list[int]:
    """Who has left so long ago; whoever still has customers waits until they are handed over."""
    found: list[int] = []
    for number in await work.retentions.left(before):
        if not await work.subjects.owned(number):
            found.append(number)
        if limit is not None and len(found) >= limit:
            break
    return found
