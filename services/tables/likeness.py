"""Names that are nearly written so: which one of many thousands is meant, if it is clear."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from services.names import HAN, NUMERALS, fold

LIKELY = 72.0
"""From here on it is said what a name may be."""
CERTAIN = 88.0
"""From here on it is taken for that, where nothing else comes near."""
LEAD = 6.0
SHORTEST = 4
"""A shorter name is too near to others."""
BEGINNING, HAN_BEGINNING = 3, 2
OFFERED = 3
LOOKED_AT = 20_000
"""As many names that begin or end alike are compared at most: some milliseconds."""


@dataclass(frozen=True, slots=True)
class Near:
    """The ids that a name is like, the likeliest first, and whether the first is meant."""

    ids: tuple[int, ...] = ()
    likeness: int = 0
    certain: bool = False


@dataclass
class Index:
    """Folded names by how they begin and end: a slip leaves one of the two as it was."""

    heads: dict[str, list[tuple[str, int]]] = field(default_factory=lambda: defaultdict(list))
    tails: dict[str, list[tuple[str, int]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, keys: Iterable[tuple[str, int]]) -> None:
        """More names, with the ids of what is called so."""
        for named in keys:
            size = _size(named[0])
            self.heads[named[0][:size]].append(named)
            self.tails[named[0][-size:]].append(named)

    def nearest(self, name: str) -> Near:
        """What a name is nearly; other numbers make it another: Plant 13 is not Plant 3."""
        folded = fold(name)
        size = _size(folded)
        likely = [*self.heads.get(folded[:size], ()), *self.tails.get(folded[-size:], ())]
        best: dict[int, float] = {}
        keys = [key for key, _id in likely[:LOOKED_AT]]
        found = process.extract(
            folded, keys, scorer=fuzz.ratio, score_cutoff=LIKELY, limit=10 * OFFERED
        )
        numerals = NUMERALS.findall(folded)
        for key, score, place in found:
            if NUMERALS.findall(key) == numerals:
                meant = likely[place][1]
                best[meant] = max(score, best.get(meant, 0.0))
        ranked = sorted(best.items(), key=lambda one: (-one[1], one[0]))
        return _judged(folded, ranked)


def _judged(folded: str, ranked: list[tuple[int, float]]) -> Near:
    if not ranked:
        return Near()
    score = ranked[0][1]
    alone = len(ranked) == 1 or score - ranked[1][1] >= LEAD
    long = len(folded) >= SHORTEST
    ids = tuple(each for each, _score in ranked[:OFFERED])
    return Near(ids, int(score), certain=long and alone and score >= CERTAIN)


def _size(folded: str) -> int:
    return HAN_BEGINNING if HAN.match(folded) else BEGINNING
