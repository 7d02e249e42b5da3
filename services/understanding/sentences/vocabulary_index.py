"""The company's own names, so arranged that a text can be searched for all of them at once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from services.understanding.facts import Spotted, Vocabulary
from services.understanding.plain import plain
from services.understanding.sentences.traditional import simplified

Role = Literal["account", "contact", "product", "competitor", "person", "brand", "opaque"]
NOISE = re.compile(r"[\W_]+")
LEGAL = re.compile(
    r"(?:(?:股份)?有限(?:责任)?公司|股份公司|集团|公司)$"
    r"|[\s,.]+(?:co|corp|corporation|inc|ltd|limited|llc|gmbh|plc|company|group|ag|sa|bv)\.?$"
)
PREFIX = 2
NEARLY = 88.0
LEAD = 5.0
LONG = 5
"""From how many letters on a name with a slip of the finger is still that name."""
SHORTEST_PART = 2
ALNUM = re.compile(r"[a-z0-9]")


@dataclass(frozen=True)
class Spot(Spotted):
    """A name that stands in a text, and whose it is."""

    role: Role
    known: str = ""
    title: str = ""


@dataclass(frozen=True)
class Index:
    """Names by how they begin, and by their letters alone."""

    beginnings: dict[str, tuple[tuple[str, Role, str], ...]]
    accounts: dict[str, str]
    """What the company calls each account, by its folded name, with and without legal form."""

    def spots(self, text: str) -> list[Spot]:
        """Every known name in a text, the longest where several begin."""
        found: list[Spot] = []
        if not self.beginnings:
            return found
        at = 0
        while at < len(text):
            spot = self._at(text, at)
            if spot:
                found.append(spot)
            at = spot.end if spot else at + 1
        return found

    def _at(self, text: str, at: int) -> Spot | None:
        for name, role, known in self.beginnings.get(text[at : at + PREFIX], ()):
            end = at + len(name)
            if text.startswith(name, at) and _whole(text, at, end):
                return Spot(at, end, role, known)
        return None

    def account(self, text: str) -> tuple[str, bool]:
        """What the company calls an account that was typed so or nearly so, and if surely."""
        if not self.accounts:
            return "", True
        key = fold(text)
        known = self.accounts.get(key) or self.accounts.get(fold(_bare(text)))
        if known or len(key) < SHORTEST_PART:
            return known or "", True
        return self._nearly(key)

    def _nearly(self, key: str) -> tuple[str, bool]:
        holding = {known for name, known in self.accounts.items() if key in name}
        if len(holding) == 1 and not key.isascii():
            return holding.pop(), False
        if len(key) < LONG:
            return "", True
        found = process.extract(
            key, self.accounts.keys(), scorer=fuzz.ratio, score_cutoff=NEARLY - LEAD, limit=2
        )
        found = [each for each in found if self.accounts[each[0]] != self.accounts[found[0][0]]][
            :1
        ] + found[:1]
        if not found or found[-1][1] < NEARLY or len(found) > 1:
            return "", True
        name = found[-1][0]
        return self.accounts[name], Levenshtein.distance(key, name) <= 1


def fold(name: str) -> str:
    """The letters and digits alone, in one width and case."""
    return NOISE.sub("", simplified(plain(name)).text)


def _bare(name: str) -> str:
    lowered = simplified(plain(name)).text.strip()
    return LEGAL.sub("", lowered) or lowered


def _whole(text: str, start: int, end: int) -> bool:
    """Whether a name in Latin letters is no part of a longer word."""
    before = start > 0 and ALNUM.match(text[start]) and ALNUM.match(text[start - 1])
    after = end < len(text) and ALNUM.match(text[end - 1]) and ALNUM.match(text[end])
    return not before and not after


def _index(vocabulary: Vocabulary) -> Index:
    listed: list[tuple[Role, Sequence[str]]] = [
        ("account", vocabulary.accounts),
        ("competitor", vocabulary.competitors),
        ("product", vocabulary.products),
        ("contact", vocabulary.contacts),
    ]
    beginnings: dict[str, list[tuple[str, Role, str]]] = {}
    for role, names in listed:
        for known in names:
            name = " ".join(simplified(plain(known)).text.split())
            if len(name) >= PREFIX:
                beginnings.setdefault(name[:PREFIX], []).append((name, role, known))
    accounts: dict[str, str] = {}
    for known in vocabulary.accounts:
        accounts.setdefault(fold(known), known)
    for known in vocabulary.accounts:
        accounts.setdefault(fold(_bare(known)), known)
    accounts.pop("", None)
    longest_first = {
        prefix: tuple(sorted(names, key=lambda each: -len(each[0])))
        for prefix, names in beginnings.items()
    }
    return Index(longest_first, accounts)


EMPTY = Index({}, {})
_MOST = 64
_made: dict[int, tuple[Vocabulary, Index]] = {}


def index_of(vocabulary: Vocabulary) -> Index:
    """The names of a vocabulary, arranged once for each."""
    kept = _made.get(id(vocabulary))
    if kept and kept[0] is vocabulary:
        return kept[1]
    named = (vocabulary.accounts, vocabulary.contacts, vocabulary.products, vocabulary.competitors)
    if not any(named):
        return EMPTY
    if len(_made) >= _MOST:
        _made.clear()
    index = _index(vocabulary)
    _made[id(vocabulary)] = (vocabulary, index)
    return index
