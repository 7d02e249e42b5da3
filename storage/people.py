"""People, units, identities and invitations."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, bindparam, exists, func, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, joinedload

from storage.models import Identity, Leave, Person, Role, Standing, Unit, Visit
from storage.repository import Repository
from storage.scope import Scope
from storage.standing import hold

Above = aliased(Unit)
KNOWN = (
    select(Identity, Person, Standing.number)
    .join(Person, Identity.person_id == Person.id)
    .outerjoin(Standing, Standing.person_id == Person.id)
    .where(
        Identity.platform == bindparam("platform"), Identity.external_id == bindparam("account")
    )
    .options(joinedload(Person.unit))
)


@dataclass(frozen=True)
class Known:
    """A person as they came in: who they are, and by which account."""

    person: Person
    identity: Identity


@dataclass(frozen=True)
class Called:
    """What somebody is called, and the unit they are in."""

    id: int
    name: str
    code: str
    unit_id: int
    unit: str


def with_standing() -> Select[Person, int]:
    """People with their units, and the standing that each of them has in this very moment."""
    return (
        select(Person, Standing.number)
        .outerjoin(Standing, Standing.person_id == Person.id)
        .options(joinedload(Person.unit))
    )


async def held(session: AsyncSession, query: Select[Person, int]) -> list[Person]:
    """Those people. What is made for them from now on is made for the standing they have here."""
    found: list[Person] = []
    for person, number in await session.execute(query):
        hold(session, person.id, number or 0)
        found.append(person)
    return found


class People(Repository):
    async def known(self, platform: str, external_id: str) -> Known | None:
        """The person behind a platform's account, with their unit."""
        account = {"platform": platform, "account": external_id}
        found = (await self._session.execute(KNOWN, account)).one_or_none()
        if found is None:
            return None
        identity, person, standing = found
        hold(self._session, person.id, standing or 0)  # before anything is looked up for them
        return Known(person, identity)

    async def get(self, person_id: int, *, lock: bool = False) -> Person:
        """A person by id, locked when they are read to be changed."""
        query = with_standing().where(Person.id == person_id)
        if lock:
            query = query.with_for_update(of=Person).execution_options(populate_existing=True)
        return (await held(self._session, query))[0]

    async def settled(self, person_id: int) -> Person:
        """A person as they are now, who keeps their unit and stays until this transaction is over.

        For whoever puts something into that unit; many at once may.
        """
        await self._session.flush()  # what is changed of them here is not lost
        query = with_standing().where(Person.id == person_id)
        query = query.with_for_update(read=True, of=Person)
        return (await held(self._session, query.execution_options(populate_existing=True)))[0]

    async def seen(self, person_id: int, scope: Scope) -> Person | None:
        """A person in scope, also one who has left, with their unit."""
        query = with_standing().where(
            Person.id == person_id, scope.where(Person.id, Person.unit_id)
        )
        return next(iter(await held(self._session, query)), None)

    async def called(self, scope: Scope, *, gone: bool = False) -> list[Called]:
        """What everybody in scope is called, by name; those who have left only when asked for."""
        query = (
            select(Person.id, Person.name, Person.code, Unit.id, Unit.name)
            .join(Unit, Person.unit_id == Unit.id)
            .where(scope.where(Person.id, Person.unit_id), true() if gone else Person.active)
            .order_by(Person.name, Person.id)
        )
        return [Called(*row) for row in await self._session.execute(query)]

    async def identities(self, person_id: int) -> list[Identity]:
        """A person's accounts, those they can be reached by first."""
        query = (
            select(Identity)
            .where(Identity.person_id == person_id)
            .order_by(Identity.reachable.desc(), Identity.id)
        )
        return list(await self._session.scalars(query))

    async def unreachable(self, scope: Scope) -> list[str]:
        """The names of active people in scope whom no account reaches."""
        reached = exists().where(Identity.person_id == Person.id, Identity.reachable)
        query = (
            select(Person.name)
            .where(Person.active, ~reached, scope.where(Person.id, Person.unit_id))
            .order_by(Person.name)
        )
        return list(await self._session.scalars(query))

    async def without_visit(
        self, scope: Scope, since: datetime, limit: int, *, days: tuple[date, date]
    ) -> tuple[list[str], int]:
        """Some of the active reps in scope without a visit since then, and how many they are.

        Whoever was away on one of these days, from the first to the last, is not one of them.
        """
        seen = exists().where(Visit.rep_id == Person.id, Visit.at >= since)
        away = exists().where(
            Leave.person_id == Person.id, Leave.ends_on >= days[0], Leave.starts_on <= days[1]
        )
        query = (
            select(Person.name, func.count().over())
            .where(
                Person.active,
                Person.role == Role.REP,
                ~seen,
                ~away,
                scope.where(Person.id, Person.unit_id),
            )
            .order_by(Person.name)
            .limit(limit)
        )
        rows = (await self._session.execute(query)).all()
        return [name for name, _all in rows], rows[0][1] if rows else 0

    async def heads(self) -> list[Person]:
        """The active people at HQ, locked: there is always one."""
        query = (
            select(Person)
            .where(Person.active, Person.role >= Role.HQ)
            .order_by(Person.id)
            .with_for_update(key_share=True, of=Person)
            .execution_options(populate_existing=True)
        )
        return list(await self._session.scalars(query))

    async def unit(self, unit_id: int, *, lock: bool = False) -> Unit:
        """A unit by id, locked when it must not be closed meanwhile."""
        query = select(Unit).where(Unit.id == unit_id)
        if lock:
            query = query.with_for_update(key_share=True).execution_options(populate_existing=True)
        return (await self._session.scalars(query)).one()

    async def units(self) -> list[Unit]:
        """Every unit, each after its parent."""
        return list(await self._session.scalars(select(Unit).order_by(Unit.path)))

    async def subtree(self, unit: Unit) -> frozenset[int]:
        """The ids of a unit and of all below it."""
        query = select(Unit.id).where(Unit.path.startswith(unit.path, autoescape=True))
        return frozenset(await self._session.scalars(query))

    async def below(self, unit_ids: Collection[int]) -> frozenset[int]:
        """The ids of these units and of all below them."""
        query = (
            select(Unit.id)
            .join(Above, Unit.path.startswith(Above.path))
            .where(Above.id.in_(unit_ids), Above.path != "")
        )
        return frozenset(await self._session.scalars(query))

    async def managers(self, unit: Unit) -> list[Person]:
        """The active managers of a unit and of those above it, the nearest first."""
        above = [int(part) for part in unit.path.split("/") if part]
        query = (
            with_standing()
            .join(Unit, Person.unit_id == Unit.id)
            .where(Person.unit_id.in_(above), Person.role == Role.MANAGER, Person.active)
            .order_by(Unit.path.desc(), Person.id)
        )
        return await held(self._session, query)

    async def remove(self, row: Identity) -> None:
        await self._session.delete(row)
        await self._session.flush()


async def mark_reachable(session: AsyncSession, identity: Identity) -> None:
    """They are there again: not every platform says so by itself."""
    await session.execute(
        update(Identity)
        .where(Identity.id == identity.id)
        .values(reachable=True)
        .execution_options(synchronize_session=False)
    )


async def mark_unreachable(session: AsyncSession, chat: str) -> None:
    """Nobody can be spoken to in this chat, until they come back."""
    platform, bot, chat_id = chat.split(":", 2)
    await session.execute(
        update(Identity)
        .where(Identity.platform == platform, Identity.bot == bot, Identity.chat == chat_id)
        .values(reachable=False)
    )
