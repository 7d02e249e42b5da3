"""What must be true of the database and the platform when the stream has ended."""

from collections import Counter
from typing import Any

from sqlalchemy import func, inspect, select

from storage.engine import Database
from storage.journal import encode
from storage.models import Change, Delivery, DeliveryState, Entry, Update, UpdateState, Visit
from tests.simulation.platforms import Platform
from tests.simulation.stream import Stream


async def idle(database: Database) -> bool:
    """Whether nothing is left to answer or to send."""
    async with database.read() as session:
        new = await session.scalar(select(func.count()).where(Update.state == UpdateState.NEW))
    return not new and not await unsent(database)


async def unsent(database: Database, *states: DeliveryState) -> int:
    """How many messages are still owed."""
    wanted = states or (DeliveryState.PENDING, DeliveryState.SENDING)
    async with database.read() as session:
        query = select(func.count()).where(Delivery.state.in_(wanted))
        return await session.scalar(query) or 0


async def stored(database: Database) -> set[str]:
    """Every update that the inbox has."""
    async with database.read() as session:
        return set(await session.scalars(select(Update.external_id)))


async def problems(database: Database, platform: Platform, stream: Stream) -> list[str]:
    """Everything that is not as it must be."""
    await stream.watch()
    sure = await platform.confirmed(stream.updates)
    return [
        *await _inbox(database, stream, sure),
        *await _visits(database, stream, sure),
        *await _owed(database, platform, sure),
        *await _journal(database),
        *await platform.problems(),
        *_silent(stream, sure),
    ]


def _silent(stream: Stream, sure: set[str]) -> list[str]:
    asked = [each for each in stream.asked if each.kind == "visit" and each.update in sure]
    silent = [each.note for each in asked if not stream.replies[each.note]]
    return [f"visit {note} got no reply" for note in silent]


async def _inbox(database: Database, stream: Stream, sure: set[str]) -> list[str]:
    """Every update is there once, and done; those that the bot has not confirmed may be."""
    async with database.read() as session:
        rows = (await session.execute(select(Update.external_id, Update.state))).all()
    states = Counter((number, state) for number, state in rows)
    done = UpdateState.DONE.value
    wanted = Counter((update, done) for update in sure)
    allowed = Counter((update, done) for update in stream.updates)
    return [f"update {row} is wrong" for row in (states - allowed) + (wanted - states)]


async def _visits(database: Database, stream: Stream, sure: set[str]) -> list[str]:
    """Every note is one visit, unless it was undone, which leaves none."""
    async with database.read() as session:
        kept = Counter(await session.scalars(select(Visit.note)))
        undone = await session.scalar(select(func.count(Change.undoes_id))) or 0
    asked = {kind: _notes(stream, kind) for kind in ("visit", "undo")}
    certain = {kind: _notes(stream, kind, sure) for kind in asked}
    wanted = certain["visit"] - asked["undo"]
    allowed = asked["visit"] - certain["undo"]
    found = [f"visit {note} is lost" for note in wanted - kept]
    found += [f"visit {note} is too many" for note in kept - allowed]
    if not certain["undo"].total() <= undone <= asked["undo"].total():
        found.append(f"{undone} changes undone in place of {certain['undo'].total()}")
    return found


def _notes(stream: Stream, kind: str, among: set[str] | None = None) -> Counter[str]:
    """The notes of all updates of a kind, or of those among some."""
    asked = (each for each in stream.asked if each.kind == kind)
    return Counter(f"n{each.note}x" for each in asked if among is None or each.update in among)


async def _owed(database: Database, platform: Platform, sure: set[str]) -> list[str]:
    """Every update has its one reply, and it was sent."""
    async with database.read() as session:
        rows = (await session.execute(select(Delivery.dedup, Delivery.state))).all()
    sent = {dedup for dedup, state in rows if state == DeliveryState.SENT}
    found = [f"message {row} is wrong" for row in rows if row[1] != DeliveryState.SENT]
    wanted = [f"{platform.name}:{platform.bot}:{update}:0" for update in sure]
    return found + [f"reply {name} is missing" for name in wanted if name not in sent]


async def _journal(database: Database) -> list[str]:
    """What the journal says, played back, is what the visits are."""
    async with database.read() as session:
        entries = await session.scalars(
            select(Entry).where(Entry.noun == "visits").order_by(Entry.id)
        )
        replayed: dict[int, Any] = {}
        for entry in entries:
            replayed[entry.key] = entry.after and {**replayed.get(entry.key, {}), **entry.after}
        visits = {visit.id: _values(visit) for visit in await session.scalars(select(Visit))}
    told = {key: row for key, row in replayed.items() if row}
    differing = [k for k in told.keys() | visits.keys() if told.get(k) != visits.get(k)]
    return [f"visit {key} is not what the journal says" for key in differing]


def _values(row: object) -> dict[str, Any]:
    columns = inspect(row).mapper.column_attrs
    return {column.key: encode(getattr(row, column.key)) for column in columns}
