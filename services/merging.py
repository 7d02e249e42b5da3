"""Merging: one customer who was entered twice becomes one account, and two again if need be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from services import handover, history, names
from services.access import scope_of
from services.errors import (
    CannotMerge,
    ChangedSince,
    GoneAccount,
    NothingToUnmerge,
    SameAccount,
)
from services.history import MERGE, Undone
from services.phones import digits
from storage.journal import read_notes
from storage.merging import Belonging
from storage.models import (
    Account,
    Change,
    Claim,
    ClaimState,
    Contact,
    Person,
    Role,
)
from storage.scope import Scope
from storage.work import Work

UNMERGE_FOR = timedelta(days=30)
FILLED = ("city", "code", "phone", "phone_digits", "tax_number", "latitude", "longitude")
"""What is taken from the account that goes where the one that stays has nothing."""
MERGED = "Merged {other} into {account}."


@dataclass(frozen=True)
class Preview:
    """What would go over, by noun, and what the account that stays would learn."""

    keep: Account
    fold: Account
    owners: tuple[Person, Person]
    counts: Mapping[str, int]
    filled: Sequence[str]


@dataclass(frozen=True)
class Merged:
    """What has gone over; ``told`` are the owners, who are to know."""

    keep: Account
    folded: str
    counts: Mapping[str, int]
    told: Sequence[Person]


async def preview(work: Work, actor: Person, keep: Account, fold: Account) -> Preview:
    """What a merge would do; both accounts must be one's own people's."""
    kept, folded = await _both(work, actor, keep.id, fold.id)
    owners = [await work.people.get(each.owner_id) for each in (kept, folded)]
    counts = await work.merging.counts(folded.id)
    filled = [name for name in FILLED if _is_filled(kept, folded, name)]
    return Preview(kept, folded, (owners[0], owners[1]), counts, filled)


async def merge(
    work: Work, actor: Person, keep: Account, fold: Account, *, now: datetime
) -> Merged:
    """Fold one account into another: nothing of it is lost but its row."""
    await work.people.settled(keep.owner_id)  # before the accounts, as in a handover
    kept, folded = await _both(work, actor, keep.id, fold.id)
    owners = [await work.people.get(each.owner_id) for each in (kept, folded)]
    if folded.owner_id != kept.owner_id:
        await handover.one(work, actor, folded, owners[0], of=folded.owner_id)
    counts = await work.merging.counts(folded.id)
    name = folded.name
    await work.note(MERGED, other=name, account=kept.name, keep=kept.id, fold=folded.id)
    for column in FILLED:
        if _is_filled(kept, folded, column):
            setattr(kept, column, getattr(folded, column))
    await _join_contacts(work, kept, folded)
    for row in await work.merging.belonging(folded.id):
        await _move(work, row, kept, now)
    await work.accounts.flush()
    await _move_keys(work, kept, folded)
    await work.merging.remove(folded)
    told = {each.id: each for each in owners if each.active and each.id != actor.id}
    return Merged(kept, name, counts, list(told.values()))


async def _both(work: Work, actor: Person, keep: int, fold: int) -> tuple[Account, Account]:
    """Both accounts, locked, if they are two and the actor's own people's."""
    if keep == fold:
        raise SameAccount
    found = await work.merging.accounts(keep, fold)
    if len(found) != 2:  # noqa: PLR2004 - two were named
        raise GoneAccount
    scope = await scope_of(work, actor)
    if not all(_manages(scope, actor, each) for each in found.values()):
        raise CannotMerge
    return found[keep], found[fold]


def _manages(scope: Scope, actor: Person, account: Account) -> bool:
    """Whether an account is one's own or one's people's; a deputy looks after, and merges not."""
    is_own = scope.own.covers(account.owner_id, account.unit_id)
    return actor.role >= Role.MANAGER and is_own


def _is_filled(keep: Account, fold: Account, column: str) -> bool:
    """Whether the account that stays learns this; a point is learnt whole, or not."""
    return getattr(keep, column) in {"", None} and getattr(fold, column) not in {"", None}


async def _join_contacts(work: Work, keep: Account, fold: Account) -> None:
    """Who is at both is one person, unless they have two numbers; the others come along."""
    known = {_called(each): each for each in reversed(await work.merging.contacts(keep.id))}
    joined: dict[int, Contact] = {}
    for contact in await work.merging.contacts(fold.id):
        same = known.get(_called(contact))
        if same and _is_one(same, contact):
            _learn(same, contact)
            joined[contact.id] = same
        else:
            contact.account_id = keep.id
    for row in await work.merging.naming(list(joined)):
        if row.contact_id in joined:
            row.contact_id = joined[row.contact_id].id
    await work.accounts.flush()
    for contact in await work.merging.contacts(fold.id):
        await work.merging.remove(contact)


