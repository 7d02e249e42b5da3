"""Whether a visit that is told of did not take place: denied, cancelled, put off."""

from collections.abc import Sequence
from typing import Final

from services.understanding.sentences.clauses import Clause
from services.understanding.sentences.lexicon import Tags
from services.understanding.sentences.pieces import Piece
from services.understanding.sentences.tag_groups import ACTIVE, TALKING

CANCELLED: Final = frozenset(
    "cancelled canceled cancel cancels cancelling canceling postponed rescheduled 取消 取消了 "
    "推迟 推迟了 改期 改期了 延期 延期了 没成 泡汤".split()
) | {
    "called off",
    "had to cancel",
    "have to cancel",
    "had to postpone",
    "had to skip",
    "postponed to",
    "rescheduled to",
}
PUT_OFF: Final = frozenset(
    "moved move postponed rescheduled reschedule pushed instead "
    "改到 改成 改为 改期 推到 推迟到 延到 延期到".split()
) | {"moved to", "pushed to", "rescheduled to", "postponed to", "move to"}
"""Words that lead to the new time."""
MEETINGS: Final = frozenset(("会", "会面", "见面", "约", "appointment", "appt", "slot"))
SEEING: Final = frozenset("see visit meet go reach make attend come drop".split())
BETWEEN: Final = 4
HELD: Final[Tags] = frozenset(("unreached",))


def is_off(clauses: Sequence[Clause], at: int) -> bool:
    """Whether a clause tells of a visit or a talk that was not."""
    clause = clauses[at]
    if _is_prevented(clause):
        return True
    if not clause.has(ACTIVE) and not clause.says(MEETINGS):
        return False
    if _is_cancelled(clause) or _is_denied(clause.pieces):
        return True
    return at > 0 and clause.soft and _is_cancelled(clauses[at - 1])


def puts_off(clause: Clause) -> bool:
    """Whether a clause tells a new time for it."""
    return clause.says(PUT_OFF)


def to_do_instead(clauses: Sequence[Clause], off: Sequence[int], customer: str) -> str:
    """What is still to be done of what was called off."""
    pieces = clauses[off[0]].pieces
    talk = any(piece.tags & TALKING for piece in pieces)
    if any(piece.kind == "han" for piece in pieces):
        return f"{'联系' if talk else '去'}{customer}"
    return f"{'call' if talk else 'visit'} {customer}"


def _is_cancelled(clause: Clause) -> bool:
    return clause.says(CANCELLED)


def _is_prevented(clause: Clause) -> bool:
    """Whether someone could not go: won't be able to see Acme."""
    for at, piece in enumerate(clause.pieces):
        if "not" in piece.tags and clause.pieces[at + 1 : at + 2]:
            after = [each.text for each in clause.pieces[at + 1 : at + 1 + BETWEEN]]
            words = " ".join(after).split()
            if "able" in words and not SEEING.isdisjoint(words):
                return True
    return False


def _is_denied(pieces: Sequence[Piece]) -> bool:
    for at, piece in enumerate(pieces):
        if "not" not in piece.tags:
            continue
        if piece.tags & ACTIVE and not piece.tags & HELD:
            return True
        for after in pieces[at + 1 : at + 1 + BETWEEN]:
            if after.kind in {"mark", "name"}:
                break
            if after.tags & ACTIVE and "not" not in after.tags:
                return not any(each.tags & ACTIVE and "done" in each.tags for each in pieces[:at])
    return False
