"""What an erasure leaves: a hash of what is gone, how much it was, and where the journal lost it.

The journal says itself which of its entries an erasure emptied, in entries that are sealed like
any other and never emptied: what is empty beside those was emptied by somebody else.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, null, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.journal import change_of, encode
from storage.models import Entry, Erasure
from storage.seals import MARK, SALT, digest_of
from storage.upsert import many, table

AT_ONCE = 500
"""How many emptied entries one entry of the journal tells of."""
ENTRIES = table(Entry)
ERASURES = Erasure.__tablename__
EMPTY_ENTRY = (
    update(ENTRIES)
    .where(ENTRIES.c.id == bindparam("row"))
    .values(before=null(), after=null(), salt=null())
)


@dataclass
class Trail:
    """How much was erased, of which table, and a hash of it; ``salt`` is never kept."""

    salt: bytes = field(repr=False)
    counts: Counter[str] = field(default_factory=Counter)
    emptied: list[int] = field(default_factory=list)
    """The numbers of the journal's entries that lost what they held."""

    def __post_init__(self) -> None:
        self._hash = hashlib.sha256(self.salt)

    def add(self, name: str, content: Sequence[Any], rows: int = 1) -> None:
        """Rows of a table are gone, or what they held."""
        if rows:
            self.counts[name] += rows
            text = json.dumps([name, *content], sort_keys=True, default=_written)
            self._hash.update(text.encode("utf-8", "surrogatepass"))

    @property
    def evidence(self) -> str:
        """SHA-256 of the salt and of all that is gone, in the order in which it went."""
        return self._hash.hexdigest()


def _written(value: Any) -> Any:
    encoded = encode(value)
    return encoded if encoded is not value else repr(value)


async def empty(session: AsyncSession, trail: Trail, rows: Collection[Any]) -> None:
    """Take the contents of entries, which are rows of their table; their digests stay.

    What is not sealed yet, because it was saved meanwhile, gets its digest first.
    """
    for row in rows:
        trail.add(ENTRIES.name, [row.noun, row.key, row.before, row.after])
        trail.emptied.append(row.id)
    if bare := [_marked(trail, row) for row in rows if row.digest is None]:
        await many(session, MARK, bare)
    if rows:
        await many(session, EMPTY_ENTRY, [{"row": row.id} for row in rows])


def _marked(trail: Trail, row: Any) -> dict[str, Any]:
    """Its salt is of the trail's, and gone with that."""
    salt = hashlib.sha256(trail.salt + str(row.id).encode()).digest()[:SALT].hex()
    digest = digest_of(row.noun, row.key, row.before, row.after, salt)
    return {"row": row.id, "new_digest": digest, "new_salt": salt}


async def record(
    session: AsyncSession,
    trail: Trail,
    noun: str,
    key: int,
    *,
    at: datetime,
    by_id: int | None = None,
) -> Erasure:
    """Keep that something was erased, and in the journal which of its entries were emptied."""
    counts = dict(trail.counts)
    row = Erasure(noun=noun, key=key, at=at, evidence=trail.evidence, counts=counts, by_id=by_id)
    session.add(row)
    await session.flush()
    change_id = await session.run_sync(change_of)
    parts = [trail.emptied[n : n + AT_ONCE] for n in range(0, len(trail.emptied), AT_ONCE)] or [[]]
    about = {"change_id": change_id, "noun": ERASURES, "key": row.id, "before": None}
    told = [{**about, "after": {"emptied": each}} for each in parts]
    told[0]["after"] = {**summary(row), "emptied": parts[0]}
    await many(session, insert(ENTRIES), told)
    return row


def summary(row: Erasure) -> dict[str, Any]:
    """An erasure as the journal tells of it."""
    return {
        "of": row.noun,
        "number": row.key,
        "erased_at": encode(row.at),
        "erased_by_id": row.by_id,
        "evidence": row.evidence,
        "counts": dict(row.counts),
    }
