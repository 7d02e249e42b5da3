"""Is the bot alive: how long ago each of its parts last did its work."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Health:
    """Heartbeats by part, on a clock that only goes forward.

    A part that is registered and silent for longer than its limit makes the process unhealthy,
    although it exists: ``getUpdates`` can hang for ever (python-telegram-bot issue 4523).
    """

    monotonic: Callable[[], float]
    limits: dict[str, float] = field(default_factory=dict)
    beats: dict[str, float] = field(default_factory=dict)

    def expect(self, part: str, seconds: float) -> None:
        """From now on ``part`` must beat at least every ``seconds``."""
        self.limits[part] = seconds
        self.beats[part] = self.monotonic()

    def beat(self, part: str) -> None:
        self.beats[part] = self.monotonic()

    def forget(self, part: str) -> None:
        """``part`` is no longer this process's work."""
        self.limits.pop(part, None)
        self.beats.pop(part, None)

    def ages(self) -> dict[str, float]:
        """Seconds since each part's last beat."""
        now = self.monotonic()
        return {part: now - self.beats[part] for part in self.limits}

    def late(self) -> list[str]:
        """The parts that are overdue."""
        return [part for part, age in self.ages().items() if age > self.limits[part]]
