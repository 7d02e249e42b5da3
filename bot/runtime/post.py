"""Owing: a reply becomes rows of the outbox, in the transaction of the update that it answers."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.messages import Place, Reply, Submission
from bot.phrases import language
from bot.runtime.adapter import Adapter
from bot.runtime.calls import Issuer, pressed
from bot.runtime.encoding import Parcel, pack, unpack
from bot.runtime.lowering import length
from bot.runtime.turn import PAGES, WINDOWS, Turn
from services.access import lapses
from storage import calls
from storage.lanes import now_ms, reserve
from storage.models import DeliveryState, Priority
from storage.outbox import LEASE, Claim, drop_waiting, give_back
from storage.owing import store_owed
from storage.standing import held, lapsing

LONG = 1_000
"""From how many characters on a reply may take so long to cut that others would wait for it."""


@dataclass(frozen=True)
class Owed:
    """A reply to one place, or to a window. ``name`` is unique: nothing is owed twice.

    One reply owed to somebody in several places is one card: its buttons are the same everywhere.
    """

    name: str
    place: Place
    reply: Reply
    person_id: int | None
    edit: str = ""
    ack: str = ""
    priority: Priority = Priority.REPLY
    window: str = ""
    language: str = field(default_factory=language)
    """The reader's."""
    spare: bool = False
    """Whether it stands somewhere else as well: where it can't be shown as meant, it is not."""
    is_page: bool = False
    """Whether its window is a page: only how it is last is of interest."""
    lapses_at: int | None = None
    """When its reader may not see it any more, where it was made before and that is known."""

    @property
    def lane(self) -> str:
        """The rate-limited way out to it."""
        lane = f"{self.place.platform}:{self.place.bot}"
        if not self.window:
            return lane
        return lane + (PAGES if self.is_page else WINDOWS)

    @property
    def chat(self) -> str:
        """What keeps its order: the chat, or the window."""
        return f"{self.place.key}#{self.window}" if self.window else self.place.key


PATIENCE = 1_500
"""Milliseconds in which a form that was sent back is answered or told to wait."""
Cards = dict[tuple[int, int | None], Reply]
"""Replies that have their tokens, by the reply and whose the tokens are."""


async def owe(turn: Turn, owed: Sequence[Owed]) -> list[Claim]:
    """Store what is owed; the first part of a reply is claimed at once if it may leave now."""
    cards: Cards = {}
    rows = [row for each in owed for row in await _rows(turn, each, cards)]
    if not rows:
        return []
    await drop_waiting(turn.session, {each.chat for each in owed if each.is_page})
    now, slots = await _slots(turn, rows)
    ends = await _ends(turn, {row["person_id"] for row in rows}, now)
    for row in rows:
        row["lapses_at"] = row["lapses_at"] or ends.get(row["person_id"])
        ready = now + _patience(turn, row)
        row |= {"ready_at": ready, "state": DeliveryState.PENDING, "attempts": 0, "fence": 0}
    for index, slot in slots.items():
        rows[index] |= {"ready_at": slot + LEASE, "state": DeliveryState.SENDING}
        rows[index] |= {"attempts": 1, "fence": 1}
    ids = await store_owed(turn.session, rows)
    if len(slots) < len(rows):
        await turn.runtime.wake.announce(turn.session, "outbox")
    if len(ids) < len(rows):
        return []
    if any(less for _id, less in ids):
        # Somebody took something from a reader meanwhile: whoever claims it finds that out.
        await give_back(turn.session, [ids[index][0] for index in slots], now)
        await turn.runtime.wake.announce(turn.session, "outbox")
        return []
    return [_claim(ids[index][0], rows[index], slot) for index, slot in slots.items()]


