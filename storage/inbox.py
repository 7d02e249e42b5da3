"""The inbox table: what the platforms sent, in order within each chat."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Boolean, bindparam, case, delete, exists, func, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.clock import NowMs
from storage.models import Cursor, Update, UpdateState
from storage.upsert import delete_rows, prepared, table, upsert

UNREAD_FOR = timedelta(days=28)
RECENT = 20
"""How many answered updates of a chat are looked at."""
INBOX = table(Update)
Earlier = aliased(Update, name="earlier")
NEW = text("inbox.state = 'new'")  # literally, as the partial index says it
OLDEST = (
    select(Update)
    .where(
        NEW,
        or_(Update.held_until.is_(None), Update.held_until <= NowMs()),
        ~exists().where(
            Earlier.chat == Update.chat, text("earlier.state = 'new'"), Earlier.id < Update.id
        ),
    )
    .order_by(Update.id)
    .limit(1)
    .with_for_update(of=Update, skip_locked=True)
)
THIS = (
    select(Update)
    .where(NEW, Update.id == bindparam("wanted"))
    .with_for_update(of=Update, skip_locked=True)
)
CLOCK = select(NowMs())
EMPTY = "{}"
"""What is left of an update whose text must not be kept: it is known by its number alone."""
PLACED = INBOX.c.payload.like('%"latitude"%')
"""Says where somebody is. Within a JSON string the quotes would be escaped: no words match."""
FINISH = (
    update(INBOX)
    .where(INBOX.c.id == bindparam("row"))
    .values(
        state=bindparam("ended"),
        error=bindparam("why"),
        payload=case(
            (or_(PLACED, bindparam("forget", type_=Boolean)), EMPTY), else_=INBOX.c.payload
        ),
    )
)


@prepared
def _insert(insert: Any) -> Any:
    return insert(INBOX).on_conflict_do_nothing().returning(INBOX.c.external_id, INBOX.c.id)


@dataclass(frozen=True)
class Arrival:
    """One update as it came: its number on the platform, its chat's key, and its raw text.

    For ``held`` milliseconds only who took it in answers it.
    """

    external_id: str
    chat: str
    payload: str
    held: int = 0


async def insert_arrivals(
    session: AsyncSession, platform: str, bot: str, arrivals: Sequence[Arrival], now: datetime
) -> dict[str, int]:
    """Store what is not stored yet; returns our numbers of those, by the platform's names."""
    if not arrivals:
        return {}
    clock = await session.scalar(CLOCK) if any(each.held for each in arrivals) else 0
    rows = [
        {
            "platform": platform,
            "bot": bot,
            "external_id": arrival.external_id,
            "chat": arrival.chat,
            "payload": arrival.payload.replace("\0", ""),
            "received_at": now,
            "state": UpdateState.NEW,
            "held_until": clock + arrival.held if arrival.held and clock else None,
        }
        for arrival in arrivals
    ]
    stored = await session.execute(_insert(session), rows)
    return {row.external_id: row.id for row in stored}


async def move_cursor(
    session: AsyncSession, name: str, position: int, now: datetime, stale: datetime
) -> None:
    """Note how far a poller has read; it goes back only from one last moved before ``stale``."""
    statement = upsert(session, Cursor).values(name=name, position=position, moved_at=now)
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["name"],
            set_={
                "position": statement.excluded.position,
                "moved_at": statement.excluded.moved_at,
            },
            where=or_(Cursor.position <= position, Cursor.moved_at < stale),
        )
    )


async def read_cursor(session: AsyncSession, name: str, not_before: datetime) -> int | None:
    """Where a poller goes on, unless that is too long ago to mean anything."""
    query = select(Cursor.position).where(Cursor.name == name, Cursor.moved_at >= not_before)
    return await session.scalar(query)


async def next_update(
    session: AsyncSession,
    update_id: int | None = None,
    *,
    without: Collection[str] = (),
    behind: Collection[str] = (),
) -> Update | None:
    """The oldest new update whose chat has no older one, locked until the transaction ends.

    A chat whose update is locked by another worker, or held, waits: its order is kept. One that
    is asked for by its number is had at once, unless it is locked or answered. What came from
    platforms ``without`` which we are waits too, and what is of the chats ``behind``.
    """
    if update_id is None:
        here = OLDEST.where(Update.platform.not_in(without)) if without else OLDEST
        here = here.where(Update.chat.not_in(behind)) if behind else here
        found = await session.scalars(here)
    else:
        found = await session.scalars(THIS, {"wanted": update_id})
    return found.one_or_none()


async def finish(
    session: AsyncSession,
    update_id: int,
    state: UpdateState,
    error: str | None = None,
    *,
    forget: bool = False,
) -> None:
    """Say how an update ended; one that says where somebody is, in any way, loses what it says.

    PIPL 28 and 47, GDPR 5(1)(c): a whereabouts is kept only until it has been answered. Of
    what we are to ``forget`` nothing is kept either: it was not for us.
    """
    row = {"row": update_id, "ended": state, "why": error, "forget": forget}
    await session.execute(FINISH, row)


async def done_since(session: AsyncSession, update: Update, moment: datetime) -> Sequence[Update]:
    """The answered updates of the same chat that came before this one, but not before then."""
    query = (
        select(Update)
        .where(
            Update.chat == update.chat,
            Update.id < update.id,
            Update.received_at >= moment,
            Update.state == UpdateState.DONE,
            Update.payload != EMPTY,
        )
        .order_by(Update.id.desc())
        .limit(RECENT)
    )
    return (await session.scalars(query)).all()


async def backlog(session: AsyncSession) -> int:
    """How many updates wait."""
    query = select(func.count()).select_from(Update).where(NEW)
    return await session.scalar(query) or 0


async def forget_before(session: AsyncSession, moment: datetime) -> int:
    """Delete answered updates that came in before then; returns how many.

    What could not be read is kept a month longer, for whoever finds out why.
    """
    answered = (Update.received_at < moment) & (Update.state == UpdateState.DONE)
    unread = Update.received_at < moment - UNREAD_FOR
    aside = unread & (Update.state == UpdateState.QUARANTINED)
    return await delete_rows(session, delete(Update).where(or_(answered, aside)))
