"""What people say to the bot and what the bot says back, on any platform."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.markdown import Markdown, markdown
from bot.ways import Way as Way  # noqa: PLC0414 - how an `Input` is answered

# What comes in


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
    latitude: float
    longitude: float


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

# What goes out


@dataclass(frozen=True)
class Call:
    """A command with some or all of its answers: what a button does when pressed."""

    command: str
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Token:
    """A call that is stored; all that a platform sees of it.

    ``form`` says that it leads to a form, so that a window may be opened before it is looked up.
    """

    value: str
    form: bool = False


@dataclass(frozen=True)
class Link:
    """A button that opens a page."""

    url: str


@dataclass(frozen=True)
class Button:
    """One tap. A press of a ``single`` one spends all the single ones of its card."""

    label: str
    then: Call | Token | Link
    single: bool = True
    primary: bool = False


@dataclass(frozen=True)
class Text:
    markdown: Markdown


@dataclass(frozen=True)
class Fields:
    """Names and values, one pair a line."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Image:
    file: File
    alt: str


@dataclass(frozen=True)
class Buttons:
    """Buttons side by side."""

    buttons: tuple[Button, ...]


@dataclass(frozen=True)
class Choice:
    """One of several; a menu where the platform has one."""

    prompt: str
    options: tuple[Button, ...]


@dataclass(frozen=True)
class Input:
    """One question of a form shown whole.

    ``stored`` is the answer that is filled in where it is picked rather than typed: an option's
    value, or a moment as a wall shows it, ``2026-03-02`` or ``2026-03-02 10:00``.
    """

    name: str
    label: str
    hint: str = ""
    value: str = ""
    error: str = ""
    required: bool = False
    multiline: bool = False
    options: tuple[tuple[str, str], ...] = ()
    """Label and value of the only allowed answers; any text when empty."""
    way: Way = Way.TEXT
    stored: str = ""
    focus: bool = False
    """Whether it is the one that the person came to change."""
    doubt: str = ""
    """What gives pause about an answer that may stay as it is."""


@dataclass(frozen=True)
class Sheet:
    """A form shown whole; sending it back is a `Submission` of ``then``.

    ``files`` may be added to it where it says so; ``again`` shows it anew where it can't be shown
    at once.
    """

    title: str
    inputs: tuple[Input, ...]
    submit: str
    then: Call | Token
    files: bool = False
    again: Call | Token | None = None


Block = Text | Fields | Table | Image | File | Buttons | Choice | Sheet


@dataclass(frozen=True)
class Reply:
    """An ordered list of blocks: a card.

    ``private`` ones are for the asker alone, also in a group. ``edit`` ones take the place of the
    card whose button was pressed, where the platform can. ``aside`` ones are said in passing: a
    question that was asked stays open. What has a ``window`` is shown there, under the one that
    waits, which closes.
    """

    blocks: tuple[Block, ...] = ()
    private: bool = True
    edit: bool = False
    aside: bool = False
    window: str = ""


def reply(*parts: str | Block | Button | None, private: bool = True, edit: bool = False) -> Reply:
    """Build a reply from strings, blocks and buttons, in reading order; ``None`` is left out.

    Neighbouring strings are lines of one text; neighbouring buttons share a row.
    """
    blocks: list[Block] = []
    for part in parts:
        match part, blocks:
            case None, _:
                continue
            case str(), [*_, Text(before)]:
                blocks[-1] = Text(Markdown(f"{before}\n{markdown(part)}"))
            case str(), _:
                blocks.append(Text(markdown(part)))
            case Button(), [*_, Buttons(row)]:
                blocks[-1] = Buttons((*row, part))
            case Button(), _:
                blocks.append(Buttons((part,)))
            case _:
                blocks.append(part)
    return Reply(tuple(blocks), private, edit)
