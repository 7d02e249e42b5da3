"""A reader that knows a few messages by heart, for dialogs about all that follows."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from services.times import instant
from services.understanding.facts import (
    Amount,
    Facts,
    Grain,
    Intent,
    Moment,
    Name,
    Question,
    Scene,
    Topic,
    Vocabulary,
)
from storage.models import Activity, Outcome
from tests.talk import Company

SHANGHAI = ZoneInfo("Asia/Shanghai")


def moment(said: str, *others: str, zone: ZoneInfo = SHANGHAI) -> Moment:
    """``2026-03-06`` or ``2026-03-06 15:00``, and what else it may be."""
    local = datetime.fromisoformat(said)
    grain = Grain.MINUTE if ":" in said else Grain.DAY
    at, moved = instant(local, zone)
    also = tuple(moment(each, zone=zone) for each in others)
    return Moment(local, grain, at.astimezone(zone), moved, also)


def visit(account: str | None = "Acme", **said: object) -> Facts:
    """A visit on Sunday, of which everything else is as it is said."""
    named = Name(account) if account else None
    facts = Facts(Intent.VISIT, activity=Activity.VISIT, account=named)
    return replace(facts, **({"happened": moment("2026-03-01")} | said))  # type: ignore[arg-type]


def deal(
    stage: str | None, amount: int | None = None, currency: str = "", **said: object
) -> Facts:
    """What happened to a deal of Acme's."""
    sum_ = Amount(Decimal(amount), currency) if amount else None
    facts = Facts(Intent.DEAL, account=Name("Acme"), stage=stage, amount=sum_)
    return replace(facts, **said)  # type: ignore[arg-type]


def asks(topic: Topic, subject: str = "") -> Facts:
    return Facts(Intent.QUESTION, question=Question(topic, subject))


FULL = visit(
    contacts=(Name("Li Wei"), Name("Dr Wang")),
    outcome=Outcome.POSITIVE,
    note="the demo went well",
    next_step="send the quote",
    follow_up=moment("2026-03-06 15:00"),
    stage="proposal",
    amount=Amount(Decimal(50_000)),
    product="Scanner",
    competitor="Bolt",
)
SAID = (
    "visited Acme yesterday, met Li Wei and Dr Wang, the demo of the Scanner went well, they also"
    " look at Bolt, deal to proposal 50k, send the quote, follow up on Friday 3pm"
)


@dataclass
class Reader:
    """Reads what it was told the meaning of; anything else is a note."""

    known: dict[str, Facts] = field(default_factory=dict)
    scenes: list[Scene] = field(default_factory=list)
    words: list[Vocabulary] = field(default_factory=list)

    def __call__(self, text: str, scene: Scene, vocabulary: Vocabulary) -> Facts:
        self.scenes.append(scene)
        self.words.append(vocabulary)
        return self.known.get(text) or Facts(Intent.NOTE, note=text)


def reader(company: Company, **known: Facts) -> Reader:
    """The company's bot reads with this from now on; ``_`` in a name is a space."""
    read = Reader({SAID: FULL} | {text.replace("_", " "): each for text, each in known.items()})
    company.runtime = replace(company.runtime, understand=read)
    company.delivery.runtime = company.runtime
    return read
