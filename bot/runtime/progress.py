"""How far a long errand is, said where its answer will stand."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages import Place, Reply
from bot.phrases import language
from bot.runtime.encoding import Parcel, pack
from storage.lanes import now_ms
from storage.models import DeliveryState, Priority
from storage.owing import insert_deliveries
from storage.progress import drop_unsent, shown_at

if TYPE_CHECKING:
    from bot.runtime.turn import Runtime


@dataclass(frozen=True)
class Card:
    """Where an answer will stand: in a chat, in place of the message ``edit`` if there is one.

    ``name`` is the update's unique name.
    """

    name: str
    place: Place
    person_id: int | None
    update_id: int
    edit: str = ""


def _prefix(name: str) -> str:
    return f"{name}:progress:"


async def show(runtime: "Runtime", card: Card, said: Reply, step: str) -> None:
    """Owe a card that says how far it is, in place of the one before."""
    lane = f"{card.place.platform}:{card.place.bot}"
    adapter, prefix = runtime.serving(lane), _prefix(card.name)
    async with runtime.database.begin() as session:
        await drop_unsent(session, prefix)
        edit = card.edit or await shown_at(session, prefix)
        parcel = Parcel(card.place, adapter.pack(said)[0], edit, language=language())
        row = {
            "dedup": prefix + step,
            "lane": lane,
            "chat": card.place.key,
            "person_id": card.person_id,
            "priority": Priority.REPLY,
            "repeatable": True,
            "payload": pack(parcel),
            "created_at": runtime.now(),
            "update_id": card.update_id,
            "ready_at": await now_ms(session),
            "state": DeliveryState.PENDING,
            "attempts": 0,
            "fence": 0,
        }
        if await insert_deliveries(session, [row]):
            await runtime.wake.announce(session, "outbox")


async def stood_at(session: AsyncSession, name: str) -> str:
    """The message that said how far it was, which the answer takes the place of; else nothing.

    What was not sent yet is not said any more.
    """
    await drop_unsent(session, _prefix(name))
    return await shown_at(session, _prefix(name))
