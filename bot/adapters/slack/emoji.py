"""Emoji as people see them: Slack writes their names, and tells the signs beside the text."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

NAME = re.compile(r":(?P<name>[\w+'-]+):(?::skin-tone-[2-6]:)?")
CODE = re.compile(r"1?[0-9a-f]{2,5}(?:-1?[0-9a-f]{2,5}){0,9}")
LAST = 0x10FFFF
NAMED = 100
"""So many different ones of a message are read."""


def seen(text: str, blocks: object) -> str:
    """The text with each emoji itself for its name; a company's own have only names."""
    signs = _known(blocks)
    return NAME.sub(lambda found: signs.get(found["name"], found[0]), text) if signs else text


def _known(blocks: object) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for name, code in _named(blocks):
        if len(found) == NAMED:
            break
        found.setdefault(name, _signs(code))
    return found


def _signs(code: str) -> str:
    points = [int(part, 16) for part in code.split("-")]
    return "".join(chr(point) for point in points if point <= LAST)


def _named(blocks: object) -> Iterator[tuple[str, str]]:
    """The names in a message and their code points (docs.slack.dev/reference/block-kit)."""
    waiting: list[Any] = [blocks]
    while waiting:
        match waiting.pop():
            case {"type": "emoji", "name": str(name), "unicode": str(code)} if CODE.fullmatch(
                code
            ):
                yield name, code
            case {"elements": inner}:
                waiting.append(inner)
            case list() as inner:
                waiting += reversed(inner)
