"""Updates on their way into the inbox, before anyone has tried to understand them."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Protocol

import structlog

from bot.runtime.adapter import Json
from storage.inbox import Arrival

log = structlog.get_logger(__name__)

PLATFORM = "telegram"
KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
"""What we ask Telegram for; the list is sticky, so it is sent with every request."""

RECEIVED = "received"
"""Our own mark on a stored update: a press carries no time of its own."""

HIGHEST = 2**62
"""Update ids are 32 bits today; anything larger would not fit the cursor's column."""


class Takes(Protocol):
    """The inbox, as far as a receiver needs it."""

    async def take(
        self, platform: str, bot: str, arrivals: Sequence[Arrival], *, cursor: int | None = None
    ) -> int: ...

    async def position(self, platform: str, bot: str) -> int | None: ...


def utc_now() -> datetime:
    return datetime.now(UTC)


def number(update: object) -> int | None:
    """Return the update's id, or None when it has no usable one."""
    found = update.get("update_id") if isinstance(update, dict) else None
    usable = isinstance(found, int) and not isinstance(found, bool) and 0 <= found < HIGHEST
    return found if usable else None


def arrival(update: Json, bot: str, at: datetime) -> Arrival:
    """Make the row for an update that has an id; never raises, whatever else is in it."""
    stamped = {RECEIVED: int(at.timestamp()), **update}
    chat = next(_chats(update), "?")
    return Arrival(str(update["update_id"]), f"{PLATFORM}:{bot}:{chat}", json.dumps(stamped))


def arrivals(updates: Iterable[Any], bot: str, at: datetime) -> list[Arrival]:
    """Make the rows for all updates that have an id; report the others and leave them out."""
    rows: list[Arrival] = []
    for update in updates:
        if number(update) is None:
            log.error("telegram.update_without_id", bot=bot, type=type(update).__name__)
        else:
            rows.append(arrival(update, bot, at))
    return rows


def _chats(update: Json) -> Iterator[int]:
    """Find the ids of the chats that an update speaks of, the surest first."""
    for body in (value for value in update.values() if isinstance(value, dict)):
        for holder in (body, body.get("message")):
            chat = holder.get("chat") if isinstance(holder, dict) else None
            found = chat.get("id") if isinstance(chat, dict) else None
            if isinstance(found, int):
                yield found
