"""The way in: every envelope is in the inbox before Slack is told that we have it.

Slack-bolt acknowledges before a listener runs, so that an exception would lose what was said.
All our work is done in its first middleware instead, and it has no listeners: where that fails,
Slack is told nothing and sends an event again, or shows the person that a tap did not get through.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.adapters.slack import views
from bot.adapters.slack.arrivals import PLATFORM, is_ours, kind, name, stamped
from bot.adapters.slack.client import Slack
from bot.adapters.slack.elements import VALUE, literal
from bot.adapters.slack.envelope import Answer, Envelope
from bot.adapters.slack.submitted import question
from bot.forms import Option
from bot.messages import Opened, Sender, Submission
from bot.runtime.inbox import Gathered
from storage.inbox import Arrival

log = structlog.get_logger(__name__)

PATIENCE = 2.0
"""Seconds for which a form that was sent back waits for what comes of it; Slack waits three."""
HOLD = 5_000
"""Milliseconds for which this process alone answers a form that it took in."""
KEPT = frozenset(
    {"message", "app_mention", "app_home_opened", "command", "block_actions"}
    | {"view_submission", "shortcut", "message_action"}
)
OPTIONS = 100

Suggest = Callable[[Sender, str, str, str], Awaitable[Sequence[Option]]]
"""The options of a question of a form, by who asks, the form's token, the question, the text."""


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
    app: AsyncApp = field(init=False)

    def __post_init__(self) -> None:
        self.app = AsyncApp(
            client=self.slack.api,
            # Signatures are checked before anything is read, in `http`.
            request_verification_enabled=False,
            before_authorize=self._keep,
        )

    async def dispatch(self, envelope: Envelope) -> Answer:
        """Take in one envelope, and say what Slack is to be told."""
        request = AsyncBoltRequest(mode="socket_mode", body=envelope.payload)
        response = await self.app.async_dispatch(request)
        if response.status != 200:  # noqa: PLR2004 - HTTP's own
            return Answer(acknowledge=False)
        return Answer(acknowledge=True, payload=json.loads(response.body or "null"))

    async def _keep(self, body: dict[str, Any]) -> BoltResponse:
        """Keep it, then acknowledge it; raises where it can't be kept."""
        what = kind(body)
        if what == "block_suggestion":
            return _answer(await self._options(body))
        if what not in KEPT or is_ours(body, self.slack.me.user, self.slack.me.bot):
            if what == "app_rate_limited":
                log.warning("slack.events_dropped", minute=body.get("minute_rate_limited"))
            return _answer(None)
        if what == "view_submission":
            return _answer(await self._submitted(body))
        window = await self._opened(body, what)
        try:
            await self.inbox.take(self._arrival(body, window))
        except Exception:
            if window:
                await self.slack.windows.give_up(window)
            raise
        return _answer(None)

    def _arrival(self, body: dict[str, Any], window: str = "", held: int = 0) -> Arrival:
        """The row for it; what can't be read is put aside by whoever reads it."""
        payload = stamped(body, self.now(), window)
        try:
            incoming = self.slack.read(json.loads(payload))
            chat = incoming.place.key if incoming else f"{PLATFORM}:{self.slack.bot}:-"
            if isinstance(incoming, (Opened, Submission)):  # in no order with what is said
                chat += f"#{incoming.window}"
        except Exception:
            chat = f"{PLATFORM}:{self.slack.bot}:?"
            log.warning("slack.unreadable", kind=kind(body))
        return Arrival(name(body), chat, payload, held)

    async def _opened(self, body: dict[str, Any], what: str) -> str:
        """Open the window of what asks for a form, while Slack still lets us."""
        if not self._wants_form(body, what):
            return ""
        return await self.slack.windows.open(body["trigger_id"])

    def _wants_form(self, body: dict[str, Any], what: str) -> bool:
        match what:
            case "shortcut" | "message_action":
                return True
            case "command":
                return self.opens_form(f"/{str(body.get('text') or '').strip().lstrip('/')}")
            case "block_actions":
                is_modal = (body.get("view") or {}).get("type") == "modal"
                return not is_modal and any(map(_leads_to_form, body.get("actions") or ()))
            case _:
                return False

    async def _submitted(self, body: dict[str, Any]) -> dict[str, Any] | None:
        """Keep a form that was sent back, and answer it while its sender looks on."""
        waiting = self.slack.windows.expect(body)
        later = {"response_action": "update", "view": views.loading(self.slack.windows.language)}
        try:
            number = await self.inbox.take(self._arrival(body, held=HOLD if self.express else 0))
            if number is None:
                return None  # it came before, and is answered there
            if self.express is None:
                return later
            self.express.put_nowait(number)
            async with asyncio.timeout(PATIENCE):
                return await waiting
        except TimeoutError:
            return later
        finally:
            self.slack.windows.forget(body)

    async def _options(self, body: dict[str, Any]) -> dict[str, Any]:
        """The options of a question, as one types; none where that can't be told."""
        try:
            meta = json.loads(body["view"]["private_metadata"])
            sender = Sender(PLATFORM, str(body["user"]["id"]))
            asked = question(str(body["block_id"]))
            async with asyncio.timeout(PATIENCE):
                found = await self.suggest(sender, meta["token"], asked, str(body["value"]))
        except Exception:
            log.exception("slack.no_options")
            found = ()
        kept = [each for each in found if len(each.value) <= VALUE][:OPTIONS]
        return {"options": [{"text": literal(o.label, 75), "value": o.value} for o in kept]}


def _leads_to_form(action: dict[str, Any]) -> bool:
    picked = (action.get("selected_option") or {}).get("value")
    return str(picked or action.get("action_id")).startswith("form:")


def _answer(payload: dict[str, Any] | None) -> BoltResponse:
    return BoltResponse(status=200, body=json.dumps(payload) if payload is not None else "")
