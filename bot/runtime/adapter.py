"""What the runtime asks of a platform, and the ways in which sending may end."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from bot.messages import Block, File, Incoming, Place, Reply

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Pace:
    """A platform's limits: milliseconds between messages, and how many may come at once."""

    lane_gap: int
    lane_burst: int
    chat_gap: int
    chat_burst: int
    group_gap: int
    group_burst: int
    is_group: Callable[[str], bool] = lambda _key: False

    def chat(self, key: str) -> tuple[int, int]:
        """The gap and the burst of one chat, by its place's key."""
        if self.is_group(key):
            return self.group_gap, self.group_burst
        return self.chat_gap, self.chat_burst


@dataclass(frozen=True)
class Outgoing:
    """One message to send: already packed, buttons already tokens.

    ``edit`` is the message whose place it takes, ``ack`` the press whose spinner it ends;
    ``window`` is where it is shown instead of in the chat, ``language`` its reader's. One that is
    ``spare`` stands somewhere else as well: where it can't be shown as meant, it is not.
    """

    id: int
    place: Place
    reply: Reply
    edit: str = ""
    ack: str = ""
    attempt: int = 1
    window: str = ""
    language: str = ""
    spare: bool = False


class RetryLater(Exception):
    """The platform asks for a pause of the whole lane, or of one chat."""

    def __init__(self, seconds: float, *, chat_only: bool = False, reason: str = "") -> None:
        super().__init__(f"{reason or 'too many requests'}: retry after {seconds} s")
        self.seconds = seconds
        self.chat_only = chat_only


class NotSent(Exception):
    """It certainly did not arrive (no connection, or the platform's own fault): try again."""


class Uncertain(Exception):
    """It may have arrived: the answer was lost."""


class Unreachable(Exception):
    """The person blocked the bot, never started it, or is gone."""


class Rejected(Exception):
    """The platform will never take this message."""


class Adapter(Protocol):
    """One platform. `read`, `pack` and `door` are pure; the rest talks to it."""

    platform: str
    bot: str
    renders: frozenset[type[Block]]
    pace: Pace
    window_pace: Pace | None
    """The limits of its windows, where it has any beside the chats."""
    whispers: bool
    """Whether something can be said in a group that one person alone sees."""

    def door(self, code: str) -> str:
        """How somebody comes in with an invitation's code: a link, or a line to send."""

    def forgets(self, card: str) -> bool:
        """Whether a message, by its name, is one that the platform does not keep."""

    def shows_form(self, incoming: Incoming) -> bool:
        """Whether a form can be shown whole in answer to this."""

    def read(self, payload: Json) -> Incoming | None:
        """What an update says, or None when it is nothing to answer; raises on nonsense."""

    def pack(self, reply: Reply) -> tuple[Reply, ...]:
        """The reply as single messages within the platform's limits, in order."""

    async def send(self, outgoing: Outgoing) -> str:
        """Send one message and return the platform's name for it (to edit it by)."""

    async def typing(self, place: Place) -> None:
        """Show that an answer is being made; never raises."""

    async def download(self, file: File) -> bytes:
        """The bytes of a file that a person sent."""
