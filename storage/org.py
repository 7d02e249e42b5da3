"""The company's tree of units, and the groups that cut across it."""

from sqlalchemy import func, select

from storage.models import Account, Deal, Group, Membership, Person, Reminder, Unit
from storage.repository import Repository
from storage.scope import Scope


class Org(Repository):
    async def units(self, scope: Scope, home: int) -> list[Unit]:
        """The units in scope and one's own, closed ones too, each after its parent."""
        query = select(Unit).order_by(Unit.path)
        if not scope.everything:
            query = query.where(Unit.id.in_({*scope.units, home}))
        return list(await self._session.scalars(query))

    async def locked(self) -> dict[int, Unit]:
        """The whole tree, locked: only one at a time changes its shape."""
        query = select(Unit).order_by(Unit.id).with_for_update()
        found = await self._session.scalars(query.execution_options(populate_existing=True))
        return {each.id: each for each in found}

    async def names(self, unit: Unit) -> list[str]:
        """What a unit and those above it are called, the company first."""
        path = [int(part) for part in unit.path.split("/") if part]
        query = select(Unit.id, Unit.name).where(Unit.id.in_(path))
        names = dict((await self._session.execute(query)).all())
        return [names[each] for each in path if each in names]

    async def people(self, scope: Scope) -> dict[int, int]:
        """How many active people in scope are in each unit."""
        query = (
            select(Person.unit_id, func.count())
            .where(Person.active, scope.where(Person.id, Person.unit_id))
            .group_by(Person.unit_id)
        )
        return dict((await self._session.execute(query)).all())

    async def accounts(self, scope: Scope) -> dict[int, int]:
        """How many accounts in scope are in each unit."""
        query = (
            select(Account.unit_id, func.count())
            .where(scope.where(Account.owner_id, Account.unit_id))
            .group_by(Account.unit_id)
        )
        return dict((await self._session.execute(query)).all())

    async def inside(self, unit_id: int) -> tuple[int, int]:
        """How many active people and how many accounts are in a unit, whoever asks."""
        people = select(func.count()).where(Person.unit_id == unit_id, Person.active)
        accounts = select(func.count()).where(Account.unit_id == unit_id)
        return (
            await self._session.scalar(people) or 0,
            await self._session.scalar(accounts) or 0,
        )

    async def belongings(self, person_id: int, scope: Scope) -> list[Account | Deal | Reminder]:
        """What goes where somebody goes: accounts, open deals, what is to be done; locked."""
        accounts = (
            select(Account)
            .where(Account.owner_id == person_id, scope.where(Account.owner_id, Account.unit_id))
            .order_by(Account.id)
            .with_for_update()
        )
        deals = (
            select(Deal)
            .where(
                Deal.owner_id == person_id,
                Deal.closed_at.is_(None),
                scope.where(Deal.owner_id, Deal.unit_id),
            )
            .order_by(Deal.id)
            .with_for_update()
        )
        reminders = (
            select(Reminder)
            .where(
                Reminder.person_id == person_id,
                Reminder.done_at.is_(None),
                scope.where(Reminder.person_id, Reminder.unit_id),
            )
            .order_by(Reminder.id)
            .with_for_update()
        )
        return [
            *await self._session.scalars(accounts),
            *await self._session.scalars(deals),
            *await self._session.scalars(reminders),
        ]

    async def groups(self) -> list[Group]:
        """Every group by name: they are everybody's to know."""
        return list(await self._session.scalars(select(Group).order_by(Group.name, Group.id)))

    async def group(self, group_id: int, *, lock: bool = False) -> Group | None:
        """A group, locked when it is read to be changed."""
        query = select(Group).where(Group.id == group_id)
        if lock:
            query = query.with_for_update().execution_options(populate_existing=True)
        return (await self._session.scalars(query)).one_or_none()

    async def members(self, group_id: int, scope: Scope) -> list[Person]:
        """The active people of a group whom the asker may see, by name."""
        query = (
            select(Person)
            .join(Membership, Membership.person_id == Person.id)
            .where(
                Membership.group_id == group_id,
                Person.active,
                scope.where(Person.id, Person.unit_id),
            )
            .order_by(Person.name, Person.id)
        )
        return list(await self._session.scalars(query))

    async def sizes(self) -> dict[int, int]:
        """How many active people are in each group."""
        query = (
            select(Membership.group_id, func.count())
            .join(Person, Membership.person_id == Person.id)
            .where(Person.active)
            .group_by(Membership.group_id)
        )
        return dict((await self._session.execute(query)).all())

    async def groups_of(self, person_id: int) -> list[Group]:
        """The groups that somebody is in, by name."""
        query = (
            select(Group)
            .join(Membership, Membership.group_id == Group.id)
            .where(Membership.person_id == person_id)
            .order_by(Group.name, Group.id)
        )
        return list(await self._session.scalars(query))

    async def membership(self, group_id: int, person_id: int) -> Membership | None:
        query = select(Membership).where(
            Membership.group_id == group_id, Membership.person_id == person_id
        )
        return (await self._session.scalars(query)).one_or_none()

    async def memberships(self, group_id: int) -> list[Membership]:
        """Who is in a group, those who have left the company too."""
        query = select(Membership).where(Membership.group_id == group_id)
        return list(await self._session.scalars(query))

    async def remove(self, row: Group | Membership) -> None:
        await self._session.delete(row)
        await self._session.flush()
