"""Who is named: people at customers, in either script."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from services.understanding.facts import Name, Spotted
from services.understanding.plain import Plain
from services.understanding.sentences.lexicon import Tags
from services.understanding.sentences.person_evidence import PersonEvidence
from services.understanding.sentences.pieces import Piece
from services.understanding.sentences.run import Run
from services.understanding.sentences.vocabulary_index import Spot

ALONG: Final = frozenset("和 跟 陪 带 带着 同 与".split())
GOING: Final = ("去", "一起去", "一同去", "拜访", "走访", "到")
SAME_SIDE: Final[Tags] = frozenset(("own",))


@dataclass(frozen=True)
class Person(Spotted):
    """Someone who is named, and how surely that is a person."""

    name: Name
    strength: int
    run: Run | None = None


class People:
    """Looks for people among the pieces of one text."""

    def __init__(self, text: Plain, pieces: Sequence[Piece], runs: Sequence[Run]) -> None:
        self.text = text
        self.pieces = pieces
        self.runs = runs
        self.evidence = PersonEvidence(text, pieces, runs)
        self.found: dict[int, Person] = {}

    def all(self) -> list[Person]:
        """Everyone, from left to right."""
        for at, piece in enumerate(self.pieces):
            if piece.kind == "name":
                self._spotted(at, piece)
        for run in self.runs:
            ends = {person.end for person in self.found.values()}
            strength = self.evidence.strength(run, ends)
            if (
                strength
                and not self._is_own(run.first)
                and not self._goes_along(run.first, run.last)
            ):
                self.found[run.first] = self._person(run, strength)
        return [self.found[at] for at in sorted(self.found)]

    def _spotted(self, at: int, piece: Piece) -> None:
        spot = piece.fixed
        if (
            not isinstance(spot, Spot)
            or spot.role not in {"person", "contact"}
            or self._is_own(at)
            or self._goes_along(at, at + 1)
        ):
            return
        text = self.text.original(piece.start, piece.end)
        self.found[at] = Person(piece.start, piece.end, Name(text, spot.known, spot.title), 3)

    def _person(self, run: Run, strength: int) -> Person:
        start, title = run.start, ""
        before = self.evidence.title_before(run.first)
        if before is not None:
            start = self.pieces[before].start
            title = self.text.original(start, self.pieces[run.first - 1].end).strip()
        last = self.evidence.name_end(run)
        text = self.text.original(start, last)
        return Person(
            start,
            last,
            Name(text.removesuffix("'s").removesuffix("’s"), title=title),
            strength,
            run,
        )

    def _goes_along(self, first: int, last: int) -> bool:
        """Whether someone was taken along, and not met: 陪Tom去见舜宇光学, 和小方去村田."""
        k = first - 1
        while k > 0 and self.pieces[k].tags & {"dept", "role"}:
            k -= 1
        if k < 0 or self.pieces[k].text not in ALONG or last >= len(self.pieces):
            return False
        return self.pieces[last].text.startswith(GOING)

    def _is_own(self, at: int) -> bool:
        """Whether the words before say that it is someone of one's own company."""
        k = at - 1
        while k >= max(0, at - 3):
            piece = self.pieces[k]
            if piece.tags & SAME_SIDE:
                return True
            if not piece.tags & {"role", "dept"}:
                return False
            k -= 1
        return False
