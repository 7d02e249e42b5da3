"""A stream of updates from many people, and what each of them must have led to."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from tests.simulation.databases import account_of
from tests.simulation.platforms import Platform, Told

LOGGED = re.compile(r"^Logged: .*?\bn(\d{6})x", re.DOTALL)


@dataclass(frozen=True)
class Asked:
    """One update: ``note`` is that of its visit."""

    update: str
    kind: str
    note: str = ""


@dataclass
class Card:
    """A visit's reply as its rep sees it: what can be pressed next."""

    note: str
    person: int
    message: str


@dataclass
class Stream:
    """Visits, each with a note of its own, and presses of the buttons under their replies."""

    platform: Platform
    people: Sequence[int]
    chance: Random
    asked: list[Asked] = field(default_factory=list)
    notes: int = 0
    replies: Counter[str] = field(default_factory=Counter)
    """How often the bot has said that a visit is logged."""
    others: int = 0
    """Messages of the bot that answer no visit."""
    _cards: list[Card] = field(default_factory=list)
    _seen: int = 0

    @property
    def updates(self) -> list[str]:
        return [each.update for each in self.asked]

    async def feed(self, count: int) -> None:
        """So many more updates."""
        for _ in range(count):
            kind = self.chance.choices(("visit", "undo", "look"), (8, 1, 1))[0]
            if kind == "visit" or not self._cards:
                self.asked += await self._visit()
            else:
                card = self._cards.pop(self.chance.randrange(len(self._cards)))
                self.asked.append(await self._press(card, kind))

    def _note(self) -> tuple[str, int]:
        """The next visit's note and who it is of."""
        note = f"{self.notes:06}"
        self.notes += 1
        return note, self.chance.choice(self.people)

    async def _visit(self) -> Sequence[Asked]:
        note, person = self._note()
        text = f"/visit {account_of(person)}, n{note}x"
        return [Asked(await self.platform.says(person, text), "visit", note)]

    async def _press(self, card: Card, kind: str) -> Asked:
        label = "Undo" if kind == "undo" else "Account"
        update = await self.platform.presses(card.person, label, card.message)
        return Asked(update, kind, card.note)

    async def watch(self) -> None:
        """Take note of what the bot has said since."""
        for told in await self.platform.told(self._seen):
            self._seen = told.seq
            self._heard(told)

    def _heard(self, told: Told) -> None:
        found = LOGGED.match(told.text)
        if found is None:
            self.others += 1
            return
        note = found[1]
        self.replies[note] += 1
        if self.replies[note] == 1:
            self._cards.append(Card(note, told.person, told.message))

    def doubled(self, stored: set[str]) -> int:
        """How many messages more were said than the updates that are stored ask for."""
        asked = sum(
            each.kind in {"visit", "look"} and each.update in stored for each in self.asked
        )
        return self.replies.total() + self.others - asked
