"""Accounts: finding one by what people call it, opening one, and what is known of one."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services import names, phones
from services.access import scope_of
from services.contacts import same
from services.errors import GoneAccount
from services.mentions import Mention, candidates, mentions
from services.names import Match
from storage.accounts import Sighting
from storage.models import (
    Account,
    AccountKey,
    Contact,
    Deal,
    Lifecycle,
    Person,
    Reminder,
    Tier,
    Visit,
)
from storage.scope import Scope
from storage.work import Work

LAST_VISITS = 5
REMINDERS = 5
KEYS = 400
"""How many names that have a text in them are compared; one letter is in nearly all."""


async def find(work: Work, person: Person, name: str, *, strict: bool = False) -> Match:
    """Which accounts a person may mean: written so, or by sound, or nearly so."""
    scope = await scope_of(work, person)
    match = names.exact(name, await work.accounts.by_keys([names.fold(name)], scope))
    if match.accounts:
        return match
    found = await nearest(work, person, [name], strict=strict)
    return found[1] if found else Match((), certain=False)


async def nearest(
    work: Work, person: Person, heads: Sequence[str], *, strict: bool = False
) -> tuple[int, Match] | None:
    """The first of several names that is nearly an account's, and its place among them."""
    known = await work.accounts.all_keys(await scope_of(work, person))
    return await asyncio.to_thread(_nearest, heads, known, strict=strict)


def _nearest(
    heads: Sequence[str], known: Sequence[Sighting], *, strict: bool
) -> tuple[int, Match] | None:
    for index, head in enumerate(heads):
        match = names.alike(head, known, strict=strict)
        if match.accounts:
            return index, match
    return None


async def longest(work: Work, person: Person, heads: Sequence[str]) -> tuple[int, Match] | None:
    """The first of several names that is one account's exactly, and its place among them."""
    scope = await scope_of(work, person)
    sightings = await work.accounts.by_keys([names.fold(head) for head in heads], scope)
    for index, head in enumerate(heads):
        match = names.exact(head, sightings)
        if match.accounts:
            return index, match
    return None


async def mentioned(work: Work, person: Person, text: str) -> list[Mention]:
    """The accounts that a text names, and where, found by one look-up of all it may name."""
    runs = candidates(text)
    if not runs:
        return []
    scope = await scope_of(work, person)
    return mentions(text, await work.accounts.by_keys(list(runs), scope))


async def likely(work: Work, person: Person, limit: int) -> list[Account]:
    """The accounts that a person most likely means: their own, then those of their people."""
    return await work.accounts.recent(person, await scope_of(work, person), limit)


@dataclass(frozen=True)
class Search:
    """What was found as somebody types; ``known`` when one of them is called just so."""

    accounts: Sequence[Sighting]
    known: bool = False


async def search(work: Work, person: Person, text: str, limit: int) -> Search:
    """The accounts that a person may open and may mean by what they have typed so far.

    As long as that is nothing, those that they most likely mean.
    """
    text = text.strip()[: names.LONGEST_NAME]
    folded = names.fold(text)
    if not folded:
        return Search(await _likeliest(work, person, limit))
    scope = await scope_of(work, person)
    found = await work.accounts.containing(folded, scope, KEYS)
    if not any(each.open and (each.key.startswith(folded) or not each.sound) for each in found):
        words = [*filter(None, map(names.fold, text.split()))]
        found += await work.accounts.resembling(folded[0], words, scope)
    seen = [each for each in found if each.open]
    ranked = await asyncio.to_thread(names.ranked, text, seen, limit)
    return Search(ranked, any(each.key == folded and not each.sound for each in seen))


async def _likeliest(work: Work, person: Person, limit: int) -> list[Sighting]:
    """One's own and one's people's accounts, the most recent first, as they are seen."""
    found = await likely(work, person, limit)
    owners = await work.accounts.owners([each.id for each in found])
    return [
        Sighting(
            id=each.id,
            name=each.name,
            owner=owners[each.id],
            key=names.fold(each.name),
            sound=False,
            mine=each.owner_id == person.id,
            open=True,
        )
        for each in found
    ]


