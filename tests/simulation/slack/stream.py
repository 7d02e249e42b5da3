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

    _options: dict[int, Any] = field(default_factory=dict)
    """What each person was offered for the name of their customer."""
    _under_way: set[asyncio.Task[None]] = field(default_factory=set)

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
        """Send a form that is filled in; else go on with one, or open another."""
        for view in self.slack.open_forms():
            person = int(view.user[1:])
            if person in self._options:
                return [await self._submit(view, person)]
            self._start(self._suggest(view, person))
        person = self.chance.choice(self.people)
        return [Asked(await self.slack.command(person, "visit"), "open")]

    async def _suggest(self, view: Any, person: int) -> None:
        """Type the customer's name."""
        name = account_of(person)
        asked = {"user": view.user, "view_id": view.id, "action_id": "answer", "value": name}
        found = (await self.slack.server.suggest(**asked))["options"].get("options", ())
        for each in found:
            if each["text"]["text"] == name:
                self._options[person] = each

    async def _submit(self, view: Any, person: int) -> Asked:
        note = f"{self.notes:06}"
        self.notes += 1
        blocks = {each["block_id"].partition("~")[0]: each for each in view.data["blocks"]}
        values = {
            blocks["account"]["block_id"]: self._options[person],
            blocks["note"]["block_id"]: f"n{note}x",
        }
        before = set(self.slack.server.deliveries)
        self._start(self._sent(user=view.user, view_id=view.id, values=values))
        await asyncio.sleep(0)
        [new] = [
            name
            for name, each in self.slack.server.deliveries.items()
            if name not in before and each.payload.get("view", {}).get("id") == view.id
        ]
        return Asked(self.slack.update(new), "visit", note)

    async def _sent(self, **form: Any) -> None:
        await self.slack.server.submit(**form)

    def _start(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
