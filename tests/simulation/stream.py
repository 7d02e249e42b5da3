"""A stream of updates from many people, and what each of them must have led to."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.simulation.databases import account_of
from tests.simulation.standin import ControlError, StandIn

LOGGED = re.compile(r"^Logged: .*?\bn(\d{6})x", re.DOTALL)


@dataclass
class Card:
    """A visit's reply as its rep sees it: what can be pressed next."""

    note: str
    chat: int
    message: int


@dataclass
class Stream:
    """Visits, each with a note of its own, and presses of the buttons under their replies."""

    telegram: StandIn
    chats: Sequence[int]
    chance: Random
    visits: dict[str, int] = field(default_factory=dict)
    """The chat that each visit's note came from."""
    undone: set[str] = field(default_factory=set)
    looked: int = 0
    updates: list[int] = field(default_factory=list)
    replies: Counter[str] = field(default_factory=Counter)
    others: int = 0
    """Messages of the bot that answer no visit."""
    _cards: list[Card] = field(default_factory=list)
    _seen: int = 0

    async def feed(self, count: int) -> None:
        """So many more updates."""
        for _ in range(count):
            kind = self.chance.choices(("visit", "undo", "look"), (8, 1, 1))[0]
            card = (
                self._cards.pop(self.chance.randrange(len(self._cards)))
                if (kind != "visit" and self._cards)
                else None
            )
            self.updates.append(await (self._press(card, kind) if card else self._visit()))

    async def _visit(self) -> int:
        note = f"{len(self.visits):06}"
        chat = self.chance.choice(self.chats)
        self.visits[note] = chat
        return await self.telegram.says(chat, f"/visit {account_of(chat)}, n{note}x")

    async def _press(self, card: Card, kind: str) -> int:
        if kind == "undo":
            self.undone.add(card.note)
            return await self.telegram.presses(card.chat, "Undo", card.message)
        self.looked += 1
        return await self.telegram.presses(card.chat, "Account", card.message)

    async def watch(self) -> None:
        """Take note of what the bot has said since."""
        for event in await self.telegram.events(self._seen):
            self._seen = event["seq"]
            if event["kind"] == "message":
                self._note(event)

    def _note(self, event: Any) -> None:
        message = event["message"]
        found = LOGGED.match(message.get("text", ""))
        if found is None:
            self.others += 1
            return
        note = found[1]
        self.replies[note] += 1
        if self.replies[note] == 1:
            self._cards.append(Card(note, event["chat_id"], message["message_id"]))


__all__ = ["Card", "ControlError", "Stream"]
