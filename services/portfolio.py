"""One's own accounts, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.access import scope_of
from storage.models import Person
from storage.places import Placed
from storage.work import Work

PAGE = 15


@dataclass(frozen=True)
class Page:
    """Some of somebody's accounts, the last visited first, and how many there are in all."""

    accounts: Sequence[Placed]
    number: int
    total: int

    @property
    def following(self) -> int | None:
        """The number of the next page, if there is one."""
        return self.number + 1 if (self.number + 1) * PAGE < self.total else None


async def own(work: Work, person: Person, number: int = 0) -> Page:
    """A page of one's own accounts, and of those that one looks after for somebody."""
    found = await work.places.own(await scope_of(work, person))
    first = max(0, number) * PAGE
    return Page(found[first : first + PAGE], max(0, number), len(found))
