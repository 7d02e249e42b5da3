"""What a phone shows when it is opened: the people, and the conversation so far."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.adapters.playground import receive, render
from bot.adapters.playground.client import message
from bot.messages import Message
from bot.runtime.encoding import unpack
from storage.models import Delivery, DeliveryState, Identity, Person, Role, Unit, Update

OWN = 50
THEIRS = 150
"""Edits count too, so more of these are read than are shown."""


async def people(session: AsyncSession) -> list[dict[str, Any]]:
    """Everybody whose phone can be opened, along the org tree, higher roles first."""
    rows = await session.execute(
        select(Person, Unit)
        .join(Unit, Unit.id == Person.unit_id)
        .join(Identity, Identity.person_id == Person.id)
        .where(Person.active, Identity.platform == receive.PLATFORM)
        .order_by(Unit.path, Unit.id, Person.role.desc(), Person.id)
    )
    return [_person(person, unit) for person, unit in rows]


async def person(session: AsyncSession, identifier: int) -> Person | None:
    """Find whose phone it is."""
    return await session.scalar(
        select(Person)
        .join(Identity, Identity.person_id == Person.id)
        .where(Person.id == identifier, Person.active, Identity.platform == receive.PLATFORM)
    )


async def conversation(session: AsyncSession, chat: str) -> list[dict[str, Any]]:
    """Read what both sides said, oldest first; an edit stands where its message stood."""
    events = [*await _own(session, chat), *await _theirs(session, chat)]
    return sorted(events, key=lambda event: datetime.fromisoformat(event["at"]))


async def _own(session: AsyncSession, chat: str) -> list[dict[str, Any]]:
    rows = await session.scalars(
        select(Update)
        .where(Update.platform == receive.PLATFORM, Update.chat == chat)
        .order_by(Update.id.desc())
        .limit(OWN)
    )
    return [event for row in rows if (event := _said(row)) is not None]


def _said(row: Update) -> dict[str, Any] | None:
    """Show a message again as the page sent it; presses show only in what they changed."""
    payload = json.loads(row.payload)
    try:
        incoming = receive.read(payload)
    except ValueError:
        return None
    return mine(payload, row.received_at) if isinstance(incoming, Message) else None


def mine(payload: dict[str, Any], at: datetime) -> dict[str, Any]:
    """Build the event that shows what the person said themselves; ``at`` is when we had it."""
    return {"type": "mine", "id": payload["id"], "at": at.isoformat(), "payload": payload}


async def _theirs(session: AsyncSession, chat: str) -> list[dict[str, Any]]:
    rows = await session.scalars(
        select(Delivery)
        .where(Delivery.chat == chat, Delivery.state == DeliveryState.SENT)
        .order_by(Delivery.id.desc())
        .limit(THEIRS)
    )
    shown: dict[str, dict[str, Any]] = {}
    for row in reversed(rows.all()):
        parcel = unpack(row.payload)
        ref = parcel.edit or row.message_ref or str(row.id)
        first = shown.get(ref)
        at = datetime.fromisoformat(first["at"]) if first else row.created_at
        shown[ref] = message(ref, at, render.blocks(parcel.reply))
    return list(shown.values())


def _person(person: Person, unit: Unit) -> dict[str, Any]:
    return {
        "id": str(person.id),
        "name": person.name,
        "role": Role(person.role).name.lower(),
        "unit": unit.name,
        "path": unit.path,
        "language": person.language,
    }
