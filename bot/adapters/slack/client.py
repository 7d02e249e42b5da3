"""Slack as an adapter: says, whispers, edits, shows windows, sends and fetches files."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, Self

import structlog
from aiohttp import ClientSession
from slack_sdk.errors import SlackApiError

from bot.adapters.slack import files, packing, receive, threads, wire
from bot.adapters.slack.arrivals import PLATFORM
from bot.adapters.slack.blocks import to_blocks, to_text
from bot.adapters.slack.hooks import Hooks
from bot.adapters.slack.receive import Me
from bot.adapters.slack.remedies import REMEDIES, shut_out
from bot.adapters.slack.slashes import SLASH, spelled
from bot.adapters.slack.windows import Windows
from bot.markdown import markdown, plain
from bot.messages import (
    Block,
    File,
    Image,
    Incoming,
    Message,
    Place,
    Press,
    Reply,
    Sheet,
    Submission,
    Text,
)
from bot.runtime.adapter import Json, Outgoing, Pace, Rejected

log = structlog.get_logger(__name__)

API = "https://slack.com/api/"
SEND_SECONDS = 13.0
"""Within the delivery's lease of 15 s, whatever hangs."""
DOWNLOAD_SECONDS = 60.0


class Slack:
    """One app in one workspace."""

    platform: str = PLATFORM
    renders: frozenset[type[Block]] = packing.RENDERS
    # One a second in a channel, with short bursts; of the workspace's own limit Slack says only
    # “several hundred messages a minute” (docs.slack.dev/apis/web-api/rate-limits).
    pace: Pace = Pace(
        lane_gap=210, lane_burst=5, chat_gap=1_100, chat_burst=3, group_gap=1_100, group_burst=3
    )
    # Windows are opened and changed by methods of tier 4: a hundred a minute and more.
    window_pace: Pace | None = Pace(
        lane_gap=600, lane_burst=20, chat_gap=50, chat_burst=5, group_gap=50, group_burst=5
    )
    whispers: bool = True

    def __init__(
        self,
        token: str,
        api_url: str = API,
        *,
        me: Me = Me(),  # noqa: B008 - a frozen value
    ) -> None:
        # At DEBUG these write what was said, and the addresses of sockets, which let anybody in.
        for name in ("slack_sdk", "slack_bolt"):
            logging.getLogger(name).setLevel(logging.INFO)
        self.me = me
        self.bot = me.team
        self.api_url = api_url
        self._token = token
        self._is_command: Callable[[str], bool] = lambda _text: False
        self._http: ClientSession | None = None
        self.api = wire.Api(
            token=token, base_url=api_url, timeout=int(wire.TOTAL), retry_handlers=[]
        )
        self.windows = Windows(self.api)

    def __repr__(self) -> str:
        return f"Slack({self.me.team}, {self.me.name})"

    @classmethod
    async def connect(cls, token: str, api_url: str = API) -> Self:
        """Make the adapter and ask Slack who it is there; raises what `send` may raise."""
        slack = cls(token, api_url)
        slack.open()
        try:
            async with asyncio.timeout(SEND_SECONDS):
                found: Any = await slack.api.auth_test()
        except wire.FAILURES as error:
            await slack.close()
            if why := shut_out(wire.code(error)):
                raise Rejected(why) from None
            raise wire.outcome(error) from None
        enterprise = found.get("enterprise_id") or ""
        named = (found["team_id"], found["user_id"], found["bot_id"], found["user"])
        slack.me = Me(*named, enterprise)
        slack.bot = slack.me.team
        return slack

    def learn(self, is_command: Callable[[str], bool], language: str) -> None:
        """Know what is a command of ours, and what is spoken until it is known who is there."""
        self._is_command = is_command
        self.windows.language = language

    def open(self) -> None:
        """Begin to keep connections open; inside the loop that will use them."""
        self._http = self.api.session = wire.session()
        self._hooks = Hooks(self._http, self.api_url)

    async def close(self) -> None:
        if self._http is not None:
            await self._http.close()

    def socket_opener(self, app_token: str) -> Callable[[], Awaitable[str]]:
        """Ask Slack for the address of a socket; each is good for one connection."""

        async def open_url() -> str:
            opened: Any = await self.api.apps_connections_open(app_token=app_token)
            return str(opened["url"])

        return open_url

    def read(self, payload: Json) -> Incoming | None:
        return receive.read(payload, self.me, self._is_command)

    def door(self, code: str) -> str:
        return f"{SLASH} join {code}"

    def forgets(self, card: str) -> bool:
        return card.startswith("http")

    def shows_form(self, incoming: Incoming) -> bool:
        match incoming:
            case Message() | Press():
                return bool(incoming.window or incoming.opens)
            case Submission():
                return bool(incoming.window)
            case _:
                return False

    def pack(self, reply: Reply) -> tuple[Reply, ...]:
        return packing.pack(spelled(reply, self._is_command))

    async def send(self, outgoing: Outgoing) -> str:
        try:
            async with asyncio.timeout(SEND_SECONDS):
                if outgoing.window:
                    shown = replace(outgoing, reply=spelled(outgoing.reply, self._is_command))
                    return await self.windows.show(shown, self._say)
                return await self._say(outgoing)
        except (wire.LackingError, *wire.FAILURES) as error:
            meaning = wire.outcome(error)
            _told(error, meaning)
            raise meaning from None

    async def typing(self, place: Place) -> None:
        """Slack has no sign for it in a conversation of people."""

    async def download(self, file: File) -> bytes:
        """Fetch the bytes of a file; `Rejected` when it is too large or gone."""
        if file.content:
            return file.content
        try:
            async with asyncio.timeout(DOWNLOAD_SECONDS):
                return await files.download(self._session, self.api, self._token, file)
        except wire.FAILURES as error:
            meaning = wire.outcome(error)
            _told(error, meaning)
            raise meaning from None

    @property
    def _session(self) -> ClientSession:
        if self._http is None:
            raise RuntimeError("open it first: its connections belong to the running loop")
        return self._http

    async def _say(self, outgoing: Outgoing) -> str:
        """Say it in a conversation, in place of another message where it can be."""
        for block in outgoing.reply.blocks:
            match block:
                case File() | Image():
                    return await self._upload(outgoing, block)
                case Sheet():
                    raise Rejected("a form is shown in a window")
        content = {"text": to_text(outgoing.reply), "blocks": to_blocks(outgoing.reply)}
        if outgoing.edit and (edited := await self._edit(outgoing.edit, content)):
            return edited
        if outgoing.edit and outgoing.spare:
            return outgoing.edit
        if outgoing.place.only:
            return await self._whisper(outgoing.place, content, spare=outgoing.spare)
        return await self._post(outgoing.place, content)

    async def _upload(self, outgoing: Outgoing, block: File | Image) -> str:
        """Send it; where the app may send no files, say at least its words."""
        try:
            return await files.upload(self._session, self.api, outgoing.place, block)
        except (wire.LackingError, SlackApiError) as error:
            words = block.alt if isinstance(block, Image) else ""
            if not wire.lacks(error) or not plain(words).strip():
                raise
            _told(error, wire.outcome(error))
            said = Reply((Text(markdown(words)),))
            return await self._say(replace(outgoing, reply=said, edit=""))

    async def _post(self, place: Place, content: dict[str, Any]) -> str:
        """Say it, beside its thread where that takes nothing more."""
        try:
            said: Any = await self.api.chat_postMessage(
                channel=place.chat,
                thread_ts=threads.of(place),
                unfurl_links=False,
                unfurl_media=False,
                **content,
            )
        except wire.FAILURES as error:
            if not place.thread or wire.code(error) not in wire.THREADLESS:
                raise
            return await self._post(replace(place, thread=""), content)
        return f"{said['channel']}/{said['ts']}"

    async def _edit(self, card: str, content: dict[str, Any]) -> str:
        """Word a card anew; nothing when it can't be, so that it is said once more."""
        try:
            if card.startswith("http"):
                await self._hooks.post(card, {**content, "replace_original": True})
                return card
            channel, _, ts = card.partition("/")
            if not ts[:1].isdigit():
                return ""  # a file, which has no words of its own
            await self.api.chat_update(channel=channel, ts=ts, **content)
        except wire.FAILURES as error:
            if wire.is_past(error):
                return ""
            raise
        return card

    async def _whisper(self, place: Place, content: dict[str, Any], *, spare: bool) -> str:
        """Show it to one person alone; where that can't be, in their own chat with us.

        A spare one is there already.
        """
        user, _, url = place.only.partition(" ")
        try:
            if url:
                where = {"thread_ts": thread} if (thread := threads.seen(place)) else {}
                await self._hooks.post(url, {**content, **where, "response_type": "ephemeral"})
                return ""
        except wire.FAILURES as error:
            if not wire.is_past(error):
                raise
        try:
            await self.api.chat_postEphemeral(
                channel=place.chat, user=user, thread_ts=threads.seen(place), **content
            )
        except wire.FAILURES as error:
            if wire.code(error) not in wire.GONE | wire.THREADLESS:
                raise
            if not spare:
                return await self._post(Place(place.platform, place.bot, user), content)
        return ""


def _told(error: BaseException, meaning: Exception) -> None:
    """Log why nothing was sent, without its words; loudly where somebody has to do something."""
    code = wire.code(error)
    told = {"code": code, "reason": str(meaning), "means": type(meaning).__name__}
    if lacking := wire.lacks(error):
        log.error("slack.not_sent", **told, lacks=lacking, do=REMEDIES["missing_scope"])
    elif code in wire.SHUT_OUT:
        log.warning("slack.not_sent", **told, do=REMEDIES[code])
    else:
        log.info("slack.not_sent", **told)
