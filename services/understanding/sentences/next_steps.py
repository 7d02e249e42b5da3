"""How much a clause says that its time is that of the next step: rules, each with its points."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from services.understanding.sentences import clause_sense as sense
from services.understanding.sentences.clauses import Clause
from services.understanding.sentences.lexicon import Tags
from services.understanding.sentences.pieces import Piece
from services.understanding.sentences.tag_groups import ACTIVE, NEXT, TASK
from services.understanding.sentences.timed import Timed

UNTIL: Final = frozenset(("till", "until", "til"))
SINCE: Final = frozenset(("since", "from", "自", "自从", "从"))
WE_WILL: Final = frozenset(("i'll", "we'll", "i will"))
PUT_OFF: Final = frozenset(("再说",))
OFFERED: Final = frozenset(("报价", "出方案"))
ATTENDED: Final = frozenset("签约 开标 签合同 述标".split())
TOGETHER: Final = frozenset(("一起", "一块", "一同"))
WANTING: Final[Tags] = frozenset(("plan", "send", "wish", "base"))
DELIVERED: Final = frozenset("delivery deliveries shipment installation handover".split())
"""What others see to once it is ordered."""
EVERY: Final = ("every", "each")
PAST: Final[Tags] = frozenset(("done", "good", "bad", "fair", "talked"))


@dataclass(frozen=True)
class Case:
    """A time and the clause that it is weighed in."""

    timed: Timed
    clauses: Sequence[Clause]
    at: int
    reminded: bool
    """Whether the message asks for a reminder anywhere."""

    @property
    def clause(self) -> Clause:
        return self.clauses[self.at]

    @property
    def tags(self) -> Tags:
        return self.clause.tags

    @cached_property
    def told(self) -> bool:
        return sense.is_told(self.clause)

    @cached_property
    def theirs(self) -> bool:
        return not self.told and sense.is_theirs(self.clauses, self.at)

    @cached_property
    def before(self) -> str:
        """The word before the time."""
        return self._earlier[-1].text if self._earlier else ""

    @property
    def after(self) -> str:
        """The word after the time."""
        end = self.timed.span.end
        return next((each.text for each in self.clause.pieces if each.start >= end), "")

    @cached_property
    def due(self) -> bool:
        """Whether it is the latest time: by the 20th."""
        earlier = self._earlier
        return self.timed.span.deadline or bool(earlier and "by" in earlier[-1].tags)

    @cached_property
    def _earlier(self) -> Sequence[Piece]:
        """What stands before the time, without its article."""
        return [
            each
            for each in self.clause.pieces
            if each.start < self.timed.span.start and each.text != "the"
        ]

    @cached_property
    def later(self) -> bool:
        """Whether it comes after what was done or begins as an order: met Tom, call him Monday."""
        return self._comes_later() or sense.is_order(self.clauses, self.at)

    def _comes_later(self) -> bool:
        at = self.timed.clause
        if self.timed.past or self.timed.today or "done" in self.clauses[at].tags:
            return False
        if self.timed.span.start == 0 and not any(each.has(PAST) for each in self.clauses):
            return True  # a message that is a plan and begins with its time
        return any(each.tags & (ACTIVE | {"done", "sent"}) for each in self.clauses[:at])


def points(case: Case) -> int:
    """How much says that this is when the next step is due."""
    if _is_out(case):
        return 0
    return sum(rule(case) for rule in RULES)


def _is_out(case: Case) -> bool:
    timed = case.timed
    if timed.today and not timed.future and case.tags.isdisjoint(NEXT | {"plan"}):
        return True
    return (
        case.before in SINCE
        or timed.said.startswith("提前")
        or sense.is_denied(case.clause)
        or sense.is_open(case.clauses, timed.clause)
    )


def _to_come(case: Case) -> int:
    return 6 * case.timed.future + 16 * case.reminded


def _reminded(case: Case) -> int:
    """A time in what one wants to be reminded of; when that ends counts less than what to do."""
    if "remind" not in case.tags:
        return 0
    return 84 - 20 * case.timed.span.deadline - 70 * ("close" in case.tags)


def _followed(case: Case) -> int:
    if "follow" in case.tags or sense.ends_with_follow(case.clause):
        left_to_them = case.theirs and "plan" in case.tags and not sense.is_asked(case.clause)
        if left_to_them:
            return -30
        return 70 if "follow" in case.clause.pieces[0].tags else 44
    return 44 if case.clause.pieces[0].text.startswith("back") else 0


def _put_off(case: Case) -> int:
    """A time to which it is put off, a signing at an hour, an offer that is due then."""
    after = case.after
    if after in PUT_OFF:
        return 50
    if after in OFFERED and case.clause.pieces[-1].text == after:
        return 36
    return 34 * (case.timed.has_clock and after in ATTENDED) + 26 * (
        case.timed.has_hour and case.clause.says(TOGETHER)
    )


def _until(case: Case) -> int:
    offered = "quote" in case.tags or ("paper" in case.tags and case.tags & WANTING)
    ours = case.tags & NEXT or offered
    return -40 if case.before in UNTIL and not ours else 0


def _booked(case: Case) -> int:
    if "booked" not in case.tags or (case.due and case.clause.says(DELIVERED)):
        return 0
    if "close" in case.tags and not case.tags & NEXT:
        return 0
    return 8 if case.theirs and case.timed.span.vague else 38


def _told(case: Case) -> int:
    return 36 * case.told


def _task(case: Case) -> int:
    if case.theirs or not case.tags & TASK:
        return 0
    sending = "send" in case.tags and "done" not in case.tags
    due = case.timed.future or case.due or case.later
    return 26 if sending or due else 0


def _meeting(case: Case) -> int:
    if case.theirs:
        return 0
    if case.tags & ACTIVE and (case.timed.future or case.later):
        return 26
    if not case.timed.has_clock or "close" in case.tags:
        return 0
    open_ = case.timed.has_hour and not case.timed.today and case.tags.isdisjoint(PAST)
    return 18 if case.timed.future else 22 * open_


def _planned(case: Case) -> int:
    ours = 10 * ("we" in case.clause.pieces[0].tags or case.clause.pieces[0].text in WE_WILL)
    if "plan" not in case.tags or case.theirs:
        return ours
    return ours + (14 if case.timed.future or case.timed.span.vague else 20)


def _deadline(case: Case) -> int:
    if not case.due:
        return 0
    goods = case.clause.says(DELIVERED)
    return 22 * (sense.is_needed(case.clause) and not goods) + 10 * (not case.theirs)


def _wanted(case: Case) -> int:
    if not case.timed.future or not sense.is_wanted(case.clause):
        return 0
    arranged = case.tags & ACTIVE or case.timed.has_hour or sense.takes_two(case.clause)
    return 16 if arranged else 0


def _papers(case: Case) -> int:
    ordered = -14 * (case.clause.says(sense.ORDERS) and "send" not in case.tags)
    span = case.timed.span
    due = case.timed.future or case.due or ("plan" in case.tags and not span.vague)
    return ordered + 16 * bool(due and sense.has_papers(case.clause))


def _repeated(case: Case) -> int:
    """How often they order or pay is no time of ours: 3 cartons every month."""
    return -30 * (case.timed.said.startswith(EVERY) and not case.tags & (NEXT | {"plan"} | ACTIVE))


def _vague(case: Case) -> int:
    arranged = sense.is_wanted(case.clause) and sense.takes_two(case.clause)
    return -14 * (case.timed.long and not case.tags & NEXT and not arranged)


def _elsewhere(case: Case) -> int:
    """What is told of something else: a date of theirs, or what has been done."""
    attended = case.timed.has_clock and case.after in ATTENDED
    closing = "close" in case.tags and not case.tags & NEXT and not attended
    done = "done" in case.tags and bool(case.tags & ACTIVE) and not case.timed.future
    return -30 * closing - 30 * done


RULES: Final[tuple[Callable[[Case], int], ...]] = (
    _to_come, _reminded, _followed, _put_off, _until, _booked, _told, _task, _meeting, _planned,
    _deadline, _wanted, _papers, _repeated, _vague, _elsewhere,
)  # fmt: skip
