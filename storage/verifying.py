"""Whether the journal is as it was sealed, and if not, where it first isn't."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Change, Entry, Erasure, Seal
from storage.seals import GENESIS, begun, digest_of, link
from storage.trail import ERASURES, summary
from storage.upsert import table

PAGE = 100
SLICE = 500
GRACE = timedelta(hours=1)
"""How long a transaction may take at most: its change is sealed after those begun later."""
ENTRIES = table(Entry)


class Wrong(StrEnum):
    """What happened to a change after it was made."""

    ALTERED = "altered"
    REMOVED = "removed"
    INSERTED = "inserted"
    ERASED = "erased"
    """Without any record that it was to be."""
    UNTOLD = "untold"
    """An erasure, of which the journal says nothing, or something else."""


@dataclass(frozen=True)
class Finding:
    """The first change that is not as it was sealed; of a removed one, that it was after one.

    Of an erasure that is `Wrong.UNTOLD` the number is its own.
    """

    wrong: Wrong
    change_id: int
    at: datetime | None = None
    after: bool = False

    def __str__(self) -> str:
        when = f" of {self.at:%Y-%m-%d %H:%M} UTC" if self.at else ""
        said = {
            Wrong.ALTERED: "was altered, or something before it removed",
            Wrong.REMOVED: "was removed",
            Wrong.INSERTED: "was inserted, in whole or in part",
            Wrong.ERASED: "lost something that was never asked to be erased",
            Wrong.UNTOLD: "is not what the journal tells of it",
        }[self.wrong]
        if self.wrong is Wrong.UNTOLD:
            return f"erasure {self.change_id}{when} {said}"
        which = "what came after change" if self.after else "change"
        return f"{which} {self.change_id}{when} {said}"


@dataclass(frozen=True)
class Verified:
    """How many changes are sealed, how many newer ones are not yet, and what is wrong first."""

    sealed: int
    newer: int
    head: str
    wrong: Finding | None


@dataclass(frozen=True)
class _Link:
    seal: Seal
    change: Change | None


@dataclass
class _Told:
    """Which entries are empty, by their numbers; which the journal says were emptied; by what."""

    empty: dict[int, Finding] = field(default_factory=dict)
    emptied: set[int] = field(default_factory=set)
    erasures: dict[int, dict[str, Any]] = field(default_factory=dict)

    def add(self, entry: Any) -> None:
        """What an entry tells of an erasure."""
        told = dict(entry.after or {})
        self.emptied |= {*told.pop("emptied", ())}
        if told:
            self.erasures[entry.key] = told


async def verify(session: AsyncSession) -> Verified:
    """Walk along the whole chain, a page at a time."""
    place, previous, highest, wrong = 0, GENESIS, 0, None
    told = _Told()
    async for page in _pages(session):
        judged = await _judge(session, [each.change for each in page if each.change], told)
        for each in page:
            body, found = judged.get(each.seal.change_id, (b"", None))
            wrong = wrong or _order(each, place, highest) or found
            wrong = wrong or await _inserted(session, each, highest)
            place, previous = each.seal.id, link(previous, body)
            if previous.hex() != each.seal.hash:
                wrong = wrong or _finding(Wrong.ALTERED, each)
                previous = bytes.fromhex(each.seal.hash)
            highest = max(highest, each.seal.change_id)
    newer, late = await _unsealed(session, highest)
    wrong = wrong or late or await _untold(session, told, place)
    return Verified(place, newer, previous.hex() if place else "", wrong)


async def find_head(session: AsyncSession, head: str) -> Seal | None:
    """The link of a hash, if it is in the chain."""
    return (await session.scalars(select(Seal).where(Seal.hash == head))).first()


def _finding(wrong: Wrong, each: _Link) -> Finding:
    return Finding(wrong, each.seal.change_id, each.change.at if each.change else None)


def _order(each: _Link, place: int, highest: int) -> Finding | None:
    if each.seal.id != place + 1:
        return Finding(Wrong.REMOVED, highest, after=True)
    return _finding(Wrong.REMOVED, each) if each.change is None else None


async def _pages(session: AsyncSession) -> AsyncIterator[Sequence[_Link]]:
    last = 0
    while True:
        query = (
            select(Seal, Change)
            .outerjoin(Change, Change.id == Seal.change_id)
            .where(Seal.id > last)
            .order_by(Seal.id)
            .limit(PAGE)
        )
        page = [_Link(*row) for row in await session.execute(query)]
        if not page:
            return
        yield page
        last = page[-1].seal.id
        session.expunge_all()


async def _judge(
    session: AsyncSession, changes: Sequence[Change], told: _Told
) -> dict[int, tuple[bytes, Finding | None]]:
    """Each change's part of its link as it is now, and what is wrong with its entries."""
    hashes = {each.id: begun(each) for each in changes}
    at = {each.id: each.at for each in changes}
    found: dict[int, Finding] = {}
    async for rows in _entries(session, sorted(hashes)):
        for row in rows:
            wrong = _wrong(row)
            if wrong is Wrong.ERASED:
                told.empty[row.id] = Finding(wrong, row.change_id, at[row.change_id])
            elif wrong:
                found.setdefault(row.change_id, Finding(wrong, row.change_id, at[row.change_id]))
            elif row.noun == ERASURES:
                told.add(row)
            hashes[row.change_id].update(bytes.fromhex(row.digest or ""))
    return {key: (hashed.digest(), found.get(key)) for key, hashed in hashes.items()}


