"""What was done, as far as the words say that it was, and is not only planned."""

from collections.abc import Sequence
from typing import Final

from services.understanding.sentences.clauses import Clause
from services.understanding.sentences.lexicon import Tags
from services.understanding.sentences.pieces import Piece
from services.understanding.sentences.tag_groups import ACTIVE, TALKING

AHEAD: Final[Tags] = frozenset(("follow", "remind", "plan", "booked", "not", "wish"))
NAMED: Final[Tags] = frozenset(
    ("suffix", "place", "part", "brand", "title", "they", "dept", "role")
)
OVER: Final = frozenset("了过完咗刚已到从的掂")
FINISHED: Final = ("了", "过", "完", "咗", "做完", "结束")
WRITTEN: Final = frozenset("发了 回了 写了 收到".split())
"""Before an English word for a letter these say that it was written: 发了email."""
RECEIVED: Final = frozenset("收到 收到了 到了 来了".split())
NEAR: Final = 3
ADVERBIAL: Final = ("over ", "by ", "on ", "via ", "电话", "视频", "微信", "线上")


def done(clause: Clause, *, future: bool, planned: bool) -> Piece | None:
    """The word for what was done, unless it is only planned."""
    if clause.tags.isdisjoint(ACTIVE):
        return None
    for at, piece in _distance_first(clause):
        if "done" in piece.tags:
            if piece.text in RECEIVED and at and "paper" in clause.pieces[at - 1].tags:
                continue
            if not _is_ahead(clause.pieces[:at]) and not (future and piece.tags & TALKING):
                return _distant(clause, at) or piece
        elif planned and (piece.kind == "word" or {"base", "visit"} <= piece.tags):
            continue
        elif not future and not _is_ahead(clause.pieces) and _may_be_done(clause, at):
            return piece
    return None


def _distant(clause: Clause, at: int) -> Piece | None:
    """A meeting that was held at a distance: 开了个腾讯会议."""
    if not clause.pieces[at].tags & {"meeting"}:
        return None
    after = clause.pieces[at + 1 : at + 1 + NEAR]
    return next((piece for piece in after if "call" in piece.tags and "event" in piece.tags), None)


def _distance_first(clause: Clause) -> list[tuple[int, Piece]]:
    """The words for what was done; how, at a distance, first: catch-up over Teams."""
    active = [(at, piece) for at, piece in enumerate(clause.pieces) if piece.tags & ACTIVE]
    return sorted(active, key=lambda each: not each[1].text.startswith(ADVERBIAL))


def _may_be_done(clause: Clause, at: int) -> bool:
    """Whether a word without a tense may tell of the past: 拜访华东医院, Acme visit."""
    piece = clause.pieces[at]
    after = clause.pieces[at + 1] if at + 1 < len(clause.pieces) else None
    if after is not None and after.text.startswith(FINISHED):
        return True
    if piece.tags & {"send", "by"}:
        return False
    if piece.kind == "han" and len(piece.text) == 1:
        return _leads_to_name(clause, at)
    if "event" in piece.tags or piece.kind == "han":
        return True
    if after is not None and after.text == ":":
        return True
    if at and clause.pieces[at - 1].text in WRITTEN:
        return True
    if "base" in piece.tags and piece.tags & TALKING:
        return False
    return "message" not in piece.tags


def _leads_to_name(clause: Clause, at: int) -> bool:
    """Whether a place or a name follows: 去华东医院, and not 款到."""
    after = clause.pieces[at + 1] if at + 1 < len(clause.pieces) else None
    return after is not None and (
        not after.tags or not after.tags.isdisjoint(NAMED) or after.kind == "name"
    )


def _is_ahead(pieces: Sequence[Piece]) -> bool:
    return any(piece.tags & AHEAD and "done" not in piece.tags for piece in pieces)


def is_over(piece: Piece) -> bool:
    """Whether a word says that something has been done: 通电话 may be still to come."""
    return "done" in piece.tags and (
        piece.kind == "word" or any(each in piece.text for each in OVER)
    )
