"""Forms: one description of a set of questions, asked in three ways.

The same form is a line of text (``/visit Acme yesterday``), a window, or one question at a time.
The `Kind` of an answer knows how to read it, how to keep it, and what is likely enough to offer.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from datetime import datetime
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Generic,
    Self,
    TypeVar,
    dataclass_transform,
    overload,
)
from zoneinfo import ZoneInfo

from bot.markdown import Markdown, markdown
from bot.phrases import language
from bot.ways import Way
from services.names import fold
from services.understanding.facts import Scene
from storage.models import Contact, Person
from storage.work import Work

if TYPE_CHECKING:
    from bot.details import Details

T = TypeVar("T")
D = TypeVar("D")


@dataclass(frozen=True)
class Asking:
    """Who is answering, when, and what they have answered so far."""

    work: Work
    person: Person
    now: datetime
    """When it was said, which “today” means."""
    answers: Mapping[str, str] = field(default_factory=dict)
    others: "Sequence[Kind[Any]]" = ()
    """The kinds of the other questions that the words of a line may answer."""
    read_at: datetime | None = None
    """When the reply is read, if that is later: a message may have waited for the network."""
    currency: str = "CNY"
    """What an amount is in when nobody says it."""
    fiscal_start: int = 1
    country: str = ""
    people: dict[int, Sequence[Contact]] = field(default_factory=dict, compare=False)
    """Who was looked up at which account already, for a line of many words."""

    @property
    def reading(self) -> datetime:
        return self.read_at or self.now

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.person.zone)

    @property
    def scene(self) -> Scene:
        """What words about time are relative to."""
        return Scene(
            self.now,
            self.zone,
            language(),
            fiscal_start=self.fiscal_start,
            country=self.country,
        )


@dataclass(frozen=True)
class Option:
    """An answer offered as a button: its words, and the form in which a draft keeps it.

    ``covers`` are words of a line that it contains; of ``more`` ones there are `Kind.details`.
    """

    label: str
    value: str
    covers: str = ""
    more: bool = False


@dataclass(frozen=True)
class Offer:
    """A command that may be the way on where an answer can't be used, with what it binds."""

    label: str
    command: str
    answers: Mapping[str, str]


class InvalidAnswer(Exception):
    """That answer can't be used; ``message`` says why and ``options`` what may be meant.

    ``offers`` are commands that lead on instead of an answer.
    """

    def __init__(
        self, message: str, options: Sequence[Option] = (), offers: Sequence[Offer] = ()
    ) -> None:
        super().__init__(message)
        self.message = message
        self.options = tuple(options)
        self.offers = tuple(offers)

    def dump(self) -> str:
        """The doubt as a draft or a button keeps it, to be asked about when its turn comes."""
        options = [[each.label, each.value, each.covers] for each in self.options]
        offers = [[each.label, each.command, dict(each.answers)] for each in self.offers]
        kept = [str(markdown(self.message)), options, *([offers] if offers else [])]
        return json.dumps(kept, ensure_ascii=False)

    @classmethod
    def load(cls, stored: str) -> "InvalidAnswer":
        """The inverse of `dump`."""
        message, options, *offers = json.loads(stored)
        led = [Offer(*each) for each in (offers[0] if offers else ())]
        return cls(Markdown(message), [Option(*each) for each in options], led)


@dataclass(frozen=True)
class Taken:
    """What the head of a line answered: the stored answer, or why there is none, and its words.

    ``left`` is the end of the last word that it did not need: Chinese puts no spaces. ``spare``
    are words that may belong to the answer, and are kept in the note until that is known.
    """

    stored: str
    words: int
    problem: InvalidAnswer | None = None
    left: str = ""
    spare: str = ""


