"""A packed reply as Block Kit, and as the line that a notification shows; pure."""

import unicodedata
from collections.abc import Iterator
from typing import Any

from bot.adapters.slack import tables
from bot.adapters.slack.elements import (
    LABEL,
    OPTIONS,
    PLACEHOLDER,
    Names,
    fit,
    literal,
    press,
    visible,
    words,
)
from bot.adapters.slack.mrkdwn import escape, guard, unmistakable
from bot.adapters.slack.rich import to_rich_text
from bot.markdown import Markdown, Style, markdown, parse, plain
from bot.messages import Block, Button, Buttons, Choice, Fields, File, Image, Reply, Table, Text
from bot.messages import Token as Pressed
from bot.phrases import _, shortened

Json = dict[str, Any]

ROW = 25
"""Of the elements in one block; Slack begins a new line where a screen ends."""
FIELDS = 10
PAIRED = 18
"""So narrow are values that stand in two columns on a phone."""
NOTICE = 3000
STANZAS = 12


def to_blocks(reply: Reply, *, message: bool = True) -> list[Json]:
    """Write the card in Block Kit; Slack's own table may stand only in a ``message``."""
    names = Names()
    return [each for block in reply.blocks for each in block_blocks(block, names, message=message)]


def to_text(reply: Reply) -> str:
    """What notifications and screen readers say: the words in their order, and nothing active."""
    said = "\n".join(filter(None, (line.strip() for line in _said(reply)))) or _offered(reply)
    longest = NOTICE
    while len(text := escape(guard(shortened(said, longest)))) > NOTICE:
        longest = longest * 9 // 10
    return text


def text_blocks(text: Markdown) -> Iterator[Json]:
    """A text, in as many blocks as it needs."""
    for part in fit(text):
        if unmistakable(part):
            yield {"type": "section", "text": words(part), "expand": True}
        else:
            yield to_rich_text(part)


def stanzas(text: Markdown) -> list[Markdown]:
    """The text, parted before each line that is all bold; not where there are many of them."""
    found: list[list[str]] = [[]]
    for line in text.split("\n"):
        if heading(line) and any(found[-1]):
            found.append([])
        found[-1].append(line)
    parted = [Markdown("\n".join(lines).strip("\n")) for lines in found]
    return parted if len(parted) <= STANZAS else [text]


def heading(line: str) -> str:
    """The words of a line that is all bold; nothing of any other."""
    spans = parse(line.strip())
    bold = bool(spans) and all(span.style is Style.BOLD for span in spans)
    return "".join(span.text for span in spans) if bold else ""


def rows(buttons: tuple[Button, ...]) -> Iterator[tuple[Button, ...]]:
    """The buttons in as few blocks as hold them, what is most wanted first."""
    ordered = sorted(buttons, key=lambda button: not button.primary)
    for start in range(0, len(ordered), ROW):
        yield tuple(ordered[start : start + ROW])


def block_blocks(block: Block, names: Names, *, message: bool) -> Iterator[Json]:
    match block:
        case Text(text):
            for stanza in stanzas(text):
                yield from text_blocks(stanza)
        case Fields(pairs):
            yield from _fields(pairs)
        case Table() if message and tables.narrow(block):
            yield tables.grid(block)
        case Table():
            yield from text_blocks(tables.lines(block))
        case Buttons(buttons):
            for row in rows(buttons):
                yield {"type": "actions", "elements": [names.button(each) for each in row]}
        case Choice(prompt, options):
            yield from _choice(markdown(prompt), options, names)
        case _:
            raise TypeError(f"{type(block).__name__} is no block of a message: pack it first")


def _fields(pairs: tuple[tuple[str, str], ...]) -> Iterator[Json]:
    """Two columns where all is short, else a line each: a long value would make a tall column."""
    cells = [Markdown(f"*{markdown(name)}*\n{markdown(value)}") for name, value in pairs]
    short = all(_narrow(name) and _narrow(value) for name, value in pairs)
    if short and len(pairs) > 1 and all(map(unmistakable, cells)):
        for start in range(0, len(cells), FIELDS):
            part = cells[start : start + FIELDS]
            yield {"type": "section", "fields": [words(cell) for cell in part]}
    else:
        yield from text_blocks(Markdown("\n".join(map(_line, pairs))))


def _narrow(text: str) -> bool:
    shown = plain(text)
    wide = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in shown)
    return visible(text) and "\n" not in shown and wide <= PAIRED


def _line(pair: tuple[str, str]) -> str:
    name, value = map(markdown, pair)
    return f"*{name}*  {value}" if visible(name) else value


def _choice(prompt: Markdown, options: tuple[Button, ...], names: Names) -> Iterator[Json]:
    """A menu beside its question, or under it where they can't stand in one block."""
    menu = {
        "type": "static_select",
        "action_id": names.choice(),
        "placeholder": literal(_("Choose…"), PLACEHOLDER),
        "options": [_option(each) for each in options[:OPTIONS]],
    }
    parts = list(fit(prompt))
    if len(parts) == 1:
        yield {"type": "section", "text": words(parts[0]), "accessory": menu}
    else:
        yield from (each for part in parts for each in text_blocks(part))
        yield {"type": "actions", "elements": [menu]}


def _option(option: Button) -> Json:
    if not isinstance(option.then, Pressed):
        raise TypeError(f"the option {option.label!r} holds {option.then!r}, not its token")
    return {"text": literal(option.label, LABEL), "value": press(option.then)}


def _said(reply: Reply) -> Iterator[str]:
    for block in reply.blocks:
        match block:
            case Text(text):
                yield plain(text)
            case Fields(pairs):
                yield from (f"{plain(name)}: {plain(value)}" for name, value in pairs)
            case Table(headers, body):
                yield from (" · ".join(map(plain, row)) for row in (headers, *body))
            case Choice(prompt, options):
                yield plain(prompt)
                yield " · ".join(plain(option.label) for option in options)
            case Image(file, alt):
                yield plain(alt) or file.name
            case File(name=name):
                yield name
            case _:
                continue


def _offered(reply: Reply) -> str:
    """What there is to press, where nothing is said."""
    buttons = (b for block in reply.blocks if isinstance(block, Buttons) for b in block.buttons)
    return " · ".join(filter(visible, (plain(button.label) for button in buttons))) or "…"
