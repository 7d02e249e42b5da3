"""Rows of any noun by the hundreds: found, written and journaled without loading objects."""

from collections import defaultdict
from collections.abc import (
    AsyncIterator,
    Collection,
    Iterator,
    Mapping,
    Sequence,
)
from datetime import date, datetime, time
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Select,
    func,
    select,
    text,
    true,
)

from storage.bulk import Job, Jobs, write
from storage.journal import encode
from storage.losses import Losses
from storage.models import (
    Account,
    AccountKey,
    Attendee,
    Base,
    Contact,
    Deal,
    Entry,
    Erasure,
    Group,
    Leave,
    Membership,
    Person,
    Reminder,
    Unit,
    Visit,
)
from storage.repository import Repository
from storage.scope import Scope
from storage.standing import bump
from storage.upsert import table

T = TypeVar("T")
Row = dict[str, Any]
Mark = tuple[int, int | None]
"""The last entry of the journal, and the last erasure."""
SIGHTED = ("id", "name", "code", "owner_id", "unit_id")
"""The columns of an account that anybody may know, or that say whose it is."""
NAMED: tuple[type[Base], ...] = (Account, AccountKey, Contact, Person, Unit, Group, Leave)
"""What the rows of any table may name, or what says who may see what."""
CHUNK = 500
"""Rows of one statement: some milliseconds of work between two breaths of the event loop."""
OWNERS: Mapping[type[Base], tuple[Any, Any]] = {
    Account: (Account.owner_id, Account.unit_id),
    Deal: (Deal.owner_id, Deal.unit_id),
    Person: (Person.id, Person.unit_id),
    Reminder: (Reminder.person_id, Reminder.unit_id),
    Visit: (Visit.rep_id, Visit.unit_id),
}
BESIDE: Mapping[type[Base], tuple[Any, Any]] = {
    Membership: (Membership.person_id, Membership.group_id),
    Attendee: (Attendee.visit_id, Attendee.contact_id),
    AccountKey: (AccountKey.account_id, AccountKey.key),
}
PARENTS: Mapping[type[Base], tuple[Any, Any, type[Base]]] = {
    Contact: (Contact.account_id, Account.id, Account),
    Leave: (Leave.person_id, Person.id, Person),
}


