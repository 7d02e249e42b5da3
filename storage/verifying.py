"""Whether the journal is as it was sealed, and if not, where it first isn't."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Change, Entry, Erasure, Seal
from storage.seals import GENESIS, begun, digest_of, link
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


@dataclass(frozen=True)
class Finding:
    """The first change that is not as it was sealed; of a removed one, that it was after one."""

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
        }[self.wrong]
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
class _Emptied:
    """Entries without content that no erasure is about: how many, and the first."""

    count: int = 0
    first: Finding | None = None

    def add(self, found: Finding) -> None:
        self.count += 1
        self.first = self.first or found


async def verify(session: AsyncSession) -> Verified:
    """Walk along the whole chain, a page at a time."""
    place, previous, highest, wrong = 0, GENESIS, 0, None
    emptied = _Emptied()
    async for page in _pages(session):
        judged = await _judge(session, [each.change for each in page if each.change], emptied)
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
    wrong = wrong or late or await _unasked(session, emptied)
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
    session: AsyncSession, changes: Sequence[Change], emptied: _Emptied
) -> dict[int, tuple[bytes, Finding | None]]:
    """Each change's part of its link as it is now, and what is wrong with its entries."""
    hashes = {each.id: begun(each) for each in changes}
    at = {each.id: each.at for each in changes}
    found: dict[int, Finding] = {}
    async for rows in _entries(session, sorted(hashes)):
        forgotten = await _forgotten(session, [row for row in rows if _is_erased(row)])
        for row in rows:
            if wrong := _wrong(row, forgotten):
                finding = Finding(wrong, row.change_id, at[row.change_id])
                if wrong is Wrong.ERASED:
                    emptied.add(finding)
                else:
                    found.setdefault(row.change_id, finding)
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


def _is_erased(row: Any) -> bool:
    return row.digest is not None and row.salt is None


async def _forgotten(session: AsyncSession, rows: Sequence[Any]) -> set[tuple[str, int]]:
    """What of this was to be erased, as the erasures say."""
    if not rows:
        return set()
    query = select(Erasure.noun, Erasure.key).where(Erasure.key.in_({row.key for row in rows}))
    return {(noun, key) for noun, key in await session.execute(query)}


async def _unasked(session: AsyncSession, emptied: _Emptied) -> Finding | None:
    """The first entry without content, where there are more of them than erasures emptied.

    Somebody who is erased is taken out of entries about others, too; an erasure says of how many.
    """
    told = 0
    if emptied.first:
        for counts in await session.scalars(select(Erasure.counts)):
            told += int(counts.get("entries", 0))
    return emptied.first if emptied.count > told else None


def _wrong(row: Any, forgotten: set[tuple[str, int]]) -> Wrong | None:
    if row.digest is None:
        return Wrong.INSERTED
    if _is_erased(row):
        if row.before is not None or row.after is not None:
            return Wrong.ALTERED
        return None if (row.noun, row.key) in forgotten else Wrong.ERASED
    as_it_is = digest_of(row.noun, row.key, row.before, row.after, row.salt)
    return None if as_it_is == row.digest else Wrong.ALTERED


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
