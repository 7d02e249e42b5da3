"""What the tests of the way in share: an intake over a database of its own, and its rows."""

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from prometheus_client import CollectorRegistry
from sqlalchemy import select

from bot.adapters.slack.client import Slack
from bot.adapters.slack.envelope import Answer, Envelope
from bot.adapters.slack.intake import Intake
from bot.forms import Option
from bot.messages import Sender
from bot.metrics import Metrics
from bot.runtime.inbox import Gathered, Inbox
from bot.runtime.wake import Wake
from storage.engine import Database
from storage.models import Update
from tests.adapters.slack.odd import Odd, Says, odd_slack
from tests.adapters.slack.payloads import NOW

TAKEN = Answer(acknowledge=True)
REFUSED = Answer(acknowledge=False)
OPENED = Says({"ok": True, "view": {"id": "V9"}})


class Fragile(Gathered):
    """An inbox that a disk may fail."""

    failure: Exception | None = None

    async def take(self, arrival: Any) -> int | None:
        if self.failure:
            raise self.failure
        return await super().take(arrival)


@dataclass
class Door:
    """The way in, and what is behind it."""

    intake: Intake
    inbox: Fragile
    odd: Odd
    database: Database
    options: Sequence[Option] | Exception = ()
    asked: list[tuple[Sender, str, str, str]] = field(default_factory=list)
    _numbers: Any = field(default_factory=itertools.count)

    @property
    def slack(self) -> Slack:
        return self.intake.slack

    @property
    def express(self) -> asyncio.Queue[int]:
        """What is answered at once."""
        return self.inbox.inbox.express

    async def takes(self, payload: dict[str, Any]) -> Answer:
        envelope = Envelope(f"e{next(self._numbers)}", "events_api", payload)
        return await self.intake.dispatch(envelope)

    async def suggest(self, *asked: Any) -> Sequence[Option]:
        self.asked.append(asked)
        if isinstance(self.options, Exception):
            raise self.options
        return self.options

    async def rows(self) -> list[Update]:
        async with self.database.read() as session:
            return list(await session.scalars(select(Update).order_by(Update.id)))

    async def kept(self) -> list[dict[str, Any]]:
        return [json.loads(row.payload) for row in await self.rows()]


@asynccontextmanager
async def at_the_door(database: Database, *, express: bool = True) -> AsyncIterator[Door]:
    queue: asyncio.Queue[int] = asyncio.Queue()
    async with odd_slack() as (slack, odd):
        odd.says("views.open", OPENED)
        slack.learn(lambda text: text.startswith(("/visit", "/me")), "en")
        inbox = Inbox(
            database, lambda: NOW, Wake(["inbox", "outbox"]), Metrics(CollectorRegistry()), queue
        )
        kept = Fragile(inbox, "slack", "T1")
        intake = Intake(
            slack,
            kept,
            suggest=lambda *asked: door.suggest(*asked),  # noqa: PLW0108 - it comes later
            opens_form=lambda text: text == "/visit",
            now=lambda: NOW,
            express=queue if express else None,
        )
        door = Door(intake, kept, odd, database)
        yield door
