"""What a message says, as facts: each with the words that it was read from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from storage.kinds import Activity, Outcome


class Intent(StrEnum):
    """What a message is for. A visit is any meeting in person, a call any talk at a distance."""

    VISIT = "visit"
    CALL = "call"
    DEAL = "deal"
    REMINDER = "reminder"
    QUESTION = "question"
    NOTE = "note"
    SMALL_TALK = "small_talk"


class Toward(StrEnum):
    """Where a time without a year or a week lies: visits are past, reminders ahead."""

    PAST = "past"
    FUTURE = "future"


class Grain(StrEnum):
    """How exactly a time was said."""

    DAY = "day"
    PART = "part"
    """A part of a day: tomorrow morning."""
    MINUTE = "minute"


@dataclass(frozen=True)
class Scene:
    """What words about time are relative to: when and where they were written, and by whom."""

    now: datetime
    """Aware; when it was written, not when it arrived."""
    zone: ZoneInfo
    language: str = "en"
    fiscal_start: int = 1
    """The month in which the fiscal year begins; FY26 is the one that ends in 2026."""
    day_first: bool | None = None
    """How 5/12 is read: True for 5 December; None where both are asked about."""
    country: str = ""
    """ISO 3166 code of the country whose working days count; weekends alone without one."""


@dataclass(frozen=True)
class Moment:
    """A point in time: wall time, how exactly it was said, and what else it may be."""

    local: datetime
    """Naive wall time in the scene's zone; midnight where only a day was said."""
    grain: Grain
    at: datetime
    """The instant, aware; where only a day was said, of that midnight or the first after it."""
    moved: bool = False
    """Whether the clocks skip the wall time that was said, so that it had to move forward."""
    others: tuple["Moment", ...] = ()
    """The other readings, where it is not certain which was meant."""

    @property
    def value(self) -> date | datetime:
        """The date where only a day was said, else the instant in its own zone."""
        return self.local.date() if self.grain is Grain.DAY else self.at


@dataclass(frozen=True)
class Period:
    """Days from ``start`` until before ``end``; ``open`` when it ends because now is now."""

    start: date
    end: date


@dataclass(frozen=True)
class Amount:
    """A sum of money, or a number that may be one.

    ``currency`` is an ISO 4217 code, or empty where none was said. A range has its ends; its
    ``value`` is the lower one.
    """

    value: Decimal
    currency: str = ""
    highest: Decimal | None = None
    about: bool = False


@dataclass(frozen=True)
class Spotted:
    """Where in the plain text something stands."""

    start: int
    end: int


@dataclass(frozen=True)
class Name:
    """A name as it was typed; ``known`` is what the company calls it, if it knows it."""

    text: str
    known: str = ""
    title: str = ""
    """What people at customers are called by: 主任, Dr."""

    @property
    def best(self) -> str:
        return self.known or self.text


@dataclass(frozen=True)
class Vocabulary:
    """What the company has names for.

    ``accounts`` and ``contacts`` are protected from every other reading: 7天酒店 is no week.
    ``stages`` gives each stage's key the names that people use for it.
    """

    accounts: Sequence[str] = ()
    contacts: Sequence[str] = ()
    stages: Mapping[str, Sequence[str]] = field(default_factory=dict)
    products: Sequence[str] = ()
    competitors: Sequence[str] = ()


class Topic(StrEnum):
    """What a question is about, so that the command that answers it can be found."""

    ACCOUNT = "account"
    """A customer: when seen, who is there, what is open."""
    VISITS = "visits"
    """How many visits."""
    SALES = "sales"
    """How much was sold."""
    QUOTA = "quota"
    """How far to the target."""
    PIPELINE = "pipeline"
    """Open deals and the forecast."""
    TODAY = "today"
    """What is due: reminders, follow-ups, plans."""
    HELP = "help"
    """What the bot can do."""
    OTHER = "other"


@dataclass(frozen=True)
class Question:
    """A question: what about, whom or which customer, and over which period."""

    topic: Topic
    subject: str = ""
    """Of whom or what, as typed: 华东, Acme, my team; empty for oneself."""
    period: Period | None = None


@dataclass(frozen=True)
class Facts:
    """What a message says. A fact that is not in the text is empty: unknown beats wrong."""

    intent: Intent
    activity: Activity | None = None
    account: Name | None = None
    contacts: tuple[Name, ...] = ()
    outcome: Outcome | None = None
    note: str = ""
    """What is left, in the person's words."""
    next_step: str = ""
    """What is to be done, in the person's words; ``note`` has it, too."""
    happened: Moment | None = None
    follow_up: Moment | None = None
    stage: str | None = None
    amount: Amount | None = None
    product: str = ""
    competitor: str = ""
    question: Question | None = None
    sure: bool = True
    """Whether nothing was guessed: what is not may not be saved without a look."""
    others: tuple[Name, ...] = ()
    """More customers that are named beside the account; ``sure`` is false with any."""
    evidence: Mapping[str, str] = field(default_factory=dict)
    """For each fact, by its name, the words that it was read from."""
