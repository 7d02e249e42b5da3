"""Stored calls and drafts: what buttons do, and forms half filled in."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    String,
    case,
    cast,
    delete,
    insert,
    inspect,
    literal,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Delivery, Draft, StoredCall
from storage.upsert import delete_rows, table, upsert

STORE = insert(table(StoredCall))
PLACED = cast(StoredCall.answers, String).like('%"point"%')
"""Does something with where somebody was."""


async def store_calls(session: AsyncSession, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep what the buttons of a card do."""
    await session.execute(STORE, list(rows))


async def stored_call(session: AsyncSession, token: str) -> StoredCall | None:
    """A call by its token, locked: two presses at once are one."""
    query = select(StoredCall).where(StoredCall.token == token).with_for_update()
    return (await session.scalars(query)).one_or_none()


async def peek(session: AsyncSession, token: str) -> StoredCall | None:
    """A call by its token, only to be looked at."""
    query = select(StoredCall).where(StoredCall.token == token)
    return (await session.scalars(query)).one_or_none()


async def spend(session: AsyncSession, call: StoredCall, now: datetime) -> None:
    """A press of a single button spends all the single ones of its card, and of its review."""
    await _spend(session, StoredCall.card == call.card, now)
    if call.review:
        await spend_review(session, call.review, now)


async def spend_review(session: AsyncSession, review: str, now: datetime) -> None:
    """The cards that a review left behind are of no more use: it is saved once."""
    await _spend(session, StoredCall.review == review, now)


async def _spend(session: AsyncSession, which: ColumnElement[bool], now: datetime) -> None:
    """None of them does anything any more, and so where somebody was is forgotten."""
    nothing = literal({}, JSON)
    await session.execute(
        update(StoredCall)
        .where(which, StoredCall.single_use, StoredCall.used_at.is_(None))
        .values(used_at=now, answers=case((PLACED, nothing), else_=StoredCall.answers))
        .execution_options(synchronize_session=False)
    )


async def open_reviews(
    session: AsyncSession,
    person_id: int,
    chat: str,
    *,
    since: datetime,
    now: datetime,
    updates: Sequence[int] | None = None,
) -> Sequence[StoredCall]:
    """What the cards of a person's reviews in a chat may still do, the newest card first.

    With updates, only the cards that answered these.
    """
    query = (
        select(StoredCall)
        .join(Delivery, Delivery.dedup == StoredCall.card)
        .where(
            StoredCall.person_id == person_id,
            StoredCall.review != "",
            StoredCall.used_at.is_(None),
            StoredCall.expires_at >= now,
            Delivery.chat == chat,
            Delivery.created_at >= since,
        )
        .order_by(Delivery.id.desc())
        .with_for_update(of=StoredCall)
    )
    if updates is not None:
        query = query.where(Delivery.update_id.in_(updates))
    return (await session.scalars(query)).all()


async def single_labels(session: AsyncSession, card: str) -> list[str]:
    """The labels of a card's single buttons."""
    query = select(StoredCall.label).where(StoredCall.card == card, StoredCall.single_use)
    return list(await session.scalars(query))


async def card(session: AsyncSession, dedup: str) -> Delivery | None:
    """The message that a card left as."""
    query = select(Delivery).where(Delivery.dedup == dedup)
    return (await session.scalars(query)).one_or_none()


async def forget_calls_before(session: AsyncSession, moment: datetime) -> int:
    """Delete calls that expired before then; returns how many."""
    return await delete_rows(session, delete(StoredCall).where(StoredCall.expires_at < moment))


async def forget_places(session: AsyncSession, now: datetime) -> int:
    """Delete calls that would do something with where somebody was and can't any more."""
    over = (StoredCall.expires_at < now) | StoredCall.used_at.is_not(None)
    return await delete_rows(session, delete(StoredCall).where(PLACED, over))


async def draft_of(session: AsyncSession, person_id: int, chat: str) -> Draft | None:
    """The form that a person is filling in, in a chat, locked: it is finished once.

    A group's updates answer the form of the private chat, and run beside that chat's own.
    """
    query = select(Draft).where(Draft.person_id == person_id, Draft.chat == chat).with_for_update()
    return (await session.scalars(query)).one_or_none()


async def store_draft(session: AsyncSession, draft: Draft) -> None:
    """Keep a draft; there is one for a person and chat."""
    values = {c.key: getattr(draft, c.key) for c in inspect(Draft).columns if c.key != "id"}
    statement = upsert(session, Draft).values(**values)
    changed = {k: v for k, v in values.items() if k not in {"person_id", "chat"}}
    await session.execute(
        statement.on_conflict_do_update(index_elements=["person_id", "chat"], set_=changed)
    )


async def drop_draft(session: AsyncSession, person_id: int, chat: str) -> None:
    await session.execute(delete(Draft).where(Draft.person_id == person_id, Draft.chat == chat))


async def forget_drafts_before(session: AsyncSession, moment: datetime) -> int:
    """Delete drafts that nobody went on with since then; returns how many."""
    return await delete_rows(session, delete(Draft).where(Draft.updated_at < moment))