async def _entries(session: AsyncSession, change_ids: Sequence[int]) -> AsyncIterator[Any]:
    columns, after = ENTRIES.c, (0, 0)
    while True:
        query = (
            select(ENTRIES)
            .where(
                columns.change_id.in_(change_ids),
                (columns.change_id > after[0])
                | ((columns.change_id == after[0]) & (columns.id > after[1])),
            )
            .order_by(columns.change_id, columns.id)
            .limit(SLICE)
        )
        rows = (await session.execute(query)).all()
        if rows:
            yield rows
            after = (rows[-1].change_id, rows[-1].id)
        if len(rows) < SLICE:
            return


def _wrong(row: Any) -> Wrong | None:
    """What is wrong with an entry; whether one without content was to be erased is told later."""
    if row.digest is None:
        return Wrong.INSERTED
    if row.salt is None:
        return Wrong.ERASED if row.before is None and row.after is None else Wrong.ALTERED
    as_it_is = digest_of(row.noun, row.key, row.before, row.after, row.salt)
    return None if as_it_is == row.digest else Wrong.ALTERED


async def _untold(session: AsyncSession, told: _Told, place: int) -> Finding | None:
    """Whether just those entries are empty of which the journal says so.

    What was erased a moment ago is told by a change that is still to be sealed: after ``place``.
    """
    newer = select(ENTRIES).outerjoin(Seal, Seal.change_id == ENTRIES.c.change_id)
    later = (ENTRIES.c.noun == ERASURES) & (Seal.id.is_(None) | (Seal.id > place))
    for row in await session.execute(newer.where(later).order_by(ENTRIES.c.id)):
        told.add(row)
    unasked = (each for number, each in told.empty.items() if number not in told.emptied)
    return next(unasked, None) or await _refilled(session, told) or await _erasures(session, told)


async def _refilled(session: AsyncSession, told: _Told) -> Finding | None:
    """The first entry that has something again after it was erased."""
    rest = sorted(told.emptied.difference(told.empty))
    for first in range(0, len(rest), SLICE):
        query = (
            select(Change.id, Change.at)
            .join(Entry, Entry.change_id == Change.id)
            .where(Entry.id.in_(rest[first : first + SLICE]), Entry.salt.is_not(None))
            .order_by(Entry.id)
        )
        if row := (await session.execute(query.limit(1))).first():
            return Finding(Wrong.ALTERED, row.id, row.at)
    return None


async def _erasures(session: AsyncSession, told: _Told) -> Finding | None:
    """The first erasure that is not as the journal tells of it, or not in both."""
    rows = {row.id: row for row in await session.scalars(select(Erasure))}
    for number in sorted({*rows, *told.erasures}):
        row = rows.get(number)
        if row is None or summary(row) != told.erasures.get(number):
            return Finding(Wrong.UNTOLD, number, row.at if row else None)
    return None


async def _inserted(session: AsyncSession, each: _Link, highest: int) -> Finding | None:
    """Whether a change stands before one that had been sealed long after its own time."""
    if each.change is None or each.change.id > highest:
        return None
    earlier = Seal.id < each.seal.id
    return await _came_late(session, each.change, earlier)


async def _came_late(session: AsyncSession, change: Change, *which: Any) -> Finding | None:
    query = select(func.min(Seal.at)).where(Seal.change_id > change.id, *which)
    sealed = await session.scalar(query)
    if sealed is None or change.at >= sealed - GRACE:
        return None
    return Finding(Wrong.INSERTED, change.id, change.at)


async def _unsealed(session: AsyncSession, highest: int) -> tuple[int, Finding | None]:
    """How many changes have no link, and the first of them that should have one."""
    bare = ~exists().where(Seal.change_id == Change.id)
    count = await session.scalar(select(func.count(Change.id)).where(bare)) or 0
    query = select(Change).where(bare, Change.id < highest).order_by(Change.id).limit(PAGE)
    for change in await session.scalars(query):
        if found := await _came_late(session, change):
            return count, found
    return count, None
