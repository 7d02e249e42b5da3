"""Our commands as people write them in Slack: all behind the app's one slash command."""

import re
from collections.abc import Callable
from dataclasses import replace

from bot.markdown import Markdown
from bot.messages import Block, Buttons, Fields, Reply, Table, Text

SLASH = "/salesbot"
OURS = re.compile(r"(?<![\w\\/:.])/(?=(\w+))")
"""A slash that we wrote: one that a person typed has a backslash before it."""

IsCommand = Callable[[str], bool]
"""Whether a text, with its slash, is a command of ours."""


def spelled(reply: Reply, is_command: IsCommand) -> Reply:
    """The reply with ``/visit`` as ``/salesbot visit``, wherever we speak of a command."""
    return replace(reply, blocks=tuple(_block(block, is_command) for block in reply.blocks))


def _block(block: Block, is_command: IsCommand) -> Block:
    def spell(text: str) -> str:
        return _spelled(text, is_command)

    match block:
        case Text(text):
            return Text(Markdown(spell(text)))
        case Fields(rows):
            return Fields(tuple((spell(name), spell(value)) for name, value in rows))
        case Table(headers, rows):
            return Table(headers, tuple(tuple(map(spell, row)) for row in rows))
        case Buttons(buttons):
            return Buttons(tuple(replace(b, label=_bare(b.label, is_command)) for b in buttons))
        case _:
            return block


def _bare(label: str, is_command: IsCommand) -> str:
    """A button's label that is a line of ours: what is tapped needs no slash."""
    return label[1:] if label.startswith("/") and is_command(label) else label


def _spelled(text: str, is_command: IsCommand) -> str:
    if not isinstance(text, Markdown):
        return text

    def whole(found: re.Match[str]) -> str:
        return f"{SLASH} " if is_command(f"/{found[1]}") else found[0]

    return Markdown(OURS.sub(whole, text))
