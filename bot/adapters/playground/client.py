"""The playground as a platform: the phones that are open in browsers just now."""

import asyncio
import json
import secrets
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

from aiohttp import WSCloseCode
from aiohttp.web import WebSocketResponse
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from bot.adapters.playground import receive, render
from bot.markdown import plain
from bot.messages import (
    Block,
    Buttons,
    Choice,
    Fields,
    File,
    Image,
    Incoming,
    Place,
    Reply,
    Sheet,
    Table,
    Text,
)
from bot.runtime.adapter import Json, Outgoing, Pace, Rejected
from storage.engine import Database
from storage.models import Blob

PATIENCE = 5.0
"""Seconds that a phone which does not read may hold up the others; then it must reconnect."""


class Playground:
    """Phones on a page; whoever holds the page may speak as anybody, so it is for trying out."""

    platform = receive.PLATFORM
    bot = receive.BOT
    renders: frozenset[type[Block]] = frozenset(
        (Text, Fields, Table, Image, File, Buttons, Choice, Sheet)
    )
    pace = Pace(
        lane_gap=1, lane_burst=1_000, chat_gap=1, chat_burst=100, group_gap=1, group_burst=100
    )

    window_pace: Pace | None = None
    whispers = False

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self.database = database
        self.now = now
        self._phones: defaultdict[str, set[WebSocketResponse]] = defaultdict(set)

    def read(self, payload: Json) -> Incoming:
        return receive.read(payload)

    def door(self, code: str) -> str:
        return f"/start {code}"

    def forgets(self, _card: str) -> bool:
        return False

    def shows_form(self, _incoming: Incoming) -> bool:
        return True

    def pack(self, reply: Reply) -> tuple[Reply, ...]:
        return (reply,) if any(_says_something(block) for block in reply.blocks) else ()

    async def send(self, outgoing: Outgoing) -> str:
        """Show a message on the person's open phones; the others find it in their history."""
        ref = outgoing.edit or str(outgoing.id)
        try:
            blocks = render.blocks(outgoing.reply)
        except ValueError as nonsense:
            raise Rejected(str(nonsense)) from nonsense
        for file in render.made(outgoing.reply):
            await self.keep(file, render.ref(file))
        event = message(ref, self.now(), blocks, edit=bool(outgoing.edit), ack=outgoing.ack)
        await self.push(outgoing.place.chat, event)
        return ref

    async def typing(self, place: Place) -> None:
        await self.push(place.chat, {"type": "typing"})

    async def download(self, file: File) -> bytes:
        blob = await self.find(file.ref)
        if blob is None:
            raise FileNotFoundError(file.name)
        return blob.content

    async def keep(self, file: File, ref: str = "") -> str:
        """Keep a file's bytes and return the handle to fetch them by; twice is once."""
        ref = ref or secrets.token_urlsafe(18)
        blob = Blob(
            ref=ref, name=file.name, mime=file.mime, content=file.content, created_at=self.now()
        )
        with suppress(IntegrityError):  # somebody else just kept the same bytes
            async with self.database.begin() as session:
                if await session.get(Blob, ref) is None:
                    session.add(blob)
        return ref

    async def find(self, ref: str) -> Blob | None:
        """Find kept bytes by their handle."""
        async with self.database.read() as session:
            return await session.scalar(select(Blob).where(Blob.ref == ref))

    def plug(self, chat: str, phone: WebSocketResponse) -> None:
        """Begin to show a chat on one open phone."""
        self._phones[chat].add(phone)

    def unplug(self, chat: str, phone: WebSocketResponse) -> None:
        """Stop showing a chat on a phone."""
        self._phones[chat].discard(phone)
        if not self._phones[chat]:
            del self._phones[chat]

    async def push(self, chat: str, event: dict[str, Any]) -> None:
        """Tell all open phones of a chat; one that is gone or stuck is dropped."""
        text = json.dumps(event)
        phones = tuple(self._phones.get(chat, ()))
        await asyncio.gather(*(self._tell(chat, phone, text) for phone in phones))

    async def close(self) -> None:
        """Hang up all phones, so that the server can stop."""
        for phones in tuple(self._phones.values()):
            for phone in tuple(phones):
                await phone.close(code=WSCloseCode.GOING_AWAY)

    async def _tell(self, chat: str, phone: WebSocketResponse, text: str) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                await phone.send_str(text)
        except (ConnectionError, RuntimeError):
            self.unplug(chat, phone)
        except TimeoutError:
            self.unplug(chat, phone)
            await phone.close(drain=False)


def _says_something(block: Block) -> bool:
    return not (isinstance(block, Text) and not plain(block.markdown).strip())


def message(
    ref: str, at: datetime, blocks: list[dict[str, Any]], *, edit: bool = False, ack: str = ""
) -> dict[str, Any]:
    """Build the event that shows one message of the bot."""
    return {
        "type": "message",
        "ref": ref,
        "at": at.isoformat(),
        "edit": edit,
        "ack": ack,
        "blocks": blocks,
    }
