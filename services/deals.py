"""Deals: opening one, and moving it from stage to stage."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from services.access import scope_of
from services.errors import GoneDeal, SeveralDeals
from services.names import LONGEST_NAME, fold
from storage.models import Account, Deal, Person, Stage
from storage.work import Work

CLOSED = frozenset({Stage.WON, Stage.LOST})


@dataclass(frozen=True)
class Money:
    """A sum in the minor units of its currency."""

    minor: int
    currency: str


@dataclass(frozen=True)
class NewDeal:
    """A deal that is still to be opened."""

    name: str


@dataclass(frozen=True)
class Moved:
    """A deal, and what it was before, if it was."""

    deal: Deal
    stage: Stage | None = None
    money: Money | None = None


async def open_of(work: Work, person: Person, account_id: int) -> Sequence[Deal]:
    """An account's open deals, as far as the person may see them, the largest first."""
    return await work.deals.open_of(account_id, await scope_of(work, person))


async def get(work: Work, person: Person, deal_id: int) -> Deal:
    """An open deal that the person may work with."""
    deal = await work.deals.get(deal_id, await scope_of(work, person))
    if deal is None or deal.closed_at:
        raise GoneDeal
    return deal


def meant(deals: Sequence[Deal], name: str) -> Sequence[Deal]:
    """Which of several deals a name means; all of them without one, none when it is new."""
    if not name:
        return deals
    wanted = fold(name)
    exact = [deal for deal in deals if fold(deal.name) == wanted]
    return exact or [deal for deal in deals if wanted in fold(deal.name)]


async def move(
    work: Work,
    person: Person,
    account: Account,
    deal: Deal | NewDeal | None,
    *,
    stage: Stage | None,
    money: Money | None,
    note: str = "",
    currency: str,
    now: datetime,
) -> Moved:
    """Move a deal, or the account's only open one; where there is none, open it."""
    if deal is None:
        deal = await _only(work, person, account)
    if isinstance(deal, NewDeal):
        opened = _opened(account, deal, stage, money or Money(0, currency), now)
        opened.note = note
        await work.deals.add(opened)
        return Moved(opened)
    found = await work.deals.get(deal.id, await scope_of(work, person), lock=True)
    if found is None or found.closed_at or found.account_id != account.id:
        raise GoneDeal
    before = Moved(found, Stage(found.stage), Money(found.amount, found.currency))
    if stage:
        found.stage = stage
        found.closed_at = now if stage in CLOSED else None
    if money:
        found.amount, found.currency = money.minor, money.currency
    found.note = "\n".join(filter(None, (found.note, note)))
    await work.deals.flush()
    return before


async def _only(work: Work, person: Person, account: Account) -> Deal | NewDeal:
    found = await open_of(work, person, account.id)
    if len(found) > 1:
        raise SeveralDeals(account=account.name)
    return found[0] if found else NewDeal(account.name)


def _opened(
    account: Account, new: NewDeal, stage: Stage | None, money: Money, now: datetime
) -> Deal:
    """A new deal belongs to whoever has the account."""
    stage = stage or Stage.LEAD
    return Deal(
        account_id=account.id,
        owner_id=account.owner_id,
        unit_id=account.unit_id,
        name=new.name.strip()[:LONGEST_NAME],
        stage=stage,
        amount=money.minor,
        currency=money.currency,
        created_at=now,
        closed_at=now if stage in CLOSED else None,
    )
