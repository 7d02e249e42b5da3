"""One update being answered, and what the whole bot has in common."""

import random
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from secrets import token_urlsafe

from sqlalchemy.ext.asyncio import AsyncSession

from bot.commands import Book, Defaults, Understand
from bot.messages import Detail, Incoming, Message, Opened, Press, Submission
from bot.metrics import Metrics
from bot.runtime.adapter import Adapter, Pace
from bot.runtime.errands import Runner
from bot.runtime.health import Health
from bot.runtime.limits import Allowances, Limits, Turns
from bot.runtime.wake import Wake
from storage.engine import Database
from storage.models import Update
from storage.work import Work

WINDOWS = "/windows"
"""What the name of a bot's lane for windows ends in: they have limits of their own."""
PAGES = "/pages"
"""And that for pages, which nobody waits for: they never hold up a window."""


def utc_now() -> datetime:
    """The system's clock; the one place that reads it."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Runtime:
    """What every part of the runtime shares. Clocks and chance come in here."""

    database: Database
    adapters: Mapping[str, Adapter]
    """By lane: ``platform:bot``."""
    book: Book
    defaults: Defaults
    wake: Wake
    metrics: Metrics
    health: Health
    understand: Understand | None = None
    """What reads plain words."""
    delivers: bool = True
    """Whether this process sends; one that does not leaves replies to those that do."""
    awaited: Collection[str] = frozenset()
    """The platforms that are not reached yet: what came from them waits until they are."""
    limits: Limits = field(default_factory=Limits)
    allowances: Allowances = field(default_factory=Allowances)
    turns: Turns = field(default_factory=Turns)
    runner: Runner = field(default_factory=Runner)
    now: Callable[[], datetime] = utc_now
    monotonic: Callable[[], float] = time.monotonic
    new_token: Callable[[], str] = lambda: token_urlsafe(16)
    chance: Callable[[], float] = random.random

    def adapter(self, lane: str) -> Adapter | None:
        """What sends on a lane, in this process."""
        return self.adapters.get(lane.removesuffix(WINDOWS).removesuffix(PAGES))

    def serving(self, lane: str) -> Adapter:
        """The same; `LookupError` where this process serves no such lane."""
        found = self.adapter(lane)
        if found is None:
            raise LookupError(f"nothing here serves {lane}")
        return found

    def doors(self, code: str) -> list[tuple[str, str]]:
        """The platforms that this process serves, and how an invitation's code lets in there."""
        return [(each.platform, each.door(code)) for each in self.adapters.values()]

    @property
    def paces(self) -> dict[str, Pace]:
        """The lanes that this process serves, and their limits."""
        found = {lane: adapter.pace for lane, adapter in self.adapters.items()}
        for lane, adapter in self.adapters.items():
            if adapter.window_pace:
                found[lane + WINDOWS] = found[lane + PAGES] = adapter.window_pace
        return found


@dataclass(frozen=True)
class Turn:
    """One update, inside the one transaction that answers it."""

    runtime: Runtime
    session: AsyncSession
    update: Update
    adapter: Adapter
    incoming: Incoming
    work: Work
    now: datetime
    stood: str = ""
    """The message that said how far the answer was, if it took long."""

    @property
    def name(self) -> str:
        """The update's unique name over all platforms: what replies are deduplicated by."""
        return f"{self.update.platform}:{self.update.bot}:{self.update.external_id}"

    @property
    def card(self) -> str:
        """The message whose button was pressed, or in whose place the answer comes otherwise."""
        if isinstance(self.incoming, (Press, Submission, Detail)):
            return self.incoming.card
        return self.stood

    @property
    def window(self) -> str:
        """The window that is open and waits for the answer."""
        if isinstance(self.incoming, (Message, Press, Submission, Detail, Opened)):
            return self.incoming.window
        return ""

    @property
    def opens(self) -> str:
        """What can open a window for a form, for a few seconds."""
        return self.incoming.opens if isinstance(self.incoming, (Message, Press)) else ""

    @property
    def ack(self) -> str:
        """What ends the pressed button's spinner."""
        return self.incoming.ack if isinstance(self.incoming, Press) else ""
