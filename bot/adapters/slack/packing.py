"""A reply as single Slack messages, each within the platform's limits; pure."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.adapters.slack import tables
from bot.adapters.slack.blocks import to_blocks
from bot.adapters.slack.elements import OPTIONS, SECTION, URL, fit, size, visible, weight
from bot.markdown import Markdown, markdown
from bot.messages import (
    Block,
    Button,
    Buttons,
    Choice,
    Fields,
    File,
    Image,
    Link,
    Reply,
    Sheet,
    Table,
    Text,
)
from bot.runtime.lowering import lower

RENDERS: frozenset[type[Block]] = frozenset(
    {Text, Fields, Table, Buttons, Choice, Image, File, Sheet}
)

BLOCKS = 50
CHARACTERS = 12_000
"""Slack refuses a message of more than about 13,200 (github.com/slackapi/bolt-js/issues/2509)."""
BYTES = 45_000
ALT = 1000
"""Of a picture's description (docs.slack.dev/reference/methods/files.getUploadURLExternal)."""
TEXT = 10_000
BUTTONS = 50
OWN = (Image, File, Sheet)
"""Each of these is a message of its own: uploaded, or shown in a window."""

Card = list[Block]


def pack(reply: Reply) -> tuple[Reply, ...]:
    """Part the reply into messages; buttons go to the last words before them, to be edited with.

    Only the first takes the place of the card that was pressed.
    """
    cards: list[Card] = []
    for block in lower(Reply(tuple(_sendable(reply))), RENDERS):
        for part in _parts(block):
            _place(cards, part)
    return tuple(
        Reply(tuple(card), reply.private, edit=reply.edit and not number, aside=reply.aside)
        for number, card in enumerate(cards)
    )


def _place(cards: list[Card], part: Block) -> None:
    """Put it into the newest message that has room for it, or begin another."""
    last = next((card for card in reversed(cards) if not isinstance(card[0], OWN)), None)
    newest = bool(cards) and last is cards[-1]
    joins = newest or isinstance(part, Buttons | Choice)
    if last is None or isinstance(part, OWN) or not joins or not _fits(last, part):
        cards.append([part])
    else:
        last.append(part)


def _fits(card: Card, part: Block) -> bool:
    """Whether it may join the message; two texts there would be taken for one."""
    if isinstance(part, Text) and isinstance(card[-1], Text):
        return False
    grids = [each for each in (*card, part) if isinstance(each, Table) and tables.narrow(each)]
    return len(grids) <= 1 and _within([*card, part])


def _within(card: Card) -> bool:
    blocks = to_blocks(Reply(tuple(card)))
    return len(blocks) <= BLOCKS and size(blocks) <= CHARACTERS and weight(blocks) <= BYTES


def _parts(block: Block) -> Iterator[Block]:
    """The block in pieces that a message can hold."""
    match block:
        case Text(text):
            yield from (Text(part) for part in fit(text, TEXT))
        case Image(file, alt):
            head, *rest = [*fit(markdown(alt), ALT)] or [Markdown("")]
            yield Image(file, head)
            yield from _parts(Text(Markdown("\n".join(rest))))
        case Fields() | Table():
            yield from _rows(block)
        case Buttons(buttons):
            for start in range(0, len(buttons), BUTTONS):
                yield Buttons(buttons[start : start + BUTTONS])
        case Choice(prompt, options):
            for start in range(0, len(options), OPTIONS):
                yield Choice(prompt, options[start : start + OPTIONS])
        case _:
            yield block


def _rows(block: Fields | Table) -> Iterator[Block]:
    """Halve what is too long; one row that still is becomes text."""
    if _within([block]):
        yield block
    elif len(block.rows) > 1:
        for half in _halves(block):
            yield from _rows(half)
    else:
        [text] = lower(Reply((block,)), frozenset({Text}))
        yield from _parts(text)


def _halves(block: Fields | Table) -> tuple[Fields | Table, Fields | Table]:
    half = len(block.rows) // 2
    if isinstance(block, Fields):
        return Fields(block.rows[:half]), Fields(block.rows[half:])
    return Table(block.headers, block.rows[:half]), Table(block.headers, block.rows[half:])


def _sendable(reply: Reply) -> Iterator[Block]:
    """Put words in place of what Slack refuses, and leave out what says nothing."""
    for block in reply.blocks:
        match block:
            case Text(text) if not visible(text):
                continue
            case File(ref="", content=b"") | Image(File(ref="", content=b"")):
                yield from lower(Reply((block,)), RENDERS - {File, Image})
            case Fields(pairs):
                if kept := tuple(filter(_says, pairs)):
                    yield Fields(kept)
            case Table(headers, rows):
                if any(map(_says, (headers, *rows))):
                    yield Table(headers, tuple(filter(_says, rows)))
            case Buttons(buttons):
                yield from _tappable(buttons)
            case Choice(prompt, options):
                yield from _menu(prompt, options)
            case _:
                yield block


def _says(row: tuple[str, ...]) -> bool:
    return any(map(visible, row))


def _tappable(buttons: tuple[Button, ...]) -> Iterator[Block]:
    """The buttons, those whose address Slack refuses as words before them."""
    kept = tuple(b for b in buttons if not isinstance(b.then, Link) or opens(b.then))
    for button in buttons:
        if isinstance(button.then, Link) and button not in kept:
            yield Text(Markdown(f"{markdown(button.label)}: {markdown(button.then.url)}"))
    if kept:
        yield Buttons(kept)


def _menu(prompt: str, options: tuple[Button, ...]) -> Iterator[Block]:
    """A menu has only what can be pressed, each once; links stand beside it."""
    links = tuple(option for option in options if isinstance(option.then, Link))
    pressed = {option.then: option for option in reversed(options) if option not in links}
    offered = tuple(reversed(pressed.values()))
    if offered and len(prompt) <= SECTION // 2:
        yield Choice(prompt, offered)
    else:
        yield from _sendable(Reply((Text(markdown(prompt)),)))
        if offered:
            yield Choice("", offered)
    yield from _tappable(links)


def opens(link: Link) -> bool:
    """Whether Slack takes the address on a button; one that it refuses costs the message."""
    try:
        parts = urlsplit(link.url)
        known = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return known and len(link.url) <= URL and not set(link.url) & set(' \t\n"<>')
