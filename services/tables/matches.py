"""What a text was taken for that is not written just so."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Match:
    """A text that was taken for something that is not written so.

    ``likeness`` is out of 100; ``numbers`` are the first few rows that have it, ``rows`` is how
    many do.
    """

    column: str
    text: str
    meant: str
    likeness: int
    rows: int = 1
    numbers: tuple[int, ...] = ()
