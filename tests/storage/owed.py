"""Messages owed, for tests of the outbox."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import update

from storage.engine import Database
from storage.lanes import ensure_lanes, now_ms
from storage.models import Delivery, DeliveryState, Priority
from storage.outbox import Claim, claim
from storage.owing import insert_deliveries

LANE = "telegram:1"
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Pace:
    """Limits that a test chooses; none by default."""

    lane_gap: int = 0
    lane_burst: int = 1_000
    gap: int = 0
    burst: int = 1_000

    def chat(self, _key: str) -> tuple[int, int]:
        return self.gap, self.burst


FREE = {LANE: Pace()}


def owed(name: str, chat: str = "telegram:1:7", **more: Any) -> dict[str, Any]:
    """One message, due at once."""
    return {
        "dedup": name,
        "lane": LANE,
        "chat": chat,
        "payload": {"said": name},
        "ready_at": 0,
        "created_at": NOW,
        "person_id": None,
        "priority": Priority.REPLY,
        "repeatable": True,
        "state": DeliveryState.PENDING,
        "attempts": 0,
        "fence": 0,
    } | more


async def store(database: Database, *rows: dict[str, Any]) -> list[int]:
    async with database.begin() as session:
        await ensure_lanes(session, [LANE])
        return await insert_deliveries(session, rows)


async def take(database: Database, paces: Any = FREE) -> list[Claim]:
    async with database.begin() as session:
        return (await claim(session, paces))[1]


async def let_lease_end(database: Database, *claims: Claim | Delivery) -> None:
    """As if the process that had claimed them were gone for longer than its lease."""
    async with database.begin() as session:
        past = await now_ms(session) - 1
        ids = [each.id for each in claims]
        await session.execute(update(Delivery).where(Delivery.id.in_(ids)).values(ready_at=past))


async def read(database: Database, delivery_id: int) -> Delivery:
    async with database.read() as session:
        found = await session.get(Delivery, delivery_id)
    assert found
    return found


def said(claims: Sequence[Claim]) -> list[str]:
    return [each.payload["said"] for each in claims]
