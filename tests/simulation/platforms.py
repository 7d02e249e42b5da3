"""What the tests of the whole need of a platform's stand-in, whichever platform it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True)
class Told:
    """A new message of the bot as its reader sees it."""

    seq: int
    person: int
    message: str
    text: str


class Platform(Protocol):
    """People are numbers; an update is the name under which the inbox keeps it."""

    @property
    def name(self) -> str: ...

    @property
    def bot(self) -> str: ...

    @property
    def settings(self) -> Mapping[str, str]:
        """How the bot finds it."""

    def chat(self, person: int) -> str:
        """The name of somebody's private chat, and of themselves."""

    async def says(self, person: int, text: str) -> str:
        """Write as a person; returns the update."""

    async def presses(self, person: int, label: str, message: str = "") -> str:
        """Tap the newest button of that label, or that of one message; returns the update."""

    async def told(self, after: int = 0) -> list[Told]:
        """What the bot has said since."""

    async def confirmed(self, updates: Sequence[str]) -> set[str]:
        """The updates of which the bot has said that it has them, or still must."""

    async def pending(self) -> int:
        """How many updates the bot has not confirmed yet, and may."""

    async def refused(self) -> list[str]:
        """Each time the bot was told that it sends too fast."""

    async def violations(self) -> list[str]: ...

    async def problems(self) -> list[str]:
        """What the platform alone can see to be wrong."""

    async def breaks(self, kind: str, **more: Any) -> None: ...

    async def heals(self) -> None: ...

    async def texts(self, person: int) -> list[str]:
        """What the bot has on the screen of a chat, the oldest first."""
