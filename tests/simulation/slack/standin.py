"""Slack's stand-in in this process, and the people who talk to a bot in another one."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from bot.adapters.slack import arrivals
from tests.acceptance import slack_reader
from tests.acceptance.fakes import load
from tests.acceptance.slack import (
    APP_TOKEN,
    BOT_TOKEN,
    COMMAND,
    PATIENCE,
    SIGNING_SECRET,
    TEAM,
    Control,
    settings,
)
from tests.simulation.platforms import Told
from tests.simulation.standin import free_port

UNBOUNDED = {"max_log": 1_000_000, "max_messages_per_channel": 1_000_000}
RETRIES = [0.0, 2.0, 2.0, 4.0, 4.0, 8.0, 8.0, 16.0, 30.0, 60.0]
"""Slack gives an event up after three; here it does not, so that what is lost was lost by us."""


@dataclass
class SlackStandIn:
    """What a test does with the stand-in: play people, break things, look."""

    control: Control
    port: int = 0
    """Where Slack calls the bot, if it does."""
    name: str = "slack"
    bot: str = TEAM

    @property
    def settings(self) -> Mapping[str, str]:
        """How the bot finds it, and is found."""
        found = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_API_URL": self.server.base_url}
        if self.port:
            return {
                **found,
                "SLACK_SIGNING_SECRET": SIGNING_SECRET,
                "HTTP_PORT": str(self.port),
            }
        return {**found, "SLACK_APP_TOKEN": APP_TOKEN}

    @property
    def server(self) -> Any:
        return self.control.server

    def chat(self, person: int) -> str:
        return f"U{person}"

    async def says(self, person: int, text: str) -> str:
        """Write to the bot alone; returns the event."""
        done = self.control.says(text, user=self.chat(person))
        return self.update(done["deliveries"][0])

    async def command(self, person: int, text: str) -> str:
        """Use the slash command, and wait for nothing."""
        words = {"command": COMMAND, "text": text, "user": self.chat(person), "wait": False}
        return self.update((await self.server.command(**words))["delivery"]["id"])

    async def presses(self, person: int, label: str, message: str = "") -> str:
        """Tap the newest button of that label, or that of one message, and wait for nothing."""
        wanted = {"user": self.chat(person), "text": label, "message_ts": message or None}
        return self.update((await self.server.action(**wanted, wait=False))["delivery"]["id"])

    def update(self, delivery: str) -> str:
        """The update that something brings which Slack sends."""
        return arrivals.name(self.server.deliveries[delivery].payload)

    def open_forms(self) -> list[Any]:
        """The windows that wait to be sent."""
        views = self.server.views.values()
        return [v for v in views if v.data.get("submit") and not v.closed and not v.state]

    async def connected(self) -> None:
        """Until the bot can be reached."""
        async with asyncio.timeout(PATIENCE):
            while not (self.port or self.server.connections):  # noqa: ASYNC110 - it has no event
                await asyncio.sleep(0.02)

    async def told(self, after: int = 0) -> list[Told]:
        """What the bot has said since, to people alone."""
        people = {
            channel.id: int(next(m for m in channel.members if m != self._me)[1:])
            for channel in self.server.team().channels.values()
            if channel.kind == "im"
        }
        return [
            Told(
                each["seq"],
                people[each["channel"]],
                each["ts"],
                slack_reader.message(each["message"]).text,
            )
            for each in self._since(after)
            if each["kind"] == "message" and each["channel"] in people
        ]

    @property
    def _me(self) -> str:
        return str(self.server.team().bot_user)

    def _since(self, after: int) -> list[Any]:
        """Only the newest are looked at: all of them are many."""
        newest = self.server.event_seq - after
        return list(self.server.events)[-newest:] if newest > 0 else []

    async def confirmed(self, updates: Sequence[str]) -> set[str]:
        """What was acknowledged; Slack gives the rest up, and tells the person of it."""
        return set(updates) & self._named("acked")

    def _named(self, state: str) -> set[str]:
        found = (each for each in self.server.deliveries.values() if each.state == state)
        return {arrivals.name(each.payload) for each in found}

    async def pending(self) -> int:
        """How many updates Slack is still trying to bring."""
        return sum(each.state == "pending" for each in self.server.deliveries.values())

    async def refused(self) -> list[str]:
        """Each time the bot was told that it sends too fast."""
        asked = self.server.requests
        return [f"{each['method']}" for each in asked if each["outcome"] == "ratelimited"]

    async def violations(self) -> list[str]:
        return self.control.violations

    async def problems(self) -> list[str]:
        """Nothing was acknowledged that was not sent."""
        return [found for found in self.control.violations if found.startswith("unknown_ack")]

    async def breaks(self, kind: str, **more: Any) -> None:
        self.control.breaks(kind, **more)

    async def heals(self) -> None:
        self.control.heals()

    async def texts(self, person: int) -> list[str]:
        return self.control.texts(self.chat(person))


@asynccontextmanager
async def slack(mode: str = "socket", **more: Any) -> AsyncIterator[SlackStandIn]:
    """A Slack of our own while inside."""
    module = load("fake_slack")
    port = free_port() if mode == "http" else 0
    way = {"mode": mode, "request_url": f"http://127.0.0.1:{port}/slack/events"}
    chosen = settings(module, **{**way, "retry_delays": RETRIES, **UNBOUNDED, **more})
    tokens = {"bot_token": BOT_TOKEN, "app_token": APP_TOKEN, "signing_secret": SIGNING_SECRET}
    async with module.FakeSlack(config=chosen, **tokens) as server:
        yield SlackStandIn(Control(server), port)