def _called(contact: Contact) -> str:
    return names.fold(contact.name) or contact.name


def _is_one(known: Contact, other: Contact) -> bool:
    """Whether two of one name may be one: not with two phone numbers."""
    numbers = {digits(each.phone) for each in (known, other) if each.phone}
    return len(numbers) < 2  # noqa: PLR2004 - one number, or none


def _learn(known: Contact, other: Contact) -> None:
    """Nothing is lost: what both say of their post is said in a row."""
    if not known.phone:
        known.phone, known.phone_digits = other.phone, digits(other.phone)
    if names.fold(other.title) not in names.fold(known.title):
        known.title = " / ".join(filter(None, (known.title, other.title)))


async def _move(work: Work, row: Belonging, keep: Account, now: datetime) -> None:
    """Give one thing to the account that stays; a claim that is settled by that, closes."""
    row.account_id = keep.id
    if not (isinstance(row, Claim) and row.state == ClaimState.OPEN):
        return
    if row.claimant_id == keep.owner_id:
        row.state, row.decided_at = ClaimState.GRANTED, now
    elif await work.claims.open_by(keep.id, row.claimant_id, but=row.id):
        row.state, row.decided_at = ClaimState.WITHDRAWN, now
    else:
        row.owner_id = keep.owner_id


async def _move_keys(work: Work, keep: Account, fold: Account) -> None:
    """Every way to write the name that goes is one to write the name that stays."""
    known = {each.key: each for each in await work.merging.keys(keep.id)}
    for each in await work.merging.keys(fold.id):
        if each.key not in known:
            each.account_id = keep.id
            continue
        known[each.key].sound = known[each.key].sound and each.sound
        await work.merging.remove(each)
    await work.accounts.flush()


@dataclass(frozen=True)
class Unmerged:
    """A merge that was taken back: what came back is called so, and belongs to one of these."""

    undone: Undone
    account: str
    owners: frozenset[int]


async def unmerge(
    work: Work, person: Person, account: Account, change_id: int | None = None, *, now: datetime
) -> Unmerged:
    """Take back a merge into an account: the one of that number, or the last one.

    For 30 days by whoever did it, HQ, and who manages both. What came since stays with it.
    """
    found = next(
        (
            each
            for each in await work.merging.done(MERGE, now - UNMERGE_FOR)
            if change_id in {None, each.id} and _kept(each) == account.id
        ),
        None,
    )
    if found is None:
        raise NothingToUnmerge(account=account.name)
    gone = await _gone(work, found)
    if not await _may_unmerge(work, person, account, found, gone):
        raise NothingToUnmerge(account=account.name)
    undone = await history.undo(work, person, found.id, now=now, within=UNMERGE_FOR, anyones=True)
    owners = frozenset({account.owner_id, *_owners(undone)}) - {person.id}
    return Unmerged(undone, str(gone["name"]), owners)


def _owners(undone: Undone) -> set[int]:
    """Whose the account was at first that came back."""
    rows = [each.before or {} for each in undone.entries if each.noun == Account.__tablename__]
    return {int(row["owner_id"]) for row in rows if "owner_id" in row}


async def owners(work: Work, unmerged: Unmerged) -> list[Person]:
    """Those who have the two accounts now, and are to know."""
    found = [await work.people.get(each) for each in sorted(unmerged.owners)]
    return [each for each in found if each.active]


def _kept(change: Change) -> int:
    """Into which account a merge went."""
    notes = read_notes(change.note)
    return next((values["keep"] for text, values in notes if text == MERGED), 0)


async def _gone(work: Work, change: Change) -> Mapping[str, Any]:
    """The account that a merge did away with, as it was last."""
    for each in reversed(await work.history.entries(change.id)):
        if each.noun == Account.__tablename__ and each.before and each.after is None:
            return each.before
    raise ChangedSince  # it was erased: there is nothing to bring back


async def _may_unmerge(
    work: Work, person: Person, account: Account, change: Change, gone: Mapping[str, Any]
) -> bool:
    """Whether somebody did it and is still above it, or manages both: HQ manages all."""
    scope = await scope_of(work, person)
    if change.author_id == person.id:
        return scope.own.covers(account.owner_id, account.unit_id)
    return _manages(scope, person, account) and scope.own.covers(gone["owner_id"], gone["unit_id"])
