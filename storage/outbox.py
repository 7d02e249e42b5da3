"""The outbox table: claiming what is due, one lane at a time, and recording how it ended.

The algorithm: one transaction locks a lane that has capacity and its due rows, takes at most half
a second of slots in order of priority, moves rows whose chat is busy to that chat's next free
slot, and gives each taken row a lease and a new fence. An expired lease is simply a due row again;
there is no leader and no reaper.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Exists,
    bindparam,
    delete,
    exists,
    func,
    select,
    text,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.clock import NowMs
from storage.lanes import DUE, LEAD, Pace, free_at, move_lane, now_ms, open_lane, set_gates
from storage.models import Delivery, DeliveryState, Gate, Lane, Person, Priority, Standing
from storage.upsert import delete_rows, many, table

LEASE = 15_000
WINDOW = 500
Earlier = aliased(Delivery, name="earlier")
PENDING = text("deliveries.state = 'pending'")
SENDING = text("deliveries.state = 'sending'")
OUTBOX = table(Delivery)
LEFT = "the person has left"
LESS = "what they may see has become less"
LAPSED = "they stand in for nobody any more"
WAITING = select(
    exists().where(Delivery.chat.in_(bindparam("chats", expanding=True)), DUE, PENDING)
)


@dataclass(frozen=True)
class Claim:
    """A delivery that is this process's to send, at ``slot``, if it records by ``fence``."""

    id: int
    fence: int
    attempt: int
    lane: str
    chat: str
    priority: int
    repeatable: bool
    payload: Mapping[str, Any]
    slot: int
    update_id: int | None
    owed_at: int
    """Since when, in milliseconds since 1970: the arrival of what it answers."""
    withheld: str = ""
    """Why its reader may not see any more what is in it; then it is not to be sent."""