class Tables(Repository):
    """What imports and exports do to whole tables."""

    async def rows(
        self, model: type[Base], column: str, values: Collection[Any], scope: Scope
    ) -> list[Row]:
        """The rows in scope with one of these values, as the journal writes them."""
        columns, found = table(model).c, list[Row]()
        query = _seen(model, scope).order_by(columns.id)
        for some in chunks(sorted(values)):
            found += await self._encoded(model, query.where(columns[column].in_(some)))
        return found

    async def numbered(
        self, model: type[Base], ids: Collection[int], *, lock: bool = True
    ) -> dict[int, Row]:
        """Rows by their ids, locked when they are read to be changed."""
        query = select(table(model)).where(table(model).c.id.in_(ids))
        query = query.with_for_update() if lock else query
        return {row["id"]: row for row in await self._encoded(model, query)}

    async def pages(self, model: type[Base], scope: Scope) -> AsyncIterator[list[Row]]:
        """All rows in scope by their ids, some hundreds at a time."""
        columns, last = table(model).c, 0
        query = _seen(model, scope).order_by(columns.id).limit(CHUNK)
        while found := await self._encoded(model, query.where(columns.id > last)):
            yield found
            last = found[-1]["id"]

    async def _encoded(self, model: type[Base], query: Select[Any]) -> list[Row]:
        connection = await self._session.connection()
        rows = [dict(row) for row in (await connection.execute(query)).mappings()]
        for name in _temporal(model):
            for row in rows:
                row[name] = encode(row[name])
        return rows

    async def beside(self, model: type[Base], ids: Collection[int]) -> dict[int, list[Row]]:
        """The rows that hang on others, such as a visit's attendees, by whom they hang on."""
        parent, _value = BESIDE[model]
        found: defaultdict[int, list[Row]] = defaultdict(list)
        columns = table(model).c
        for some in chunks(sorted(ids)):
            query = select(table(model)).where(columns[parent.key].in_(some)).order_by(columns.id)
            for row in await self._encoded(model, query):
                found[row[parent.key]].append(row)
        return found

    async def named(self, keys: Collection[str]) -> list[tuple[str, bool, int]]:
        """The accounts that are called so, of everybody: key, whether by its sound, and id."""
        columns, found = table(AccountKey).c, list[tuple[str, bool, int]]()
        connection = await self._session.connection()
        for some in chunks(sorted(keys)):
            query = select(columns.key, columns.sound, columns.account_id)
            rows = await connection.execute(query.where(columns.key.in_(some)))
            found += [(key, sound, account_id) for key, sound, account_id in rows]
        return found

    async def written(self) -> AsyncIterator[Sequence[tuple[str, int]]]:
        """Every way to write every account's name, of everybody, some thousands at a time."""
        columns, last = table(AccountKey).c, 0
        connection = await self._session.connection()
        query = (
            select(columns.key, columns.account_id, columns.id)
            .where(~columns.sound)
            .order_by(columns.id)
            .limit(4 * CHUNK)
        )
        while found := (await connection.execute(query.where(columns.id > last))).all():
            yield [(key, account_id) for key, account_id, _id in found]
            last = found[-1][2]

    async def shared_names(self) -> dict[str, int]:
        """The names that several accounts have, of everybody's, and how many do."""
        columns = table(AccountKey).c
        query = (
            select(columns.key, func.count())
            .where(~columns.sound)
            .group_by(columns.key)
            .having(func.count() > 1)
        )
        connection = await self._session.connection()
        return dict((await connection.execute(query)).all())

    async def stay(self) -> None:
        """Say that this transaction is at work: PostgreSQL ends one that is idle for long."""
        await (await self._session.connection()).execute(select(1))

    async def sightings(
        self, column: str, values: Collection[Any]
    ) -> list[tuple[int, str, str, int, int]]:
        """What anybody may know of accounts, and whose they are: id, name, code, owner, unit."""
        columns, found = table(Account).c, list[tuple[int, str, str, int, int]]()
        connection = await self._session.connection()
        query = select(*(columns[each] for each in SIGHTED))
        for some in chunks(sorted(values)):
            rows = await connection.execute(query.where(columns[column].in_(some)))
            found += [tuple(row) for row in rows]
        return found

    async def having(
        self, column: str, values: Collection[str]
    ) -> list[tuple[str, int, str, str, int, int]]:
        """What they have in a column, with what anybody may know of those accounts."""
        columns, found = table(Account).c, list[tuple[str, int, str, str, int, int]]()
        connection = await self._session.connection()
        query = select(columns[column], *(columns[each] for each in SIGHTED))
        for some in chunks(sorted(values)):
            rows = await connection.execute(query.where(columns[column].in_(some)))
            found += [tuple(row) for row in rows]
        return found

    async def numbers(self, model: type[Base], count: int) -> list[int]:
        """As many new ids, which nobody else gets."""
        connection = await self._session.connection()
        name = model.__tablename__
        if connection.dialect.name == "postgresql":
            query = text(
                "SELECT nextval(pg_get_serial_sequence(:name, 'id'))"
                " FROM generate_series(1, :count)"
            )
            found = await connection.execute(query, {"name": name, "count": count})
            return [number for (number,) in found]
        query = text(
            "UPDATE sqlite_sequence SET seq = seq + :count WHERE name = :name RETURNING seq"
        )
        last = await connection.scalar(query, {"name": name, "count": count})
        if last is None:  # nothing was ever put in
            top = await connection.scalar(select(func.coalesce(func.max(table(model).c.id), 0)))
            last = (top or 0) + count
            query = text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)")
            await connection.execute(query, {"name": name, "last": last})
        return list(range(last + 1 - count, last + 1))

    def jobs(self) -> Jobs:
        """An empty list of what is to be written."""
        return Jobs(self._session.get_bind().dialect)

    async def write(self, jobs: Sequence[Job]) -> None:
        """Write what was made ready, and journal it."""
        await write(self._session, jobs)

    async def mark(self) -> Mark:
        """How far the company's data was changed."""
        last, erased = func.coalesce(func.max(Entry.id), 0), func.max(Erasure.id)
        connection = await self._session.connection()
        return await connection.scalar(select(last)) or 0, await connection.scalar(select(erased))

    async def moved(self, mark: Mark, models: Collection[type[Base]]) -> bool:
        """Whether any of these were changed since, or what the rows of any table may name.

        PostgreSQL commits in another order than that of the numbers: there it may always be.
        """
        connection = await self._session.connection()
        if connection.dialect.name == "postgresql":
            return True
        last, erased = await self.mark()
        nouns = {model.__tablename__ for model in (*NAMED, *models)}
        query = select(Entry.id).where(Entry.id > mark[0], Entry.noun.in_(nouns)).limit(1)
        return last < mark[0] or erased != mark[1] or await connection.scalar(query) is not None

    async def entries(self, change_id: int) -> AsyncIterator[list[Row]]:
        """What a change did, the last first, some hundreds at a time."""
        columns = table(Entry).c
        connection = await self._session.connection()
        query = (
            select(columns.id, columns.noun, columns.key, columns.before, columns.after)
            .where(columns.change_id == change_id)
            .order_by(columns.id.desc())
            .limit(CHUNK)
        )
        found = (await connection.execute(query)).mappings().all()
        while found:
            yield [dict(entry) for entry in found]
            last = found[-1]["id"]
            rows = await connection.execute(query.where(columns.id < last))
            found = rows.mappings().all()

    async def lose(self, losses: Losses, removed: Collection[int] = ()) -> None:
        """Note who may see less by what was written; those ``removed`` are people no more."""
        found = await self._session.run_sync(losses.found) if losses else set()
        if losses.changes_scopes:
            self._session.info.pop("scopes", None)
        if people := (found | losses.absent).difference(removed):
            await bump(self._session, people)


def chunks(values: Sequence[T]) -> Iterator[list[T]]:
    """Some hundreds at a time."""
    return (list(values[at : at + CHUNK]) for at in range(0, len(values), CHUNK))


def _seen(model: type[Base], scope: Scope) -> Select[Any]:
    """The rows that may be seen, by whose they are or hang on."""
    query = select(table(model))
    if scope.everything:
        return query
    if model in PARENTS:
        child, parent, above = PARENTS[model]
        return query.join(table(above), child == parent).where(_covered(above, scope))
    return query.where(_covered(model, scope))


def _covered(model: type[Base], scope: Scope) -> ColumnElement[bool]:
    return scope.where(*OWNERS[model]) if model in OWNERS else true()


@cache
def _temporal(model: type[Base]) -> Collection[str]:
    """The columns that are days and times."""
    kinds = {each.name: each.type.python_type for each in table(model).c}
    return [name for name, kind in kinds.items() if issubclass(kind, (date, datetime, time))]
