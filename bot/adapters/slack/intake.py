"""The way in: every envelope is in the inbox before Slack is told that we have it.

Slack-bolt acknowledges before a listener runs, so that an exception would lose what was said.
All our work is done in its first middleware instead, and it has no listeners: where that fails,
Slack is told nothing and sends an event again, or shows the person that a tap did not get through.
"""

import asyncio
import json
import logging
import traceback
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.adapters.slack import views
from bot.adapters.slack.arrivals import PLATFORM, is_foreign, is_ours, kind, name, stamped
from bot.adapters.slack.chats import Chats
from bot.adapters.slack.client import Slack
from bot.adapters.slack.connection import described
from bot.adapters.slack.elements import VALUE, literal
from bot.adapters.slack.envelope import Answer, Envelope
from bot.adapters.slack.submitted import MORE, asks_more, question
from bot.adapters.slack.wording import unescaped
from bot.forms import Option
from bot.messages import Detail, Opened, Sender, Submission
from bot.runtime.inbox import Gathered
from storage.inbox import Arrival

log = structlog.get_logger(__name__)

PATIENCE = 0.7
"""Seconds for which a form that was sent back waits for what comes of it, so that whatever comes
is acknowledged within a second; Slack waits three."""
SUGGESTING = 2.0
HOLD = 5_000
"""Milliseconds for which this process alone answers a form that it took in."""
SETTLE = 300
"""Milliseconds in which Slack has shown what a form is acknowledged with: what is shown before
that, it would cover."""
KEPT = frozenset(
    {"message", "app_mention", "app_home_opened", "command", "block_actions"}
    | {"view_submission", "shortcut", "message_action"}
)
OPTIONS = 100
LONGEST_KIND = 40

Suggest = Callable[[Sender, str, str, str], Awaitable[Sequence[Option]]]
"""The options of a question of a form, by who asks, the form's token, the question, the text."""


@dataclass
class Keeping(AsyncMiddleware):
    """Hands on what came as it is; what Bolt looks for in it for others is not always there."""

    keep: Callable[[dict[str, Any]], Awaitable[BoltResponse]]

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002 - Bolt's own name
    ) -> BoltResponse:
        return await self.keep(req.body)


