"""The strict stand-ins of the platforms, started inside the test's own event loop.

They live beside the repository; tests that need them are skipped where they are absent.
"""

import importlib
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

FAKES = Path(__file__).resolve().parents[3] / "shared" / "fakes"
TOKEN = "123456:TEST-TOKEN-AAAAAAAAAAAAAAAAAAAAAAAAA"
ANA = 7001
TEAM = -1001234567890


def load(name: str) -> ModuleType:
    """Import a stand-in, or skip the test when there is none."""
    if not (FAKES / f"{name}.py").exists():
        pytest.skip(f"the stand-in {name} is not at {FAKES}")
    if str(FAKES) not in sys.path:
        sys.path.append(str(FAKES))
    return importlib.import_module(name)


@dataclass
class Control:
    """Plays the people on the stand-in, breaks things, and looks at what the bot did."""

    server: Any

    def says(self, text: str = "", chat: int = ANA, **more: Any) -> Any:
        """Write as a person; returns the ids of the update and the message."""
        words = {"text": text} if text else {}
        return self.server.user_message(chat, **words, **more)

    def presses(self, label: str, chat: int = ANA, **more: Any) -> Any:
        return self.server.press(chat, text=label, **more)

    def breaks(self, kind: str, **more: Any) -> Any:
        return self.server.add_fault(kind=kind, **more)

    def heals(self) -> None:
        self.server.faults.clear()

    def sees(self, chat: int = ANA) -> list[Any]:
        """What the bot has on the screen of a chat, oldest first."""
        shown = self.server.transcript(chat)
        return [entry["message"] for entry in shown if entry["direction"] == "out"]

    def texts(self, chat: int = ANA) -> list[str]:
        return [entry.get("text") or entry.get("caption") or "" for entry in self.sees(chat)]

    async def answer(self, after: int, chat: int = ANA, **more: Any) -> Any:
        """Wait for the next thing the bot does in a chat."""
        events = await self.server.wait(chat_id=chat, after=after, **more)
        assert events, "the bot did nothing"
        return events[0]

    def calls(self, method: str) -> list[Any]:
        return [call for call in self.server.requests if call["method"] == method.lower()]

    @property
    def violations(self) -> list[str]:
        return [f"{found['kind']}: {found['detail']}" for found in self.server.violations]

    @property
    def pending(self) -> int:
        return sum(len(bot.updates) for bot in self.server.bots.values())


@pytest.fixture
async def telegram_server() -> AsyncIterator[Any]:
    """A Bot API of our own on a random port."""
    module = load("fake_telegram")
    async with module.FakeTelegram(tokens=[TOKEN]) as server:
        yield server


@pytest.fixture
def control(telegram_server: Any) -> Control:
    telegram_server.add_chat(ANA)
    telegram_server.add_chat(TEAM, title="Team North")
    return Control(telegram_server)
