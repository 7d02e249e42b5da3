"""The journal: who changed what, when, before and after."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, BigId

BARE = text("digest IS NULL")
"""Of an entry: it is not sealed yet."""


class Change(Base):
    """All that one person did in one transaction: what an undo takes back.

    ``source`` is where from: a platform, ``terminal`` or ``clock``. ``note`` is what was done that
    changed no row, such as an export.
    """

    __tablename__ = "changes"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    at: Mapped[datetime]
    author_id: Mapped[int | None] = mapped_column(index=True)
    command: Mapped[str]
    update_id: Mapped[int | None] = mapped_column(BigId, default=None)
    undoes_id: Mapped[int | None] = mapped_column(
        ForeignKey("changes.id"), default=None, unique=True
    )
    source: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")


class Entry(Base):
    """One row of one table, before and after; ``None`` where it did not exist.

    ``digest`` is the hash of all that and of ``salt``, once it is sealed. An erased entry has lost
    both sides and its salt, and keeps its digest.
    """

    __tablename__ = "entries"
    __table_args__ = (
        Index("ix_entries_noun_key", "noun", "key"),
        Index("ix_entries_bare", "id", postgresql_where=BARE, sqlite_where=BARE),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    change_id: Mapped[int] = mapped_column(ForeignKey("changes.id"), index=True)
    noun: Mapped[str]
    key: Mapped[int]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    digest: Mapped[str | None] = mapped_column(default=None)
    salt: Mapped[str | None] = mapped_column(default=None)


class Seal(Base):
    """One link of the chain that shows whether the journal was tampered with.

    ``hash`` is that of the link before it, of the change and of its entries' digests.
    """

    __tablename__ = "seals"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    change_id: Mapped[int] = mapped_column(ForeignKey("changes.id"), unique=True)
    hash: Mapped[str]
    at: Mapped[datetime]
