"""What people say to the bot and do with it, on any platform."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Sender:
    """Who acted, as the platform knows them."""

    platform: str
    id: str
    name: str = ""
    language: str = ""


@dataclass(frozen=True)
class Place:
    """Where a conversation happens; ``private`` when only the sender reads it.

    ``only`` is who alone sees what is said there, where the others read along.
    """

    platform: str
    bot: str
    chat: str
    thread: str = ""
    private: bool = True
    only: str = ""

    @property
    def key(self) -> str:
        """The chat's unique name over all platforms and bots."""
        return f"{self.platform}:{self.bot}:{self.chat}"


@dataclass(frozen=True)
class File:
    """A file by its platform's handle (``ref``), or by its bytes when the bot made it.

    In a ``spoken`` one somebody speaks.
    """

    name: str
    mime: str
    ref: str = ""
    content: bytes = field(default=b"", repr=False)
    spoken: bool = False


@dataclass(frozen=True)
class Location:
    """A place, in degrees (WGS 84).

    ``accuracy`` is how many metres the phone itself says that it may be off by; ``picked`` is
    whether nobody measured it: it was forwarded, chosen on a map, or is a well-known place.
    ``measured_at`` is when it was, where that is told.
    """

    latitude: float
    longitude: float
    accuracy: float | None = None
    picked: bool = False
    measured_at: datetime | None = None


@dataclass(frozen=True)
class ContactCard:
    """A contact shared from the phone's address book."""

    name: str
    phone: str


@dataclass(frozen=True)
class Message:
    """Someone wrote or sent something; ``at`` is when they did, not when it arrived.

    ``addressed`` is whether it is for us: in private, or because it names us or answers us. The
    text is without our name. ``opens`` can open a window beside the chat for a few seconds;
    ``window`` is one that is open already and waits for the answer.
    """

    sender: Sender
    place: Place
    text: str
    at: datetime
    ref: str = ""
    files: tuple[File, ...] = ()
    location: Location | None = None
    contact: ContactCard | None = None
    edited: bool = False
    heard: bool = False
    """Whether its text was written down from what was said."""
    addressed: bool = True
    album: str = ""
    """What the platform calls the photos that were sent as one, each a message of its own."""
    command: str = ""
    """The command that its words are for, where the platform tells that apart from them."""
    opens: str = ""
    window: str = ""


@dataclass(frozen=True)
class Press:
    """Someone pressed a button on the message ``card``; ``ack`` is what ends its spinner.

    ``opens`` and ``window`` are as of a `Message`.
    """

    sender: Sender
    place: Place
    token: str
    at: datetime
    card: str = ""
    ack: str = ""
    opens: str = ""
    window: str = ""


@dataclass(frozen=True)
class Submission:
    """Someone sent back a form shown whole: what they typed, by question.

    ``chosen`` are the answers that were picked from what we offered, as we keep them; ``window``
    is the one in which the form is shown, and ``card`` the message that it came from.
    """

    sender: Sender
    place: Place
    token: str
    answers: Mapping[str, str]
    at: datetime
    card: str = ""
    window: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    files: tuple[File, ...] = ()


@dataclass(frozen=True)
class Detail:
    """Someone picked, in a form that stays open, an answer that there is more to ask about.

    ``answers`` and ``chosen`` are what the form holds so far, as of a `Submission`; ``under`` is
    its window, and ``window`` the one upon it that waits for the questions.
    """

    sender: Sender
    place: Place
    token: str
    question: str
    value: str
    answers: Mapping[str, str]
    chosen: Mapping[str, str]
    at: datetime
    window: str
    under: str
    card: str = ""


@dataclass(frozen=True)
class Opened:
    """Someone opened the page that the platform keeps for them alone, which is ``window``."""

    sender: Sender
    place: Place
    at: datetime
    window: str


@dataclass(frozen=True)
class Reachable:
    """Someone blocked the bot or let it back in."""

    sender: Sender
    place: Place
    reachable: bool
    at: datetime


Incoming = Message | Press | Submission | Detail | Opened | Reachable
