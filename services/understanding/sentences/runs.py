"""Runs of words that may be a name: nothing is known of them, or only that names are made so."""

from collections.abc import Sequence

from services.understanding.plain import Plain
from services.understanding.sentences.han_runs import HanRuns
from services.understanding.sentences.latin_runs import LatinRuns
from services.understanding.sentences.lexicon import HAN
from services.understanding.sentences.pieces import Piece
from services.understanding.sentences.run import Run, is_brand


class Runs:
    """Looks for runs in the pieces of one text."""

    def __init__(self, text: Plain, pieces: Sequence[Piece]) -> None:
        self.text = text
        self.pieces = pieces
        self.latin = LatinRuns(text, pieces)
        self.han = HanRuns(text, pieces)

    def all(self) -> list[Run]:
        found: list[Run] = []
        at = 0
        while at < len(self.pieces):
            run = self.at(at)
            if run:
                found.append(run)
            at = run.last if run else at + 1
        return found

    def at(self, at: int) -> Run | None:
        """The run that begins with a piece."""
        piece = self.pieces[at]
        if (
            piece.kind == "han"
            or self._is_place_before_han(at)
            or (is_brand(piece) and HAN.search(self.text.text[piece.start : piece.end]))
        ):
            return self.han.at(at)
        if piece.kind == "word" or is_brand(piece):
            return self.latin.at(at)
        return None

    def _is_place_before_han(self, at: int) -> bool:
        """Whether a town in letters is joined to a Chinese name: suzhou永新机械."""
        piece, after = self.pieces[at], self.pieces[at + 1 : at + 2]
        return (
            "place" in piece.tags
            and any(each.kind == "han" and each.start == piece.end for each in after)
            and any(not each.tags for each in after)
        )
