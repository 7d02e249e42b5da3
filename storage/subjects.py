"""Who may be erased, and what is known of them."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from storage.models import (
    Account,
    Attendee,
    Contact,
    Deal,
    Erasure,
    Person,
    Role,
    Unit,
    Visit,
)
from storage.repository import Repository
from storage.scope import Scope
from storage.spelling import spelled


@dataclass(frozen=True)
class Found:
    """Who may be meant by a name; ``beside`` tells namesakes apart."""

    id: int
    name: str
    beside: str
    active: bool = True


class Subjects(Repository):
    async def contacts_called(self, name: str, scope: Scope, limit: int) -> list[Found]:
        """The contacts in scope whose name has a text in it, those called just so first."""
        query = (
            select(Contact.id, Contact.name, Account.name)
            .join(Account, Contact.account_id == Account.id)
            .where(
                scope.where(Account.owner_id, Account.unit_id),
                Contact.name.regexp_match(spelled(name)),
            )
            .order_by(~Contact.name.regexp_match(_just(name)), Contact.name, Contact.id)
            .limit(limit)
        )
        return [Found(*row) for row in await self._session.execute(query)]

    async def people_called(self, name: str, limit: int) -> list[Found]:
        """The people whose name has a text in it, also those who left, but none who was erased."""
        erased = select(Erasure.key).where(Erasure.noun == Person.__tablename__)
        query = (
            select(Person.id, Person.name, Unit.name, Person.active)
            .join(Unit, Person.unit_id == Unit.id)
            .where(Person.name.regexp_match(spelled(name)), Person.id.not_in(erased))
            .order_by(~Person.name.regexp_match(_just(name)), Person.name, Person.id)
            .limit(limit)
        )
        return [Found(*row) for row in await self._session.execute(query)]

    async def person(self, person_id: int, *, lock: bool = False) -> Person | None:
        """A person by id, with their unit, locked when they are about to be erased."""
        query = select(Person).where(Person.id == person_id).options(joinedload(Person.unit))
        if lock:
            query = query.with_for_update(of=Person).execution_options(populate_existing=True)
        return (await self._session.scalars(query)).one_or_none()

    async def met(self, contact_id: int) -> int:
        """At how many visits somebody met a contact."""
        others = select(Attendee.visit_id).where(Attendee.contact_id == contact_id)
        query = (
            select(func.count())
            .select_from(Visit)
            .where(or_(Visit.contact_id == contact_id, Visit.id.in_(others)))
        )
        return await self._session.scalar(query) or 0

    async def logged(self, person_id: int) -> int:
        """How many visits somebody logged."""
        query = select(func.count()).select_from(Visit).where(Visit.rep_id == person_id)
        return await self._session.scalar(query) or 0

    async def contact(self, contact_id: int, scope: Scope) -> tuple[Contact, Account] | None:
        """A contact in scope, locked, with the account where it is."""
        query = (
            select(Contact, Account)
            .join(Account, Contact.account_id == Account.id)
            .where(Contact.id == contact_id, scope.where(Account.owner_id, Account.unit_id))
            .with_for_update(of=Contact)
        )
        found = (await self._session.execute(query)).one_or_none()
        return (found[0], found[1]) if found else None

    async def erased(self, noun: str, key: int) -> Erasure | None:
        """That it was erased already, if it was."""
        query = select(Erasure).where(Erasure.noun == noun, Erasure.key == key).limit(1)
        return (await self._session.scalars(query)).one_or_none()

    async def other_names(self, contact_id: int | None, person_id: int | None) -> list[str]:
        """What everybody else is called, at customers and in the company."""
        contacts = select(Contact.name).where(Contact.id != (contact_id or 0))
        people = select(Person.name).where(Person.id != (person_id or 0))
        return [*await self._session.scalars(contacts), *await self._session.scalars(people)]

    async def has_number(self, digits: str, contact_id: int) -> bool:
        """Whether a phone number is an account's as well, or another contact's."""
        accounts = select(Account.id).where(Account.phone_digits == digits)
        contacts = select(Contact.id).where(
            Contact.phone_digits == digits, Contact.id != contact_id
        )
        for query in (accounts, contacts):
            if await self._session.scalar(query.limit(1)) is not None:
                return True
        return False

    async def owned(self, person_id: int) -> list[tuple[int, str]]:
        """The accounts that somebody owns, or has an open deal at, by name."""
        deals = select(Deal.account_id).where(Deal.owner_id == person_id, Deal.closed_at.is_(None))
        query = (
            select(Account.id, Account.name)
            .where(or_(Account.owner_id == person_id, Account.id.in_(deals)))
            .order_by(Account.name)
        )
        return [(row[0], row[1]) for row in await self._session.execute(query)]

    async def headquarters(self, *, lock: bool = False) -> list[Person]:
        """The active people of HQ, locked in one order where one of them may be erased."""
        query = select(Person).where(Person.role == Role.HQ, Person.active).order_by(Person.id)
        if lock:
            query = query.with_for_update().execution_options(populate_existing=True)
        return list(await self._session.scalars(query))


def _just(name: str) -> str:
    """Names that are just this one, in whatever case."""
    return f"^(?:{spelled(name)})$"
