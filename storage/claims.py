"""Claims to others' accounts, and what tells for either side."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from storage.models import Account, Change, Claim, ClaimState, Deal, Entry, Person, Role, Visit
from storage.people import held, with_standing
from storage.repository import Repository
from storage.scope import Scope


@dataclass(frozen=True)
class Met:
    """How often somebody saw an account since some day, and when they did last, ever."""

    visits: int
    last: datetime | None


class Claims(Repository):
    async def get(self, claim_id: int, *, lock: bool = False) -> Claim | None:
        """A claim, locked when it is to change: it is decided once."""
        query = select(Claim).where(Claim.id == claim_id)
        if lock:
            query = query.with_for_update().execution_options(populate_existing=True)
        return (await self._session.scalars(query)).one_or_none()

    async def open(self) -> list[Claim]:
        """Every open claim, the oldest first; whoever lists them says who may decide each."""
        query = select(Claim).where(Claim.state == ClaimState.OPEN).order_by(Claim.id)
        return list(await self._session.scalars(query))

    async def open_by(
        self, account_id: int, claimant_id: int, *, but: int | None = None
    ) -> Claim | None:
        """The open claim of somebody's to an account, other than one."""
        query = select(Claim).where(
            Claim.account_id == account_id,
            Claim.claimant_id == claimant_id,
            Claim.state == ClaimState.OPEN,
        )
        if but is not None:
            query = query.where(Claim.id != but)
        return (await self._session.scalars(query.limit(1))).one_or_none()

    async def of_account(self, account_id: int) -> list[Claim]:
        """All claims to an account, also decided ones, locked."""
        query = select(Claim).where(Claim.account_id == account_id).order_by(Claim.id)
        return list(await self._session.scalars(query.with_for_update()))

    async def account(self, account_id: int, *, lock: bool = False) -> Account | None:
        """The account that a claim is about, locked where it matters whose it stays."""
        query = select(Account).where(Account.id == account_id)
        if lock:
            query = query.with_for_update().execution_options(populate_existing=True)
        return (await self._session.scalars(query)).one_or_none()

    async def headquarters(self) -> list[Person]:
        """The active people of HQ, who decide where nobody else can."""
        query = with_standing().where(Person.role == Role.HQ, Person.active)
        return await held(self._session, query.order_by(Person.id))

    async def met(self, account_id: int, rep_id: int, scope: Scope, since: datetime) -> Met:
        """How one side met an account, as far as the asker may see it."""
        of_theirs = (
            Visit.account_id == account_id,
            Visit.rep_id == rep_id,
            scope.where(Visit.rep_id, Visit.unit_id),
        )
        count = select(func.count()).where(*of_theirs, Visit.at >= since)
        last = select(Visit.at).where(*of_theirs).order_by(Visit.at.desc()).limit(1)
        return Met(await self._session.scalar(count) or 0, await self._session.scalar(last))

    async def sums(
        self, account_id: int, owner_id: int, scope: Scope
    ) -> dict[str, tuple[int, int]]:
        """How many open deals one side has there, and their sum, by currency."""
        query = (
            select(Deal.currency, func.count(), func.sum(Deal.amount))
            .where(
                Deal.account_id == account_id,
                Deal.owner_id == owner_id,
                Deal.closed_at.is_(None),
                scope.where(Deal.owner_id, Deal.unit_id),
            )
            .group_by(Deal.currency)
            .order_by(Deal.currency)
        )
        rows = await self._session.execute(query)
        return {currency: (count, int(minor or 0)) for currency, count, minor in rows}

    async def owned_since(self, account_id: int) -> datetime | None:
        """Since when an account belongs to whoever has it now, as the journal knows it."""
        query = (
            select(Entry, Change.at)
            .join(Change, Change.id == Entry.change_id)
            .where(Entry.noun == Account.__tablename__, Entry.key == account_id)
            .order_by(Entry.id.desc())
        )
        for entry, at in await self._session.execute(query):
            if "owner_id" in (entry.after or {}):
                found: datetime = at
                return found
        return None
