import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.adapters.telegram import Telegram
from bot.messages import Place
from storage.inbox import Arrival
from tests.acceptance.fakes import ANA, TEAM, TOKEN, Control


@dataclass
class FakeInbox:
    """The inbox's two methods, in memory; ``fails`` is how often committing goes wrong first."""

    rows: dict[str, Arrival] = field(default_factory=dict)
    cursors: list[int] = field(default_factory=list)
    takes: int = 0
    fails: int = 0

    async def take(
        self, platform: str, bot: str, arrivals: Any, *, cursor: int | None = None
    ) -> int:
        self.takes += 1
        if self.fails:
            self.fails -= 1
            raise OSError("the disk is full")
        before = len(self.rows)
        self.rows.update({arrival.external_id: arrival for arrival in arrivals})
        if cursor is not None:
            self.cursors.append(cursor)
        return len(self.rows) - before

    async def position(self, platform: str, bot: str) -> int | None:
        return self.cursors[-1] if self.cursors else None


@pytest.fixture
def inbox() -> FakeInbox:
    return FakeInbox()


@pytest.fixture
async def telegram(control: Control) -> AsyncIterator[Telegram]:
    adapter = await Telegram.connect(TOKEN, control.server.url)
    yield adapter
    await adapter.close()


@pytest.fixture
def ana() -> Place:
    return Place("telegram", "123456", str(ANA))


@pytest.fixture
def team() -> Place:
    return Place("telegram", "123456", str(TEAM), private=False)


async def until(true: Callable[[], object], seconds: float = 10) -> None:
    """Wait for something that the stand-in or the inbox will show."""
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.01)
