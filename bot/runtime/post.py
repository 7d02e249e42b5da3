"""Owing: a reply becomes rows of the outbox, in the transaction of the update that it answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.messages import Place, Reply
from bot.runtime.adapter import Adapter
from bot.runtime.calls import Issuer, pressed
from bot.runtime.encoding import Parcel, pack, unpack
from bot.runtime.turn import Turn
from storage import calls
from storage.lanes import now_ms, reserve
from storage.models import DeliveryState, Priority
from storage.outbox import LEASE, Claim, insert_deliveries


@dataclass(frozen=True)
class Owed:
    """A reply to one place. ``name`` is unique: the same reply is never owed twice."""

    name: str
    place: Place
    reply: Reply
    person_id: int | None
    edit: str = ""
    ack: str = ""
    priority: Priority = Priority.REPLY


def lane_of(place: Place) -> str:
    """The rate-limited way out to a place: its bot."""
    return f"{place.platform}:{place.bot}"


async def owe(turn: Turn, owed: Sequence[Owed]) -> list[Claim]:
    """Store what is owed; the first part of the reply is claimed at once if it may leave now."""
    rows = [row for each in owed for row in await _rows(turn, each)]
    if not rows:
        return []
    first = rows[0]
    now, slot = await _slot(turn, first)
    for row in rows:
        row |= {"ready_at": now, "state": DeliveryState.PENDING, "attempts": 0, "fence": 0}
    if slot is not None:
        first |= {"ready_at": slot + LEASE, "state": DeliveryState.SENDING}
        first |= {"attempts": 1, "fence": 1}
    ids = await insert_deliveries(turn.session, rows)
    if slot is None or len(rows) > 1:
        await turn.runtime.wake.announce(turn.session, "outbox")
    if slot is None or len(ids) < len(rows):
        return []
    return [_claim(ids[0], first, slot)]


async def _slot(turn: Turn, row: dict[str, Any]) -> tuple[int, int | None]:
    adapter = turn.runtime.adapters.get(row["lane"])
    if not turn.runtime.delivers or adapter is None or row["priority"] != Priority.REPLY:
        return await now_ms(turn.session), None
    return await reserve(turn.session, row["lane"], row["chat"], adapter.pace)


def _claim(delivery_id: int, row: dict[str, Any], slot: int) -> Claim:
    return Claim(
        id=delivery_id,
        fence=1,
        attempt=1,
        lane=row["lane"],
        chat=row["chat"],
        priority=row["priority"],
        repeatable=row["repeatable"],
        payload=row["payload"],
        slot=slot,
        update_id=row["update_id"],
        owed_at=int(row["created_at"].timestamp() * 1000),
    )


async def _rows(turn: Turn, owed: Owed) -> list[dict[str, Any]]:
    runtime = turn.runtime
    adapter = runtime.adapters.get(lane_of(owed.place), turn.adapter)
    issuer = Issuer(f"{owed.name}:0", owed.person_id, turn.now, runtime.new_token)
    issued = await issuer.issue(turn.session, owed.reply)
    return [
        {
            "dedup": f"{owed.name}:{part}",
            "lane": lane_of(owed.place),
            "chat": owed.place.key,
            "person_id": owed.person_id,
            "priority": owed.priority,
            "repeatable": True,
            "payload": pack(parcel),
            "created_at": turn.update.received_at,
            "update_id": turn.update.id,
        }
        for part, parcel in enumerate(_parcels(adapter, owed, issued))
    ]


def _parcels(adapter: Adapter, owed: Owed, issued: Reply) -> Iterator[Parcel]:
    """One message each; only the first takes a card's place and ends a spinner."""
    first = True
    for message in adapter.pack(issued):
        yield Parcel(owed.place, message, owed.edit if first else "", owed.ack if first else "")
        first = False


async def tick(turn: Turn, name: str, token: str) -> list[Owed]:
    """The pressed card again, with its button ticked, when the answer does not take its place."""
    left = await calls.card(turn.session, name)
    if left is None:
        return []
    parcel = unpack(left.payload)
    shown = pressed(parcel.reply, token)
    if shown == parcel.reply:
        return []
    return [Owed(f"{turn.name}:ticked", parcel.place, shown, left.person_id, edit=turn.card)]
