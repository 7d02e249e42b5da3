"""Erasing a contact or a person: who may, what stands against it, and what is left.

PIPL 47 and GDPR 17: what is kept of somebody is erased when they ask for it, or when it is not
needed any more. PIPL 51 and 55, GDPR 30: that it was done, by whom and when is recorded, and a
hash of what is gone, which tells nobody anything about it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.access import scope_of
from services.errors import (
    ErasedAlready,
    GoneContact,
    GonePerson,
    HandOverFirst,
    NotAllowed,
    NotYoursToErase,
    OwnRole,
)
from services.redaction import Traces, polite, without
from storage.erasure import Known
from storage.models import Account, Contact, Erasure, Person, Role
from storage.scope import Scope
from storage.seals import Randomness, seal_all
from storage.subjects import Found
from storage.trail import Trail, record
from storage.work import Work

CONTACTS, PEOPLE = "contacts", "people"
OFFERED = 5
LONG = 5
"""From how many characters on a platform's name for somebody is told from any other word."""
SALT = 32


@dataclass(frozen=True)
class Subject:
    """Who is to be erased; ``beside`` is a contact's account, or a person's unit."""

    noun: str
    id: int
    name: str
    beside: str = ""
    active: bool = False


@dataclass(frozen=True)
class Outlook:
    """What erasing somebody would do: how much stays without a name, and what is in its way.

    ``owned`` are the customers that have to be handed over first.
    """

    subject: Subject
    visits: int = 0
    owned: Sequence[str] = ()


@dataclass(frozen=True)
class Erased:
    """What is left: how many rows of each table were touched, and the hash of what they held."""

    erasure: Erasure
    counts: Mapping[str, int]

    @property
    def evidence(self) -> str:
        return self.erasure.evidence


async def named(work: Work, asker: Person, text: str) -> list[Subject]:
    """Who may be meant: contacts at customers of the asker's, and for HQ people as well.

    Those who are called just so, where there are any.
    """
    wanted = text.strip()
    found = [
        Subject(CONTACTS, each.id, each.name, each.beside)
        for each in await work.subjects.contacts_called(
            wanted, await scope_of(work, asker), OFFERED
        )
    ]
    if asker.role >= Role.HQ:
        found += [_colleague(each) for each in await work.subjects.people_called(wanted, OFFERED)]
    exact = [each for each in found if each.name.casefold() == wanted.casefold()]
    return exact or found


def _colleague(found: Found) -> Subject:
    return Subject(PEOPLE, found.id, found.name, found.beside, found.active)


async def subject(work: Work, asker: Person, noun: str, number: int) -> Subject:
    """Somebody whom the asker may erase, judged afresh."""
    if noun == CONTACTS:
        contact, account = await _contact(work, asker, number)
        return Subject(noun, contact.id, contact.name, account.name)
    person = await _person(work, asker, number)
    return Subject(noun, person.id, person.name, person.unit.name, person.active)


async def outlook(work: Work, who: Subject) -> Outlook:
    """What erasing them would do."""
    if who.noun == CONTACTS:
        return Outlook(who, visits=await work.subjects.met(who.id))
    owned = [name for _number, name in await work.subjects.owned(who.id)]
    return Outlook(who, visits=await work.subjects.logged(who.id), owned=owned)


async def erase(
    work: Work, asker: Person, who: Subject, *, randomness: Randomness, now: datetime
) -> Erased:
    """Erase somebody for good: there is no undo."""
    if who.noun == CONTACTS:
        await _contact(work, asker, who.id)
    else:
        await _person(work, asker, who.id, lock=True)
    return await forget(work, who.noun, who.id, randomness=randomness, now=now)


async def forget(
    work: Work, noun: str, number: int, *, randomness: Randomness, now: datetime
) -> Erased:
    """Erase somebody, whoever wants it: a person, or the clock.

    The journal is sealed before, so that what it loses is seen to be missing. The salt of the
    evidence is thrown away: who knows a name can't find out by it whether it was theirs.
    """
    trail, this = Trail(randomness(SALT)), work.author.update_id
    if noun == CONTACTS:
        contact = await _any_contact(work, number)
        known = await _known_contact(work, contact)
        await seal_all(work.session, now, randomness)
        await work.erasures.erase_contact(trail, contact, known, this=this)
    else:
        known = await _known_person(work, await _unowned(work, number))
        await seal_all(work.session, now, randomness)
        await work.erasures.erase_person(trail, number, known, marker=marker(number), this=this)
    by = work.author.person_id
    row = await record(work.session, trail, noun, number, at=now, by_id=by)
    work.session.info["erased"] = True
    return Erased(row, dict(trail.counts))


async def _any_contact(work: Work, number: int) -> Contact:
    found = await work.subjects.contact(number, Scope(0, everything=True))
    if found is None:
        raise GoneContact
    return found[0]


async def _unowned(work: Work, number: int) -> Person:
    """A person who has no customers any more."""
    person = await work.subjects.person(number, lock=True)
    if person is None:
        raise GonePerson
    owned = await work.subjects.owned(person.id)
    if owned:
        raise HandOverFirst(name=person.name, count=len(owned))
    return person


def marker(person_id: int) -> str:
    """What somebody is called who was erased: a number, which is read in every language."""
    return f"#{person_id}"


async def _contact(work: Work, asker: Person, number: int) -> tuple[Contact, Account]:
    """A contact whom the asker may erase: its account's owner, their managers, and HQ.

    Who only stands in for one of them may not: it can't be taken back.
    """
    scope = await scope_of(work, asker)
    found = await work.subjects.contact(number, scope)
    if found is None:
        raise GoneContact
    account = found[1]
    if not scope.own.covers(account.owner_id, account.unit_id):
        owner = await work.accounts.owner(account.id) or ""
        raise NotYoursToErase(account=account.name, owner=owner)
    return found


async def _person(work: Work, asker: Person, number: int, *, lock: bool = False) -> Person:
    """A person whom HQ may erase. Not oneself: so somebody at HQ is always left."""
    if asker.role < Role.HQ or not asker.active:
        raise NotAllowed(role=Role.HQ.name.lower())
    if number == asker.id:
        raise OwnRole
    before = await work.subjects.erased(PEOPLE, number)
    if before:
        raise ErasedAlready(at=before.at)
    if lock and asker.id not in {each.id for each in await work.subjects.headquarters(lock=True)}:
        raise NotAllowed(role=Role.HQ.name.lower())  # somebody of HQ was quicker
    person = await work.subjects.person(number, lock=lock)
    if person is None:
        raise GonePerson
    return person


async def _known_contact(work: Work, contact: Contact) -> Known:
    """What a contact is known by: at their account also as 王主任; elsewhere if nobody else is."""
    called = (contact.name, *polite(contact.name, contact.title))
    digits = contact.phone_digits
    shared = bool(digits) and await work.subjects.has_number(digits, contact.id)
    phones = () if shared else (contact.phone,)
    others = await work.subjects.other_names(contact.id, None)
    return Known(
        near=Traces(called, phones), anywhere=Traces(without([contact.name], others), phones).told
    )


async def _known_person(work: Work, person: Person) -> Known:
    others = await work.subjects.other_names(None, person.id)
    accounts = [each.external_id for each in await work.people.identities(person.id)]
    handles = tuple(each for each in accounts if len(each) >= LONG)
    return Known(
        near=Traces((person.name,), handles=handles),
        anywhere=Traces(without([person.name], others), handles=handles).told,
    )
