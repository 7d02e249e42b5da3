"""Lowering: rewrite a reply into the blocks a platform can show.

Adapters declare what they render; everything else is rewritten here, once, and nothing is dropped.
"""

import unicodedata
from collections.abc import Iterator

from bot.markdown import Markdown, Span, join, markdown, parse, write
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

Renders = frozenset[type[Block]]
MARKS = 40
"""How many marks and joiners a letter or an emoji may bear that is kept in one piece."""


def lower(reply: Reply, renders: Renders) -> tuple[Block, ...]:
    """The reply's blocks, rewritten into ones of ``renders``; neighbouring texts become one."""
    blocks: list[Block] = []
    for low in (low for block in reply.blocks for low in _lower(block, renders)):
        match low, blocks:
            case Text(after), [*_, Text(before)]:
                blocks[-1] = Text(Markdown(f"{before}\n\n{after}"))
            case _:
                blocks.append(low)
    return tuple(blocks)


def length(reply: Reply) -> int:
    """About how many characters a reply has, marks included."""
    return sum(len(part) for block in reply.blocks for part in _parts(block))


def _parts(block: Block) -> Iterator[str]:
    match block:
        case Text(markdown=text) | Image(alt=text):
            yield text
        case Fields(rows):
            yield from (part for row in rows for part in row)
        case Table(headers, rows):
            yield from (cell for row in (headers, *rows) for cell in row)
        case Buttons(buttons) | Choice(options=buttons):
            yield from (button.label for button in buttons)


def _lower(block: Block, renders: Renders) -> Iterator[Block]:
    if type(block) in renders:
        yield block
        return
    match block:
        case Text():
            yield block
        case Fields(rows):
            yield Text(Markdown("\n".join(f"*{markdown(k)}* {markdown(v)}" for k, v in rows)))
        case Table(headers, rows):
            yield Text(_columns((headers, *rows)))
        case Image(file, alt):
            yield from _lower(file, renders)
            yield Text(markdown(alt))
        case File(name=name):
            yield Text(markdown(f"📎 {name}"))
        case Buttons(buttons):
            yield Text(join("\n", (_numbered(n, b) for n, b in enumerate(buttons, 1))))
        case Choice(prompt, options):
            yield Text(markdown(prompt))
            yield from _lower(Buttons(options), renders)
        case Sheet(title, inputs):
            lines = (join(" — ", filter(None, (i.label, i.hint, i.error))) for i in inputs)
            yield Text(Markdown("\n".join((f"*{markdown(title)}*", *lines))))


def _numbered(number: int, button: Button) -> Markdown:
    link = f" {button.then.url}" if isinstance(button.then, Link) else ""
    return Markdown(f"{number}. {markdown(button.label)}{link}")


def _columns(rows: tuple[tuple[str, ...], ...]) -> Markdown:
    """Each row a line, its cells parted by a dot: columns do not line up on a narrow screen."""
    head, *body = (join(" · ", (cell for cell in row if cell)) for row in rows)
    return Markdown("\n".join((f"_{head}_", *body)))


def split(text: Markdown, limit: int) -> tuple[Markdown, ...]:
    """Cut at paragraph borders, then lines, then words, so that each part shows ≤ ``limit``.

    The length is in UTF-16 units: what a phone counts, and never less than characters.
    """
    parts: list[Markdown] = []
    rest = parse(text)
    while rest:
        cut = _cut("".join(span.text for span in rest), limit)
        head, rest = _divide(rest, cut)
        parts.append(write(head))
        rest = _stripped(rest)
    return tuple(parts) or (Markdown(""),)


def _cut(text: str, limit: int) -> int:
    """How many characters of ``text`` fit, ending at the best border; a word only as it must."""
    room = fitting(text, limit)
    if room == len(text):
        return room
    for border in ("\n\n", "\n", "。", " "):
        kept = 1 if border == "。" else 0
        at = text.rfind(border, room // 2, room + len(border) - kept)
        if at > 0:
            return at + kept
    if (early := max(text.rfind("\n", 1, room), text.rfind(" ", 1, room))) > 0:
        return early
    for at in range(room, max(1, room - MARKS), -1):
        if not (unicodedata.combining(text[at]) or text[at] in "\u200d\ufe0f"):
            return at
    return room  # no letter has so many marks: they may part


def fitting(text: str, limit: int) -> int:
    """How many characters of ``text`` stay within ``limit`` UTF-16 units."""
    used = 0
    for index, character in enumerate(text):
        used += 2 if ord(character) > 0xFFFF else 1  # noqa: PLR2004 - the basic plane ends there
        if used > limit:
            return index
    return len(text)


def _divide(spans: tuple[Span, ...], cut: int) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    head: list[Span] = []
    for index, span in enumerate(spans):
        if len(span.text) > cut:
            whole = (span.style, span.href, span.typed)
            before = (Span(span.text[:cut], *whole),) if cut else ()
            return (*head, *before), (Span(span.text[cut:], *whole), *spans[index + 1 :])
        head.append(span)
        cut -= len(span.text)
    return tuple(head), ()


def _stripped(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans without the white space they begin with."""
    while spans:
        first, *others = spans
        text = first.text.lstrip()
        if text:
            return (Span(text, first.style, first.href, first.typed), *others)
        spans = tuple(others)
    return ()
