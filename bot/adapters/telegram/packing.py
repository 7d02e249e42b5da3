"""A reply as single Telegram messages, each within the platform's limits; pure."""

from collections.abc import Iterator

from bot.adapters.telegram.html import entities, to_html, units, visible
from bot.adapters.telegram.keyboard import opens
from bot.markdown import Markdown, markdown
from bot.messages import Block, Button, Buttons, File, Image, Link, Reply, Text
from bot.runtime.lowering import lower, split

RENDERS: frozenset[type[Block]] = frozenset({Text, Image, File, Buttons})

TEXT = 4096
CAPTION = 1024
ENTITIES = 100
RAW_BYTES = 32 * 1024
BUTTONS = 100
SMALLEST = 16
"""So short a text is within every limit, whatever it says."""

POINTER = Markdown("👇")
"""The text of a message that is there for its buttons: it may not be empty."""

Card = list[Block]


def pack(reply: Reply) -> tuple[Reply, ...]:
    """Part the reply into messages; buttons go to the last text before them, to be edited with it.

    Only the first takes the place of the card that was pressed.
    """
    cards: list[Card] = []
    for block in lower(Reply(tuple(_sendable(reply))), RENDERS):
        match block:
            case Text(text):
                cards += [[Text(part)] for part in fit(text, TEXT)]
            case Image(file, alt):
                cards += _captioned(file, markdown(alt))
            case Buttons(buttons):
                _attach(cards, buttons)
            case _:
                cards.append([block])
    return tuple(
        Reply(tuple(card), reply.private, edit=reply.edit and not number)
        for number, card in enumerate(cards)
    )


def fit(text: Markdown, limit: int, room: int = 0) -> Iterator[Markdown]:
    """Part the text so that each part is within ``limit`` and the platform's other bounds."""
    room = room or limit
    if _fits(text, limit) or room < SMALLEST:
        if visible(text):
            yield text
        return
    for part in split(text, room):
        yield from fit(part, limit, room // 2)


def _fits(text: Markdown, limit: int) -> bool:
    return (
        units(text) <= limit
        and entities(text) <= ENTITIES
        and len(to_html(text).encode("utf-8", "replace")) <= RAW_BYTES
    )


def _captioned(file: File, alt: Markdown) -> list[Card]:
    """Give the picture as much of its words as a caption holds, then send the rest of them."""
    head, *rest = [*fit(alt, CAPTION)] or [Markdown("")]
    cards: list[Card] = [[Image(file, head)]]
    cards += [[Text(part)] for part in fit(Markdown("\n".join(rest)), TEXT)]
    return cards


def _sendable(reply: Reply) -> Iterator[Block]:
    """Put words in place of what Telegram refuses: empty files, local links."""
    for block in reply.blocks:
        match block:
            case File(ref="", content=b"") | Image(File(ref="", content=b"")):
                yield from lower(Reply((block,)), RENDERS - {File, Image})
            case Buttons(buttons):
                local = tuple(b for b in buttons if isinstance(b.then, Link) and not opens(b.then))
                yield from (_written(button) for button in local)
                yield Buttons(tuple(button for button in buttons if button not in local))
            case _:
                yield block


def _written(button: Button) -> Text:
    url = button.then.url if isinstance(button.then, Link) else ""
    return Text(Markdown(f"{markdown(button.label)}: {markdown(url)}"))


def _attach(cards: list[Card], buttons: tuple[Button, ...]) -> None:
    """Put the buttons under the last text, or the last message, or a message of their own."""
    card = next((card for card in reversed(cards) if isinstance(card[0], Text)), None)
    if card is None and cards:
        card = cards[-1]
    while buttons:
        if card is None or _buttons(card) >= BUTTONS:
            card = [Text(POINTER)]
            cards.append(card)
        room = BUTTONS - _buttons(card)
        card.append(Buttons(buttons[:room]))
        buttons = buttons[room:]


def _buttons(card: Card) -> int:
    return sum(len(block.buttons) for block in card if isinstance(block, Buttons))
