"""Which of the amounts in a message is the deal's."""

from collections.abc import Sequence
from typing import Final

from services.understanding.amounts import AmountSpan
from services.understanding.facts import Amount
from services.understanding.sentences.clauses import Clause
from services.understanding.sentences.lexicon import Tags
from services.understanding.sentences.pieces import Piece

WORTH: Final[Tags] = frozenset(
    (
        "deal",
        "worth",
        "quote",
        "budget",
        "to_won",
        "to_proposal",
        "won",
        "proposal",
        "negotiation",
        "move",
    )
)
NOT_IT: Final[Tags] = frozenset(("discount", "rival_next"))
PERCENT: Final = 100
LEAST: Final = 1000
"""A bare number below this is no deal."""
YEARLY: Final = frozenset("year yr y annum month mo m week wk 年 月 周 季 季度".split())
RIVALS: Final = 40
OURS: Final[Tags] = frozenset(
    ("deal", "worth", "we", "to_won", "to_proposal", "move", "budget", "quote", "won")
)
LOST: Final[Tags] = frozenset(("to_lost", "lost"))
NEAR: Final = 4
QUOTED: Final = frozenset("报 报价 报了 报的 报到 给到 给的 要 开价 出价 叫价 报价是".split())
"""How others' offers are told."""
CONDITIONS: Final = frozenset("if 如果 要是 假如 假设 若 万一 supposing".split())
"""What makes a sum no more than a thought."""
WISHED: Final = frozenset("要求 要 让 让我们 叫 叫我们".split())
SPENT: Final = frozenset("pay pays paying paid spend spends spending".split())
"""What they have now costs this."""
QUOTED_AFTER: Final = 2
TO: Final = frozenset("给 向 跟 和 对 为 帮".split())


def value(
    clauses: Sequence[Clause], amounts: Sequence[AmountSpan]
) -> tuple[Amount | None, AmountSpan | None]:
    """The deal's value, if one of the amounts is likely to be it."""
    scored = [
        (_score(clause, span) - RIVALS * _continues_rival(clauses, k), -order, span)
        for order, span in enumerate(amounts)
        for k, clause in enumerate(clauses)
        if clause.start <= span.start < clause.end
    ]
    scored = [each for each in scored if each[0] > 0]
    if not scored:
        return None, None
    span = max(scored, key=lambda each: each[:2])[2]
    return span.amount, span


def _continues_rival(clauses: Sequence[Clause], at: int) -> bool:
    """Whether the clause before told of somebody else's: 用Salesforce，一年60万."""
    if at == 0 or clauses[at].has(OURS) or clauses[at].first != clauses[at - 1].last:
        return False
    before = clauses[at - 1]
    return (
        "rival_next" in before.tags
        and "to_lost" not in before.tags
        and not before.has(OURS)
        and before.pieces[-1].kind != "time"
    )


def _score(clause: Clause, span: AmountSpan) -> int:
    before = [piece for piece in clause.pieces if piece.end <= span.start]
    after = [piece for piece in clause.pieces if piece.start >= span.end]
    near = before[-NEAR:]
    score = 30 if span.sure else 0
    if not span.sure and (
        span.amount.value < LEAST or not any(piece.tags & WORTH for piece in near[-2:])
    ):
        return 0
    if _is_thought(clause) or _is_asked_down(before) or _is_spent(before):
        return 0
    lost = clause.has(LOST)
    if (_is_rivals(before) and not lost) or _is_anothers(before):
        return 0
    if any(piece.tags & WORTH for piece in near):
        score += 12 if span.sure else 22
    if any(piece.tags & {"they"} or piece.text in {"他们报", "对手"} for piece in before[-2:]):
        score -= 6
    if not span.amount.currency and after and after[0].text == "of":
        return 0
    if _is_per(before[-2:]) or (_is_per(after[:1]) and not _is_yearly(after)) or _is_rate(after):
        return 0
    if any("not" in piece.tags for piece in before[-2:]) or _is_share(span, before, after):
        return 0
    if any(piece.tags & NOT_IT for piece in before[-2:]) and not _is_share_of(before):
        score -= 40
    return score


def _is_thought(clause: Clause) -> bool:
    """Whether the clause begins with a condition: if it goes well they'd take three."""
    return any(piece.text in CONDITIONS for piece in clause.pieces[:2])


def _is_asked_down(before: Sequence[Piece]) -> bool:
    """Whether it is what they would like it to come down to: 希望降到30万."""
    down = any(piece.text in {"降到", "降至"} for piece in before[-1:])
    return down and any(piece.tags & {"wish", "they"} or piece.text in WISHED for piece in before)


def _is_spent(before: Sequence[Piece]) -> bool:
    """Whether they tell what they pay already: they pay 12k for it."""
    said = [piece.text for piece in before[-2:]]
    theirs = any("they" in piece.tags for piece in before[-NEAR:])
    return theirs and not SPENT.isdisjoint(said)


def _is_share(span: AmountSpan, before: Sequence[Piece], after: Sequence[Piece]) -> bool:
    """Whether a small number is percent, as the one beside it: asks 28%, we offered 25."""
    bare = span.amount.value < PERCENT and not span.amount.currency
    return bare and any(piece.text == "%" for piece in (*before, *after))


def _is_share_of(before: Sequence[Piece]) -> bool:
    """Whether it is what a discount is taken off: 8% off the 142k."""
    return any(piece.text == "%" for piece in before[-NEAR:])


def _is_rate(after: Sequence[Piece]) -> bool:
    """Whether it is the price of a piece or a pound: 4.20/kg."""
    return len(after) > 1 and after[0].text == "/" and after[1].text not in YEARLY


def _is_yearly(after: Sequence[Piece]) -> bool:
    return len(after) > 1 and after[0].text == "per" and after[1].text in YEARLY


def _is_rivals(before: Sequence[Piece]) -> bool:
    """Whether it is what somebody else asks."""
    named = any(
        piece.tags & {"rival_next", "rival_before"} and not piece.tags & WORTH for piece in before
    )
    return named and not any(piece.tags & {"we", "deal", "budget"} for piece in before)


def _is_anothers(before: Sequence[Piece]) -> bool:
    """Whether another firm is said to ask for it: 他说用友报32万."""
    quoted = before[-1:] if before else ()
    if not quoted or quoted[0].text not in QUOTED or len(before) < QUOTED_AFTER:
        return False
    who = before[-QUOTED_AFTER]
    lead = before[-QUOTED_AFTER - 1] if len(before) > QUOTED_AFTER else None
    led = lead is not None and lead.text in TO
    return "brand" in who.tags and not led


def _is_per(pieces: Sequence[Piece]) -> bool:
    return any("per" in piece.tags for piece in pieces)
