"""All that belongs to an account, loaded to be moved to another one."""

from datetime import datetime

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import aliased

from storage.models import (
    Account,
    AccountKey,
    Attendee,
    Base,
    Change,
    Claim,
    Contact,
    Deal,
    Reminder,
    Visit,
)
from storage.repository import Repository

BELONGS = (Visit, Deal, Reminder, Claim)
"""What names the account it belongs to, and is moved by that name alone."""
Belonging = Visit | Deal | Reminder | Claim


class Merging(Repository):
    """The caller has seen that both accounts are in the asker's scope."""

    async def counts(self, account_id: int) -> dict[str, int]:
        """How much there is of each noun, by the name of its table."""
        nouns = (*BELONGS, Contact)
        return {
            each.__tablename__: await self._session.scalar(
                select(func.count()).select_from(each).where(each.account_id == account_id)
            )
            or 0
            for each in nouns
        }

    async def belonging(self, account_id: int) -> list[Belonging]:
        """Its visits, deals, reminders and claims, locked."""
        found: list[Belonging] = []
        for each in BELONGS:
            query = select(each).where(each.account_id == account_id).order_by(each.id)
            found += await self._session.scalars(query.with_for_update())
        return found

    async def contacts(self, account_id: int) -> list[Contact]:
        """Everybody there, the oldest first, locked."""
        query = select(Contact).where(Contact.account_id == account_id).order_by(Contact.id)
        return list(await self._session.scalars(query.with_for_update()))

    async def naming(self, contact_ids: list[int]) -> list[Visit | Attendee]:
        """The visits and attendees that name one of these contacts."""
        visits = select(Visit).where(Visit.contact_id.in_(contact_ids)).order_by(Visit.id)
        others = select(Attendee).where(Attendee.contact_id.in_(contact_ids))
        return [
            *await self._session.scalars(visits),
            *await self._session.scalars(others.order_by(Attendee.id)),
        ]

    async def keys(self, account_id: int) -> list[AccountKey]:
        """Every way to write its name."""
        query = select(AccountKey).where(AccountKey.account_id == account_id)
        return list(await self._session.scalars(query.order_by(AccountKey.id)))

    async def accounts(self, first: int, second: int) -> dict[int, Account]:
        """Both rows, locked in one order: two merges never wait for each other."""
        query = (
            select(Account)
            .where(or_(Account.id == first, Account.id == second))
            .order_by(Account.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        return {each.id: each for each in await self._session.scalars(query)}

    async def remove(self, row: Base) -> None:
        await self._session.delete(row)
        await self._session.flush()

    async def done(self, command: str, since: datetime) -> list[Change]:
        """What was done by a command since then and not taken back, the newest first."""
        undone = aliased(Change)
        query = (
            select(Change)
            .where(
                Change.command == command,
                Change.at >= since,
                ~exists().where(undone.undoes_id == Change.id),
            )
            .order_by(Change.id.desc())
        )
        return list(await self._session.scalars(query))
