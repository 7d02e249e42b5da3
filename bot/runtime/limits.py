"""How much one person may ask for, so that a flood is its sender's trouble alone."""

from collections import OrderedDict
from dataclasses import dataclass, field


@dataclass
class Limits:
    """``burst`` requests at once, then one every ``seconds``; the last ``people`` are known."""

    burst: int = 60
    seconds: float = 1.0
    people: int = 10_000
    _spent: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

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
