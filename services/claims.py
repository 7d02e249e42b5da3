"""Claims: a rep says that another's account is theirs, and whoever is above both decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from services import handover
from services.access import scope_of
from services.deals import Money
from services.errors import (
    ClaimDecided,
    ClaimedAlready,
    ClaimWithdrawn,
    ClaimWithin,
    GoneAccount,
    GoneClaim,
    NobodyDecides,
    OwnAlready,
    OwnerLeft,
)
from storage.accounts import Sighting
from storage.claims import Met
from storage.models import Account, Claim, ClaimState, Person, Role, Unit
from storage.scope import Scope
from storage.work import Work

LATELY = timedelta(days=90)
LONGEST = 300
"""How much of a reason is kept."""


@dataclass(frozen=True)
class Matter:
    """What a claim is about, as it is now; the owner is whose it was when it was claimed."""

    claim: Claim
    account: Account
    owner: Person
    claimant: Person

    @property
    def moot(self) -> bool:
        """Whether there is nothing left to decide: it moved, or one of the two has left."""
        moved = self.account.owner_id != self.claim.owner_id
        return moved or not (self.owner.active and self.claimant.active)


@dataclass(frozen=True)
class Made:
    """A new claim, and who is asked to decide it."""

    matter: Matter
    deciders: Sequence[Person]


@dataclass(frozen=True)
class Side:
    """What tells for one of the two: how they met the customer, and what is open with them."""

    person: Person
    met: Met
    deals: int
    worth: Sequence[Money]


@dataclass(frozen=True)
class Case:
    """A claim with the history of both sides, as far as whoever decides may see it."""

    matter: Matter
    owner: Side
    claimant: Side
    since: datetime | None
    """Since when the owner has it."""


@dataclass(frozen=True)
class Decided:
    """What became of a claim; ``over`` is what went with the account, if it went."""

    matter: Matter
    over: handover.HandedOver | None = None
    closed: bool = False
    """It was moot already, and closed itself."""
    others: Sequence[Matter] = ()
    """The claims of others to the same account, which are moot now."""


async def seen(work: Work, person: Person, account_id: int) -> Sighting:
    """What anybody may know of an account: its name, and whose it is."""
    found = await work.accounts.named([account_id], await scope_of(work, person))
    if not found:
        raise GoneAccount
    return found[0]


async def make(
    work: Work, claimant: Person, account_id: int, reason: str, *, now: datetime
) -> Made:
    """Claim another's account; one open claim for each account and claimant."""
    account = await work.claims.account(account_id, lock=True)
    if account is None:
        raise GoneAccount
    owner = await work.people.get(account.owner_id)
    if owner.id == claimant.id:
        raise OwnAlready(account=account.name)
    if (await scope_of(work, claimant)).own.covers(owner.id, account.unit_id):
        raise ClaimWithin(account=account.name)
    if not owner.active:
        raise OwnerLeft(account=account.name, owner=owner.name)
    asked = await _deciders(work, account, owner, claimant)
    if not asked:
        raise NobodyDecides(account=account.name)
    if there := await work.claims.open_by(account.id, claimant.id):
        raise ClaimedAlready(account=account.name, decider=asked[0].name, id=there.id)
    claim = Claim(
        account_id=account.id,
        claimant_id=claimant.id,
        owner_id=owner.id,
        reason=" ".join(reason.split())[:LONGEST],
        created_at=now,
    )
    await work.people.add(claim)
    return Made(Matter(claim, account, owner, claimant), asked)


async def _deciders(work: Work, account: Account, owner: Person, claimant: Person) -> list[Person]:
    """The nearest active manager above both, who is neither; else the people of HQ."""
    paths = [each.unit.path for each in (owner, claimant)]
    paths.append((await work.people.unit(account.unit_id)).path)
    shared = _shared(paths)
    sides = {owner.id, claimant.id}
    if shared:
        above = await work.people.managers(Unit(name="", path=shared))
        if nearest := next((each for each in above if each.id not in sides), None):
            return [nearest]
    return [each for each in await work.claims.headquarters() if each.id not in sides]


def _shared(paths: Sequence[str]) -> str:
    """The path of the nearest unit that all of these are in or below."""
    parts = [[each for each in path.split("/") if each] for path in paths]
    shared: list[str] = []
    for step in zip(*parts, strict=False):
        if len(set(step)) > 1:
            break
        shared.append(step[0])
    return f"/{'/'.join(shared)}/" if shared else ""


async def withdraw(work: Work, claimant: Person, claim_id: int, *, now: datetime) -> Made:
    """Take back one's own claim; who was asked to decide it is to know."""
    matter = await _locked(work, claim_id)
    if matter.claimant.id != claimant.id:
        raise GoneClaim
    _check_open(matter)
    matter.claim.state, matter.claim.decided_at = ClaimState.WITHDRAWN, now
    await work.accounts.flush()
    asked = await _deciders(work, matter.account, matter.owner, matter.claimant)
    return Made(matter, asked)


