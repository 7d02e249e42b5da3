"""Where one thing said ends and the next begins, with and without punctuation."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from services.understanding.plain import Plain
from services.understanding.sentences.lexicon import NONE, Tags
from services.understanding.sentences.pieces import Piece

ENDING: Final = frozenset(".!?;,。…\n•·|*~")
JOINING: Final = frozenset("\"'()[]{}、:&@/+-=<>#%$€£¥^_`“”「」《》【】°×→") | {"->", "=>"}
ABBREVIATED: Final = frozenset(
    "est min max incl excl mr mrs ms dr prof st mt no vs approx inc ltd co corp dept mgr eng "
    "tel ext bros intl hosp ave rd asst frau herr sr jr".split()
)
TELLING_AT_A_DISTANCE: Final[Tags] = frozenset(("message", "done"))
"""After these a colon begins what was written: Ali texted: wants to move to Sunday."""
LEGAL: Final = frozenset("ltd limited inc llc corp gmbh plc".split())
"""What stands after a comma and still belongs to the name."""
PREDICATE: Final[Tags] = frozenset(
    ("done", "good", "bad", "fair", "follow", "remind", "talked", "to_won", "to_lost",
     "to_proposal", "to_negotiation", "move", "sent", "wish", "plan", "booked", "visit", "call",
     "demo", "message", "meeting")
)  # fmt: skip
TOLD: Final[Tags] = PREDICATE - {"follow", "remind", "plan", "booked", "wish"}
ACTIVE: Final[Tags] = frozenset(("visit", "call", "message", "demo", "meeting"))
AHEAD: Final[Tags] = frozenset(("follow", "plan", "send", "remind", "booked", "base", "quote"))
LEADING: Final[Tags] = frozenset(("plan", "not", "det", "prep", "conj", "we", "they"))
"""What belongs to the verb after it: need to follow up."""
PRONOUNS: Final = frozenset(
    "i we he she they he's she's they're theyre hes shes i'll we'll he'll she'll they'll i've "
    "we've customer client 客户 对方 他 她 他们 客户方 他说 她说 甲方".split()
)
AFTER_PREPOSITION: Final[Tags] = frozenset(
    ("who", "where", "prep", "conj", "of", "wish", "talked", "ask", "det", "not")
)
WIDE: Final = 3
LONG: Final = 6
REACHED: Final[Tags] = frozenset(
    ("to_proposal", "to_won", "to_lost", "to_negotiation", "to_qualified")
)


@dataclass(frozen=True)
class Clause:
    """Pieces that say one thing."""

    first: int
    last: int
    """The piece after the last."""
    pieces: Sequence[Piece]
    tags: Tags
    soft: bool
    """Whether no mark stands before it."""

    @property
    def start(self) -> int:
        return self.pieces[0].start

    @property
    def end(self) -> int:
        return self.pieces[-1].end

    @cached_property
    def words(self) -> frozenset[str]:
        """What its pieces say."""
        return frozenset(piece.text for piece in self.pieces)

    def says(self, words: frozenset[str]) -> bool:
        """Whether one of its pieces is one of these words."""
        return not self.words.isdisjoint(words)

    def has(self, tags: Tags) -> bool:
        """Whether any of its words tells one of these."""
        return not self.tags.isdisjoint(tags)


def split(text: Plain, pieces: Sequence[Piece], names: frozenset[int]) -> list[Clause]:
    """The clauses of a text, from left to right; ``names`` are the pieces that belong to names."""
    borders: list[tuple[int, bool]] = []
    begun, predicate, told = 0, False, False
    for at, piece in enumerate(pieces):
        if at in names:
            continue
        if piece.kind == "mark" and (_ends(pieces, at) or (told and piece.text == ":")):
            borders.append((at + 1, False))
            begun, predicate, told = at + 1, False, False
            continue
        if at > begun and _is_gap(text.text, pieces, at):
            borders.append((at, False))
            begun, predicate, told = at, False, False
        elif predicate and (piece.kind != "time" or told) and _opens(pieces, at):
            start = _with_leading(pieces, at, begun, names)
            if start > begun:
                borders.append((start, True))
                begun, predicate, told = start, False, False
        predicate = predicate or not piece.tags.isdisjoint(PREDICATE)
        told = told or not piece.tags.isdisjoint(TOLD)
    return _clauses(pieces, borders, names)


def _clauses(
    pieces: Sequence[Piece], borders: Sequence[tuple[int, bool]], names: frozenset[int]
) -> list[Clause]:
    found: list[Clause] = []
    first, soft = 0, False
    for last, after in [*borders, (len(pieces), False)]:
        inside = [
            piece._replace(tags=NONE) if k in names else piece
            for k, piece in enumerate(pieces[first:last], first)
            if piece.kind != "mark" or piece.text not in ENDING or _is_markup(pieces, k)
        ]
        if inside:
            tags = NONE.union(*(pieces[k].tags for k in range(first, last) if k not in names))
            found.append(Clause(first, last, inside, tags, soft))
            soft = after
        elif not after:
            soft = False
        first = last
    return found


def _ends(pieces: Sequence[Piece], at: int) -> bool:
    mark = pieces[at]
    before = pieces[at - 1] if at else None
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    if mark.text == ".":
        if before and before.end == mark.start and before.text in ABBREVIATED:
            return False
        return (
            after is None or after.start > mark.end or after.kind != "word" or len(after.text) > 1
        )
    if mark.text in {"-", "*"}:
        spaced = before is None or before.end < mark.start or before.text == "\n"
        return spaced and after is not None and after.start > mark.end
    if mark.text == "," and after is not None and after.text.rstrip(".") in LEGAL:
        return False
    if mark.text == ":" and before is not None and before.tags >= TELLING_AT_A_DISTANCE:
        return True
    return mark.text in ENDING or mark.text not in JOINING


def _is_markup(pieces: Sequence[Piece], at: int) -> bool:
    """Whether an asterisk stands at a word, and is no bullet."""
    return pieces[at].text == "*" and not _ends(pieces, at)


def _is_gap(text: str, pieces: Sequence[Piece], at: int) -> bool:
    """In Chinese a space does what a comma does."""
    before, piece = pieces[at - 1], pieces[at]
    if piece.start == before.end or before.kind == "mark" or piece.kind == "mark":
        return False
    ended = before.kind == "amount" or _is_han(text[before.end - 1])
    return ended and _is_han(text[piece.start])


def _opens(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a new statement begins here although nothing marks it."""
    piece = pieces[at]
    before = pieces[at - 1]
    if piece.kind == "time":
        return _looks_ahead(pieces, at)
    if not piece.tags or (before.kind == "mark" and before.text not in ")]\"'”"):
        return False
    if "conj" in piece.tags:
        return _joins_statements(pieces, at)
    if (
        piece.text in {"customer", "client"}
        and before.kind == "word"
        and before.tags
        and before.tags.isdisjoint(PREDICATE)
    ):
        return False
    if piece.text in PRONOUNS:
        return before.tags.isdisjoint(AFTER_PREPOSITION) or piece.text in {"他说", "她说"}
    if piece.tags & {"follow", "remind"} or _is_order(pieces, at) or _is_judged(pieces, at):
        return True
    if piece.kind == "word" and piece.tags & REACHED and len(piece.text) > LONG:
        return before.tags.isdisjoint(AFTER_PREPOSITION | {"plan"})
    if "deal" in piece.tags and before.tags.isdisjoint(
        {"det", "of", "prep", "who", "not", "to_won", "to_lost"}
    ):
        return True
    return (
        "done" in piece.tags
        and bool(piece.tags & ACTIVE)
        and not piece.text.startswith(("over ", "by ", "on ", "via "))
        and before.tags.isdisjoint(AFTER_PREPOSITION)
    )


