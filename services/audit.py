"""The audit: HQ reads what everybody did, and that is noted as well."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from services.access import require, scope_of
from services.errors import GoneChange, NotAllowed
from services.times import first_instant
from services.understanding.facts import Period
from storage.audit import OF_ACCOUNT, Search, Sum
from storage.models import Account, Change, Person, Role
from storage.work import Work

PAGE = 5
ROWS = 12
"""Rows of one change that are shown at once."""
MOST = 2_000
"""Changes in a file."""
LINES = 5_000
"""Entries in a file: it is written while its reader waits, and on SQLite everybody who writes."""
AT_ONCE = 50
"""Changes of a file that are looked up at once."""
REFUSED = "refused"
"""The command of a change that notes what somebody was refused."""
LOOKED = "audit"
"""The command of a change that notes that somebody looked at the audit."""
SPACING = {REFUSED: timedelta(minutes=1), LOOKED: timedelta(minutes=10)}
"""How long the same doing of the same person is not noted again."""
HANGING = {model.__tablename__ for model in OF_ACCOUNT}
TARGETS = {
    "account_id": "accounts",
    "contact_id": "contacts",
    "group_id": "groups",
    "unit_id": "units",
    "parent_id": "units",
    **dict.fromkeys(
        ("owner_id", "rep_id", "person_id", "deputy_id", "claimant_id", "decided_by_id",
         "invited_by_id"),
        "people",
    ),
}  # fmt: skip
"""To which table a column refers."""


class About(StrEnum):
    """What changes are about."""

    CUSTOMERS = "customers"
    VISITS = "visits"
    DEALS = "deals"
    REMINDERS = "reminders"
    CLAIMS = "claims"
    COMPANY = "company"
    NOTED = "noted"


NOUNS = {
    About.CUSTOMERS: {"accounts", "account_keys", "contacts"},
    About.VISITS: {"visits", "attendees", "attachments"},
    About.DEALS: {"deals"},
    About.REMINDERS: {"reminders"},
    About.CLAIMS: {"claims"},
    About.COMPANY: {
        "people", "units", "groups", "memberships", "leaves", "invites", "identities",
        "retentions",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """Which changes are wanted."""

    person: Person | None = None
    period: Period | None = None
    about: About | None = None
    account: Account | None = None
    before: int | None = None


@dataclass
class Known:
    """The names of all that the values of some changes refer to, by table and number."""

    names: dict[str, dict[int, str]] = field(default_factory=dict)
    currencies: dict[int, str] = field(default_factory=dict)
    accounts: dict[tuple[str, int], int] = field(default_factory=dict)

    def name(self, noun: str, number: int | None) -> str:
        """What a row is called; one that is gone, by its number."""
        if number is None:
            return ""
        return self.names.get(noun, {}).get(number) or f"#{number}"

    def account_of(self, noun: str, key: int, row: Mapping[str, Any]) -> int | None:
        """The account that a row is about."""
        if noun == "accounts":
            return key
        found: int | None = row.get("account_id") or self.accounts.get((noun, key))
        return found


@dataclass(frozen=True)
class Row:
    """What a change did to one row of a table, from first to last."""

    noun: str
    key: int
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True)
class Deed:
    """A change, what it did by table, and its first rows."""

    change: Change
    sums: Sequence[Sum]
    rows: Sequence[Row]


@dataclass(frozen=True)
class Page:
    """Some deeds, the newest first; whether there are older ones."""

    deeds: Sequence[Deed]
    known: Known
    more: bool
    last: int = 0
    """The number of the last entry of one change."""


async def look(work: Work, person: Person, asked: Asked, *, zone: ZoneInfo) -> Page:
    """A page of the audit."""
    await _require(work, person)
    found = await work.audit.changes(_search(asked, zone), PAGE + 1)
    shown = found[:PAGE]
    sums = await work.audit.sums([each.id for each in shown])
    deeds = [
        Deed(
            each,
            [one for one in sums if one.change_id == each.id],
            folded(await work.audit.entries(each.id, ROWS)),
        )
        for each in shown
    ]
    return Page(deeds, await known(work, deeds), len(found) > PAGE)


async def details(work: Work, person: Person, number: int, after: int = 0) -> Page:
    """One change with its rows, those after an entry's number."""
    await _require(work, person)
    change = await work.audit.change(number)
    if change is None:
        raise GoneChange
    rows = await work.audit.entries(number, ROWS + 1, after)
    deed = Deed(change, await work.audit.sums([number]), folded(rows[:ROWS]))
    last = rows[:ROWS][-1].id if rows else after
    return Page([deed], await known(work, [deed]), len(rows) > ROWS, last)


