"""Where accounts are, and where somebody checked in last."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from storage.kinds import Verdict
from storage.models import Account, Visit
from storage.repository import Repository
from storage.scope import Scope

BELIEVED = (Verdict.THERE, Verdict.LEARNT)


@dataclass(frozen=True)
class Placed:
    """An account, where it is if that is known, in degrees, and when it was visited last."""

    id: int
    name: str
    latitude: float | None
    longitude: float | None
    seen_at: datetime | None


@dataclass(frozen=True)
class Stop:
    """When somebody was at a place for sure, and where that is."""

    at: datetime
    latitude: float
    longitude: float


class Places(Repository):
    async def own(self, scope: Scope) -> list[Placed]:
        """The asker's accounts, and those of whom they stand in for, the last visited first."""
        last = (
            select(Visit.account_id, func.max(Visit.at).label("at"))
            .where(scope.where(Visit.rep_id, Visit.unit_id))
            .group_by(Visit.account_id)
            .subquery()
        )
        query = (
            select(Account.id, Account.name, Account.latitude, Account.longitude, last.c.at)
            .outerjoin(last, last.c.account_id == Account.id)
            .where(Account.owner_id.in_(scope.people))
            .order_by(last.c.at.is_(None), last.c.at.desc(), Account.name)
        )
        return [Placed(*row) for row in await self._session.execute(query)]

    async def last_stop(self, rep_id: int, before: datetime) -> Stop | None:
        """The last check-in before then that was believed, at an account whose place is known."""
        query = (
            select(Visit.at, Account.latitude, Account.longitude)
            .join(Account, Visit.account_id == Account.id)
            .where(
                Visit.rep_id == rep_id,
                Visit.at <= before,
                Visit.verdict.in_(BELIEVED),
                Account.latitude.is_not(None),
                Account.longitude.is_not(None),
            )
            .order_by(Visit.at.desc(), Visit.id.desc())
            .limit(1)
        )
        row = (await self._session.execute(query)).one_or_none()
        return Stop(row[0], row[1] or 0.0, row[2] or 0.0) if row else None
