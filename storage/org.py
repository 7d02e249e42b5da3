"""The company's tree of units, and the groups that cut across it."""

from sqlalchemy import select

from storage.models import Group, Unit
from storage.repository import Repository
from storage.scope import Scope


class Org(Repository):
    async def units(self, scope: Scope, home: int) -> list[Unit]:
        """The units in scope and one's own, closed ones too, each after its parent."""
        query = select(Unit).order_by(Unit.path)
        if not scope.everything:
            query = query.where(Unit.id.in_({*scope.units, home}))
        return list(await self._session.scalars(query))

    async def groups(self) -> list[Group]:
        """Every group by name: they are everybody's to know."""
        return list(await self._session.scalars(select(Group).order_by(Group.name, Group.id)))

    async def group(self, group_id: int, *, lock: bool = False) -> Group | None:
        """A group, locked when it is read to be changed."""
        query = select(Group).where(Group.id == group_id)
        if lock:
            query = query.with_for_update().execution_options(populate_existing=True)
        return (await self._session.scalars(query)).one_or_none()
