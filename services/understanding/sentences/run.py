"""A run of pieces that may be a name."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.understanding.plain import Plain
from services.understanding.sentences.lexicon import OWNER
from services.understanding.sentences.pieces import Piece

THEIRS = ("the ", "their ", "his ", "her ")


@dataclass(frozen=True)
class Run:
    """Pieces that stand together, and the words as they were typed."""

    first: int
    last: int
    """The piece after the last."""
    start: int
    end: int
    text: str
    capital: bool = False
    suffix: bool = False
    """Whether it ends as names of organisations do."""
    owner: bool = False
    """Whether something of theirs follows: Acme's order."""


def made(text: Plain, pieces: Sequence[Piece], first: int, last: int, *, capital: bool) -> Run:
    """The run of some pieces, without what joins nothing at its end."""
    while last > first + 1 and pieces[last - 1].text in {"&", ".", "of", "the"}:
        last -= 1
    start, end = pieces[first].start, pieces[last - 1].end
    written = text.original(start, end)
    owner = written.endswith(("'s", "’s")) and last < len(pieces)
    suffix = last - first > 1 and "suffix" in pieces[last - 1].tags
    return Run(first, last, start, end, written, capital, suffix, owner)


def is_brand(piece: Piece) -> bool:
    """Whether a name is protected that may be anything's."""
    return piece.kind == "name" and getattr(piece.fixed, "role", "") == "brand"


def bare(word: str) -> str:
    """A word without its possessive ending."""
    return word.removesuffix(OWNER)


def is_role(piece: Piece) -> bool:
    """Whether a word says what someone is: buyer, the manager."""
    return "role" in piece.tags or ("they" in piece.tags and piece.text.startswith(THEIRS))
