"""Names within a text: every run of words or characters that may be one."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from zoneinfo import ZoneInfo

from services.names import HAN, Match, exact, fold
from services.understanding.facts import Scene
from services.understanding.plain import plain
from services.understanding.times import find_times
from storage.accounts import Sighting

ATOM = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+")
BREAK = re.compile(r"[。；;!！?？\n]")
LONGEST = 16
"""How long a name may be: in Chinese characters, or half as many words."""
MOST = 400
"""How many characters or words of a text are looked at."""
SHORT = 3
"""A word of so few small letters is a word, whoever is called by it."""
KNOWN_WELL = 4
"""How many letters the name of another's customer needs; less is too often a word."""

ANY_TIME = Scene(datetime(2000, 1, 1, tzinfo=UTC), ZoneInfo("UTC"))
"""Whether words are about time does not depend on when they are said."""


@dataclass(frozen=True)
class Mention:
    """A name in a text, and whose it may be."""

    start: int
    end: int
    text: str
    match: Match

    @property
    def mine(self) -> bool:
        return any(each.mine for each in self.match.accounts)


def candidates(text: str) -> Mapping[str, Sequence[tuple[int, int]]]:
    """Every folded run that may be a name, and where it stands."""
    found: dict[str, list[tuple[int, int]]] = {}
    for atoms in _stretches(text):
        folded = [fold(each[0]) for each in atoms]
        for first, last in _runs(atoms):
            key = "".join(folded[first : last + 1])
            if len(key) > 1:
                found.setdefault(key, []).append((atoms[first].start(), atoms[last].end()))
    return found


def _stretches(text: str) -> Iterator[list[re.Match[str]]]:
    """The words and characters of each sentence: no name goes on over its end."""
    begins = 0
    left = MOST
    for ends in chain((found.start() for found in BREAK.finditer(text)), (len(text),)):
        atoms = list(ATOM.finditer(text, begins, ends))[:left]
        left -= len(atoms)
        begins = ends
        yield atoms


def _runs(atoms: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
    for first in range(len(atoms)):
        length = 0
        for last in range(first, len(atoms)):
            length += 1 if HAN.match(atoms[last][0]) else 2
            if length > LONGEST:
                break
            yield first, last


def mentions(text: str, sightings: Sequence[Sighting]) -> list[Mention]:
    """The known names in a text: one's own before the others', the longest before the shorter."""
    by_key: dict[str, list[Sighting]] = {}
    for sighting in sightings:
        by_key.setdefault(sighting.key, []).append(sighting)
    found = [
        Mention(start, end, text[start:end], exact(key, by_key[key]))
        for key, places in candidates(text).items()
        if key in by_key
        for start, end in places
    ]
    kept: list[Mention] = []
    for each in sorted(found, key=lambda one: (not one.mine, one.start - one.end, one.start)):
        apart = all(each.end <= other.start or each.start >= other.end for other in kept)
        if apart and _is_a_name(each):
            kept.append(each)
    return sorted(kept, key=lambda mention: mention.start)


def _is_a_name(mention: Mention) -> bool:
    """Whether a run is more than a word that somebody's customer happens to be called by."""
    first = mention.match.accounts[0]
    if first.key != fold(first.name) and _is_a_time(mention.text):
        return False  # 明天 is tomorrow, also where 明天集团 is a customer
    if HAN.search(mention.text):
        return True
    if first.sound:
        return first.mine and len(first.key) >= KNOWN_WELL
    if len(first.key) <= SHORT and mention.text.isalpha() and mention.text.islower():
        return False
    return first.open or len(first.key) >= KNOWN_WELL


def _is_a_time(text: str) -> bool:
    said = plain(text)
    return any(span.end - span.start == len(said.text) for span in find_times(said, ANY_TIME))