class Kind(Generic[T]):
    """A kind of answer.

    Three forms of one answer: what a person types, the value that a handler gets, and the stored
    text between them, which drafts and buttons keep.
    """

    multiline: bool = False
    way: Way = Way.TEXT
    details: "Details[Any] | None" = None

    async def read(self, text: str, asking: Asking) -> T:
        """The value of what a person typed; InvalidAnswer when it has none or several."""
        raise NotImplementedError

    async def take(self, words: Sequence[str], asking: Asking) -> Taken | None:
        """What the first words of a line answer, or nothing when they answer something else."""
        try:
            value = await self.read(words[0], asking) if words else None
        except InvalidAnswer:
            return None
        return Taken(self.dump(value), 1) if value is not None else None

    def dump(self, value: T) -> str:
        """The value as it is stored."""
        return str(value)

    async def load(self, stored: str, asking: Asking) -> T:
        """The inverse of `dump`; judged afresh, so it may refuse."""
        return await self.read(stored, asking)

    async def show(self, stored: str, asking: Asking) -> str:
        """A stored answer in a person's words."""
        return stored

    async def spell(self, stored: str, asking: Asking) -> str:
        """A stored answer in full, where it is shown to be checked."""
        return await self.show(stored, asking)

    async def implied(self, asking: Asking) -> str:
        """The stored answer that follows from the others when this one isn't given, or nothing.

        InvalidAnswer when the others leave several.
        """
        return ""

    async def settle(self, stored: str, asking: Asking) -> str:
        """A button's answer as the draft keeps it; “just now” becomes the time of the press."""
        return stored

    async def advice(self, asking: Asking) -> str:
        """How to answer, where it depends on who is asked; else the question's own hint."""
        return ""

    async def likely(self, asking: Asking) -> Sequence[Option]:
        """Answers likely enough to be offered as buttons."""
        return ()

    async def suggest(self, text: str, asking: Asking) -> Sequence[Option]:
        """Answers that may be meant by what has been typed so far, best first."""
        wanted = fold(text)
        return [each for each in await self.likely(asking) if wanted in fold(each.label)]

    async def accept(self, stored: str, asking: Asking) -> str:
        """An answer that was picked before, judged afresh, as it is kept now; nothing is made."""
        await self.load(stored, asking)
        return stored

    def wall(self, stored: str, asking: Asking) -> str:
        """A stored moment as a wall shows it: ``2026-03-02``, or ``2026-03-02 10:00``."""
        return ""

    def options(self) -> Sequence[Option]:
        """The only allowed answers, or nothing when any will do."""
        return ()


@dataclass(frozen=True)
class Question:
    """One field of a form, as an adapter sees it."""

    name: str
    prompt: str
    kind: Kind[Any]
    required: bool
    label: str = ""
    hint: str = ""
    loose: bool = True
    """Whether unnamed words of a line may answer it."""
    also: tuple[str, ...] = ()
    """What else it is called before a colon."""
    asked: bool = True
    """Whether it is asked when the questions are gone through one by one."""


@overload
def ask(
    prompt: str,
    kind: Kind[T],
    *,
    label: str,
    also: str = ...,
    hint: str = ...,
    loose: bool = ...,
    asked: bool = ...,
) -> T: ...
@overload
def ask(
    prompt: str,
    kind: Kind[T],
    *,
    label: str,
    also: str = ...,
    default: D,
    hint: str = ...,
    loose: bool = ...,
    asked: bool = ...,
) -> T | D: ...
def ask(
    prompt: str,
    kind: Kind[Any],
    *,
    label: str,
    also: str = "",
    default: Any = MISSING,
    hint: str = "",
    loose: bool = True,
    asked: bool = True,
) -> Any:
    """Declare one question of a form; with a default it may be skipped.

    ``label`` is its short name, on cards and before a colon: ``note: bring samples``. ``also``
    are other names before a colon, in any language, parted by commas. One that is not ``asked``
    is only answered by name, or when what was understood is looked over.
    """
    names = tuple(each.strip() for each in also.split(",") if each)
    described = {"prompt": prompt, "kind": kind, "label": label, "hint": hint}
    described |= {"loose": loose, "asked": asked, "also": names}
    return field(default=default, metadata=described)


@dataclass_transform(frozen_default=True, field_specifiers=(ask,))
class Form:
    """Base of all forms; the subclass docstring is what help shows."""

    questions: ClassVar[tuple[Question, ...]] = ()

    def __init_subclass__(cls) -> None:
        dataclass(frozen=True)(cls)
        cls.questions = tuple(
            Question(name=f.name, required=f.default is MISSING, **f.metadata)
            for f in fields(cls)  # type: ignore[arg-type]  # made a dataclass just above
        )

    @classmethod
    def question(cls, name: str) -> Question:
        """The question of that name."""
        return next(q for q in cls.questions if q.name == name)

    @classmethod
    def missing(cls, answers: Mapping[str, str], *, guided: bool = False) -> Iterator[Question]:
        """The questions still to be asked: the required ones, or when guided all of them."""
        return (
            q
            for q in cls.questions
            if (q.required and not answers.get(q.name))
            or (guided and q.asked and q.name not in answers)
        )

    @classmethod
    async def spans(cls, _text: str, _asking: Asking, /) -> Sequence[tuple[str, int, int]]:
        """Which questions are answered where in a line, if words between them tell; or nothing."""
        return ()

    @classmethod
    async def fill(cls, answers: Mapping[str, str], asking: Asking) -> Self:
        """The finished form; an empty stored answer is a skipped question."""
        given = [(q, answers[q.name]) for q in cls.questions if answers.get(q.name)]
        return cls(**{q.name: await q.kind.load(stored, asking) for q, stored in given})
