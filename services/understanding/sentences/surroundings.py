"""What stands before and after a name, over the words that say nothing."""

from collections.abc import Collection, Sequence
from typing import Final

from services.understanding.plain import Plain
from services.understanding.sentences.company_names import piece_at
from services.understanding.sentences.lexicon import MEASURES, NUMBERS
from services.understanding.sentences.pieces import Piece

SKIPPED: Final = frozenset(
    "the a an our my new old existing potential big key customer client customers clients "
    "account acct prospect guys folks people team at of 客户 一家 那家 这家 老客户 新客户 一个 "
    "那个 这个 新 老 叫 一家叫 我们 的 先 又 再 刚".split()
)
"""Words between what says that a name follows, and the name."""
AREAS: Final = frozenset("区 市 县 路 街 镇 省 乡 村 片区 分院 这边 那边".split())


class Surroundings:
    """The pieces of one text as neighbours of names."""

    def __init__(
        self,
        text: Plain,
        pieces: Sequence[Piece],
        person_starts: Collection[int],
        person_ends: Collection[int],
    ) -> None:
        self.text = text
        self.pieces = pieces
        self.person_starts = person_starts
        self.person_ends = person_ends

    def opens(self, at: int) -> bool:
        """Whether a mark or nothing stands before a piece."""
        before = piece_at(self.pieces, at - 1)
        return before is None or before.kind == "mark"

    def is_spaced(self, at: int) -> bool:
        """Whether a space sets a Chinese word apart, as a comma would."""
        return (
            at > 0
            and self.pieces[at].kind == "han"
            and self.pieces[at - 1].end < self.pieces[at].start
        )

    def before(self, at: int) -> Piece | None:
        """The word that leads to a name, over those that say nothing."""
        k = at - 1
        while k >= 0 and self._is_skipped(self.pieces[k]):
            led = k > 0 and self.pieces[k - 1].tags & {"where", "who"}
            if self.pieces[k].text in {"at", "of"} and not led:
                break
            k -= 1
        return piece_at(self.pieces, k)

    def _is_skipped(self, piece: Piece) -> bool:
        if piece.kind not in {"word", "han"}:
            return False
        counted = (
            piece.kind == "han"
            and len(piece.text) == 2
            and piece.text[0] in NUMBERS
            and piece.text[1] in MEASURES
        )
        place = counted or (piece.kind == "han" and ("place" in piece.tags or piece.text in AREAS))
        return place or piece.text in SKIPPED

    def is_title_case(self, first: int, last: int) -> bool:
        """Whether each of some words begins with a capital."""
        starts = (self.text.starts[self.pieces[k].start] for k in range(first, last))
        return all(
            self.text.source[at].isupper() or not self.text.source[at].isalpha() for at in starts
        )

    def person_follows(self, last: int) -> bool:
        """Whether someone is named next, with where they work between or without."""
        k = last
        while k < min(last + 4, len(self.pieces)):
            piece = self.pieces[k]
            if piece.start in self.person_starts:
                return True
            if not (
                piece.tags & {"of", "dept", "role", "there", "they"}
                or piece.text in {"-", "(", "/"}
            ):
                return False
            k += 1
        return False

    def place(self, piece: Piece) -> int:
        """Which of the pieces it is."""
        low, high = 0, len(self.pieces)
        while low < high:
            middle = (low + high) // 2
            if self.pieces[middle].start < piece.start:
                low = middle + 1
            else:
                high = middle
        return low
