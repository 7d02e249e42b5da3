"""Standing: a number that grows whenever what somebody may see becomes less.

It grows in the transaction that takes something away, by a session event like the journal's, so
that no service can forget it. What was made for them before is not sent to them after
(`storage.outbox`).
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, SessionTransaction, UOWTransaction, joinedload

from storage.losses import lost
from storage.models import Leave, Person, Standing, Unit
from storage.upsert import prepared, table

DAY = timedelta(days=1)
"""How far any place on earth is from UTC's day at most."""
STANDINGS = table(Standing)
LEAVES = table(Leave)


@prepared
def _grow(insert: Any) -> Any:
    statement = insert(STANDINGS)
    return statement.on_conflict_do_update(
        index_elements=["person_id"], set_={"number": STANDINGS.c.number + 1}
    )


async def bump(session: AsyncSession, person_ids: Iterable[int]) -> None:
    """Note that these may see less from now on: for who writes past the session's events."""
    ids = set(person_ids)
    await session.run_sync(lambda sync: _bump(sync, ids))


def hold(session: AsyncSession, person_id: int, number: int) -> None:
    """Remember what standing somebody had before anything was looked up for them."""
    held: dict[int, int] = session.info.setdefault("held", {})
    held.setdefault(person_id, number - _grown(session.info).get(person_id, 0))


async def hold_all(session: AsyncSession, person_ids: Collection[int]) -> None:
    """The same for several, by one look-up: what a job does before it makes what they read."""
    query = select(Person.id, Standing.number).outerjoin(Standing, Standing.person_id == Person.id)
    for person_id, number in await session.execute(query.where(Person.id.in_(person_ids))):
        hold(session, person_id, number or 0)


def lapse(session: AsyncSession, person_id: int, until: datetime) -> None:
    """Remember when what was looked up for somebody in this transaction ends to be theirs."""
    known: dict[int, datetime] = session.info.setdefault("lapses", {})
    known[person_id] = min(known.get(person_id, until), until)


def lapsing(session: AsyncSession) -> dict[int, datetime]:
    """When that is, of those whom it will happen to."""
    return dict(session.info.get("lapses", {}))


async def leaves_of(
    session: AsyncSession, deputies: Iterable[int], now: datetime
) -> list[tuple[Leave, Person]]:
    """The leaves about now of whom these stand in for, each with its person, and its deputy."""
    query = (
        select(Leave, Person)
        .join(Person, Person.id == Leave.deputy_id)
        .where(Leave.deputy_id.in_(set(deputies)), _around(now))
        .options(joinedload(Leave.person))
    )
    return [(leave, deputy) for leave, deputy in await session.execute(query)]


def held(session: AsyncSession, person_id: int | None) -> int | None:
    """The standing that what is made in this transaction is made for, if it is known.

    What this transaction itself took away is counted: it knew of that.
    """
    found: int | None = session.info.get("held", {}).get(person_id)
    return None if found is None else found + _grown(session.info).get(person_id or 0, 0)


def grown(session: AsyncSession) -> list[int]:
    """Who may see less by what this transaction has done so far."""
    return sorted(_grown(session.info))


def _grown(info: dict[Any, Any]) -> dict[int, int]:
    found: dict[int, int] = info.setdefault("grown", {})
    return found


@event.listens_for(Session, "before_flush")
def _go(session: Session, _flush: UOWTransaction, _instances: object) -> None:
    """Whoever is removed leaves no number behind that would keep them."""
    if gone := [each.id for each in session.deleted if isinstance(each, Person)]:
        session.connection().execute(STANDINGS.delete().where(STANDINGS.c.person_id.in_(gone)))


@event.listens_for(Session, "after_flush")
def _notice(session: Session, _flush: UOWTransaction) -> None:
    if any(isinstance(each, (Leave, Unit)) for each in session.new):
        _forget(session)
    losses = lost(session)
    if losses.changes_scopes:
        _forget(session)
    if losses:
        _bump(session, losses.found(session), losses.absent, _removed(session))


def _removed(session: Session) -> set[int]:
    return {each.id for each in session.deleted if isinstance(each, Person)}


def _bump(
    session: Session,
    person_ids: Collection[int],
    absent: Collection[int] = (),
    removed: Collection[int] = (),
) -> None:
    """Count these on, and who stands in for them or for whom is ``absent``."""
    away = {*person_ids, *absent}
    ids = {*person_ids, *_deputies(session, away)}.difference(removed)
    if not ids:
        return
    _forget(session)
    counts = _grown(session.info)
    for each in ids:
        counts[each] = counts.get(each, 0) + 1
    # In one order, or two transactions could wait for each other.
    rows = [{"person_id": each, "number": 1} for each in sorted(ids)]
    session.connection().execute(_grow(session), rows)


def _deputies(session: Session, person_ids: Collection[int]) -> set[int]:
    """Who stands in for one of these about now: they see what those see."""
    author = session.info.get("author")
    if author is None or not person_ids:
        return set()
    query = select(LEAVES.c.deputy_id).where(
        LEAVES.c.person_id.in_(person_ids), LEAVES.c.deputy_id.is_not(None), _around(author.at)
    )
    return set(session.connection().execute(query).scalars())


def _around(now: datetime) -> Any:
    today = now.date()
    return (LEAVES.c.starts_on <= today + DAY) & (LEAVES.c.ends_on >= today - DAY)


def _forget(session: Session) -> None:
    session.info.pop("scopes", None)


@event.listens_for(Session, "after_transaction_create")
def _mark(session: Session, transaction: SessionTransaction) -> None:
    if transaction.nested:
        session.info.setdefault("marks", {})[transaction] = dict(_grown(session.info))


@event.listens_for(Session, "after_soft_rollback")
def _take_back(session: Session, previous: SessionTransaction) -> None:
    """What is rolled back to a savepoint has taken nothing away."""
    _forget(session)
    before = session.info.get("marks", {}).pop(previous, None)
    if before is not None:
        session.info["grown"] = before
