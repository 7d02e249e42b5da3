"""Which column of a noun each heading of a table is, as far as that can be told."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from rapidfuzz import fuzz

from services.tables.contents import Known, contradicts, kinds_in
from services.tables.noun import Column, Kind, Noun
from services.tables.table import Table, folded

SURE = 88.0
LIKELY = 60.0
LEAD = 6.0
TITLE, ALSO, PART, BARE, INSIDE, BY_CONTENT = 100.0, 97.0, 90.0, 95.0, 70.0, 62.0
NEAR = 84.0
"""How much alike two headings have to be for one to be the other, misspelt."""
SHORTEST = {True: 4, False: 2}
"""From how many letters on a name found inside a heading says something: in ASCII, in Chinese."""
BRACKETS = re.compile(r"\s*[(（\[【].*?[)）\]】]\s*")
PARTS = re.compile(r"\s*/\s*")
OPTIONS = 3
PER_NOUN_NAME = 0.9
MISSING = 1.5
NOUN_LEAD = 0.75


@dataclass(frozen=True)
class Recognised:
    """What was found out about the headings of a table for one noun, each by its number.

    ``sure`` are columns by their names; of the ``unsure`` ones several names are likely, best
    first, or one is; ``unknown`` ones are left out; ``missing`` are required columns.
    """

    noun: Noun
    sure: Mapping[int, str]
    unsure: Mapping[int, tuple[str, ...]]
    unknown: tuple[int, ...]
    missing: tuple[str, ...]
    score: float = field(default=0.0, compare=False)


def headings_hash(headings: Iterable[str]) -> str:
    """What one kind of file is known by the next time: its headings in order, folded."""
    joined = "\n".join(folded(each) for each in headings)
    return hashlib.sha256(joined.encode()).hexdigest()


@cache
def _names(titles: tuple[str, ...], also: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
    """Every folded name of a column, and how surely a heading that is just so means it."""
    found = {folded(each): ALSO for each in also}
    found |= {folded(each): TITLE for each in titles}
    return tuple(found.items())


def likeness(heading: str, column: Column) -> float:
    """How surely a heading means a column, 0 to 100."""
    bare = BRACKETS.sub(" ", heading)
    written = [(heading, 0.0), (bare, TITLE - BARE)]
    parts = PARTS.split(bare)
    if len(parts) > 1:
        written += [(part, TITLE - PART) for part in parts[-1:]]
    names = _names(tuple(column.titles.values()), column.also)
    return max((_like(folded(text), names) - less for text, less in written), default=0.0)


def _like(text: str, names: Sequence[tuple[str, float]]) -> float:
    if not text:
        return 0.0
    best = 0.0
    for name, weight in names:
        if text == name:
            best = max(best, weight)
            continue
        ratio = fuzz.ratio(text, name)
        if ratio >= NEAR and min(len(text), len(name)) >= SHORTEST[name.isascii()]:
            best = max(best, ratio * 0.95)
        if len(name) >= SHORTEST[name.isascii()] and name in text:
            best = max(best, INSIDE + 10 * len(name) / len(text))
    return best


def recognise(table: Table, noun: Noun, known: Known | None = None) -> Recognised:
    """Which headings are which columns of a noun."""
    scores = {
        index: {column.name: likeness(heading, column) for column in noun.columns}
        for index, heading in enumerate(table.headings)
    }
    sure = _sure(table, noun, scores)
    unsure = _unsure(table, noun, scores, sure, known or {})
    found = {*sure.values()}
    missing = tuple(c.name for c in noun.columns if c.required and c.name not in found)
    unknown = tuple(i for i in scores if i not in sure and i not in unsure)
    weight = sum(scores[index][name] for index, name in sure.items()) / TITLE
    score = weight - MISSING * len(missing) - 0.05 * len(unknown)
    return Recognised(noun, sure, unsure, unknown, missing, score)


def _sure(table: Table, noun: Noun, scores: Mapping[int, Mapping[str, float]]) -> dict[int, str]:
    """The headings that mean one column clearly, and better than any other heading does."""
    pairs = sorted(
        ((score, -index, name) for index, row in scores.items() for name, score in row.items()),
        reverse=True,
    )
    sure: dict[int, str] = {}
    refused: set[str] = set()
    for score, minus, name in pairs:
        index = -minus
        if score < SURE:
            break
        if index in sure or name in sure.values() or name in refused:
            continue
        rivals = [i for i, row in scores.items() if i != index and i not in sure]
        if any(scores[i][name] > score - LEAD and scores[i][name] >= SURE for i in rivals):
            refused.add(name)
        elif not contradicts(table, index, noun.column(name).kind):
            sure[index] = name
    return sure


def _unsure(
    table: Table,
    noun: Noun,
    scores: Mapping[int, Mapping[str, float]],
    sure: Mapping[int, str],
    known: Known,
) -> dict[int, tuple[str, ...]]:
    """The other headings that may mean a column which nothing else does, and which ones."""
    free = [column for column in noun.columns if column.name not in sure.values()]
    found: dict[int, tuple[str, ...]] = {}
    for index in scores:
        if index in sure:
            continue
        kinds = kinds_in(table, index, known)
        ranked = sorted(
            ((_chance(column, scores[index][column.name], kinds), column.name) for column in free),
            key=lambda each: -each[0],
        )
        likely = [name for score, name in ranked if score >= LIKELY]
        if likely:
            found[index] = tuple(likely[:OPTIONS])
    return found


def _chance(column: Column, by_name: float, kinds: set[Kind]) -> float:
    named = Kind.ACCOUNT in kinds and column.kind is Kind.TEXT and column.required
    return max(by_name, BY_CONTENT if column.kind in kinds or named else 0.0)


def nouns_of(
    table: Table, nouns: Iterable[Noun], name: str = "", known: Known | None = None
) -> list[Recognised]:
    """What a table may be of, the likeliest first; only the first when that is clear."""
    found = []
    for noun in nouns:
        each = recognise(table, noun, known)
        named = any(folded(title) in folded(f"{name} {table.sheet}") for title in _titles(noun))
        found.append((each.score + PER_NOUN_NAME * named, each))
    ranked = sorted(found, key=lambda each: -each[0])
    best = ranked[0]
    clear = len(ranked) == 1 or best[0] - ranked[1][0] >= NOUN_LEAD
    if clear and best[1].sure and not (set(best[1].missing) - _likely(best[1])):
        return [best[1]]
    return [each for _score, each in ranked]


def _titles(noun: Noun) -> tuple[str, ...]:
    return tuple(noun.titles.values())


def _likely(found: Recognised) -> set[str]:
    return {name for names in found.unsure.values() for name in names}
