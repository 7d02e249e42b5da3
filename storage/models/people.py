"""The company: units, people, their accounts on platforms, and invitations."""

from datetime import datetime, time
from enum import IntEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.models.base import Base, Journaled


class Role(IntEnum):
    """What someone may do; each role may do all that the ones below it may."""

    GUEST = 0
    REP = 1
    MANAGER = 2
    HQ = 3


class Unit(Journaled, Base):
    """A node of the org tree: company, region or team. ``path`` is ``/1/4/9/``, root first.

    A closed one takes nobody in any more; what was done in it stays counted for it.
    """

    __tablename__ = "units"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    name: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), default=None)
    path: Mapped[str] = mapped_column(default="", index=True)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)


class Person(Journaled, Base):
    """A user of the bot. ``quiet_from`` and ``quiet_to`` are wall time in their own zone.

    ``save_at_once`` is whether what was understood without any doubt is saved without asking;
    ``code`` is what the company's other systems call them.
    """

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    name: Mapped[str]
    role: Mapped[int]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    unit: Mapped[Unit] = relationship(lazy="raise", init=False, viewonly=True)
    language: Mapped[str] = mapped_column(default="en")
    zone: Mapped[str] = mapped_column(default="UTC")
    quiet_from: Mapped[time | None] = mapped_column(default=None)
    quiet_to: Mapped[time | None] = mapped_column(default=None)
    active: Mapped[bool] = mapped_column(default=True)
    save_at_once: Mapped[bool] = mapped_column(default=False)
    code: Mapped[str] = mapped_column(default="", index=True)


class Identity(Journaled, Base):
    """A person's account on one platform; ``chat`` is where they are spoken to in private."""

    __tablename__ = "identities"
    __table_args__ = (UniqueConstraint("platform", "external_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    person: Mapped[Person] = relationship(lazy="raise", init=False, viewonly=True)
    platform: Mapped[str]
    external_id: Mapped[str]
    bot: Mapped[str]
    chat: Mapped[str]
    reachable: Mapped[bool] = mapped_column(default=True)


class Invite(Journaled, Base):
    """An open door for one person; only the hash of its code is kept.

    ``person_id`` is who came in by it, or, as long as it is unused, the person known already whom
    it lets in.
    """

    __tablename__ = "invites"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    code_hash: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[int]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    expires_at: Mapped[datetime]
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), default=None)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), default=None)
    used_at: Mapped[datetime | None] = mapped_column(default=None)