async def claim(session: AsyncSession, paces: Mapping[str, Pace]) -> tuple[int, list[Claim]]:
    """The database's time, and up to half a second's worth of one lane's due messages."""
    now = await now_ms(session)
    lane = await open_lane(session, paces.keys(), now)
    if lane is None:
        return now, []
    pace = paces[lane.key]
    wanted = max(1, WINDOW // max(1, pace.lane_gap))
    rows = await _due(session, lane.key, now, wanted)
    lost = [row for row in rows if not _may_be_sent(row)]
    taken, pushed, tat, gates = _schedule([r for r in rows if r not in lost], lane, pace, now)
    await _lease(session, taken)
    await _push(session, pushed)
    await _end(session, lost)
    if taken:
        await set_gates(session, gates)
        await move_lane(session, lane.key, tat)
    return now, taken


def _may_be_sent(row: Any) -> bool:
    """Not twice what must not repeat, and nothing to someone who has left."""
    interrupted = row.state == DeliveryState.SENDING and not row.repeatable
    return not interrupted and row.active is not False


JUDGED = (Person.active, Standing.number, Delivery.standing, Delivery.lapses_at)


def _withheld(row: Any, now: int) -> str:
    """Why a message is nothing for its reader any more, if it isn't."""
    if row.active is False:
        return LEFT
    if row.standing is not None and (row.number or 0) > row.standing:
        return LESS
    return LAPSED if row.lapses_at is not None and row.lapses_at <= now else ""


async def judge(session: AsyncSession, job: Claim) -> Claim:
    """A claim that had to wait, judged again just before it is sent."""
    query = (
        select(*JUDGED, NowMs().label("now"))
        .select_from(Delivery)
        .outerjoin(Person, Person.id == Delivery.person_id)
        .outerjoin(Standing, Standing.person_id == Delivery.person_id)
        .where(Delivery.id == job.id)
    )
    row = (await session.execute(query)).one()
    return replace(job, withheld=_withheld(row, row.now))


def _earlier() -> Exists:
    """A message to the same chat that has to leave first."""
    return exists().where(
        Earlier.chat == Delivery.chat,
        Earlier.priority == Delivery.priority,
        Earlier.id < Delivery.id,
        text("earlier.state IN ('pending', 'sending')"),
    )


async def _due(session: AsyncSession, lane: str, now: int, wanted: int) -> list[Any]:
    rows: list[Any] = []
    for priority in Priority:
        query = (
            select(
                Delivery.id,
                Delivery.chat,
                Delivery.priority,
                Delivery.state,
                Delivery.repeatable,
                Delivery.payload,
                Delivery.attempts,
                Delivery.fence,
                Delivery.update_id,
                Delivery.created_at,
                Gate.tat,
                *JUDGED,
            )
            .outerjoin(Gate, Gate.key == Delivery.chat)
            .outerjoin(Person, Person.id == Delivery.person_id)
            .outerjoin(Standing, Standing.person_id == Delivery.person_id)
            .where(
                Delivery.lane == lane,
                Delivery.priority == priority,
                DUE,
                Delivery.ready_at <= now,
                ~_earlier(),
            )
            .order_by(Delivery.ready_at, Delivery.id)
            .limit(wanted - len(rows))
            .with_for_update(of=Delivery, skip_locked=True)
        )
        rows += (await session.execute(query)).all()
        if len(rows) >= wanted:
            break
    return rows


def _schedule(
    rows: Sequence[Any], lane: Any, pace: Pace, now: int
) -> tuple[list[Claim], dict[int, int], int, dict[str, int]]:
    """Give each row a slot of the lane, or push it to its chat's next free one."""
    taken: list[Claim] = []
    pushed: dict[int, int] = {}
    gates: dict[str, int] = {}
    tat = lane.tat
    for row in rows:
        gap, burst = pace.chat(row.chat)
        chat_tat = gates.get(row.chat, row.tat or 0)
        slot = free_at(tat, pace.lane_gap, pace.lane_burst, now)
        chat_free = free_at(chat_tat, gap, burst, now)
        if chat_free > slot + LEAD:
            pushed[row.id] = chat_free
            continue
        slot = max(slot, chat_free)
        gates[row.chat] = max(chat_tat, slot) + gap
        tat = max(tat, slot) + pace.lane_gap
        taken.append(
            Claim(
                id=row.id,
                fence=row.fence + 1,
                attempt=row.attempts + 1,
                lane=lane.key,
                chat=row.chat,
                priority=row.priority,
                repeatable=row.repeatable,
                payload=row.payload,
                slot=slot,
                update_id=row.update_id,
                owed_at=int(row.created_at.timestamp() * 1000),
                withheld=_withheld(row, now),
            )
        )
    return taken, pushed, tat, gates


async def _lease(session: AsyncSession, taken: Sequence[Claim]) -> None:
    if not taken:
        return
    statement = (
        update(Delivery)
        .where(Delivery.id == bindparam("row"))
        .values(
            state=DeliveryState.SENDING,
            ready_at=bindparam("until"),
            fence=Delivery.fence + 1,
            attempts=Delivery.attempts + 1,
        )
    )
    await many(session, statement, [{"row": c.id, "until": c.slot + LEASE} for c in taken])


async def _push(session: AsyncSession, pushed: Mapping[int, int]) -> None:
    if pushed:
        statement = (
            update(Delivery)
            .where(Delivery.id == bindparam("row"))
            .values(ready_at=bindparam("until"), state=DeliveryState.PENDING)
        )
        await many(session, statement, [{"row": i, "until": t} for i, t in pushed.items()])


async def _end(session: AsyncSession, lost: Sequence[Any]) -> None:
    for row in lost:
        left = row.active is False
        await session.execute(
            update(Delivery)
            .where(Delivery.id == row.id)
            .values(
                state=DeliveryState.FAILED if left else DeliveryState.UNCERTAIN,
                error=LEFT if left else "interrupted while sending",
            )
        )


async def waiting(session: AsyncSession) -> int:
    """How many messages are owed and not yet sent."""
    return await session.scalar(select(func.count()).select_from(Delivery).where(DUE)) or 0


async def give_back(session: AsyncSession, ids: Collection[int], now: int) -> None:
    """End one's own claims before anything was tried."""
    values = {"state": DeliveryState.PENDING, "ready_at": now, "attempts": 0}
    await session.execute(update(OUTBOX).where(OUTBOX.c.id.in_(ids)).values(**values))


async def drop_waiting(session: AsyncSession, chats: Collection[str]) -> None:
    """Forget what waits for these: something newer takes its place."""
    if chats:
        await session.execute(
            delete(OUTBOX).where(OUTBOX.c.chat.in_(chats), OUTBOX.c.state == DeliveryState.PENDING)
        )


async def next_ready(session: AsyncSession, lanes: Iterable[str]) -> int | None:
    """When the next message of these lanes may be claimed."""
    heads = [
        select(Delivery.ready_at)
        .where(Delivery.lane == Lane.key, Delivery.priority == priority, DUE, ~_earlier())
        .order_by(Delivery.ready_at)
        .limit(1)
        .scalar_subquery()
        for priority in Priority
    ]
    rows = await session.execute(select(Lane.tat, *heads).where(Lane.key.in_(list(lanes))))
    found = [(tat, [at for at in ready if at is not None]) for tat, *ready in rows]
    return min((max(min(ready), tat - LEAD) for tat, ready in found if ready), default=None)


async def any_waiting(session: AsyncSession, chats: Iterable[str]) -> bool:
    """Whether one of these chats has a message that may now follow the one before it."""
    return bool(await session.scalar(WAITING, {"chats": sorted(chats)}))


async def release(session: AsyncSession) -> None:
    """End every lease: whoever held one is gone."""
    now = await now_ms(session)
    await session.execute(update(Delivery).where(DUE, SENDING).values(ready_at=now))


async def forget_before(session: AsyncSession, moment: datetime) -> int:
    """Delete what was sent before then; returns how many. What failed is kept."""
    statement = delete(Delivery).where(
        Delivery.created_at < moment, Delivery.state == DeliveryState.SENT
    )
    return await delete_rows(session, statement)
