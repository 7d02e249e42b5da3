"""Tables being taken in, the bytes that are kept meanwhile, and how columns were meant before."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, cast, delete, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.kinds import ImportState
from storage.models import (
    Attachment,
    Blob,
    Change,
    ColumnMapping,
    Entry,
    Import,
    Person,
)
from storage.repository import Repository
from storage.upsert import delete_rows, table, upsert

MIME = "application/gzip"
OPEN = (ImportState.READ, ImportState.PLANNED)
BLOBS = table(Blob)
EXPORT = "export:"
"""What the name of a file begins with that is written for somebody and not sent yet."""
KEPT, REPORT = "import:", ":report"
"""What the names of all that is kept of an import begin with, and that of its rows ends with."""


@dataclass(frozen=True)
class Sent:
    """What somebody has sent lately: how many files, and how many bytes of tables."""

    files: int
    bytes: int


class Imports(Repository):
    """An import is its sender's own: nobody else ever sees it, whatever they may see."""

    async def get(self, import_id: int, person_id: int, *, lock: bool = False) -> Import | None:
        """One's own import, locked when it is read to be changed."""
        query = select(Import).where(Import.id == import_id, Import.person_id == person_id)
        if lock:
            query = query.with_for_update().execution_options(populate_existing=True)
        return (await self._session.scalars(query)).one_or_none()

    async def unfinished(self, person_id: int) -> list[Import]:
        """The imports that somebody has begun and neither finished nor dropped, newest first."""
        query = (
            select(Import)
            .where(Import.person_id == person_id, Import.state.in_(OPEN))
            .order_by(Import.id.desc())
        )
        return list(await self._session.scalars(query))

    async def of_rows(self, rows_ref: str) -> Import | None:
        """The import of rows that are kept under a name."""
        query = select(Import).where(Import.rows_ref == rows_ref)
        return (await self._session.scalars(query)).one_or_none()

    async def kept(self, ref: str | None) -> bytes | None:
        """Bytes that are kept under a name."""
        return await self._session.scalar(select(Blob.content).where(Blob.ref == ref))

    async def keep(self, ref: str, name: str, content: bytes, now: datetime) -> None:
        """Keep bytes under a name; what was kept there before is gone."""
        values = {
            "ref": ref,
            "name": name,
            "mime": MIME,
            "content": content,
            "created_at": now,
        }
        statement = upsert(self._session, Blob).values(**values)
        await self._session.execute(
            statement.on_conflict_do_update(index_elements=["ref"], set_=values)
        )

    async def forget(self, refs: Collection[str | None]) -> None:
        """Delete what is kept under these names."""
        await self._session.execute(delete(BLOBS).where(BLOBS.c.ref.in_([*filter(None, refs)])))

    async def meant(self, headings: str) -> dict[str, dict[str, Any]]:
        """How the columns of such a file were meant before, by noun."""
        query = select(ColumnMapping).where(ColumnMapping.headings == headings)
        return {row.noun: row.mapping for row in await self._session.scalars(query)}

    async def remember(self, noun: str, headings: str, mapping: Mapping[str, Any]) -> None:
        """How the columns of such a file are meant, for the next time."""
        values = {"noun": noun, "headings": headings, "mapping": dict(mapping)}
        statement = upsert(self._session, ColumnMapping).values(**values)
        await self._session.execute(
            statement.on_conflict_do_update(
                index_elements=["noun", "headings"], set_={"mapping": dict(mapping)}
            )
        )

    async def colleagues(self) -> list[str]:
        """The names of everybody who is here, which everybody here may know."""
        return list(await self._session.scalars(select(Person.name).where(Person.active)))

    async def sent(self, person_id: int, since: datetime) -> Sent:
        """The tables and attachments that somebody has sent since then."""
        tables = select(Import.found).where(
            Import.person_id == person_id, Import.created_at >= since
        )
        sizes = [found.get("size", 0) for found in await self._session.scalars(tables)]
        attachments = (
            select(func.count(Entry.id))
            .join(Change, Change.id == Entry.change_id)
            .where(
                Change.author_id == person_id,
                Change.at >= since,
                Entry.noun == Attachment.__tablename__,
                Change.undoes_id.is_(None),
            )
        )
        others = await self._session.scalar(attachments) or 0
        return Sent(len(sizes) + others, sum(sizes))


async def drop_before(session: AsyncSession, moment: datetime) -> int:
    """Drop the imports that were begun before then and not finished; returns how many."""
    query = select(Import).where(Import.created_at < moment, Import.state.in_(OPEN))
    dropped = list(await session.scalars(query))
    for each in dropped:
        each.state, each.mapping = ImportState.DROPPED, {}
        each.found = {"size": each.found.get("size", 0)}
    await session.flush()
    return len(dropped)


async def forget_tables_before(session: AsyncSession, moment: datetime) -> int:
    """Delete what was kept before then of tables that are over; returns how many."""
    used = exists().where(
        Import.state.in_(OPEN),
        or_(
            Import.rows_ref == Blob.ref,
            Import.plan_ref == Blob.ref,
            Blob.ref == KEPT + cast(Import.id, String) + REPORT,
        ),
    )
    return await _forget(session, moment, Blob.ref.startswith(KEPT) & ~used)


async def forget_blobs_before(session: AsyncSession, moment: datetime) -> int:
    """Delete the files from before then that no visit has; returns how many."""
    used = exists().where(Attachment.ref == Blob.ref)
    return await _forget(session, moment, ~Blob.ref.startswith(KEPT) & ~used)


async def _forget(session: AsyncSession, moment: datetime, which: ColumnElement[bool]) -> int:
    statement = delete(Blob).where(Blob.created_at < moment, which)
    return await delete_rows(session, statement.execution_options(synchronize_session=False))
