"""The journal: who changed what, when, before and after."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, BigId


class Change(Base):
    """All that one person did in one transaction: what an undo takes back."""

    __tablename__ = "changes"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    at: Mapped[datetime]
    author_id: Mapped[int | None] = mapped_column(index=True)
    command: Mapped[str]
    update_id: Mapped[int | None] = mapped_column(BigId, default=None)
    undoes_id: Mapped[int | None] = mapped_column(
        ForeignKey("changes.id"), default=None, unique=True
    )


class Entry(Base):
    """One row of one table, before and after; ``None`` where it did not exist."""

    __tablename__ = "entries"
    __table_args__ = (Index("ix_entries_noun_key", "noun", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    change_id: Mapped[int] = mapped_column(ForeignKey("changes.id"), index=True)
    noun: Mapped[str]
    key: Mapped[int]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON)