async def _ends(turn: Turn, readers: set[int | None], now: int) -> dict[int, int]:
    """When each reader who sees this only as a deputy ceases to be one, by the database's clock.

    For the asker that was found out when it was looked up for them, or it doesn't matter.
    """
    found = lapsing(turn.session)
    if others := {each for each in readers if each} - {turn.work.author.person_id, *found}:
        found |= await lapses(turn.work, others)
    return {
        each: now + round((at - turn.now).total_seconds() * 1000) for each, at in found.items()
    }


def _patience(turn: Turn, row: dict[str, Any]) -> int:
    """How long what comes of a form waits that does not leave at once.

    Whoever took the form in tells its window to wait meanwhile, and that must not cover it.
    """
    is_form = isinstance(turn.incoming, Submission) and row["lane"].endswith(WINDOWS)
    return PATIENCE if is_form else 0


async def _slots(turn: Turn, rows: Sequence[dict[str, Any]]) -> tuple[int, dict[int, int]]:
    """The time, and when the first part of each reply leaves, where that is now, by its row.

    Lanes are locked in one order, or two transactions could wait for each other.
    """
    paces = turn.runtime.paces if turn.runtime.delivers else {}
    firsts: dict[tuple[str, str], int] = {}
    for index, row in enumerate(rows):
        if row["priority"] == Priority.REPLY and row["lane"] in paces:
            firsts.setdefault((row["lane"], row["chat"]), index)
    slots: dict[int, int] = {}
    now: int | None = None
    for (lane, chat), index in sorted(firsts.items()):
        now, slot = await reserve(turn.session, lane, chat, paces[lane])
        if slot is not None:
            slots[index] = slot
    return now if now is not None else await now_ms(turn.session), slots


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


async def _rows(turn: Turn, owed: Owed, cards: Cards) -> list[dict[str, Any]]:
    runtime = turn.runtime
    adapter = runtime.adapter(owed.lane) or turn.adapter
    card = (id(owed.reply), owed.person_id)
    issued = cards.get(card)
    if issued is None:
        issuer = Issuer(
            f"{owed.name}:0", owed.person_id, turn.now, runtime.new_token, runtime.book
        )
        issued = cards[card] = await issuer.issue(turn.session, owed.reply)
    parts = [issued] if owed.window else await packed(adapter, issued)
    return [
        {
            "dedup": f"{owed.name}:{part}",
            "lane": owed.lane,
            "chat": owed.chat,
            "person_id": owed.person_id,
            "priority": owed.priority,
            "repeatable": True,
            "payload": pack(parcel),
            "created_at": turn.update.received_at,
            "update_id": turn.update.id,
            "lapses_at": owed.lapses_at,
        }
        for part, parcel in enumerate(_parcels(owed, parts))
    ]


async def packed(adapter: Adapter, reply: Reply) -> Sequence[Reply]:
    """The reply as single messages; what is long is measured and cut beside the event loop."""
    if length(reply) > LONG:
        return await asyncio.to_thread(adapter.pack, reply)
    return adapter.pack(reply)


def _parcels(owed: Owed, parts: Sequence[Reply]) -> Iterator[Parcel]:
    """One message each; only the first takes a card's place and ends a spinner."""
    edit, ack = owed.edit, owed.ack
    for part in parts:
        yield Parcel(owed.place, part, edit, ack, owed.window, owed.language, owed.spare)
        edit = ack = ""


async def tick(turn: Turn, name: str, token: str) -> list[Owed]:
    """The pressed card again, with its button ticked, when the answer does not take its place."""
    left = await calls.card(turn.session, name)
    if left is None or left.standing != (held(turn.session, left.person_id) or 0):
        return []  # what stands on it may not be theirs to see any more
    parcel = unpack(left.payload)
    shown = pressed(parcel.reply, token)
    if shown == parcel.reply:
        return []
    name = f"{turn.name}:ticked"
    return [
        Owed(
            name,
            parcel.place,
            shown,
            left.person_id,
            edit=turn.card,
            spare=True,
            lapses_at=left.lapses_at,
        )
    ]