def _is_order(pieces: Sequence[Piece], at: int) -> bool:
    """Whether the person tells themselves what to do: wants a trial call him mon."""
    piece, before = pieces[at], pieces[at - 1]
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    return (
        {"base", "who"} <= piece.tags
        and "done" not in piece.tags
        and piece.kind == "word"
        and after is not None
        and after.text in {"him", "her", "them"}
        and before.tags.isdisjoint(AFTER_PREPOSITION | {"plan", "we", "they", "conj"})
    )


def _is_judged(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a word for a meeting begins what is said of it: demo went well."""
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    event = pieces[at].tags & {"demo", "meeting"} and pieces[at].kind == "word"
    named = pieces[at - 1].tags.isdisjoint(AFTER_PREPOSITION | {"role"})
    return bool(event and named and after is not None and after.tags & {"good", "bad", "fair"})


def _looks_ahead(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a time leads to what will be done then: 下周二下午3点回访."""
    for piece in pieces[at + 1 : at + 1 + WIDE]:
        if piece.kind == "mark":
            return False
        if piece.tags & AHEAD and piece.kind == "han":
            return True
    return False


def _joins_statements(pieces: Sequence[Piece], at: int) -> bool:
    piece = pieces[at]
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    if piece.kind == "han":
        return len(piece.text) > 1 and "stop" not in piece.tags - {"conj"}
    if after is None or after.kind == "mark":
        return False
    if piece.text in {"but", "then", "and then", "so", "however", "plus", "also"}:
        return bool(after.tags)
    return piece.text == "and" and (
        bool(after.tags & (ACTIVE | {"follow", "remind", "we", "plan", "send", "booked"}))
        or after.text in PRONOUNS
    )


def _with_leading(pieces: Sequence[Piece], at: int, begun: int, names: frozenset[int]) -> int:
    while (
        at - 1 > begun
        and at - 1 not in names
        and pieces[at - 1].tags & LEADING
        and pieces[at].kind == "word"
    ):
        at -= 1
    return at


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"
