"""Windows: forms and home tabs, opened, filled in, and answered while somebody waits."""

import asyncio
import hashlib
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
from bot.runtime.adapter import Outgoing, Rejected, Uncertain

log = structlog.get_logger(__name__)

SETTLING_SECONDS = 0.5
"""In which Slack shows that a form is looked at; what is shown before that, it would cover."""
OPENING_SECONDS = 1.5
"""For opening a window before anything is looked up; Slack's own three must not run out."""
GIVING_UP_SECONDS = 1.0
OURS = "ours:"
"""Before the name that we gave a window, where Slack has not told us its own."""
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
        """Open a window that says that it will be filled; nothing when Slack refuses to.

        One ``upon`` another goes back to that one when it closes. Where Slack says nothing in
        time, it may be open all the same: it is called by the name that we gave it.
        """
        opens = self.api.views_push if upon else self.api.views_open
        given = OURS + hashlib.sha256(trigger.encode(errors="replace")).hexdigest()[:32]
        view = _under(given, views.loading(self.language))
        try:
            async with asyncio.timeout(OPENING_SECONDS):
                opened: Any = await opens(trigger_id=trigger, view=view)
        except wire.FAILURES as error:
            log.warning("slack.window_not_opened", reason=wire.code(error) or type(error).__name__)
            return given if isinstance(wire.outcome(error), Uncertain) else ""
        return _named(opened) or given

    async def give_up(self, window: str) -> None:
        """Say in a window that nothing came of it; never raises."""
        with speaking(self.language):
            words = reply(_("That didn't reach me, and nothing was saved. Try once more."))
            view = views.said(words, "Salesbot", label("Close"))
        await self._end(window, view)

    async def _end(self, window: str, view: Json) -> None:
        """Word a window for the last time, if that can be done at once; never raises."""
        try:
            async with asyncio.timeout(GIVING_UP_SECONDS):
                await self._update(window, view)
        except wire.FAILURES as error:
            log.info("slack.window_left", reason=wire.code(error) or type(error).__name__)

    async def _update(self, window: str, view: Json) -> None:
        name = window.partition(":")[2]
        if window.startswith(OURS):
            await self.api.views_update(external_id=name, view=_under(window, view))
        else:
            await self.api.views_update(view_id=name, view=view)

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
            return await self._changed(outgoing, name, say)
        return outgoing.window

    async def _opened(self, outgoing: Outgoing, trigger: str, say: Say) -> str:
        """Open a form; where it is too late for that, offer to open it."""
        try:
            opened: Any = await self.api.views_open(trigger_id=trigger, view=self._view(outgoing))
        except wire.FAILURES as error:
            if not _is_too_late(error):
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
                _("*{title}*: I need a few words more from you.", title=_named_by(sheet)),
                Button(label("Open the form"), again, primary=True) if again else None,
            )
        return Outgoing(outgoing.id, outgoing.place, words, attempt=outgoing.attempt)

    async def _changed(self, outgoing: Outgoing, view_id: str, say: Say) -> str:
        """Word a window anew; what can't be shown there is said in the chat."""
        if told := self._late.pop(view_id, 0.0):
            await asyncio.sleep(told + SETTLING_SECONDS - asyncio.get_running_loop().time())
        try:
            await self._update(outgoing.window, self._view(outgoing))
        except wire.FAILURES as error:
            if wire.code(error) == "not_found":
                return await self._beside(outgoing, say)
            if not isinstance(wire.outcome(error), Rejected):
                raise
            log.error("slack.window_refused", reason=wire.code(error))  # noqa: TRY400 - it quotes people
            return await self._said(outgoing, say)
        return outgoing.window

    async def _beside(self, outgoing: Outgoing, say: Say) -> str:
        """What is shown in no window, for it was closed or never opened.

        Who closed it wants no answer from it any more, but a form still asks for one.
        """
        is_wanted = _sheet(outgoing.reply) or outgoing.window.startswith(OURS)
        if outgoing.spare or not is_wanted:
            return outgoing.window
        return await say(self._offered(outgoing))

    async def _said(self, outgoing: Outgoing, say: Say) -> str:
        """Say in the chat what a window does not take, and in the window that it is there."""
        ref = outgoing.window if outgoing.spare else await say(self._offered(outgoing))
        with speaking(outgoing.language or self.language):
            words = reply(_("I've answered you in private."))
            await self._end(outgoing.window, views.said(words, "Salesbot", label("Close")))
        return ref

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


def _under(window: str, view: Json) -> Json:
    """The view, under the name that we gave its window: one that it is not told, it loses."""
    return {**view, "external_id": window.removeprefix(OURS)}


def _is_too_late(error: BaseException) -> bool:
    """Whether no window can be opened any more, which Slack says in several ways."""
    if wire.code(error) == "invalid_arguments":
        # github.com/slackapi/node-slack-sdk/issues/1131
        more = getattr(error, "response", {}).get("response_metadata") or {}
        return any("trigger_id" in str(each) for each in more.get("messages") or ())
    return wire.code(error) in TOO_LATE


def _sheet(said: Reply) -> Sheet | None:
    return next((each for each in said.blocks if isinstance(each, Sheet)), None)


def _named_by(sheet: Sheet) -> str:
    """What a form is called within a sentence."""
    return plain(sheet.title).rstrip(".。")
