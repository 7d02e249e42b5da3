"""How the company is arranged beside its tree: groups, leaves, and who may still see what."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.kinds import ClaimState
from storage.models.base import Base, Journaled
from storage.models.people import Person


class Group(Journaled, Base):
    """People from anywhere in the tree: a product line, a kind of customer, key accounts.

    It says whom something is for, and lets nobody see anything.
    """

    __tablename__ = "groups"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    name: Mapped[str] = mapped_column(unique=True)


class Membership(Journaled, Base):
    """Somebody is in a group."""

    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("group_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)


class Leave(Journaled, Base):
    """Somebody is away, from a day to a day, both of them included, in their own zone.

    Meanwhile the deputy, if there is one, sees what they see.
    """

    __tablename__ = "leaves"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    starts_on: Mapped[date]
    ends_on: Mapped[date] = mapped_column(index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    person: Mapped[Person] = relationship(
        lazy="raise", init=False, viewonly=True, foreign_keys=[person_id]
    )
    deputy_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id"), default=None, index=True
    )
    deputy: Mapped[Person | None] = relationship(
        lazy="raise", init=False, viewonly=True, foreign_keys=[deputy_id]
    )


class Claim(Journaled, Base):
    """A rep says that another's account is theirs; a manager of both decides.

    ``owner_id`` is whose it was when it was claimed.
    """

    __tablename__ = "claims"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    claimant_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str]
    created_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default=ClaimState.OPEN)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), default=None)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)


class Standing(Base):
    """How often what somebody may see has become less; without a row, never."""

    __tablename__ = "standings"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    number: Mapped[int]
