"""What is left of a message when the facts are taken out, in the person's words."""

from collections.abc import Collection, Sequence
from typing import Final

from services.understanding.plain import Plain
from services.understanding.sentences.clauses import Clause
from services.understanding.sentences.lexicon import Tags
from services.understanding.sentences.pieces import Piece

EMPTY: Final[Tags] = frozenset(
    ("visit", "follow", "remind", "move", "deal", "det", "prep", "where", "who", "we", "plan",
     "by", "of", "conj", "worth", "meeting", "call", "message", "base", "booked", "title",
     "to_won", "to_proposal", "hello", "there")
)  # fmt: skip
TELLING: Final[Tags] = frozenset(
    ("good", "bad", "fair", "not", "wish", "role", "dept", "product_next", "rival_next",
     "rival_before", "talked", "send", "sent", "quote", "demo", "discount", "per", "budget",
     "to_negotiation", "to_qualified", "to_lost", "unreached")
)  # fmt: skip
HEADS: Final[Tags] = frozenset(("visit", "call", "follow", "remind", "deal", "we"))
SAYING: Final = frozenset(
    "答应 说 说好 约好 定了 说是 表示 同意 承诺 said says told promised agreed that".split()
)
WORKED: Final = ("装机", "安装", "调试", "验收", "巡检", "install")
"""What was worked on a visit, which its kind does not say."""
BARE: Final = 6
"""Signed and won are the stage and nothing else; signed the order for may tell more."""
STAGES: Final[Tags] = frozenset(("lead", "qualified", "proposal", "negotiation", "won", "lost"))
TRIMMED: Final = " ,;、，。；.:：-–—|\n\t"


class Notes:
    """Says which clauses stay, given what the other facts were read from."""

    def __init__(
        self, text: Plain, clauses: Sequence[Clause], used: Collection[int], *, staged: bool
    ) -> None:
        self.text = text
        self.clauses = clauses
        self.used = used
        """Where the pieces begin that are facts already."""
        self.staged = staged

    def note(self) -> str:
        """The clauses that say more, with the marks between them where they stood together."""
        kept = [
            k
            for k, clause in enumerate(self.clauses)
            if self.says_more(clause) or self._is_inner(k)
        ]
        parts: list[str] = []
        for place, k in enumerate(kept):
            following = place + 1 < len(kept) and kept[place + 1] == k + 1
            clause = self.clauses[k]
            end = self.clauses[k + 1].start if following else clause.end
            part = self.text.original(clause.start, end)
            parts.append(part if following else part.rstrip(TRIMMED) + "; ")
        return self._whole("".join(parts).removesuffix("; ").strip(), kept)

    def _is_inner(self, at: int) -> bool:
        """Whether no mark stands before a clause, so that it is the rest of what was said."""
        clause = self.clauses[at]
        if not clause.soft or at == 0 or not self.says_more(self.clauses[at - 1]):
            return False
        return self._is_open(at - 1) or (
            clause.pieces[0].kind != "time" and clause.pieces[0].tags.isdisjoint(HEADS)
        )

    def _is_open(self, at: int) -> bool:
        """Whether a clause ends with a word that what is said follows: 我答应."""
        last = self.clauses[at].pieces[-1]
        return last.text in SAYING or bool(last.tags & {"plan", "wish", "conj", "not", "prep"})

    def _whole(self, note: str, kept: Sequence[int]) -> str:
        """With the mark that ends it, when nothing was left out."""
        if kept and kept == list(range(len(self.clauses))):
            return self.text.source.strip()
        return note

    def says_more(self, clause: Clause) -> bool:
        """Whether a clause has a word that is no part of any other fact."""
        return any(self._tells(piece) for piece in clause.pieces)

    def _tells(self, piece: Piece) -> bool:
        if piece.start in self.used or piece.kind in {"mark", "time"}:
            return False
        if piece.kind in {"name", "amount"} or not piece.tags:
            return True
        if "to_won" in piece.tags and len(piece.text) > BARE:
            return True
        if self.staged and piece.tags & STAGES:
            return False
        if piece.tags & TELLING or piece.text.startswith(WORKED):
            return True
        return not piece.tags & EMPTY
