"""What is kept of what was erased, and how long the rest is kept."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Journaled


class Erasure(Base):
    """That somebody's data was erased: what is left is a hash, and how much there was."""

    __tablename__ = "erasures"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    noun: Mapped[str]
    key: Mapped[int]
    at: Mapped[datetime]
    evidence: Mapped[str]
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), default=None)


class Retention(Journaled, Base):
    """After how many days data of a kind is erased, where HQ has said so."""

    __tablename__ = "retentions"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    kind: Mapped[str] = mapped_column(unique=True)
    days: Mapped[int]
