"""Tables that people send to be taken in."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.kinds import ImportState
from storage.models.base import Base


class Import(Base):
    """A file that was sent, how its columns are meant, and what became of it.

    ``rows_ref`` is the blob with its rows as they were read, and ``plan_ref`` the one with what
    is to be done for each; both are gone when it is over.
    """

    __tablename__ = "imports"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    name: Mapped[str]
    created_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default=ImportState.READ)
    noun: Mapped[str] = mapped_column(default="")
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
    found: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
    rows_ref: Mapped[str | None] = mapped_column(default=None)
    plan_ref: Mapped[str | None] = mapped_column(default=None)
    change_id: Mapped[int | None] = mapped_column(ForeignKey("changes.id"), default=None)
    done_at: Mapped[datetime | None] = mapped_column(default=None)


class ColumnMapping(Base):
    """How the columns of one kind of file were meant the last time; ``headings`` is their hash."""

    __tablename__ = "column_mappings"
    __table_args__ = (UniqueConstraint("noun", "headings"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    noun: Mapped[str]
    headings: Mapped[str]
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON)
