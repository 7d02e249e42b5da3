"""What the runtime keeps: updates, messages owed, buttons, drafts and the clock's marks."""

from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    ForeignKey,
    Index,
    SmallInteger,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, BigId


class UpdateState(StrEnum):
    NEW = "new"
    DONE = "done"
    QUARANTINED = "quarantined"


class Update(Base):
    """The inbox: one update as the platform sent it, committed before it is confirmed.

    Until ``held_until``, by the database's clock in milliseconds, somebody fetches what its answer
    needs from outside; what came of that is in ``fetched``, by name, None where nothing did.
    """

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("platform", "bot", "external_id", name="uq_inbox_update"),
        Index(
            "ix_inbox_new",
            "chat",
            "id",
            postgresql_where=text("state = 'new'"),
            sqlite_where=text("state = 'new'"),
        ),
        Index(
            "ix_inbox_next",
            "id",
            postgresql_where=text("state = 'new'"),
            sqlite_where=text("state = 'new'"),
        ),
        Index("ix_inbox_received_at", "received_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, init=False)
    platform: Mapped[str]
    bot: Mapped[str]
    external_id: Mapped[str]
    chat: Mapped[str]
    payload: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default=UpdateState.NEW)
    error: Mapped[str | None] = mapped_column(default=None)
    held_until: Mapped[int | None] = mapped_column(BigInteger, default=None)
    fetched: Mapped[dict[str, str | None] | None] = mapped_column(JSON, default=None)


class Cursor(Base):
    """How far a poller has read; it never goes back."""

    __tablename__ = "cursors"

    name: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger)
    moved_at: Mapped[datetime]


class Priority(IntEnum):
    """Which messages leave first, and the class of message a policy is set for."""

    REPLY = 0
    REMINDER = 1
    DIGEST = 2
    ANNOUNCEMENT = 3


class DeliveryState(StrEnum):
    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    FAILED = "failed"


DUE = text("state IN ('pending', 'sending')")


class Delivery(Base):
    """One message owed to one chat.

    ``ready_at`` is the database's clock in milliseconds: when it may be tried, or while it is
    being sent, when its lease ends. ``fence`` counts the claims; only the newest may record.

    ``standing`` is what `Standing` its reader had when it was made, and ``lapses_at`` when that
    ends by itself, by the database's clock: what was theirs to see then may not be any more.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        Index(
            "ix_deliveries_due",
            "lane",
            "priority",
            "ready_at",
            postgresql_where=DUE,
            sqlite_where=DUE,
        ),
        Index(
            "ix_deliveries_chat", "chat", "priority", "id", postgresql_where=DUE, sqlite_where=DUE
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, init=False)
    dedup: Mapped[str] = mapped_column(unique=True)
    lane: Mapped[str]
    chat: Mapped[str]
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    ready_at: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), default=None)
    update_id: Mapped[int | None] = mapped_column(BigId, default=None)
    priority: Mapped[int] = mapped_column(SmallInteger, default=Priority.REPLY)
    repeatable: Mapped[bool] = mapped_column(default=True)
    state: Mapped[str] = mapped_column(default=DeliveryState.PENDING)
    attempts: Mapped[int] = mapped_column(default=0)
    fence: Mapped[int] = mapped_column(default=0)
    standing: Mapped[int | None] = mapped_column(default=None)
    lapses_at: Mapped[int | None] = mapped_column(BigInteger, default=None)
    message_ref: Mapped[str | None] = mapped_column(default=None)
    error: Mapped[str | None] = mapped_column(default=None)


class Lane(Base):
    """One rate-limited way out: a bot.

    ``tat`` is the generic cell rate algorithm's theoretical arrival time, in milliseconds of the
    database's clock.
    """

    __tablename__ = "lanes"

    key: Mapped[str] = mapped_column(primary_key=True)
    tat: Mapped[int] = mapped_column(BigInteger, default=0)


class Gate(Base):
    """One chat's own limit within its lane; ``tat`` as on a lane."""

    __tablename__ = "gates"

    key: Mapped[str] = mapped_column(primary_key=True)
    tat: Mapped[int] = mapped_column(BigInteger, default=0)


class StoredCall(Base):
    """What a button does when pressed; the platform only ever sees ``token``.

    ``review`` names what several cards, one after the other, ask to be saved: once.
    """

    __tablename__ = "calls"

    token: Mapped[str] = mapped_column(primary_key=True)
    card: Mapped[str] = mapped_column(index=True)
    command: Mapped[str]
    answers: Mapped[dict[str, str]] = mapped_column(JSON)
    label: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    single_use: Mapped[bool]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None] = mapped_column(default=None)
    review: Mapped[str] = mapped_column(default="", index=True)


class Draft(Base):
    """A form half filled in; ``step`` grows with every answer, which makes old buttons stale."""

    __tablename__ = "drafts"
    __table_args__ = (UniqueConstraint("person_id", "chat"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    chat: Mapped[str]
    command: Mapped[str]
    answers: Mapped[dict[str, str]] = mapped_column(JSON)
    asking: Mapped[str]
    guided: Mapped[bool]
    step: Mapped[int]
    updated_at: Mapped[datetime]


class Page(Base):
    """A page that a platform keeps for one person, which was opened once and is kept up to date.

    ``window`` is the platform's name for it.
    """

    __tablename__ = "pages"
    __table_args__ = (UniqueConstraint("platform", "bot", "window"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True, init=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    window: Mapped[str]
    platform: Mapped[str]
    bot: Mapped[str]
    chat: Mapped[str]


class JobRun(Base):
    """The one outcome of one period of one job."""

    __tablename__ = "job_runs"

    job: Mapped[str] = mapped_column(primary_key=True)
    period: Mapped[str] = mapped_column(primary_key=True)
    outcome: Mapped[str]
    at: Mapped[datetime]
