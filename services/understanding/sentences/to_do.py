"""What is to be done, in the person's words without its time: send the quote, 准备材料."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from services.understanding.plain import Plain
from services.understanding.sentences.called_off import PUT_OFF
from services.understanding.sentences.clauses import Clause
from services.understanding.sentences.lexicon import Tags
from services.understanding.sentences.pieces import Piece
from services.understanding.sentences.timed import Timed

TRIMMED: Final = " ,;、，。；.:：-–—|\n\t"
LOOSE: Final = frozenset(",;、.:-|")
"""Marks that belong to nothing at the edge of a text."""
LEADING: Final[Tags] = frozenset(("remind", "conj", "by"))
SELF: Final = frozenset(
    "to that i me i'll we we'll need will please 我 我们 我会 要 需要 on at in 于 在 再 就".split()
)
"""What leads to an action and is none of it."""
LINKS: Final = frozenset(
    "by on at in for until till til before after this next due 于 在 到".split()
)
"""What leads to a time, and is left over when the time is gone."""
ENDS: Final = LINKS | frozenset(
    "to from and then will i'll we'll i 前 之前 以前 给 时 再 要 我 就".split()
)
PLAIN: Final = frozenset(
    ("follow up", "follow-up", "followup", "f/u", "back", "next step", "next steps", "跟进",
     "再跟进", "跟进一下", "下次", "下次跟进", "回访", "再联系", "fu", "visit again")
)  # fmt: skip
"""What a next step is called, which tells nothing of it."""
BEFORE: Final = re.compile(
    r"(?:f/u|fu)[:,]? (?=[a-z])"
    r"|(?:(?:i |we )?(?:promised|agreed|have|has|had|need|needs|want|wants|going) )?to (?=[a-z])"
    r"|(?:i'll|we'll|i will|we will|i|we) (?=[a-z])|(?:我|我们)?(?:答应|需要|要)?(?:我|我们)(?=.)",
    re.IGNORECASE,
)
AFTER: Final = re.compile(
    r"(?:(?<=\S)\s+(?:by|on|at|in|to|for|until|till|before|after|and|then|the)|(?<=..)[前给在于])$",
    re.IGNORECASE,
)
PULLED: Final = frozenset("去给")
"""What ends a word for a reminder and begins the action: 提醒我去."""


def to_do(text: Plain, clauses: Sequence[Clause], due: Timed) -> str:
    """The action that the clause of a time tells of, or the one beside it that tells of any."""
    found = (_action(text, clauses, k, due) for k in _order(clauses, due.clause))
    return next((said for said in found if said), "")


def _order(clauses: Sequence[Clause], at: int) -> list[int]:
    """The clauses that may tell it, first what one wants to be reminded of."""
    reminded = [k for k, clause in enumerate(clauses) if "remind" in clause.tags]
    if not reminded:
        return [at]
    return [*reminded, at, *range(at + 1, len(clauses)), *range(at)]


def _action(text: Plain, clauses: Sequence[Clause], at: int, due: Timed) -> str:
    pieces = list(_said_on(clauses, at))
    pulled = ""
    while pieces and _leads(pieces[0]):
        last = pieces.pop(0)
        pulled = last.text[-1] if "remind" in last.tags and last.text[-1] in PULLED else ""
    while pieces and (_is_loose(pieces[-1]) or pieces[-1].text in ENDS):
        pieces.pop()
    if not pieces:
        return ""
    said = pulled + AFTER.sub("", _begun(_without(text, pieces, due))).strip(TRIMMED)
    if said.casefold() in PLAIN:
        return ""
    return (
        said
        if len(said) > 1 and said not in PUT_OFF
        else text.original(clauses[at].start, clauses[at].end).strip(TRIMMED)
    )


def _said_on(clauses: Sequence[Clause], at: int) -> Iterator[Piece]:
    """The pieces of a clause, and of those after it that only tell of what: 准备合同."""
    yield from clauses[at].pieces
    for clause in clauses[at + 1 :]:
        if not clause.soft or "deal" not in clause.pieces[0].tags:
            return
        yield from clause.pieces


def _begun(said: str) -> str:
    """The words from the action on: promised to send the quote."""
    found = BEFORE.match(said)
    return said[found.end() :] if found else said


def _leads(piece: Piece) -> bool:
    return _is_loose(piece) or bool(piece.tags & LEADING) or piece.text in SELF


def _is_loose(piece: Piece) -> bool:
    return piece.kind == "time" or (piece.kind == "mark" and piece.text in LOOSE)


def _without(text: Plain, pieces: Sequence[Piece], due: Timed) -> str:
    """The pieces as they were typed, without the time between them."""
    at = next((k for k, each in enumerate(pieces) if each.start == due.span.start), None)
    if at is None:
        return text.original(pieces[0].start, pieces[-1].end)
    before = at
    while before > 1 and pieces[before - 1].text in LINKS:
        before -= 1
    first = text.original(pieces[0].start, pieces[before - 1].end)
    last = text.original(pieces[at + 1].start, pieces[-1].end)
    return first + (" " if first[-1].isascii() or last[0].isascii() else "") + last