async def everything(
    work: Work, person: Person, asked: Asked, *, zone: ZoneInfo
) -> Sequence[Change]:
    """The newest changes, as many as a file takes; their rows are read one by one."""
    await _require(work, person)
    return await work.audit.changes(_search(asked, zone), MOST)


async def deeds(work: Work, changes: Sequence[Change]) -> AsyncIterator[tuple[Deed, Known]]:
    """Changes with their rows, until these are as many as a file takes."""
    left = LINES
    for first in range(0, len(changes), AT_ONCE):
        some = changes[first : first + AT_ONCE]
        entries = await work.audit.entries_of([each.id for each in some], left)
        left -= sum(map(len, entries.values()))
        told = some if left else [each for each in some if each.id >= min(entries)]
        found = [Deed(each, (), folded(entries.get(each.id, ()))) for each in told]
        names = await known(work, found)
        for each in found:
            yield each, names
        if not left:
            return


def folded(entries: Iterable[Any]) -> list[Row]:
    """The entries of each row as one: what was made and then changed was made."""
    found: dict[tuple[str, int, int], Row] = {}
    for number, each in enumerate(entries, 1):
        row = Row(each.noun, each.key, each.before, each.after)
        said = found.get((row.noun, row.key, 0))
        whole = _both(said, row) if said else row
        found[row.noun, row.key, 0 if whole else number] = whole or row
    return list(found.values())


def _both(first: Row, then: Row) -> Row | None:
    """What two entries did to a row; None where that can't be said as one."""
    if first.after is None or then.before is None or not (first.before or then.after):
        return first if first == then else None
    before = {**then.before, **first.before} if first.before else None
    after = {**first.after, **then.after} if then.after else None
    return Row(first.noun, first.key, before, after)


async def is_news(work: Work, person_id: int, what: str, now: datetime) -> bool:
    """Whether it is to be noted that somebody was refused something, or looked at the audit."""
    return not await work.audit.noted_since(person_id, now - SPACING[what], what)


async def _require(work: Work, person: Person) -> None:
    require(person, Role.HQ)
    if not (await scope_of(work, person)).everything:
        raise NotAllowed(role=Role.HQ.name.lower())


def _search(asked: Asked, zone: ZoneInfo) -> Search:
    period = asked.period
    return Search(
        asked.person.id if asked.person else None,
        _instant(period.start, zone) if period else None,
        _instant(period.end, zone) if period else None,
        frozenset(NOUNS.get(asked.about, ()) if asked.about else ()),
        asked.about is About.NOTED,
        asked.account.id if asked.account else None,
        asked.before,
    )


def _instant(at: date, zone: ZoneInfo) -> datetime:
    return at if isinstance(at, datetime) else first_instant(at, zone)


async def known(work: Work, deeds: Iterable[Deed]) -> Known:
    """Look up what the values of changes refer to."""
    found = Known()
    wanted: dict[str, set[int]] = {"people": set(), "accounts": set()}
    hanging: dict[str, set[int]] = {}
    for each in deeds:
        if each.change.author_id:
            wanted["people"].add(each.change.author_id)
        for row in each.rows:
            if row.noun in HANGING:
                hanging.setdefault(row.noun, set()).add(row.key)
            if row.noun in {"accounts", "contacts", "deals", "groups", "people", "units"}:
                wanted.setdefault(row.noun, set()).add(row.key)
            for column, value in [*(row.before or {}).items(), *(row.after or {}).items()]:
                if column in TARGETS and value is not None:
                    wanted.setdefault(TARGETS[column], set()).add(value)
    for noun, keys in hanging.items():
        at = await work.audit.accounts_of(noun, keys)
        found.accounts |= {(noun, key): account for key, account in at.items()}
        wanted["accounts"] |= set(at.values())
    for noun, ids in wanted.items():
        found.names[noun] = await work.audit.names(noun, ids) if ids else {}
    found.currencies = await work.audit.currencies(wanted.get("deals", set()))
    return found