def _check_open(matter: Matter) -> None:
    claim = matter.claim
    if claim.state == ClaimState.WITHDRAWN:
        raise ClaimWithdrawn
    if claim.state != ClaimState.OPEN:
        raise ClaimDecided(at=claim.decided_at or claim.created_at)


async def _locked(work: Work, claim_id: int) -> Matter:
    """A claim that is to change: locked after who might get the account, and after the account.

    That is the order of handing over and merging, so that none of them waits for another.
    """
    claim = await work.claims.get(claim_id)
    if claim is None:
        raise GoneClaim
    await work.people.settled(claim.claimant_id)
    await work.claims.account(claim.account_id, lock=True)
    locked = await work.claims.get(claim_id, lock=True)
    if locked is None:
        raise GoneClaim
    return await _matter(work, locked)


async def _matter(work: Work, claim: Claim) -> Matter:
    account = await work.claims.account(claim.account_id)
    if account is None:
        raise GoneClaim
    owner = await work.people.get(claim.owner_id)
    return Matter(claim, account, owner, await work.people.get(claim.claimant_id))


async def _may_decide(work: Work, person: Person, matter: Matter) -> bool:
    """Whether somebody is above both sides and the account, and neither of the two."""
    if person.role < Role.MANAGER or person.id in {matter.owner.id, matter.claimant.id}:
        return False
    scope = await scope_of(work, person)
    held = {
        (matter.account.owner_id, matter.account.unit_id),
        (matter.owner.id, matter.owner.unit_id),
        (matter.claimant.id, matter.claimant.unit_id),
    }
    return all(scope.own.covers(owner, unit) for owner, unit in held)


async def decide(
    work: Work, person: Person, claim_id: int, *, give: bool, now: datetime
) -> Decided:
    """Give the account to the claimant with all that is open there, or leave it where it is."""
    matter = await _locked(work, claim_id)
    claim = matter.claim
    if not await _may_decide(work, person, matter):
        raise GoneClaim
    _check_open(matter)
    if matter.moot:
        await _close(work, matter, now)
        return Decided(matter, closed=True)
    over = None
    if give:
        to, of = matter.claimant, matter.owner.id
        over = await handover.one(work, person, matter.account, to, of=of)
    claim.state = ClaimState.GRANTED if give else ClaimState.REFUSED
    claim.decided_by_id, claim.decided_at = person.id, now
    await work.accounts.flush()
    others = await _close_all(work, await work.claims.of_account(matter.account.id), now)
    return Decided(matter, over, others=others)


async def _close(work: Work, matter: Matter, now: datetime) -> None:
    claim = matter.claim
    theirs = matter.account.owner_id == claim.claimant_id
    claim.state = ClaimState.GRANTED if theirs else ClaimState.WITHDRAWN
    claim.decided_at = now
    await work.accounts.flush()


async def close_moot(work: Work, *, now: datetime) -> int:
    """Close the claims about which nothing is left to decide; returns how many."""
    return len(await _close_all(work, await work.claims.open(), now))


async def _close_all(work: Work, claims: Sequence[Claim], now: datetime) -> list[Matter]:
    """Close those of these claims that are moot."""
    seen = [await _matter(work, each) for each in claims if each.state == ClaimState.OPEN]
    numbers = sorted((each.account.id, each.claim.id) for each in seen if each.moot)
    locked = [await _locked(work, number) for _account, number in numbers]
    moot = [each for each in locked if each.moot and each.claim.state == ClaimState.OPEN]
    for each in moot:
        await _close(work, each, now)
    return moot


async def to_decide(work: Work, person: Person, limit: int) -> list[Case]:
    """The open claims that somebody may decide, the oldest first, with both sides' history."""
    found: list[Case] = []
    for claim in await work.claims.open():
        matter = await _matter(work, claim)
        if len(found) < limit and not matter.moot and await _may_decide(work, person, matter):
            found.append(await case(work, person, matter))
    return found


async def of_claimant(work: Work, person: Person) -> list[Matter]:
    """One's own open claims, the oldest first."""
    claims = [each for each in await work.claims.open() if each.claimant_id == person.id]
    matters = [await _matter(work, each) for each in claims]
    return [each for each in matters if not each.moot]


async def case(work: Work, decider: Person, matter: Matter) -> Case:
    """A claim with what whoever decides may see of both sides."""
    scope = await scope_of(work, decider)
    return Case(
        matter,
        await _side(work, scope, matter, matter.owner),
        await _side(work, scope, matter, matter.claimant),
        await work.claims.owned_since(matter.account.id),
    )


async def _side(work: Work, scope: Scope, matter: Matter, person: Person) -> Side:
    since = work.author.at - LATELY
    met = await work.claims.met(matter.account.id, person.id, scope, since)
    sums = await work.claims.sums(matter.account.id, person.id, scope)
    worth = [Money(minor, currency) for currency, (_count, minor) in sums.items()]
    return Side(person, met, sum(count for count, _minor in sums.values()), worth)
