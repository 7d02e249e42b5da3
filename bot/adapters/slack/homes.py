"""The blocks of a home tab: headings, and each thing to do in one line with its button; pure."""

from collections.abc import Iterator, Sequence
from typing import Any

from bot.adapters.slack.blocks import block_blocks, text_blocks
from bot.adapters.slack.elements import SECTION, Names, literal, words
from bot.adapters.slack.mrkdwn import to_mrkdwn, unmistakable
from bot.markdown import Markdown, Style, parse, plain
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
            case _:
                yield from block_blocks(block, names, message=False)


def _alone(block: Block) -> Button | None:
    return block.buttons[0] if isinstance(block, Buttons) and len(block.buttons) == 1 else None


def _text(text: Markdown, beside: Button | None, names: Names, *, first: bool) -> Iterator[Json]:
    """The paragraphs of a text; the last of them has the button beside it."""
    *before, last = [Markdown(each) for each in text.split("\n\n") if each.strip()]
    for paragraph in before:
        yield from _paragraph(paragraph, first=first)
        first = False
    if beside is None:
        yield from _paragraph(last, first=first)
        return
    heading, rest = _heading(last)
    if heading and rest:
        yield from _headed(heading, first=first)
        last = rest
    if unmistakable(last) and len(to_mrkdwn(last)) <= SECTION:
        yield {"type": "section", "text": words(last), "accessory": names.button(beside)}
    else:
        yield from text_blocks(last)
        yield {"type": "actions", "elements": [names.button(beside)]}


def _paragraph(text: Markdown, *, first: bool) -> Iterator[Json]:
    heading, rest = _heading(text)
    if heading:
        yield from _headed(heading, first=first)
    if rest:
        yield from text_blocks(rest)


def _headed(heading: str, *, first: bool) -> Iterator[Json]:
    if not first:
        yield {"type": "divider"}
    yield {"type": "header", "text": literal(heading, HEADING)}


def _heading(text: Markdown) -> tuple[str, Markdown]:
    """A first line that is all bold heads what follows it."""
    line, _, rest = text.partition("\n")
    spans = parse(line.strip())
    bold = bool(spans) and all(span.style is Style.BOLD for span in spans)
    if bold and len(plain(Markdown(line))) <= HEADING:
        return plain(Markdown(line.strip())), Markdown(rest)
    return "", text
