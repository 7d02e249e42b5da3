"""Sealing the journal: a chain of hashes in which nothing can be changed unnoticed.

Every entry gets a digest of what it holds and of a random salt, which goes with the content when
that is erased: the digest then proves nothing about it any more, and the chain still holds. A link
is the hash of the one before it and of a change with all its digests.

Work is done in slices, so that a change of 100,000 entries holds up nobody.
"""

import asyncio
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.engine import Database
from storage.journal import Author
from storage.models import Change, Entry, Seal
from storage.upsert import many, table

Randomness = Callable[[int], bytes]
"""So many random bytes."""

SALT = 16
SLICE = 100
"""Entries that are read or written at once: some milliseconds of work."""
LINKS = 100
"""Changes that are linked at once."""
LATE = 100_000
"""How far behind the newest sealed change one may come that was begun before it, by number."""
ALONE = f"{0x5365616C}, hashtext(current_schema())"
"""The advisory lock of who seals on PostgreSQL, so that nobody waits for a clash of keys."""
GENESIS = bytes(32)
"""What the first link follows."""

ENTRIES, SEALS = table(Entry), table(Seal)
MARK = (
    update(ENTRIES)
    .where(ENTRIES.c.id == bindparam("row"), ENTRIES.c.digest.is_(None))
    .values(digest=bindparam("new_digest"), salt=bindparam("new_salt"))
)


@dataclass(frozen=True)
class Body:
    """A change's own part of its link: the hash of all but the link before it."""

    change_id: int
    hash: bytes


def canonical(value: object) -> bytes:
    """The one way in which a value is written to be hashed."""
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def digest_of(noun: str, key: int, before: Any, after: Any, salt: str) -> str:
    """The digest of an entry; ``salt`` is 16 random bytes, written in hexadecimal."""
    content = canonical([noun, key, before, after])
    return hashlib.sha256(content + bytes.fromhex(salt)).hexdigest()


def begun(change: Change) -> Any:
    """The hash of a change, to which the digests of its entries are still to be added."""
    return hashlib.sha256(
        canonical(
            [
                change.id,
                change.at.astimezone(UTC).isoformat(),
                change.author_id,
                change.command,
                change.source,
                change.note,
                change.undoes_id,
                change.update_id,
            ]
        )
    )


def link(previous: bytes, body: bytes) -> bytes:
    """A link's hash, of the one before it and of its change."""
    return hashlib.sha256(previous + body).digest()


async def seal(
    database: Database, now: datetime, randomness: Randomness, at_most: int = 1_000_000
) -> int:
    """Seal every change there is, in short transactions; returns how many.

    Any number of processes may: what one has done, the others leave. Of what would need more than
    ``at_most`` entries to be hashed, the rest is for the next time.
    """
    sealed = hashed = 0
    while True:
        async with database.begin() as session:
            if not await _alone(session):
                return sealed
            marked = await _mark(session, randomness)
        hashed += marked
        if marked == SLICE and hashed < at_most:
            continue
        async with database.read() as session:
            bodies = await _bodies(session)
        if not bodies:
            return sealed
        async with database.begin() as session:
            if not await _alone(session):
                return sealed
            sealed += await _append(session, bodies, now)
        if hashed >= at_most:
            return sealed


async def seal_all(session: AsyncSession, now: datetime, randomness: Randomness) -> int:
    """Seal, in a transaction, every change that it sees but its own; returns how many.

    To be called before anything is erased: its digest is what stays of an entry.
    """
    await _wait(session)
    author: Author | None = session.info.get("author")
    own = author.change_id if author else None
    while await _mark(session, randomness, own) == SLICE:
        pass
    sealed = 0
    while bodies := await _bodies(session, own):
        sealed += await _append(session, bodies, now)
    return sealed


async def head(session: AsyncSession) -> Seal | None:
    """The newest link."""
    return (await session.scalars(select(Seal).order_by(Seal.id.desc()).limit(1))).one_or_none()


async def _alone(session: AsyncSession) -> bool:
    """Whether nobody else seals now; SQLite has one writer anyhow."""
    if session.get_bind().dialect.name == "sqlite":
        return True
    return bool(await session.scalar(text(f"SELECT pg_try_advisory_xact_lock({ALONE})")))


async def _wait(session: AsyncSession) -> None:
    if session.get_bind().dialect.name != "sqlite":
        await session.execute(text(f"SELECT pg_advisory_xact_lock({ALONE})"))


async def _mark(session: AsyncSession, randomness: Randomness, but: int | None = None) -> int:
    """Give the next entries that have none their salts and digests; returns how many."""
    columns = ENTRIES.c
    query = (
        select(columns.id, columns.noun, columns.key, columns.before, columns.after)
        .where(columns.digest.is_(None), columns.change_id != (but or 0))
        .order_by(columns.id)
        .limit(SLICE)
    )
    rows = []
    for row, noun, key, before, after in await session.execute(query):
        salt = randomness(SALT).hex()
        digest = digest_of(noun, key, before, after, salt)
        rows.append({"row": row, "new_digest": digest, "new_salt": salt})
    await asyncio.sleep(0)
    if rows:
        await many(session, MARK, rows)
    return len(rows)


def unsealed() -> Select[Change]:
    """The changes that have no link yet, in their order; what is older than `LATE` has one."""
    newest = select(func.max(Seal.change_id)).scalar_subquery()
    return (
        select(Change)
        .outerjoin(Seal, Seal.change_id == Change.id)
        .where(Seal.id.is_(None), Change.id > func.coalesce(newest, 0) - LATE)
        .order_by(Change.id)
    )


async def _bodies(session: AsyncSession, but: int | None = None) -> list[Body]:
    """What is to be linked next: whole changes, up to the first that has an entry without digest.

    The digests of a large change are read in slices as well.
    """
    found = []
    for change in await session.scalars(unsealed().where(Change.id != (but or 0)).limit(LINKS)):
        hashed = begun(change)
        if not await _add_digests(session, hashed, change.id):
            break
        found.append(Body(change.id, hashed.digest()))
    return found


async def _add_digests(session: AsyncSession, hashed: Any, change_id: int) -> bool:
    columns, last = ENTRIES.c, 0
    while True:
        query = (
            select(columns.id, columns.digest)
            .where(columns.change_id == change_id, columns.id > last)
            .order_by(columns.id)
            .limit(SLICE)
        )
        rows = (await session.execute(query)).all()
        if any(row.digest is None for row in rows):
            return False
        for row in rows:
            hashed.update(bytes.fromhex(row.digest))
        if len(rows) < SLICE:
            return True
        last = rows[-1].id


async def _append(session: AsyncSession, bodies: Sequence[Body], now: datetime) -> int:
    """Add links to the end of the chain; the number of each is its place in it, and its alone."""
    ids = [body.change_id for body in bodies]
    done = set(await session.scalars(select(Seal.change_id).where(Seal.change_id.in_(ids))))
    newest = await head(session)
    place, previous = (newest.id, bytes.fromhex(newest.hash)) if newest else (0, GENESIS)
    rows = []
    for body in bodies:
        if body.change_id not in done:
            place, previous = place + 1, link(previous, body.hash)
            rows.append(
                {"id": place, "change_id": body.change_id, "hash": previous.hex(), "at": now}
            )
    if rows:
        await many(session, insert(SEALS), rows)
    return len(rows)
