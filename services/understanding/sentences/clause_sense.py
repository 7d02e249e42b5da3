"""What a clause says of a next step: whose it is, that it is wanted, needed, ordered or denied."""

from collections.abc import Iterator, Sequence
from typing import Final

from services.understanding.sentences.clauses import Clause
from services.understanding.sentences.lexicon import NONE, Tags
from services.understanding.sentences.pieces import Piece
from services.understanding.sentences.tag_groups import ACTIVE, NEXT, TASK

PAPERS: Final[Tags] = frozenset(("quote", "paper"))
OURS: Final[Tags] = frozenset(("send", "base", "follow"))
ORDERS: Final = frozenset(("po", "pos", "po's", "loi", "order", "orders", "purchase order"))
SAID: Final = frozenset("said says told asked wants".split())
TO_SOMEONE: Final[Tags] = frozenset(("who", "send", "base"))
"""After these it is not they who do it: lunch with her, 给他."""
THEIR: Final = frozenset(("their", "his", "her", "its"))
NEEDED: Final = frozenset(
    "need needs want wants require requires asked asks expects expect expecting "
    "要求 需要 要 要我们 希望 让 叫 催".split()
)
WANTED: Final = ("want", "would like", "agreed to", "asked to", "keen to", "happy to")
TOGETHER: Final = frozenset(
    "trial trials pilot poc demo visit meeting call training workshop tour sample samples "
    "tasting".split()
)
TOLD: Final = frozenset(
    "asked me to,asked us to,wants me to,wants us to,want me to,want us to,told me to,让我们,让我,"
    "要我,要我们,要求我们,请我们,叫我们,约我,约我们,invited us,invited me,invited us back,"
    "invited me back".split(",")
)
NOTHING: Final = frozenset("nothing 无需 不用 不再 不必 别再".split())
LAST: Final = frozenset("跟聊谈见打问去看")
"""Verbs of one character with which a Chinese plan ends: 11月7号跟."""
HOURS: Final = frozenset(("opening hours", "delivery hours", "deliveries only")) | frozenset(
    "收货时间 营业时间 上班时间 送货时间 营业 开门 关门".split()
)
"""After these it is said when they are there."""


def is_theirs(clauses: Sequence[Clause], at: int) -> bool:
    """Whether the customer is who will do it, as said here or before without a mark between."""
    for k in range(at, -1, -1):
        for piece, before in _with_before(clauses[k]):
            if _is_them(piece) and not before & TO_SOMEONE:
                return True
            if "we" in piece.tags or (k == at and piece.tags & OURS):
                return False
        if not clauses[k].soft:
            return False
    return False


def _with_before(clause: Clause) -> Iterator[tuple[Piece, Tags]]:
    before: Tags = NONE
    for piece in clause.pieces:
        yield piece, before
        before = piece.tags


def _is_them(piece: Piece) -> bool:
    return "they" in piece.tags or piece.text in THEIR


def is_told(clause: Clause) -> bool:
    """Whether the customer says what we are to do: asked me to, 让我们."""
    return clause.says(TOLD)


def is_asked(clause: Clause) -> bool:
    """Whether someone wishes or says something."""
    return clause.has(frozenset(("wish", "talked"))) or clause.says(SAID)


def is_denied(clause: Clause) -> bool:
    """Whether it says that there will be no next step."""
    denied = False
    for piece in clause.pieces:
        if "not" in piece.tags or piece.text in NOTHING:
            denied = True
        elif piece.tags & NEXT:
            return denied
    return False


def is_open(clauses: Sequence[Clause], at: int) -> bool:
    """Whether it is told when they are there, here or just before."""
    return any(
        piece.text in HOURS and not (k and clause.pieces[k - 1].text.isdigit())
        for clause in clauses[max(0, at - 1) : at + 1]
        if clause.says(HOURS)
        for k, piece in enumerate(clause.pieces)
    )


def is_order(clauses: Sequence[Clause], at: int) -> bool:
    """Whether it begins as an order does: call him Friday, 周一打给他."""
    clause = clauses[at]
    words = (
        piece
        for piece in clause.pieces
        if piece.kind not in {"mark", "time"} and "conj" not in piece.tags
    )
    first = next(words, None)
    if first is None or "base" not in first.tags or "done" in first.tags:
        return False
    if first.kind == "word":
        return True
    return (
        at > 0
        and "done" not in clause.tags
        and (len(first.text) > 1 or clause.pieces[0].kind == "time")
    )


def ends_with_follow(clause: Clause) -> bool:
    """Whether a bare verb ends it: 周五再跟."""
    return clause.pieces[-1].text in LAST


def is_bare(clause: Clause) -> bool:
    """Whether a clause has nothing but times."""
    return clause.tags.isdisjoint(NEXT | ACTIVE | TASK | {"booked"}) and all(
        piece.kind in {"time", "mark", "name"}
        or piece.tags & {"prep", "where", "det", "by", "who", "conj"}
        for piece in clause.pieces
    )


def has_papers(clause: Clause) -> bool:
    """Whether it tells of papers that are for the customer, as orders are not."""
    return any(piece.tags & PAPERS and piece.text not in ORDERS for piece in clause.pieces)


def is_needed(clause: Clause) -> bool:
    """Whether someone waits for it: wants a quote by Friday."""
    return clause.says(NEEDED) or any(piece.text.startswith(WANTED) for piece in clause.pieces)


def is_wanted(clause: Clause) -> bool:
    """Whether someone wishes for it."""
    return "wish" in clause.tags or any(piece.text.startswith(WANTED) for piece in clause.pieces)


def takes_two(clause: Clause) -> bool:
    """Whether it takes them and us: wants another trial in 3 weeks."""
    return any(word in TOGETHER for piece in clause.pieces for word in piece.text.split())
