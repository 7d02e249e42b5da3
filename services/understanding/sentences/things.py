"""What is sold, and against whom: the product and the competitor of a message."""

from collections.abc import Sequence
from typing import Final

from services.understanding.plain import Plain
from services.understanding.sentences.companies import Customer
from services.understanding.sentences.lexicon import Tags
from services.understanding.sentences.people import Person
from services.understanding.sentences.pieces import Piece
from services.understanding.sentences.run import Run
from services.understanding.sentences.vocabulary_index import Spot

SKIPPED: Final = frozenset(
    "the a an our their new 的 了 是 我们 我们的 我司 我司的 新 款 台 套 一台 一套 一款 用 着 "
    "那款 这款 made by".split()
)
LEADING: Final[Tags] = frozenset(("rival_next",))


class Things:
    """Looks for products and competitors around the other names."""

    def __init__(
        self,
        text: Plain,
        pieces: Sequence[Piece],
        runs: Sequence[Run],
        people: Sequence[Person],
        customer: Customer | None,
    ) -> None:
        self.text = text
        self.pieces = pieces
        people_starts = {person.run.first for person in people if person.run}
        self.runs = [
            run
            for run in runs
            if run.first not in people_starts
            and (customer is None or not run.start <= customer.start < run.end)
        ]

    def competitor(self) -> str:
        known = self._known("competitor")
        if known:
            return known
        for run in self.runs:
            before, after = self._before(run.first), self._at(run.last)
            if before and "rival_next" in before.tags and self._is_name(run):
                return run.text.removesuffix("'s")
            if (
                after
                and "rival_before" in after.tags
                and self._is_name(run)
                and "rival_next" not in after.tags
            ):
                return run.text.removesuffix("'s")
        return ""

    def product(self) -> str:
        known = self._known("product")
        if known:
            return known
        for run in self.runs:
            before, after = self._before(run.first), self._at(run.last)
            if before and "product_next" in before.tags and self._is_model(run):
                return run.text
            if after and "product_before" in after.tags and before and before.text == "对":
                return run.text
        return ""

    def _known(self, role: str) -> str:
        for piece in self.pieces:
            if isinstance(piece.fixed, Spot) and piece.fixed.role == role:
                return piece.fixed.known
        return ""

    def _at(self, at: int) -> Piece | None:
        return self.pieces[at] if 0 <= at < len(self.pieces) else None

    def _before(self, at: int) -> Piece | None:
        k = at - 1
        while k > 0 and self.pieces[k].text in SKIPPED:
            k -= 1
        return self._at(k)

    def _is_name(self, run: Run) -> bool:
        if self.pieces[run.first].kind == "han":
            return len(run.text) > 1 and not all(
                piece.tags & {"dept", "place"} for piece in self.pieces[run.first : run.last]
            )
        return run.capital or run.suffix or run.last - run.first == 1

    def _is_model(self, run: Run) -> bool:
        return run.capital or any(each.isdigit() for each in run.text)