async def get(work: Work, person: Person, account_id: int) -> Account:
    """An account that the person may work with."""
    account = await work.accounts.get(account_id, await scope_of(work, person))
    if account is None:
        raise GoneAccount
    return account


async def create(
    work: Work,
    person: Person,
    name: str,
    aliases: Sequence[str] = (),
    *,
    city: str = "",
    tier: Tier = Tier.C,
    phone: str = "",
    tax_number: str = "",
    code: str = "",
) -> Account:
    """Open an account that the person owns; ``tax_number`` is folded already."""
    person = await work.people.settled(person.id)  # where they are, not where they were
    account = Account(
        name=name.strip()[: names.LONGEST_NAME],
        owner_id=person.id,
        unit_id=person.unit_id,
        tier=tier,
        lifecycle=Lifecycle.NEW,
        city=city.strip()[: names.LONGEST_NAME],
        phone=phone,
        phone_digits=phones.digits(phone),
        tax_number=tax_number,
        code=code.strip()[: names.LONGEST_NAME],
    )
    await work.accounts.add(account)
    await work.accounts.add_all(
        AccountKey(account_id=account.id, key=key, sound=sound)
        for key, sound in names.keys(account.name, aliases).items()
    )
    return account


@dataclass(frozen=True)
class Card:
    """Who an account is, what happened last, and what is open."""

    account: Account
    owner: str
    contacts: Sequence[Contact]
    visits: Sequence[Visit]
    attachments: dict[int, int]
    deals: Sequence[Deal]
    reminders: Sequence[Reminder]
    planned: set[int]
    """The visits whose next step has a reminder."""
    met: Mapping[int, Sequence[str]]
    """Whom else each visit met."""
    earlier: Sequence[str] = ()
    """Whose visits of before it was the reader's own are kept from them, by name."""

    @property
    def next_steps(self) -> list[Visit]:
        """The newest next step among the last visits; a later visit without one leaves it open.

        One with a reminder is listed as that, and done when it is.
        """
        steps = [visit for visit in self.visits if visit.next_step][:1]
        return [visit for visit in steps if visit.id not in self.planned]


async def card(work: Work, person: Person, account: Account) -> Card:
    """All that is shown of an account, as far as the person may see it."""
    scope: Scope = await scope_of(work, person)
    visits = await work.visits.of_account(account.id, scope, LAST_VISITS)
    numbers = [visit.id for visit in visits]
    met: dict[int, list[str]] = {}
    for each in await work.visits.attendees(numbers):
        met.setdefault(each.visit_id, []).append(each.contact.name)
    return Card(
        account=account,
        owner=await work.accounts.owner(account.id) or "",
        contacts=await work.accounts.contacts(account.id, scope),
        visits=visits,
        attachments=await work.visits.attachments(numbers),
        deals=await work.deals.open_of(account.id, scope),
        reminders=await work.reminders.of_account(account.id, scope, REMINDERS),
        planned=await work.reminders.planned(numbers),
        met=met,
        earlier=await work.visits.others(account.id, scope),
    )


async def contacts(work: Work, person: Person, account_id: int) -> Sequence[Contact]:
    """The people at an account, as far as the person may see them, the newest last."""
    return await work.accounts.contacts(account_id, await scope_of(work, person))


async def add_contact(
    work: Work, account: Account, name: str, *, phone: str = "", title: str = ""
) -> Contact:
    """A new person at an account, or the one of that name with what is new about them."""
    scope = Scope(account.owner_id)  # who adds it was given the account, which is its owner's
    known = same(await work.accounts.contacts(account.id, scope), name)
    if known:
        known.phone, known.title = phone or known.phone, title or known.title
        known.phone_digits = phones.digits(known.phone)
        await work.accounts.flush()
        return known
    contact = Contact(
        account_id=account.id,
        name=name.strip(),
        phone=phone,
        phone_digits=phones.digits(phone),
        title=title,
    )
    await work.accounts.add(contact)
    return contact
