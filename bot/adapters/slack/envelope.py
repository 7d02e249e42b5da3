"""What Slack hands us in either mode, and what it is told about it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

EVENT, COMMAND, INTERACTION = "events_api", "slash_commands", "interactive"
KINDS = frozenset({EVENT, COMMAND, INTERACTION})


@dataclass(frozen=True)
class Envelope:
    """One event, command or interaction.

    ``id`` is what Slack calls this one attempt (over HTTP, its signature): the same event sent
    again comes in another envelope.
    """

    id: str
    kind: str
    payload: dict[str, Any] = field(repr=False)
    retry: int = 0


@dataclass(frozen=True)
class Answer:
    """What Slack is told: that we have it, or nothing, so that it sends an event again."""

    acknowledge: bool
    payload: dict[str, Any] | str | None = field(default=None, repr=False)


Dispatch = Callable[[Envelope], Awaitable[Answer]]


def retries(given: object) -> int:
    """How often Slack says it has tried before; nonsense is none."""
    return int(text) if (text := str(given)) in {"1", "2", "3"} else 0
