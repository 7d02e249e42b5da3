"""What a command is told: who asks, where and when, and what there is to answer with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.errands import Errands
from bot.forms import Asking
from bot.markdown import moment as timed
from bot.messages import File, Message, Place, Reply, Sender
from bot.phrases import day, moment, spelled
from services.errors import UnknownPerson
from services.understanding.facts import Facts, Scene, Vocabulary
from storage.models import Person
from storage.work import Work

if TYPE_CHECKING:
    from bot.commands import Book

Understand = Callable[[str, Scene, Vocabulary], Facts]


class NotUnderstood(Exception):
    """A command says that the words it got mean nothing to it."""


class Instead(StrEnum):
    """What plain words would be otherwise: to be taken for more they have to say more."""

    ANSWER = "answer"
    """An answer, though a wrong one, to the question being asked."""
    LINE = "line"
    """The line of a command: 拜访华东医院."""


@dataclass(frozen=True)
class Defaults:
    """What someone has before they choose otherwise."""

    language: str
    zone: str
    currency: str = "CNY"
    fiscal_start: int = 1
    """The month in which the fiscal year begins."""
    country: str = ""
    """Whose working days count."""


@dataclass(frozen=True)
class Context:
    """Who is asking, where, when, and the unit of work that serves them."""

    visitor: Person | None
    sender: Sender
    place: Place
    now: datetime
    """When it was said, which “today” means."""
    work: Work
    book: "Book"
    defaults: "Defaults"
    message: Message | None = None
    read_at: datetime | None = None
    """When the reply is read, if that is later."""
    kept: tuple[File, ...] = ()
    left: str = ""
    """The command whose half-filled form this one made the person leave."""
    understand: Understand | None = None
    """What reads plain words."""
    instead: Instead | None = None
    """What the plain words would be otherwise."""
    errands: Errands = field(default_factory=Errands)
    told: list[tuple[int, Reply]] = field(default_factory=list)
    warned: list[tuple[int, Reply]] = field(default_factory=list)
    new_code: Callable[[], str] = str
    """Makes 128 random bits for an invitation."""
    doors: Callable[[str], Sequence[tuple[str, str]]] = lambda _code: ()
    """How somebody comes in with a code: each platform, and a link or a line to send there."""

    @property
    def person(self) -> Person:
        """The asker; a guest is refused with the way in."""
        if self.visitor is None:
            raise UnknownPerson
        return self.visitor

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.visitor.zone if self.visitor else self.defaults.zone)

    @property
    def asking(self) -> Asking:
        """What the kinds of answers need to know."""
        return Asking(
            self.work,
            self.person,
            self.now,
            read_at=self.read_at,
            currency=self.defaults.currency,
            fiscal_start=self.defaults.fiscal_start,
            country=self.defaults.country,
        )

    @property
    def files(self) -> tuple[File, ...]:
        """The files that came with the message, or since its form was begun."""
        return self.kept or (self.message.files if self.message else ())

    def tell(self, person_id: int, reply: Reply) -> None:
        """Say something to someone else, wherever they can be reached; it leaves with the reply.

        The words are made in the asker's language unless `speaking` another.
        """
        self.told.append((person_id, reply))

    def warn(self, person_id: int, reply: Reply) -> None:
        """Say something to someone wherever they can be reached but here: it may not be them."""
        self.warned.append((person_id, reply))

    def when(self, at: datetime, *, all_day: bool = False) -> str:
        """A point in time in the asker's zone and language; only its day when that is known."""
        now = self.read_at or self.now
        return day(at, self.zone, now) if all_day else timed(moment(at, self.zone, now), at)

    def spelled(self, at: datetime, *, all_day: bool = False) -> str:
        """A point in time in full, with its weekday and zone."""
        said = at.astimezone(self.zone).date() if all_day else at
        return spelled(said, self.zone, self.read_at or self.now)
