from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.adapters.slack.client import Slack
from bot.markdown import Markdown, escape
from bot.messages import Button, Fields, Place, Sheet, Token, reply
from bot.runtime.adapter import Outgoing
from tests.acceptance.slack import ANA, BOT_TOKEN, TEAM, Control
from tests.adapters.contract import AdapterContract, Screen, Shown, deliver, everything

SLACKS_OWN = (
    ":smile: 10:30:45 :100:",
    "&gt; not quoted",
    "*＊bold＊ ＿italic＿",
    "~~~ *a* b_c_d 2*3*4 _x_",
    "<!subteam^S1|@sales> <!date^1^{date}|soon>",
    "team@corp.example, +1 (555) 010-9999",
    "```code``` `a` ``",
)


class Windowed(Slack):
    """Forms are sent into a window that somebody's press lets open, as the runtime does."""

    control: Control

    async def send(self, outgoing: Outgoing) -> str:
        server = self.control.server
        if any(isinstance(block, Sheet) for block in outgoing.reply.blocks):
            trigger = server.new_trigger(server.team(), ANA)
            outgoing = replace(outgoing, window=f"trigger:{trigger}")
        return await super().send(outgoing)


class SlackScreen:
    def __init__(self, slack: Windowed, control: Control) -> None:
        self.adapter, self.control = slack, control
        self.place = Place("slack", TEAM, ANA)

    def shown(self) -> list[Shown]:
        windows = [self.control.modal()] if self.control.windows() else []
        return [*self.control.sees(ANA), *windows]

    def complaints(self) -> list[str]:
        return self.control.violations


class TestSlack(AdapterContract):
    @pytest.fixture
    async def screen(self, slack_control: Control) -> AsyncIterator[Screen]:
        slack_control.server.config.rate_limits = False
        slack = await Windowed.connect(BOT_TOKEN, slack_control.server.base_url)
        slack.control = slack_control
        yield SlackScreen(slack, slack_control)
        await slack.close()

    @pytest.mark.parametrize("typed", SLACKS_OWN)
    async def test_what_only_slack_would_read_stays_words(
        self, screen: Screen, typed: str
    ) -> None:
        said = Markdown(
            f"{escape(typed)}\n*{escape(typed)}*\n– {escape(typed)}, `{escape(typed)}`"
        )
        await deliver(screen, reply(said, Fields(((typed, typed),)), Button("Go", Token("t"))))

        assert tuple(found for one in screen.shown() for found in one.active) == ()
        assert everything(screen.shown()).count(typed) >= 6
        assert list(screen.complaints()) == []
