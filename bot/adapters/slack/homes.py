"""The blocks of a home tab: headings, and each thing to do in one line with its button; pure."""

from collections.abc import Iterator, Sequence
from typing import Any

from bot.adapters.slack.blocks import block_blocks, heading, stanzas, text_blocks
from bot.adapters.slack.elements import SECTION, Names, literal, words
from bot.adapters.slack.mrkdwn import to_mrkdwn, unmistakable
from bot.markdown import Markdown
from bot.messages import Block, Button, Buttons, Text

Json = dict[str, Any]

HEADING = 150


def home_blocks(blocks: Sequence[Block]) -> Iterator[Json]:
    """Lay out a page: a single button stands beside the words before it."""
    names = Names()
    alone = [_alone(each) for each in blocks]
    for number, block in enumerate(blocks):
        beside = alone[number + 1] if number + 1 < len(blocks) else None
        match block:
            case Text(text):
                yield from _text(text, beside, names, first=not number)
            case Buttons() if number and alone[number] and isinstance(blocks[number - 1], Text):
                continue
            case Buttons() if number and isinstance(blocks[number - 1], Buttons):
                yield {"type": "divider"}
                yield from block_blocks(block, names, message=False)
            case _:
                yield from block_blocks(block, names, message=False)


def _alone(block: Block) -> Button | None:
    return block.buttons[0] if isinstance(block, Buttons) and len(block.buttons) == 1 else None


def _text(text: Markdown, beside: Button | None, names: Names, *, first: bool) -> Iterator[Json]:
    """The paragraphs of a text; the last of them has the button beside it."""
    *before, last = [
        part for each in text.split("\n\n") for part in stanzas(Markdown(each)) if part
    ]
    for paragraph in before:
        yield from _paragraph(paragraph, first=first)
        first = False
    if beside is None:
        yield from _paragraph(last, first=first)
        return
    head, rest = _parted(last)
    if head and rest:
        yield from _headed(head, first=first)
        last = rest
    if unmistakable(last) and len(to_mrkdwn(last)) <= SECTION:
        yield {"type": "section", "text": words(last), "accessory": names.button(beside)}
    else:
        yield from text_blocks(last)
        yield {"type": "actions", "elements": [names.button(beside)]}


def _paragraph(text: Markdown, *, first: bool) -> Iterator[Json]:
    head, rest = _parted(text)
    if head:
        yield from _headed(head, first=first)
    if rest:
        yield from text_blocks(rest)


def _headed(head: str, *, first: bool) -> Iterator[Json]:
    if not first:
        yield {"type": "divider"}
    yield {"type": "header", "text": literal(head, HEADING)}


def _parted(text: Markdown) -> tuple[str, Markdown]:
    """The heading that a paragraph begins with, and the rest of it."""
    line, _, rest = text.partition("\n")
    head = heading(line)
    return (head, Markdown(rest)) if 0 < len(head) <= HEADING else ("", text)
