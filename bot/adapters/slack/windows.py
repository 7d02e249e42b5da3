"""Windows: forms and home tabs, opened, filled in, and answered while somebody waits."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import views, wire
from bot.adapters.slack.submitted import question
from bot.markdown import plain
from bot.messages import Button, Reply, Sheet, Token, reply
from bot.phrases import _, label, speaking
from bot.runtime.adapter import Outgoing

log = structlog.get_logger(__name__)

SETTLING_SECONDS = 0.5
"""In which Slack shows that a form is looked at; what is shown before that, it would cover."""
OPENING_SECONDS = 1.5
"""For opening a window before anything is looked up; Slack's own three must not run out."""
TOO_LATE = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"})

Json = dict[str, Any]
Say = Callable[[Outgoing], Awaitable[str]]


@dataclass
class Waiting:
    """A form that was sent back, and whoever waits for what comes of it.

    ``blocks`` are the names of its inputs as they are shown, by question.
    """

    blocks: Mapping[str, str]
    answer: asyncio.Future[Json]


@dataclass
class Windows:
    """Everything that is shown beside the conversations."""

    api: AsyncWebClient
    language: str = "en"
    """What is spoken while it isn't known who looks."""
    _waiting: dict[str, Waiting] = field(default_factory=dict)
    _late: dict[str, float] = field(default_factory=dict)
    """The windows that were told to wait in the last moments, and when, by the loop's clock."""

    async def open(self, trigger: str, *, upon: bool = False) -> str:
        """Open a window that says that it will be filled; nothing when Slack does not in time.

        One ``upon`` another goes back to that one when it closes.
        """
        opens = self.api.views_push if upon else self.api.views_open
        try:
            async with asyncio.timeout(OPENING_SECONDS):
                opened: Any = await opens(trigger_id=trigger, view=views.loading(self.language))
        except wire.FAILURES as error:
            log.warning("slack.window_not_opened", reason=wire.code(error) or type(error).__name__)
            return ""
        return _named(opened)

    async def give_up(self, window: str) -> None:
        """Say in a window that nothing came of it; never raises."""
        with speaking(self.language):
            words = reply(_("That didn't reach me, and nothing was saved. Try once more."))
            view = views.said(words, "Salesbot", label("Close"))
        try:
            await self.api.views_update(view_id=window.removeprefix("view:"), view=view)
        except wire.FAILURES as error:
            log.info("slack.window_left", reason=wire.code(error) or type(error).__name__)

    @contextmanager
    def expecting(self, payload: Json) -> Iterator[asyncio.Future[Json]]:
        """What comes of a form that was sent back; afterwards, it is shown in the window."""
        view = payload["view"]
        shown = {question(name): name for name in view["state"]["values"]}
        waiting = Waiting(shown, asyncio.get_running_loop().create_future())
        self._waiting[view["id"]] = waiting
        try:
            yield waiting.answer
        finally:
            if self._waiting.get(view["id"]) is waiting:
                del self._waiting[view["id"]]
                self._put_off(view["id"])

    def _put_off(self, view_id: str) -> None:
        now = asyncio.get_running_loop().time()
        self._late = {name: at for name, at in self._late.items() if now - at < SETTLING_SECONDS}
        self._late[view_id] = now

    async def show(self, outgoing: Outgoing, say: Say) -> str:
        """Show it in its window; raises what Slack's methods raise."""
        kind, _sep, name = outgoing.window.partition(":")
        if kind == "home":
            with speaking(outgoing.language or self.language):
                view = views.home(outgoing.reply)
            await self.api.views_publish(user_id=name, view=view)
        elif kind == "trigger":
            return await self._opened(outgoing, name, say)
        elif (waiting := self._waiting.pop(name, None)) and not waiting.answer.done():
            waiting.answer.set_result(self._acknowledged(outgoing, waiting))
        else:
            await self._changed(outgoing, name)
        return outgoing.window

    async def _opened(self, outgoing: Outgoing, trigger: str, say: Say) -> str:
        """Open a form; where it is too late for that, offer to open it."""
        try:
            opened: Any = await self.api.views_open(trigger_id=trigger, view=self._view(outgoing))
        except wire.FAILURES as error:
            if wire.code(error) not in TOO_LATE:
                raise
            return await say(self._offered(outgoing))
        return _named(opened)

    def _offered(self, outgoing: Outgoing) -> Outgoing:
        sheet = _sheet(outgoing.reply)
        if sheet is None:
            return replace(outgoing, window="")
        again = sheet.again if isinstance(sheet.again, Token) else None
        with speaking(outgoing.language or self.language):
            words = reply(
                _("*{title}* needs a few words more from you.", title=plain(sheet.title)),
                Button(label("Open the form"), again, primary=True) if again else None,
            )
        return Outgoing(outgoing.id, outgoing.place, words, attempt=outgoing.attempt)

    async def _changed(self, outgoing: Outgoing, view_id: str) -> None:
        """Word a window anew; one that its reader has closed wants nothing."""
        if told := self._late.pop(view_id, 0.0):
            await asyncio.sleep(told + SETTLING_SECONDS - asyncio.get_running_loop().time())
        try:
            await self.api.views_update(view_id=view_id, view=self._view(outgoing))
        except wire.FAILURES as error:
            if wire.code(error) != "not_found":
                raise

    def _acknowledged(self, outgoing: Outgoing, waiting: Waiting) -> Json:
        """What a form that was sent back is answered: mistakes in their places, or it closes."""
        sheet = _sheet(outgoing.reply)
        if sheet is None:
            return {}
        wrong = {each.name: plain(each.error) for each in sheet.inputs if each.error}
        if wrong and {each.name for each in sheet.inputs} <= waiting.blocks.keys():
            errors = {waiting.blocks[name]: text for name, text in wrong.items()}
            return {"response_action": "errors", "errors": errors}
        return {"response_action": "update", "view": self._view(outgoing)}

    def _view(self, outgoing: Outgoing) -> Json:
        """The form that a reply holds, or what it says."""
        language = outgoing.language or self.language
        if sheet := _sheet(outgoing.reply):
            return views.modal(sheet, language, outgoing.edit)
        with speaking(language):
            return views.said(outgoing.reply, "Salesbot", label("Close"))


def _named(opened: Any) -> str:
    """What to call a window that was opened; nothing where Slack doesn't say."""
    view = opened["view"]
    return f"view:{view['id']}" if isinstance(view, dict) and view.get("id") else ""


def _sheet(said: Reply) -> Sheet | None:
    return next((each for each in said.blocks if isinstance(each, Sheet)), None)
