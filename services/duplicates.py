"""One customer entered twice: noticed by name, alias, sound, phone, tax number and code."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from services import names, phones
from services.access import scope_of
from storage.accounts import Sighting
from storage.duplicates import Mark
from storage.models import Account, Person
from storage.work import Work

SHOWN = 3
PAIRS = 8


@dataclass(frozen=True)
class Told:
    """What is known of an account that is about to be made; its numbers may be folded or not."""

    name: str = ""
    aliases: Sequence[str] = ()
    phone: str = ""
    tax_number: str = ""
    code: str = ""


@dataclass(frozen=True)
class Suspect:
    """An account that it may be the same as, and what they have in common."""

    account: Sighting
    mark: Mark


async def suspects(work: Work, person: Person, told: Told) -> list[Suspect]:
    """The accounts that it may be, each once, the surest first.

    Of another's no more is known than `Sighting` tells: the name, and whose it is.
    """
    scope = await scope_of(work, person)
    phone = phones.comparable(told.phone)
    found = await work.duplicates.by_marks(
        scope, phone=phone, tax_number=told.tax_number, code=told.code
    )
    found += [(each, Mark.NAME) for each in await alike(work, person, told.name, told.aliases)]
    once: dict[int, Suspect] = {}
    for account, mark in found:
        once.setdefault(account.id, Suspect(account, mark))
    return [*once.values()][:SHOWN]


async def alike(
    work: Work, person: Person, name: str, aliases: Sequence[str] = ()
) -> list[Sighting]:
    """The accounts that are called so, or sound so, or are written nearly so."""
    written = [each for each in (name, *aliases) if names.fold(each)]
    if not written:
        return []
    scope = await scope_of(work, person)
    ours = names.keys(written[0], written[1:])
    same = [
        each
        for each in await work.accounts.by_keys(list(ours), scope)
        # Two that only sound the same are two: 力宏 is not 立宏.
        if not (each.sound and ours[each.key])
    ]
    exact = list({each.id: each for each in sorted(same, key=_rank)}.values())
    if exact:
        return exact[:SHOWN]
    known = await work.accounts.all_keys(scope)
    matches = await asyncio.to_thread(
        lambda: [names.alike(each, known, SHOWN, strict=True) for each in written]
    )
    return list({each.id: each for match in matches for each in match.accounts}.values())


def _rank(each: Sighting) -> tuple[bool, bool, int]:
    """One's own before one's people's before the others'."""
    return (not each.mine, not each.open, each.id)


async def with_phone(work: Work, person: Person, phone: str, *, but: Account) -> Sighting | None:
    """Another account that has a phone number, or a contact with it."""
    if not (folded := phones.comparable(phone)):
        return None
    scope = await scope_of(work, person)
    found = await work.duplicates.by_marks(scope, phone=folded)
    return next((each for each, _mark in found if each.id != but.id), None)


@dataclass(frozen=True)
class Pair:
    """Two accounts of one's people that may be one, the older first."""

    first: Sighting
    second: Sighting


async def pairs(work: Work, person: Person) -> list[Pair]:
    """Some of the accounts in the person's scope that may have been entered twice."""
    scope = await scope_of(work, person)
    found = await work.duplicates.pairs(scope, PAIRS)
    numbers = {each for pair in found for each in pair}
    known = {each.id: each for each in await work.accounts.named(numbers, scope)}
    return [Pair(known[a], known[b]) for a, b in found]
