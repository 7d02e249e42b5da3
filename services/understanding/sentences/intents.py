"""What a message is for, and how the customer was met."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from services.understanding.facts import Intent
from services.understanding.sentences.clause_sense import is_bare
from services.understanding.sentences.clauses import Clause
from services.understanding.sentences.doings import done as done_in
from services.understanding.sentences.doings import is_over
from services.understanding.sentences.lexicon import Tags
from services.understanding.sentences.pieces import Piece
from services.understanding.sentences.tag_groups import MEETING, TALKING
from storage.kinds import Activity

STATES: Final = frozenset("is are is now are now has have now".split()) | {"is now", "are now"}
TOLD: Final[Tags] = frozenset(("good", "bad", "fair", "talked"))
DEAL: Final[Tags] = frozenset(("deal", "worth", "quote", "to_negotiation", "negotiation"))
CONTRACTS: Final = frozenset(
    "contract order renewal framework 合同 续签 续约 年框 框架 订单 采购 价格 报价 续费".split()
)
WENT: Final = ("went", "go well", "going well", "聊得", "谈得")
Purpose = tuple[Intent, Activity | None, str]


@dataclass(frozen=True)
class Seen:
    """What else is known of a message when its purpose is judged."""

    account: bool
    contacts: bool
    outcome: bool
    stage: bool
    amount: bool
    follow_up: bool
    future: frozenset[int]
    """The clauses with a time that can only lie ahead."""
    bare_future: frozenset[int]
    """Those of them that are nothing but a time."""
    past: bool
    following: int | None
    """The clause of the next step's time."""
    off: Sequence[int]
    """The clauses that tell of what did not take place."""
    placed: bool
    """Whether a word before the customer says that one was there: at Acme."""


def purpose(clauses: Sequence[Clause], seen: Seen) -> Purpose:
    """The intent, the activity where one took place, and the words that say so."""
    done = [
        found
        for k, clause in enumerate(clauses)
        if k not in seen.off
        and (
            found := done_in(
                clause,
                future=k in seen.future
                or k + 1 in seen.bare_future
                or _is_announced(clauses, k, seen.following),
                planned=k == seen.following,
            )
        )
    ]
    reminded = any(
        "remind" in clause.tags
        and not _is_theirs(clause)
        and (seen.follow_up or not _is_known(clause))
        for clause in clauses
    )
    sure = any(map(is_over, done))
    if reminded and not sure:
        return Intent.REMINDER, None, _words(clauses, "remind")
    worth = _is_deal(clauses, seen) or (seen.amount and _is_about_deal(clauses))
    aside = "aside" in _first_tags(clauses) and not worth
    if aside and not sure and not seen.follow_up and not seen.stage:
        return Intent.NOTE, None, ""
    if _is_of_people(clauses, done) and not seen.follow_up and not seen.stage:
        return Intent.NOTE, None, _words(clauses, "known")
    if done:
        return _met(done, clauses, seen)
    if seen.off and not seen.stage:
        return (Intent.REMINDER if seen.follow_up else Intent.NOTE), None, ""
    return _by_facts(clauses, seen, reminded=reminded)


def _by_facts(clauses: Sequence[Clause], seen: Seen, *, reminded: bool) -> Purpose:
    """What a message is for that does not say what was done."""
    if _is_deal(clauses, seen):
        return Intent.DEAL, None, ""
    if seen.placed and seen.contacts and seen.following != 0 and not _is_stated(clauses[0]):
        return Intent.VISIT, Activity.VISIT, ""
    if (seen.follow_up or reminded) and not seen.outcome and not _is_told(clauses):
        return Intent.REMINDER, None, _words(clauses, "follow")
    if (
        seen.amount
        and seen.account
        and not seen.contacts
        and not seen.past
        and _is_about_deal(clauses)
    ):
        return Intent.DEAL, None, ""
    told = _is_met(clauses) and (seen.contacts or seen.past or seen.placed)
    met = told or (seen.outcome and _was_there(clauses, seen))
    if (seen.account or seen.contacts) and met:
        return Intent.VISIT, Activity.VISIT, ""
    if seen.amount and (seen.account or any("deal" in clause.tags for clause in clauses)):
        return Intent.DEAL, None, ""
    if seen.follow_up:
        return Intent.REMINDER, None, _words(clauses, "follow")
    return Intent.NOTE, None, ""


