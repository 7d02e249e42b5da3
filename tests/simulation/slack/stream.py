"""The stream as Slack has it: a visit may also be a slash command, or a form in a window."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.simulation.databases import account_of
from tests.simulation.slack.standin import SlackStandIn
from tests.simulation.stream import Asked, Stream


@dataclass
class SlackStream(Stream):
    """Visits by a message, by a command with a line, and by a form."""

    _opened: dict[str, tuple[str, int]] = field(default_factory=dict)

    @property
    def slack(self) -> SlackStandIn:
        assert isinstance(self.platform, SlackStandIn)
        return self.platform

    async def _visit(self) -> Sequence[Asked]:
        way = self.chance.choices(("message", "line", "form"), (5, 3, 2))[0]
        if way == "message":
            return await super()._visit()
        if way == "form":
            return await self._form()
        note, person = self._note()
        text = f"visit {account_of(person)}, n{note}x"
        return [Asked(await self.slack.command(person, text), "visit", note)]

    async def _form(self) -> Sequence[Asked]:
        """Send a form that is open, or open one."""
        for view in self.slack.server.views.values():
            if view.data["type"] == "modal" and not view.closed and _ready(view):
                return [await self._submit(view)]
        person = self.chance.choice(self.people)
        return [Asked(await self.slack.command(person, "visit"), "open")]

    async def _submit(self, view: Any) -> Asked:
        person = int(view.user[1:])
        note = f"{self.notes:06}"
        self.notes += 1
        before = set(self.slack.server.deliveries)
        account = account_of(person)
        values = {}
        for block in view.data["blocks"]:
            name = block["block_id"].partition("~")[0]
            if name == "account":
                values[block["block_id"]] = account
            if name == "note":
                values[block["block_id"]] = f"n{note}x"
        sent = self.slack.server.submit(user=view.user, view_id=view.id, values=values)
        self._sending = asyncio.ensure_future(sent)
        await asyncio.sleep(0)
        [new] = set(self.slack.server.deliveries) - before
        return Asked(self.slack._update(new), "visit", note)


def _ready(view: Any) -> bool:
    """Whether a window is filled in, and not sent yet."""
    return bool(view.data.get("submit")) and not view.state
