"""What the bot says back, on any platform; what people say to it is in `bot.incoming`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from bot.incoming import (
    ContactCard,
    Detail,
    File,
    Incoming,
    Location,
    Message,
    Opened,
    Place,
    Press,
    Reachable,
    Sender,
    Submission,
)
from bot.markdown import Markdown, markdown
from bot.ways import Way


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
    """One tap. A press of a ``single`` one spends all the single ones of its card.

    What it holds may be for a short while only: that is how long it ``lives``.
    """

    label: str
    then: Call | Token | Link
    single: bool = True
    primary: bool = False
    lives: timedelta | None = None


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


__all__ = [
    "Block",
    "Button",
    "Buttons",
    "Call",
    "Choice",
    "ContactCard",
    "Detail",
    "Fields",
    "File",
    "Image",
    "Incoming",
    "Input",
    "Link",
    "Location",
    "Message",
    "Opened",
    "Place",
    "Press",
    "Reachable",
    "Reply",
    "Sender",
    "Sheet",
    "Submission",
    "Table",
    "Text",
    "Token",
    "Way",
    "reply",
]
