"""Lanes: the platforms' limits, reserved in the database so that they hold over all processes.

Every bot has a lane and every chat of it a gate, both kept by the generic cell rate algorithm on
the database's clock: ``tat`` is when the next message would be due at the steady rate.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from sqlalchemy import bindparam, exists, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.clock import NowMs
from storage.models import Delivery, Gate, Lane, Priority
from storage.upsert import prepared, table, upsert

LEAD = 250
"""How far ahead a slot may be reserved, in milliseconds."""
DUE = text("deliveries.state IN ('pending', 'sending')")  # literally, as the partial index says it


LANES = table(Lane)
GATES = table(Gate)
MOVE_LANE = update(LANES).where(LANES.c.key == bindparam("lane")).values(tat=bindparam("to"))
LOCK_LANE = select(Lane.tat).where(Lane.key == bindparam("lane")).with_for_update()
CHAT = select(
    select(Gate.tat).where(Gate.key == bindparam("chat")).scalar_subquery(),
    NowMs(),
    exists().where(Delivery.chat == bindparam("chat"), Delivery.priority == Priority.REPLY, DUE),
)
"""A chat: its next free slot, the time, and whether a reply is still to leave. Asked after the
lane is locked: PostgreSQL answers what is asked with the lock from before it was waited for."""
NOW = select(NowMs())


@prepared
def _move_gates(insert: Any) -> Any:
    statement = insert(GATES)
    return statement.on_conflict_do_update(
        index_elements=["key"], set_={"tat": statement.excluded.tat}
    )


class Pace(Protocol):
    """A platform's limits, in milliseconds and messages (`bot.runtime.adapter.Pace`)."""

    @property
    def lane_gap(self) -> int: ...

    @property
    def lane_burst(self) -> int: ...

    def chat(self, key: str) -> tuple[int, int]:
        """The gap and the burst of one chat."""


def free_at(tat: int, gap: int, burst: int, now: int) -> int:
    """When the next message may leave by the generic cell rate algorithm."""
    return max(now, tat - gap * (burst - 1))


async def now_ms(session: AsyncSession) -> int:
    """The database's clock."""
    return (await session.execute(NOW)).scalar_one()


async def reserve(
    session: AsyncSession, lane: str, chat: str, pace: Pace
) -> tuple[int, int | None]:
    """Take a slot for a reply at once: the time, and the slot if there is one within the lead.

    None when the lane or the chat is busy, or an earlier reply to the chat is not out yet.
    """
    lane_tat = await session.scalar(LOCK_LANE, {"lane": lane})
    if lane_tat is None:
        await ensure_lanes(session, [lane])
        lane_tat = (await session.scalars(LOCK_LANE, {"lane": lane})).one()
    chat_tat, now, is_waiting = (await session.execute(CHAT, {"chat": chat})).one()
    gap, burst = pace.chat(chat)
    slot = max(
        free_at(lane_tat, pace.lane_gap, pace.lane_burst, now),
        free_at(chat_tat or 0, gap, burst, now),
    )
    if is_waiting or slot > now + LEAD:
        return now, None
    await set_gates(session, {chat: max(chat_tat or 0, slot) + gap})
    await move_lane(session, lane, max(lane_tat, slot) + pace.lane_gap)
    return now, slot


async def move_lane(session: AsyncSession, lane: str, tat: int) -> None:
    """Move a lane on, by its key; it is locked already."""
    await session.execute(MOVE_LANE, {"lane": lane, "to": tat})


async def ensure_lanes(session: AsyncSession, keys: Iterable[str]) -> None:
    """Make the lanes that are not there yet."""
    if rows := [{"key": key} for key in sorted(keys)]:
        await session.execute(upsert(session, Lane).values(rows).on_conflict_do_nothing())


async def set_gates(session: AsyncSession, tats: Mapping[str, int]) -> None:
    """Move chats on, by their keys."""
    rows = [{"key": k, "tat": t} for k, t in sorted(tats.items())]
    await session.execute(_move_gates(session), rows)


async def open_lane(session: AsyncSession, keys: Iterable[str], now: int) -> Any:
    """A lane that has capacity and something due, locked; not one that another process holds."""
    due = exists().where(Delivery.lane == Lane.key, DUE, Delivery.ready_at <= now)
    query = (
        select(Lane.key, Lane.tat)
        .where(Lane.key.in_(list(keys)), Lane.tat <= now + LEAD, due)
        .order_by(Lane.tat)
        .limit(1)
        .with_for_update(of=Lane, skip_locked=True)
    )
    return (await session.execute(query)).one_or_none()
