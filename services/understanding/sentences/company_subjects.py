"""How much what comes after a name says that it is the customer: a deal, a person, a predicate."""

from typing import Final

from services.understanding.sentences.company_names import piece_at
from services.understanding.sentences.lexicon import Tags
from services.understanding.sentences.pieces import Piece
from services.understanding.sentences.surroundings import Surroundings
from services.understanding.sentences.tag_groups import ACTIVE, STAGED

OWNED: Final = 4
"""How far after 的 an order or an offer is theirs: 鹏程汽修的举升机合同."""
PREDICATE: Final[Tags] = frozenset(
    ("good", "bad", "fair", "wish", "plan", "done", "not", "to_won", "to_lost", "to_proposal",
     "to_negotiation", "to_qualified", "move", "talked", "sent", "follow", "visit", "call",
     "demo", "message", "meeting", "won", "lost", "deal", "stop", "quote", "booked", "conj",
     "negotiation", "proposal", "qualified", "lead")
)  # fmt: skip

TELLING: Final[tuple[tuple[Tags, int], ...]] = (
    (STAGED, 34),
    (ACTIVE, 30),
    (PREDICATE, 18),
    (frozenset(("rival_next",)), 24),
)
"""What is said of a customer, and how much it says that it is one."""


class CompanySubjects:
    """Weighs names by what is said of them."""

    def __init__(self, around: Surroundings) -> None:
        self.around = around

    def points(self, first: int, last: int) -> int:
        """How much what comes after a name says that it is the customer."""
        after = piece_at(self.around.pieces, last)
        if not self._is_subject(first):
            return self._by_owning(last)
        head = 8 if first == 0 else 0
        if after is None:
            return (18 if self._is_fragment(first, last) else 12) + head
        if after.start in self.around.person_starts or self.around.person_follows(last):
            return 40
        if after.kind == "mark":
            return self._before_mark(first, last, after) + head
        if "there" in after.tags:
            return 40
        return self._before_word(last, after) + head

    def _before_word(self, last: int, after: Piece) -> int:
        for telling, worth in TELLING:
            if after.tags & telling:
                return worth
        if after.kind in {"time", "amount"}:
            return 14
        if after.kind == "word" and not after.tags:
            return 18
        return max(6, self._by_owning(last))

    def _by_owning(self, last: int) -> int:
        """X的采购经理, wherever it stands."""
        after, then = piece_at(self.around.pieces, last), piece_at(self.around.pieces, last + 1)
        if after is None or after.text != "的" or then is None:
            return 0
        if then.start in self.around.person_starts or then.tags & {"role", "dept"}:
            return 36
        ahead = self.around.pieces[last + 1 : last + 1 + OWNED]
        return (
            26
            if any(piece.tags & STAGED for piece in ahead)
            and self.around.pieces[last - 1].kind == "han"
            else 0
        )

    def _is_fragment(self, first: int, last: int) -> bool:
        """Whether nothing else stands between two marks."""
        return (
            self.around.opens(first)
            and self.around.pieces[first].kind != "han"
            and last - first > 1
            and self.around.is_title_case(first, last)
        )

    def _before_mark(self, first: int, last: int, after: Piece) -> int:
        if after.text in {":", "-", "|", ">"} and first == 0:
            return 46
        if after.text == ":":
            return 30
        return 16 if first == 0 else 22 if self._is_fragment(first, last) else 6

    def _is_subject(self, first: int) -> bool:
        """Whether nothing before makes a name the object of something else."""
        before = self.around.before(first)
        if (
            before is None
            or before.kind in {"mark", "time", "amount"}
            or self.around.is_spaced(first)
        ):
            return True
        if before.text == "的" or "ask" in before.tags:
            return True
        return (
            bool(before.tags & {"conj", "we", "talked", "done", "who", "hello", "where"})
            or before.end in self.around.person_ends
        )
