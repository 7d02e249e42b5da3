"""How sending ended, recorded in batches and only by whoever still holds the claim."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.lanes import set_gates
from storage.models import DeliveryState, Lane
from storage.outbox import OUTBOX, Claim
from storage.upsert import many

RECORD = (
    update(OUTBOX)
    .where(
        OUTBOX.c.id == bindparam("row"),
        OUTBOX.c.fence == bindparam("held"),
        OUTBOX.c.state == DeliveryState.SENDING,
    )
    .values(
        state=bindparam("new_state"),
        ready_at=bindparam("until"),
        message_ref=bindparam("ref"),
        error=bindparam("why"),
        attempts=OUTBOX.c.attempts - bindparam("untried"),
    )
)


EMPTY = update(OUTBOX).where(OUTBOX.c.id == bindparam("row")).values(payload=bindparam("left"))


@dataclass(frozen=True)
class Result:
    """How an attempt ended; ``pause_until`` holds its whole lane, ``chat_until`` its chat.

    ``unreachable`` when the person blocked the bot or never started it; not ``tried`` when the
    slot was given back.
    """

    claim: Claim
    state: DeliveryState
    ready_at: int = 0
    message_ref: str | None = None
    error: str | None = None
    pause_until: int = 0
    chat_until: int = 0
    unreachable: bool = False
    tried: bool = True


async def record(session: AsyncSession, results: Sequence[Result]) -> None:
    """Write how attempts ended; one whose lease another process has taken over is left alone."""
    for lane, until in sorted({(r.claim.lane, r.pause_until) for r in results if r.pause_until}):
        await session.execute(
            update(Lane).where(Lane.key == lane, Lane.tat < until).values(tat=until)
        )
    if gates := {r.claim.chat: r.chat_until for r in results if r.chat_until}:
        await set_gates(session, gates)
    rows = [
        {
            "row": r.claim.id,
            "held": r.claim.fence,
            "new_state": r.state,
            "until": r.ready_at,
            "ref": r.message_ref,
            "why": r.error,
            "untried": int(not r.tried),
        }
        for r in sorted(results, key=lambda result: result.claim.id)
    ]
    await many(session, RECORD, rows)
    if emptied := [{"row": r.claim.id, "left": _emptied(r)} for r in results if r.claim.withheld]:
        await many(session, EMPTY, emptied)


def _emptied(result: Result) -> dict[str, Any]:
    """What stays of a message that was not sent as it was made: nothing of what it said."""
    return {**result.claim.payload, "blocks": []}
