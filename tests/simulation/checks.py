"""What must be true of the database and the platform when the stream has ended."""

from collections import Counter
from itertools import pairwise
from typing import Any

from sqlalchemy import func, inspect, select

from storage.engine import Database
from storage.journal import encode
from storage.models import Change, Delivery, DeliveryState, Entry, Update, UpdateState, Visit
from tests.simulation.standin import StandIn
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


async def problems(database: Database, telegram: StandIn, stream: Stream) -> list[str]:
    """Everything that is not as it must be."""
    await stream.watch()
    found = [
        *await _inbox(database, stream),
        *await _visits(database, stream),
        *await _owed(database, stream),
        *await _journal(database),
        *await _offsets(telegram),
    ]
    silent = [note for note in stream.visits if not stream.replies[note]]
    return [*found, *(f"visit {note} got no reply" for note in silent)]


async def _inbox(database: Database, stream: Stream) -> list[str]:
    """Every update is there once, and done."""
    async with database.read() as session:
        rows = (await session.execute(select(Update.external_id, Update.state))).all()
    states = Counter((number, state) for number, state in rows)
    wanted = Counter((str(update), UpdateState.DONE.value) for update in stream.updates)
    return [f"update {row} is wrong" for row in (states - wanted) + (wanted - states)]


async def _visits(database: Database, stream: Stream) -> list[str]:
    """Every note is one visit, unless it was undone, which leaves none."""
    async with database.read() as session:
        stored = Counter(await session.scalars(select(Visit.note)))
        undone = await session.scalar(select(func.count(Change.undoes_id)))
    wanted = Counter(f"n{note}x" for note in stream.visits if note not in stream.undone)
    found = [f"visit {note} is lost" for note in wanted - stored]
    found += [f"visit {note} is too many" for note in stored - wanted]
    if undone != len(stream.undone):
        found.append(f"{undone} changes undone in place of {len(stream.undone)}")
    return found


async def _owed(database: Database, stream: Stream) -> list[str]:
    """Every update has its one reply, and it was sent."""
    async with database.read() as session:
        rows = (await session.execute(select(Delivery.dedup, Delivery.state))).all()
    sent = {dedup for dedup, state in rows if state == DeliveryState.SENT}
    found = [f"message {row} is wrong" for row in rows if row[1] != DeliveryState.SENT]
    wanted = [f"telegram:123456:{update}:0" for update in stream.updates]
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


async def _offsets(telegram: StandIn) -> list[str]:
    """No poll asked for what was confirmed before."""
    asked = [
        int(each["params"]["offset"])
        for each in await telegram.requests("getupdates")
        if "offset" in each.get("params", {})
    ]
    return [f"the offset went from {a} back to {b}" for a, b in pairwise(asked) if b < a]