@dataclass
class Intake:
    """Takes envelopes in, whichever way they come."""

    slack: Slack
    inbox: Gathered
    suggest: Suggest
    opens_form: Callable[[str], bool]
    """Whether a command, with its slash, asks for a form at once."""
    now: Callable[[], datetime]
    express: asyncio.Queue[int] | None
    """Where this process answers at once; None when it answers nothing."""
    may_open: Callable[[str], bool] = lambda _user: True
    """Whether somebody may have one more window now: without one they are asked in the chat."""
    app: AsyncApp = field(init=False)
    chats: Chats = field(init=False)
    _answering: dict[str, asyncio.Task[dict[str, Any] | None]] = field(default_factory=dict)
    """The forms that were sent back and are being answered, by the names of what came."""

    def __post_init__(self) -> None:
        self.chats = Chats(self.slack.api)
        quiet = logging.getLogger("slack_bolt.quiet")
        quiet.setLevel(logging.ERROR)  # below that it tells what people wrote
        self.app = AsyncApp(
            logger=quiet,
            name="salesbot",
            client=self.slack.api,
            # Signatures are checked before anything is read, in `http`.
            request_verification_enabled=False,
            before_authorize=Keeping(self._kept),
        )

    async def dispatch(self, envelope: Envelope) -> Answer:
        """Take in one envelope, and say what Slack is to be told."""
        request = AsyncBoltRequest(mode="socket_mode", body={})
        # Only now: it looks for people and channels in it, and fails where they are odd.
        request.body = envelope.payload
        response = await self.app.async_dispatch(request)
        if response.status != 200:  # noqa: PLR2004 - HTTP's own
            return Answer(acknowledge=False)
        return Answer(acknowledge=True, payload=json.loads(response.body or "null"))

    async def _kept(self, body: dict[str, Any]) -> BoltResponse:
        """Say it when something is not kept, in no words of the error's: they may quote people."""
        try:
            return await self._keep(body)
        except Exception as error:
            where = Path(traceback.extract_tb(error.__traceback__)[-1].filename).name
            reason = f"{described(error)} in {where}"
            log.error("slack.not_kept", kind=kind(body)[:LONGEST_KIND], reason=reason)  # noqa: TRY400 - see above
            return BoltResponse(status=500)

    async def _keep(self, body: dict[str, Any]) -> BoltResponse:
        """Keep it, then acknowledge it; raises where it can't be kept."""
        what, me = kind(body), self.slack.me
        if is_foreign(body, me.team, me.enterprise):
            return _answer(None)
        if what == "block_suggestion":
            return _answer(await self._options(body))
        if what not in KEPT or is_ours(body, me.user, me.bot):
            if what == "app_rate_limited":
                log.warning("slack.events_dropped", minute=body.get("minute_rate_limited"))
            return _answer(None)
        if what == "view_submission":
            return _answer(await self._once(body))
        window, apart = await asyncio.gather(self._opened(body, what), self._is_apart(body, what))
        try:
            arrival = self._arrival(body, window, apart=apart)
            if arrival:
                await self.inbox.take(arrival)
        except Exception:
            if window:
                await self.slack.windows.give_up(window)
            raise
        if window and (arrival is None or arrival.chat == self._unreadable):
            await self.slack.windows.give_up(window)
        return _answer(None)

    @property
    def _unreadable(self) -> str:
        return f"{PLATFORM}:{self.slack.bot}:?"

    def _arrival(
        self, body: dict[str, Any], window: str = "", held: int = 0, *, apart: bool = False
    ) -> Arrival | None:
        """The row for it, or None when it says nothing to us.

        What can't be read is put aside by whoever reads it next.
        """
        payload = stamped(body, self.now(), window, apart=apart)
        try:
            incoming = self.slack.read(json.loads(payload))
            if incoming is None:
                return None
            chat = incoming.place.key
            if isinstance(incoming, (Detail, Opened, Submission)):  # in no order with what is said
                chat += f"#{incoming.window}"
        except Exception:
            chat = self._unreadable
            log.warning("slack.unreadable", kind=kind(body)[:LONGEST_KIND])
        return Arrival(name(body), chat, payload, held)

    async def _is_apart(self, body: dict[str, Any], what: str) -> bool:
        """Whether a command is given where people write to each other without us."""
        if what != "command":
            return False
        return await self.chats.is_apart(str(body.get("channel_id")), str(body.get("user_id")))

    async def _opened(self, body: dict[str, Any], what: str) -> str:
        """Open the window of what asks for a form, while Slack still lets us."""
        trigger = body.get("trigger_id")
        if not trigger or not self._wants_form(body, what):
            return ""
        if not self.may_open(_user(body)):
            return ""
        return await self.slack.windows.open(str(trigger), upon=asks_more(body))

    def _wants_form(self, body: dict[str, Any], what: str) -> bool:
        match what, body:
            case (("shortcut" | "message_action"), _):
                return True
            case "command", {"text": str(text)}:
                return self.opens_form(f"/{unescaped(text).strip().lstrip('/')}")
            case "block_actions", {"view": {"type": "modal"}}:
                return asks_more(body)
            case "block_actions", {"actions": list(actions)}:
                return any(map(_leads_to_form, actions))
            case _:
                return False

    async def _once(self, body: dict[str, Any]) -> dict[str, Any] | None:
        """Answer a form; one that comes again meanwhile is told the same.

        Anything else would close its window over what it is told first.
        """
        called = name(body)
        if called not in self._answering:
            task = asyncio.create_task(self._submitted(body))
            self._answering[called] = task
            task.add_done_callback(lambda _task: self._answering.pop(called))
        return await asyncio.shield(self._answering[called])

    async def _submitted(self, body: dict[str, Any]) -> dict[str, Any] | None:
        """Keep a form that was sent back, and answer it while its sender looks on."""
        deadline = asyncio.get_running_loop().time() + PATIENCE
        windows = self.slack.windows
        arrival = self._arrival(body, held=HOLD if self.express else SETTLE)
        number = await self.inbox.take(arrival) if arrival else None
        if number is None or arrival is None or arrival.chat == self._unreadable:
            return None  # it is nothing to us, or came before and is answered there
        later = {"response_action": "update", "view": views.loading(windows.language)}
        if self.express is None:
            return later
        with windows.expecting(body) as waiting:
            self.express.put_nowait(number)
            try:
                async with asyncio.timeout_at(deadline):
                    return await waiting
            except TimeoutError:
                return later

    async def _options(self, body: dict[str, Any]) -> dict[str, Any]:
        """The options of a question, as one types; none where that can't be told."""
        try:
            meta = json.loads(body["view"]["private_metadata"])
            sender = Sender(PLATFORM, str(body["user"]["id"]))
            asked = question(str(body["block_id"]))
            async with asyncio.timeout(SUGGESTING):
                found = await self.suggest(sender, meta["token"], asked, str(body["value"]))
        except Exception as error:
            log.warning("slack.no_options", reason=described(error))
            found = ()
        named = [(each.label, f"{MORE if each.more else ''}{each.value}") for each in found]
        kept = [(label, value) for label, value in named if 0 < len(value) <= VALUE][:OPTIONS]
        return {"options": [{"text": literal(label, 75), "value": v} for label, v in kept]}


def _user(body: dict[str, Any]) -> str:
    match body:
        case {"user": {"id": str(user)}} | {"user_id": str(user)}:
            return user
        case _:
            return ""


def _leads_to_form(action: object) -> bool:
    match action:
        case {"selected_option": {"value": str(named)}} | {"action_id": str(named)}:
            return named.startswith("form:")
        case _:
            return False


def _answer(payload: dict[str, Any] | None) -> BoltResponse:
    return BoltResponse(status=200, body=json.dumps(payload) if payload is not None else "")
