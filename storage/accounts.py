"""Accounts, the ways to write their names, and their contacts."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Row, Select, and_, false, func, or_, select

from storage.models import Account, AccountKey, Contact, Person, Visit
from storage.repository import Repository
from storage.scope import Scope

Keys = Select[int, str, int, int, str, str, bool]
NAMES: Keys = select(
    Account.id,
    Account.name,
    Account.owner_id,
    Account.unit_id,
    Person.name.label("owner"),
    Account.name.label("key"),
    false(),
).join(Person, Account.owner_id == Person.id)
"""What anybody may see of accounts."""


@dataclass(frozen=True)
class Sighting:
    """What anybody may see of an account: its name and its owner.

    ``mine`` and ``open`` say whether the asker owns it or may see the rest.
    """

    id: int
    name: str
    owner: str
    key: str
    sound: bool
    mine: bool
    open: bool


class Accounts(Repository):
    async def by_keys(self, keys: Collection[str], scope: Scope) -> list[Sighting]:
        """The accounts that one of the folded names belongs to."""
        return await self._sightings(_keys().where(AccountKey.key.in_(keys)), scope)

    async def all_keys(self, scope: Scope) -> list[Sighting]:
        """Every way to write every account's name, for a search by likeness."""
        return await self._sightings(_keys(), scope)

    async def containing(self, folded: str, scope: Scope, limit: int) -> list[Sighting]:
        """The names in scope that have a folded text in them, those it begins first.

        Out of scope those that are just so.
        """
        whole, begun = AccountKey.key == folded, AccountKey.key.startswith(folded)
        seen = scope.where(Account.owner_id, Account.unit_id)
        mine = Account.owner_id == scope.person_id
        query = (
            _keys()
            .where(or_(whole, AccountKey.key.contains(folded) & seen))
            .order_by(~whole, ~begun, ~mine, AccountKey.sound, Account.name)
            .limit(limit)
        )
        return await self._sightings(query, scope)

    async def resembling(
        self, letter: str, words: Collection[str], scope: Scope
    ) -> list[Sighting]:
        """The names in scope that begin with a letter, or have all of several folded words."""
        seen = scope.where(Account.owner_id, Account.unit_id)
        worded = and_(*(AccountKey.key.contains(each) for each in words))
        query = _keys().where(seen, or_(AccountKey.key.startswith(letter), worded))
        return await self._sightings(query, scope)

    async def named(self, account_ids: Collection[int], scope: Scope) -> list[Sighting]:
        """What anybody may see of several accounts."""
        query = NAMES.where(Account.id.in_(account_ids)).order_by(Account.id)
        return [sighting(row, scope) for row in await self._session.execute(query)]

    async def owners(self, account_ids: Collection[int]) -> dict[int, str]:
        """The names of the owners of several accounts, which anybody may know."""
        query = (
            select(Account.id, Person.name)
            .join(Person, Account.owner_id == Person.id)
            .where(Account.id.in_(account_ids))
        )
        return dict((await self._session.execute(query)).all())

    async def _sightings(self, query: Keys, scope: Scope) -> list[Sighting]:
        rows = await self._session.execute(query)
        return [sighting(row, scope) for row in rows]

    async def get(self, account_id: int, scope: Scope, *, lock: bool = False) -> Account | None:
        """An account that the asker may see, locked when it is read to be changed."""
        query = select(Account).where(
            Account.id == account_id, scope.where(Account.owner_id, Account.unit_id)
        )
        if lock:
            query = query.with_for_update().execution_options(populate_existing=True)
        return (await self._session.scalars(query)).one_or_none()

    async def owner(self, account_id: int) -> str | None:
        """The name of an account's owner, which anybody may know."""
        query = (
            select(Person.name)
            .join(Account, Account.owner_id == Person.id)
            .where(Account.id == account_id)
        )
        return await self._session.scalar(query)

    async def name(self, account_id: int) -> str | None:
        """An account's name, which anybody may know."""
        return await self._session.scalar(select(Account.name).where(Account.id == account_id))

    async def recent(self, person: Person, scope: Scope, limit: int) -> list[Account]:
        """Accounts in scope: one's own first, those seen last first, then by name."""
        last = (
            select(Visit.account_id, func.max(Visit.at).label("at"))
            .where(scope.where(Visit.rep_id, Visit.unit_id))
            .group_by(Visit.account_id)
            .subquery()
        )
        query = (
            select(Account)
            .outerjoin(last, last.c.account_id == Account.id)
            .where(scope.where(Account.owner_id, Account.unit_id))
            .order_by(
                Account.owner_id != person.id,
                last.c.at.is_(None),
                last.c.at.desc(),
                Account.name,
            )
            .limit(limit)
        )
        return list(await self._session.scalars(query))

    async def contacts(self, account_id: int, scope: Scope) -> list[Contact]:
        """The people at an account, the newest last."""
        query = (
            select(Contact)
            .join(Account, Contact.account_id == Account.id)
            .where(
                Contact.account_id == account_id, scope.where(Account.owner_id, Account.unit_id)
            )
            .order_by(Contact.id)
        )
        return list(await self._session.scalars(query))


def _keys() -> Keys:
    return (
        select(
            Account.id,
            Account.name,
            Account.owner_id,
            Account.unit_id,
            Person.name.label("owner"),
            AccountKey.key,
            AccountKey.sound,
        )
        .join(Account, AccountKey.account_id == Account.id)
        .join(Person, Account.owner_id == Person.id)
    )


def sighting(row: Row[int, str, int, int, str, str, bool], scope: Scope) -> Sighting:
    """A row of `NAMES` as the asker sees it."""
    account_id, name, owner_id, unit_id, owner, key, sound = row
    return Sighting(
        id=account_id,
        name=name,
        owner=owner,
        key=key,
        sound=sound,
        mine=owner_id == scope.person_id,
        open=scope.covers(owner_id, unit_id),
    )
