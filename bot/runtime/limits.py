"""How much one person may ask for, so that a flood is its sender's trouble alone."""

from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass, field

HOUR = 3_600.0


@dataclass
class Limits:
    """``burst`` requests at once, then one every ``seconds``; the last ``people`` are known."""

    burst: int = 60
    seconds: float = 1.0
    people: int = 10_000
    _spent: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def left(self, sender: str, now: float) -> float:
        """Seconds until this sender may ask again; nothing is counted."""
        spent, at = self._spent.get(sender, (0.0, now))
        return max(0.0, (spent - (now - at) / self.seconds + 1 - self.burst) * self.seconds)

    def wait(self, sender: str, now: float) -> float:
        """Seconds until this sender may ask again; 0 when they may now, which this counts."""
        spent, at = self._spent.pop(sender, (0.0, now))
        spent = max(0.0, spent - (now - at) / self.seconds)
        if spent + 1 > self.burst:
            self._spent[sender] = (spent, now)
            return (spent + 1 - self.burst) * self.seconds
        self._spent[sender] = (spent + 1, now)
        while len(self._spent) > self.people:
            self._spent.popitem(last=False)
        return 0.0


@dataclass
class Allowances:
    """What is limited beside what people say; each by its sender."""

    guests: Limits = field(default_factory=lambda: Limits(10, 6.0))
    """What somebody may say whom we don't know."""
    codes: Limits = field(default_factory=lambda: Limits(10, HOUR / 10))
    """Invitations that are none."""
    suggestions: Limits = field(default_factory=lambda: Limits(40, 0.25))
    """Options that are looked up as one types."""
    windows: Limits = field(default_factory=lambda: Limits(20, 2.0))
    """Windows that are opened before anything is looked up."""
    complaints: Limits = field(default_factory=lambda: Limits(3, 20.0))
    """How often somebody is told that it was too much."""


@dataclass
class Turns:
    """Whose messages were answered lately: a chat that floods lets the others go first.

    After ``run`` answers within ``seconds`` a chat's next message waits for everybody else's.
    """

    run: int = 3
    seconds: float = 1.0
    _served: OrderedDict[str, tuple[int, float]] = field(default_factory=OrderedDict)
    _rests: int = 0

    def behind(self, now: float) -> Collection[str]:
        """The chats that wait for the others now; none for a few turns after no other waited."""
        while self._served and now - next(iter(self._served.values()))[1] > self.seconds:
            self._served.popitem(last=False)
        if self._rests:
            self._rests -= 1
            return ()
        most = max((count for count, _at in self._served.values()), default=0)
        many = max(self.run, most / 4)  # who says a few things beside a flood is no flood
        return [chat for chat, (count, _at) in self._served.items() if count >= many]

    def alone(self) -> None:
        """Nobody else waited: looking for them again can wait, too."""
        self._rests = self.run

    def took(self, chat: str, now: float) -> None:
        """A message of this chat is being answered."""
        count, _at = self._served.pop(chat, (0, now))
        self._served[chat] = (count + 1, now)
