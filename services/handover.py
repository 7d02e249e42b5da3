"""Handing accounts over: who may, what goes with them, and what the new owner has to know."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.access import scope_of
from services.deals import Money
from services.errors import (
    GoneAccount,
    HandedOnMeanwhile,
    NothingToHandOver,
    NotYoursToAssign,
    NotYoursToReceive,
    OwnsAlready,
    SamePerson,
)
from storage.models import Account, Contact, Deal, Person, Reminder, Visit
from storage.scope import Scope
from storage.work import Work

TOLD = 10
"""Of how many accounts the new owner is told what is going on there."""


@dataclass(frozen=True)
class Going:
    """What goes over; closed deals and visits stay where they were made."""

    accounts: Sequence[Account]
    deals: Sequence[Deal]
    reminders: Sequence[Reminder]

    @property
    def sums(self) -> list[Money]:
        """What the open deals are worth, in each currency, the most deals first."""
        return sums(self.deals)

    @property
    def mark(self) -> int:
        """A number that changes with what goes: whoever confirms has seen just this."""
        rows = (self.accounts, self.deals, self.reminders)
        numbers = ";".join(",".join(str(n) for n in sorted(r.id for r in each)) for each in rows)
        return zlib.crc32(numbers.encode())


@dataclass(frozen=True)
class Known:
    """What is going on at an account, for whoever takes it over."""

    account: Account
    visit: Visit | None
    deals: Sequence[Deal]
    reminders: Sequence[Reminder]
    contacts: Sequence[Contact]


@dataclass(frozen=True)
class HandedOver:
    """What went over, from whom, and what is known of the first of the accounts."""

    before: Person
    going: Going
    known: Sequence[Known]


def sums(deals: Iterable[Deal]) -> list[Money]:
    """What deals are worth together, in each currency, the most deals first."""
    found: dict[str, list[int]] = {}
    for deal in deals:
        found.setdefault(deal.currency, []).append(deal.amount)
    ordered = sorted(found.items(), key=lambda each: (-len(each[1]), each[0]))
    return [Money(sum(amounts), currency) for currency, amounts in ordered]


async def may_assign(work: Work, giver: Person, account: Account) -> bool:
    """Whether an account is somebody's to hand over: in their unit or below it, or their own."""
    scope = await scope_of(work, giver)
    return scope.own.covers(account.owner_id, account.unit_id)


async def one(
    work: Work, giver: Person, account: Account, to: Person, *, of: int | None = None
) -> HandedOver:
    """Hand one account over; ``of`` is whose it was when the giver looked at it."""
    scope, to = await scope_of(work, giver), await work.people.settled(to.id)
    found = await work.accounts.get(account.id, scope, lock=True)
    if found is None:
        raise GoneAccount
    owner = await work.people.get(found.owner_id)
    _check(scope, found, owner, to, of)
    deals = await work.handovers.deals(owner.id, scope, found.id, lock=True)
    reminders = await work.handovers.reminders(owner.id, scope, found.id, lock=True)
    return await _over(work, scope, owner, Going([found], deals, reminders), to)


def _check(scope: Scope, account: Account, owner: Person, to: Person, of: int | None) -> None:
    if of not in {None, owner.id}:
        raise HandedOnMeanwhile(account=account.name, owner=owner.name)
    if owner.id == to.id:
        raise OwnsAlready(account=account.name, owner=owner.name)
    if not scope.own.covers(account.owner_id, account.unit_id):
        raise NotYoursToAssign(account=account.name, owner=owner.name)
    _receive(scope, to)


async def going(work: Work, giver: Person, person: Person, *, lock: bool = False) -> Going:
    """All that somebody has that the giver may hand over: nothing of it, if that is refused."""
    scope = (await scope_of(work, giver)).own
    found = Going(
        await work.handovers.accounts(person.id, scope, lock=lock),
        await work.handovers.deals(person.id, scope, lock=lock),
        await work.handovers.reminders(person.id, scope, lock=lock),
    )
    if not (found.accounts or found.deals):
        raise NothingToHandOver(name=person.name)
    return found


async def everything(
    work: Work, giver: Person, person: Person, to: Person, *, mark: int | None
) -> HandedOver | Going:
    """Hand over all that somebody has, if it is still what the giver has seen; else what it is."""
    scope, to = await scope_of(work, giver), await work.people.settled(to.id)
    if person.id == to.id:
        raise SamePerson(name=to.name)
    _receive(scope, to)
    found = await going(work, giver, person, lock=True)
    if found.mark != mark:
        return found
    return await _over(work, scope, person, found, to)


def _receive(scope: Scope, to: Person) -> None:
    """A manager hands over to anyone in their subtree who is still there; a deputy does not."""
    if not (to.active and scope.own.covers(to.id, to.unit_id)):
        raise NotYoursToReceive(name=to.name)


async def _over(work: Work, scope: Scope, before: Person, found: Going, to: Person) -> HandedOver:
    """What is known is read first: afterwards the giver might not see it all."""
    known = await _known(work, scope, found)
    for account in found.accounts:
        account.owner_id, account.unit_id = to.id, to.unit_id
    for deal in found.deals:
        deal.owner_id, deal.unit_id = to.id, to.unit_id
    for reminder in found.reminders:
        reminder.person_id, reminder.unit_id = to.id, to.unit_id
    await work.accounts.flush()
    return HandedOver(before, found, known)


async def _known(work: Work, scope: Scope, found: Going) -> list[Known]:
    """Of the accounts where most is open first, as far as the giver may see it."""
    worth: dict[int, int] = {}
    for each in found.deals:
        worth[each.account_id] = worth.get(each.account_id, 0) + 1
    first = sorted(found.accounts, key=lambda account: -worth.get(account.id, 0))[:TOLD]
    numbers = [each.id for each in first]
    visits = await work.handovers.last_visits(numbers, scope)
    contacts = await work.handovers.contacts(numbers, scope)
    return [
        Known(
            account,
            visits.get(account.id),
            [each for each in found.deals if each.account_id == account.id],
            [each for each in found.reminders if each.account_id == account.id],
            [each for each in contacts if each.account_id == account.id],
        )
        for account in first
    ]
