"""What some words about time say, and the words as they are read."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.understanding.clocks import Clock
from services.understanding.days import Day, Span
from services.understanding.lexer import Token
from services.understanding.repeats import Repeat


@dataclass(frozen=True)
class Said:
    """What some words about time say; a phrase joins several of them."""

    day: Day | None = None
    span: Span | None = None
    clock: Clock | None = None
    until: Clock | None = None
    part: str = ""
    minutes: float | None = None
    """An offset from now."""
    repeat: Repeat | None = None
    zone: str = ""
    """The zone that was said, when it is another than the person's."""
    same: bool = False
    """Whether the time of day is the present one: same time next week."""
    weak: bool = False
    """Whether these words mean something else, unless they are all there is."""


class Tokens(list[Token]):
    """The words of a text, and what has been read from each on, so that it is read once."""

    def __init__(self, words: Iterable[Token]) -> None:
        super().__init__(words)
        self.items: dict[int, tuple[Said, int] | None] = {}
        self.depth = 0


Read = tuple[Said, int]
"""What is said from some word on, and where the words for it end."""
