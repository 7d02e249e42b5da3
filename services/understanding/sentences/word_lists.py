"""The lists of words beside the code: under each set of tags, the words that carry it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).with_name("words")
HEADING: Final = re.compile(r"^\[([a-z_ ]+)\]$", re.MULTILINE)
COMMENT: Final = re.compile(r"^#.*$", re.MULTILINE)
JOINT: Final = "\n+\n"


def lists(name: str) -> Iterator[tuple[str, str]]:
    """Each heading of a list, and the text under it."""
    text = COMMENT.sub("", (FOLDER / f"{name}.txt").read_text(encoding="utf-8"))
    parts = HEADING.split(text)
    yield from zip(parts[1::2], parts[2::2], strict=True)


def pairs(name: str) -> Iterator[tuple[str, str, str]]:
    """Each heading of a list whose parts go together, and the two texts under it."""
    for tags, text in lists(name):
        first, last = text.split(JOINT)
        yield tags, first, last


def listed(name: str) -> dict[str, tuple[str, ...]]:
    """The words under each heading of a list that are parted by spaces."""
    return {heading: tuple(text.split()) for heading, text in lists(name)}
