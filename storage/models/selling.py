"""What is sold to whom: accounts, contacts, visits and deals."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.kinds import Activity, Lifecycle, Tier
from storage.models.base import Base, Journaled
from storage.models.people import Person


class Account(Journaled, Base):
    """A customer, owned by one rep and counted for the unit it belongs to.

    ``code`` is what the company's other systems call it. ``tax_number`` and ``phone_digits`` are
    folded, so that one customer who is entered twice is noticed. The point is where it is.
    """

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    name: Mapped[str] = mapped_column(index=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    owner: Mapped[Person] = relationship(lazy="raise", init=False, viewonly=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    tier: Mapped[str] = mapped_column(default=Tier.C)
    lifecycle: Mapped[str] = mapped_column(default=Lifecycle.PROSPECT)
    city: Mapped[str] = mapped_column(default="")
    code: Mapped[str] = mapped_column(default="", index=True)
    phone: Mapped[str] = mapped_column(default="")
    phone_digits: Mapped[str] = mapped_column(default="", index=True)
    tax_number: Mapped[str] = mapped_column(default="", index=True)
    latitude: Mapped[float | None] = mapped_column(default=None)
    longitude: Mapped[float | None] = mapped_column(default=None)


class AccountKey(Journaled, Base):
    """One way to write an account's name: itself, an alias, its pinyin or their initials.

    ``key`` is folded (``services.names.fold``), so that a look-up is an equality.
    """

    __tablename__ = "account_keys"
    __table_args__ = (Index("ix_account_keys_key_account", "key", "account_id", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    key: Mapped[str]
    sound: Mapped[bool] = mapped_column(default=False)


class Contact(Journaled, Base):
    """A person at an account; ``phone_digits`` is their number folded, to be looked up by."""

    __tablename__ = "contacts"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    name: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    phone_digits: Mapped[str] = mapped_column(default="", index=True)


class Visit(Journaled, Base):
    """An activity with a customer. ``unit_id`` is the rep's unit when it happened.

    ``at`` is noon where only the day is known, which ``all_day`` says. ``verdict`` and
    ``distance``, in metres, are all that is kept of where a rep checked in.
    """

    __tablename__ = "visits"
    __table_args__ = (
        Index("ix_visits_account_at", "account_id", "at"),
        Index("ix_visits_rep_at", "rep_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    account: Mapped[Account] = relationship(lazy="raise", init=False, viewonly=True)
    rep_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    rep: Mapped[Person] = relationship(lazy="raise", init=False, viewonly=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(default=Activity.VISIT)
    outcome: Mapped[str | None] = mapped_column(default=None)
    contact_id: Mapped[int | None] = mapped_column(
        ForeignKey("contacts.id"), default=None, index=True
    )
    contact: Mapped[Contact | None] = relationship(lazy="raise", init=False, viewonly=True)
    note: Mapped[str] = mapped_column(default="")
    next_step: Mapped[str] = mapped_column(default="")
    all_day: Mapped[bool] = mapped_column(default=False)
    product: Mapped[str] = mapped_column(default="")
    competitor: Mapped[str] = mapped_column(default="")
    verdict: Mapped[str] = mapped_column(default="")
    distance: Mapped[int | None] = mapped_column(default=None)


class Attendee(Journaled, Base):
    """Someone else who was met at a visit, beside its contact."""

    __tablename__ = "attendees"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"), index=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id"), index=True)
    contact: Mapped[Contact] = relationship(lazy="raise", init=False, viewonly=True)


class Reminder(Journaled, Base):
    """Something to be done by a day or an hour, about a customer or not.

    ``due_at`` is noon where only the day was said, which ``all_day`` says. ``rule`` is how it
    recurs, as RFC 5545 writes it, or empty. Without ``text`` it is to get in touch again.
    """

    __tablename__ = "reminders"
    __table_args__ = (Index("ix_reminders_person_due", "person_id", "done_at", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    text: Mapped[str]
    due_at: Mapped[datetime]
    all_day: Mapped[bool] = mapped_column(default=False)
    rule: Mapped[str] = mapped_column(default="")
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("accounts.id"), default=None, index=True
    )
    account: Mapped[Account | None] = relationship(lazy="raise", init=False, viewonly=True)
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visits.id"), default=None, index=True)
    done_at: Mapped[datetime | None] = mapped_column(default=None)


class Attachment(Journaled, Base):
    """A photo or file kept with a visit.

    ``ref`` is the platform's handle; ``content`` is kept where the platform has none of its own.
    """

    __tablename__ = "attachments"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"), index=True)
    platform: Mapped[str]
    ref: Mapped[str]
    name: Mapped[str]
    mime: Mapped[str]


class Blob(Base):
    """Bytes that a platform without file storage of its own gave us (the playground)."""

    __tablename__ = "blobs"

    ref: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    mime: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]


class Deal(Journaled, Base):
    """A sale in progress; ``amount`` is in minor units of ``currency``.

    ``code`` is what the company's other systems call it.
    """

    __tablename__ = "deals"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    name: Mapped[str]
    stage: Mapped[str]
    amount: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str]
    created_at: Mapped[datetime]
    closes_on: Mapped[date | None] = mapped_column(default=None)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(default="")
    code: Mapped[str] = mapped_column(default="", index=True)
