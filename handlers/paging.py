"""Long lists, a screen at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.messages import Button, Call
from bot.phrases import label

T = TypeVar("T")
SCREEN = 12


@dataclass(frozen=True)
class Paged(Generic[T]):
    """One screen of a list; pages count from 1."""

    shown: Sequence[T]
    page: int
    last: int

    def turns(self, call: Callable[[int], Call]) -> list[Button]:
        """The buttons to the screens before and after it."""
        found = []
        if self.page > 1:
            found.append(Button(label("‹ Back"), call(self.page - 1), single=False))
        if self.page < self.last:
            found.append(Button(label("More ›"), call(self.page + 1), single=False))
        return found


def paged(items: Sequence[T], page: int | None, size: int = SCREEN) -> Paged[T]:
    """The screen of that number, or the nearest that there is."""
    last = max(1, -(-len(items) // size))
    number = min(max(page or 1, 1), last)
    return Paged(items[(number - 1) * size : number * size], number, last)