def _is_deal(clauses: Sequence[Clause], seen: Seen) -> bool:
    """Whether it tells before all how far a deal is."""
    if seen.stage and not (seen.contacts and seen.outcome and seen.past and not seen.amount):
        return True
    moved = any("move" in clause.tags for clause in clauses)
    return seen.amount and seen.account and not seen.past and moved


def _met(done: Sequence[Piece], clauses: Sequence[Clause], seen: Seen) -> Purpose:
    talked = [piece for piece in done if piece.tags & TALKING]
    met = [piece for piece in done if piece.tags & MEETING and not piece.tags & TALKING]
    weak = all("done" not in piece.tags for piece in done)
    if weak and seen.stage and not seen.contacts and not seen.outcome:
        return Intent.DEAL, None, ""
    first = done[0]
    if talked and (
        not met or talked[0].start < met[0].start or _same_clause(clauses, talked[0], met[0])
    ):
        piece = talked[0]
        kind = (
            Activity.MESSAGE
            if "message" in piece.tags and "call" not in piece.tags
            else Activity.CALL
        )
        return Intent.CALL, kind, piece.text
    return Intent.VISIT, _activity(met, first), first.text


def _activity(met: Sequence[Piece], first: Piece) -> Activity:
    if any("demo" in piece.tags for piece in met):
        return Activity.DEMO
    if first.tags & {"meeting"} and "visit" not in first.tags:
        return Activity.MEETING
    return Activity.VISIT


def _same_clause(clauses: Sequence[Clause], one: Piece, other: Piece) -> bool:
    return any(c.start <= one.start < c.end and c.start <= other.start < c.end for c in clauses)


def _first_tags(clauses: Sequence[Clause]) -> Tags:
    return clauses[0].pieces[0].tags if clauses else frozenset()


def _is_announced(clauses: Sequence[Clause], at: int, following: int | None) -> bool:
    """Whether the next step's time stands alone before it: 8月26日下午4点，去新源电力答疑."""
    return at > 0 and at - 1 == following and is_bare(clauses[following])


def _is_of_people(clauses: Sequence[Clause], done: Sequence[Piece]) -> bool:
    """Whether it tells what someone likes or who has left, and of no meeting."""
    met = any(piece.tags & MEETING or is_over(piece) for piece in done)
    return not met and any("known" in clause.tags for clause in clauses)


def _is_theirs(clause: Clause) -> bool:
    return any("they" in piece.tags for piece in clause.pieces[:1])


def _is_known(clause: Clause) -> bool:
    """Whether it tells what is so, and asks for nothing: remember that he prefers email."""
    said = next(k for k, piece in enumerate(clause.pieces) if "remind" in piece.tags)
    then = clause.pieces[said + 1 : said + 3]
    ours = len(then) > 1 and then[1].tags & {"we", "plan"}
    return len(then) > 1 and then[0].text == "that" and not ours


def _is_stated(clause: Clause) -> bool:
    """Whether it only tells how things are or what was sent: the gate code at Acme is 4471."""
    if "talked" in clause.tags:
        return False
    if "sent" in clause.tags and clause.tags.isdisjoint(MEETING):
        return True
    return any(piece.text in STATES for piece in clause.pieces) and not clause.has(TOLD)


def _is_told(clauses: Sequence[Clause]) -> bool:
    return any(clause.has(frozenset(("good", "bad"))) for clause in clauses)


def _is_about_deal(clauses: Sequence[Clause]) -> bool:
    """Whether a contract or an order is what it tells of."""
    return any(
        clause.has(DEAL) or any(piece.text in CONTRACTS for piece in clause.pieces)
        for clause in clauses
    )


def _was_there(clauses: Sequence[Clause], seen: Seen) -> bool:
    """Whether an outcome is that of a meeting, not of anything else."""
    return (
        seen.contacts
        or seen.past
        or seen.placed
        or any(
            piece.text.startswith(WENT) or piece.text.endswith(("顺利", "顺"))
            for clause in clauses
            for piece in clause.pieces
        )
    )


def _is_met(clauses: Sequence[Clause]) -> bool:
    return any("talked" in clause.tags for clause in clauses)


def _words(clauses: Sequence[Clause], tag: str) -> str:
    for clause in clauses:
        for piece in clause.pieces:
            if tag in piece.tags:
                return piece.text
    return ""
