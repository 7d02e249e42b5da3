"""The journal, read back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Exists, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.journal import MODELS
from storage.models import Base, Change, Entry
from storage.repository import Repository

Undo = aliased(Change)
Target = aliased(Change)
OF_ROWS = Entry.noun.in_(MODELS)
"""Entries that can be taken back: not those that tell of an erasure."""
AT_ONCE = 500
"""How many rows are locked by one statement."""


class History(Repository):
    def __init__(self, session: AsyncSession) -> None:
        super().__init__(session)
        self._locked: dict[tuple[str, int], Base] = {}

    async def last(self, author_id: int, since: datetime) -> Change | None:
        """A person's newest change since then that is not undone, nor an undo itself.

        What was brought back counts from then: a redo is an undo, and is what an undo takes back.
        """
        query = (
            select(Change)
            .where(
                Change.author_id == author_id,
                Change.at >= since,
                or_(Change.undoes_id.is_(None), _brought_back()),
                ~exists().where(Undo.undoes_id == Change.id),
                exists().where(Entry.change_id == Change.id, OF_ROWS),  # not only noted
            )
            .order_by(Change.id.desc())
            .limit(1)
        )
        return (await self._session.scalars(query)).one_or_none()

    async def get(self, change_id: int) -> Change | None:
        """A change, locked: it can be undone once."""
        query = select(Change).where(Change.id == change_id).with_for_update()
        return (await self._session.scalars(query)).one_or_none()

    async def origin(self, change: Change) -> Change:
        """What was done first, of what was undone and brought back since."""
        while change.undoes_id is not None:
            change = await self._session.get_one(Change, change.undoes_id)
        return change

    async def undone_at(self, change_id: int) -> datetime | None:
        """When a change was taken back, if it was."""
        return await self._session.scalar(select(Change.at).where(Change.undoes_id == change_id))

    async def entries(self, change_id: int) -> list[Entry]:
        """The rows of a change, in the order in which they were made."""
        query = select(Entry).where(Entry.change_id == change_id, OF_ROWS).order_by(Entry.id)
        return list(await self._session.scalars(query))

    async def lock(self, entries: Sequence[Entry]) -> None:
        """Lock the rows of a change that exist, hundreds at a time rather than one by one."""
        by_noun: dict[str, list[int]] = {}
        for each in entries:
            by_noun.setdefault(each.noun, []).append(each.key)
        for noun, keys in sorted(by_noun.items()):
            model: Any = MODELS[noun]
            for first in range(0, len(keys), AT_ONCE):
                some = sorted(keys[first : first + AT_ONCE])
                query = select(model).where(model.id.in_(some)).order_by(model.id)
                found = await self._session.scalars(
                    query.with_for_update().execution_options(populate_existing=True)
                )
                self._locked |= {(noun, row.id): row for row in found}

    async def row(self, entry: Entry) -> Base | None:
        """The row that an entry is about, locked, if it still exists."""
        known = self._locked.get((entry.noun, entry.key))
        if known is not None and known in self._session:
            return known
        return await self._session.get(MODELS[entry.noun], entry.key, with_for_update=True)

    async def remove(self, row: Base) -> None:
        await self._session.delete(row)
        await self._session.flush()


def _brought_back() -> Exists:
    """A redo: what it undoes is itself an undo."""
    return exists().where(Target.id == Change.undoes_id, Target.undoes_id.is_not(None))
