"""Slips of the thumb in the names of days and months."""

from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from services.understanding.words_en import LONG, TYPOS, WORDS

_FIRSTS: Final = frozenset(name[0] for name in LONG)
_SHORTEST: Final = 6


def corrected(word: str) -> str | None:
    """The name that a word nobody knows is one slip away from, or None."""
    return TYPOS.get(word) or (
        _near(word) if len(word) >= _SHORTEST and word[0] in _FIRSTS else None
    )


@lru_cache(maxsize=4_096)
def _near(word: str) -> str | None:
    for name in LONG:
        if name[0] == word[0] and abs(len(name) - len(word)) <= 1:
            if f"{name}s" == word:
                return word if word in WORDS else None
            if OSA.distance(name, word, score_cutoff=1) <= 1:
                return name
    return None
