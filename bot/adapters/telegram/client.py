"""Telegram as an adapter: sends, edits, answers presses, fetches files."""

import asyncio
import logging
from contextlib import suppress
from typing import Any, ClassVar, Self
from urllib.parse import urlencode

import structlog
from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.adapters.telegram import packing, receive
from bot.adapters.telegram.addressing import Me
from bot.adapters.telegram.arrivals import PLATFORM
from bot.adapters.telegram.render import render
from bot.adapters.telegram.rewording import reworded, shown_already
from bot.adapters.telegram.wire import CONNECTIONS, READ, described, outcome, wire
from bot.messages import Block, File, Incoming, Place, Reply
from bot.runtime.adapter import Json, Outgoing, Pace, Rejected, Uncertain

log = structlog.get_logger(__name__)

API = "https://api.telegram.org"
SEND_SECONDS = 13.0
"""Within the delivery's lease of 15 s, whatever hangs."""

SPINNER_SECONDS = 5.0
DOWNLOAD_SECONDS = 60.0
ATTEMPTS = 4
"""An edit in a group that has moved takes as many: there, not found, anew, there."""


class Telegram:
    """One bot on Telegram."""

    platform: str = PLATFORM
    renders: frozenset[type[Block]] = packing.RENDERS
    pace: Pace = Pace(
        lane_gap=34,
        lane_burst=10,
        # Telegram counts arrivals, we count departures: the difference is room for a slow network.
        chat_gap=1_200,
        chat_burst=3,
        group_gap=3_100,
        group_burst=3,
    )
    window_pace: Pace | None = None
    whispers: bool = False
    poll_hold: ClassVar[int] = 30

    def __init__(self, token: str, api_url: str = API, *, username: str = "") -> None:
        # httpx writes every address that it calls at INFO, and Telegram's hold the token.
        logging.getLogger("httpx").setLevel(logging.WARNING)
        base = api_url.rstrip("/")
        self._wire = wire(CONNECTIONS, READ)
        self._polling = wire(2, self.poll_hold + READ)
        self._methods = f"{base}/bot{token}"
        self._spinners: set[asyncio.Task[None]] = set()
        self.bot = token.partition(":")[0]
        self.me = Me(self.bot, username)
        self.api = Bot(
            token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=self._wire,
            get_updates_request=self._polling,
        )

    def __repr__(self) -> str:
        return f"Telegram({self.bot}, @{self.me.username})"

    @classmethod
    async def connect(cls, token: str, api_url: str = API) -> Self:
        """Make the adapter and ask Telegram for the bot's name, which groups address it by.

        Raises what `send` may raise; `Rejected` when Telegram does not know the token.
        """
        telegram = cls(token, api_url)
        try:
            async with asyncio.timeout(SEND_SECONDS):
                found = await telegram.api.get_me()
        except InvalidToken:
            await telegram.close()
            raise Rejected("Telegram does not know this bot's token") from None
        except (TelegramError, TimeoutError) as error:
            await telegram.close()
            raise outcome(error) from None
        telegram.me = Me(telegram.bot, found.username or "")
        return telegram

    async def close(self) -> None:
        """Let the last spinners end, then close the connections."""
        if self._spinners:
            await asyncio.wait(self._spinners)
        await self._wire.shutdown()
        await self._polling.shutdown()

    def read(self, payload: Json) -> Incoming | None:
        return receive.read(payload, self.me)

    def door(self, code: str) -> str:
        return f"https://t.me/{self.me.username}?start={code}"

    def forgets(self, _card: str) -> bool:
        return False

    def shows_form(self, _incoming: Incoming) -> bool:
        return False

    def pack(self, reply: Reply) -> tuple[Reply, ...]:
        return packing.pack(reply)

    async def send(self, outgoing: Outgoing) -> str:
        if outgoing.ack and outgoing.attempt == 1:
            spinner = asyncio.create_task(self._end_spinner(outgoing.ack))
            self._spinners.add(spinner)
            spinner.add_done_callback(self._spinners.discard)
        try:
            async with asyncio.timeout(SEND_SECONDS):
                return await self._perform(outgoing)
        except TimeoutError:
            raise Uncertain(f"no answer within {SEND_SECONDS} s") from None

    async def typing(self, place: Place) -> None:
        thread = int(place.thread) if place.thread else None
        with suppress(TelegramError, TimeoutError):
            async with asyncio.timeout(SPINNER_SECONDS):
                await self.api.send_chat_action(place.chat, ChatAction.TYPING, thread)

    async def download(self, file: File) -> bytes:
        """Fetch the bytes of a file; `Rejected` when it is larger than bots may have (20 MB)."""
        if file.content:
            return file.content
        try:
            async with asyncio.timeout(DOWNLOAD_SECONDS):
                found = await self.api.get_file(file.ref)
                return bytes(await found.download_as_bytearray())
        except BadRequest as error:
            if "too big" in str(error).casefold():
                raise Rejected(f"{file.name} is larger than 20 MB, which bots can't get") from None
            raise outcome(error) from None
        except (TelegramError, TimeoutError) as error:
            raise outcome(error) from None

    async def fetch_updates(self, offset: int | None, kinds: str) -> Any:
        """Ask for updates as Telegram words them: one that can't be parsed spoils no others."""
        asked = {"timeout": self.poll_hold, "allowed_updates": kinds}
        query = urlencode(asked if offset is None else {**asked, "offset": offset})
        async with asyncio.timeout(self.poll_hold + 2 * READ):
            return await self._polling.post(f"{self._methods}/getUpdates?{query}")

    async def _end_spinner(self, ack: str) -> None:
        try:
            async with asyncio.timeout(SPINNER_SECONDS):
                await self.api.answer_callback_query(ack)
        except (TelegramError, TimeoutError) as error:
            log.info("telegram.spinner_left", reason=described(error))

    async def _perform(self, outgoing: Outgoing) -> str:
        request = render(outgoing)
        for _ in range(ATTEMPTS):
            try:
                message = await getattr(self.api, request.method)(**request.arguments)
                return str(message.message_id)
            except Exception as error:  # a garbled answer may raise anything
                if shown_already(request, error):
                    return outgoing.edit
                request = reworded(request, outgoing, error)
        raise Rejected("Telegram took it in none of several ways")
