"""Names of accounts: folding them for comparison, and finding one by what people type."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from storage.accounts import Sighting

NOISE = re.compile(r"[\W_]+")
LEGAL = re.compile(
    r"(?:股份)?有限(?:责任)?公司$|集团$|公司$"
    r"|[\s,]+(?:co|corp|corporation|inc|ltd|limited|llc|gmbh|plc|company|group)\.?$",
    re.IGNORECASE,
)
MORE = re.compile(
    r"[^\W了见谈说去和跟的很不要想给对在来到]{0,4}?"
    r"(?:集团|(?:总|分|子)?公司|总?分?医院|[一二三四五六七八九十东西南北总分]院|院区|大学|学校|中心"
    r"|研究所|银行|酒店|诊所|卫生院|门诊部|(?:分|总)部|总?分?店|厂|科技|实业)"
)
HAN = re.compile(r"[\u3400-\u9fff]")
NUMERALS = re.compile(r"[0-9]+|[〇零一二三四五六七八九十百千两]+")
ROMAN = re.compile(r"\b[IVX]+\b", re.IGNORECASE)
LIKELY = 78.0
CERTAIN = 88.0
LEAD = 6.0
PART = 0.9
INSIDE = 85.0
INITIALS = 3
LONG = 6
"""From how many letters on a name with one slip of the finger is still that name."""
LONGEST_NAME = 120


def fold(name: str) -> str:
    """The letters and digits alone, in one width and case: what names are compared by."""
    return NOISE.sub("", unicodedata.normalize("NFKC", name).casefold())


def name_begun(text: str) -> tuple[str, str]:
    """The beginning of a text that may go on with a Chinese name before it, and the rest."""
    found = MORE.match(text)
    return (found[0], text[found.end() :]) if found else ("", text)


def keys(name: str, aliases: Iterable[str] = ()) -> dict[str, bool]:
    """Every folded way to write an account's name, and whether it is by its sound (pinyin)."""
    written = [name, *aliases]
    short = [stripped for each in written if (stripped := without_legal_form(each)) != each]
    found = {fold(each): False for each in (*written, *short)}
    for each in (*written, *short):
        for sound in _sounds(each):
            found.setdefault(sound, True)
    found.pop("", None)
    return found


def without_legal_form(name: str) -> str:
    """A company's name as it is said: without Ltd, 有限公司 and the like."""
    return LEGAL.sub("", name.strip()).strip(" ,.") or name


def _sounds(name: str) -> Sequence[str]:
    """Pinyin and, when long enough to mean something, its initials."""
    if not HAN.search(name):
        return ()
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - 50 MB, needed by Chinese names only

    sound = fold("".join(lazy_pinyin(name)))
    initials = fold("".join(lazy_pinyin(name, style=Style.FIRST_LETTER)))
    return (sound, initials) if len(initials) >= INITIALS else (sound,)


@dataclass(frozen=True)
class Match:
    """Which accounts a name may mean: one when certain, else the likeliest first."""

    accounts: tuple[Sighting, ...]
    certain: bool


def exact(name: str, sightings: Iterable[Sighting]) -> Match:
    """Accounts that are written just so; one's own before the team's before the others'.

    Whoever is named so comes before who is called so for short: Acme is not Acme Inc.
    """
    folded = fold(name)
    found = [s for s in sightings if s.key == folded]
    named = [s for s in found if fold(s.name) == folded]
    within = [s for s in named if s.mine or s.open]
    best = _nearest(within or [s for s in found if not s.sound] or found)
    best = [s for s in best if s in named] or best
    return Match(tuple(best[:3]), certain=len(best) == 1)


def alike(
    name: str, sightings: Sequence[Sighting], limit: int = 3, *, strict: bool = False
) -> Match:
    """Accounts that are written nearly so; when strict, only a slip of the finger is certain."""
    folded = fold(name)
    best: dict[int, tuple[float, Sighting]] = {}
    for index, score in _likenesses(folded, sightings):
        sighting = sightings[index]
        if score > best.get(sighting.id, (0.0, sighting))[0]:
            best[sighting.id] = (score, sighting)
    ranked = sorted(best.values(), key=lambda found: (-found[0], not found[1].mine))
    certain = (
        bool(ranked)
        and ranked[0][0] >= CERTAIN
        and (len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= LEAD)
        and _same(name, ranked[0][1], strict=strict)
    )
    kept = ranked[: 1 if certain else limit]
    return Match(tuple(sighting for _, sighting in kept), certain)


def ranked(text: str, sightings: Sequence[Sighting], limit: int) -> list[Sighting]:
    """The accounts that the beginning of a name, or some of its words, may mean, best first."""
    folded, words = fold(text), [*filter(None, map(fold, text.split()))]
    scores: dict[int, float] = {}
    for index, score in _likenesses(folded, sightings):
        scores[index] = max(score, scores.get(index, 0.0))
    best: dict[int, tuple[tuple[float, ...], Sighting]] = {}
    for index, each in enumerate(sightings):
        score = scores.get(index, 0.0)
        if closeness := _closeness(folded, words, each, score):
            rank = (closeness, not each.mine, -score, len(each.name))
            best[each.id] = min(best.get(each.id, (rank, each)), (rank, each), key=_rank)
    found = sorted(best.values(), key=lambda one: (one[0], one[1].name, one[1].id))
    return [each for _rank_of_it, each in found[:limit]]


def _rank(found: tuple[tuple[float, ...], Sighting]) -> tuple[float, ...]:
    return found[0]


def _closeness(folded: str, words: Sequence[str], sighting: Sighting, score: float) -> int:
    """How near a text is to a name, 1 the nearest; 0 when it is not. Its sound counts for less."""
    key = sighting.key
    begun = key.startswith(folded)
    if sighting.sound:
        far = score or (len(folded) >= INITIALS and folded in key)
        return 5 if key == folded else 6 if begun else 7 if far else 0
    if key == folded:
        return 1
    if begun or _begins_words(words, sighting.name):
        return 2
    return 3 if folded in key else 4 if score else 0


def _begins_words(begun: Sequence[str], name: str) -> bool:
    """Whether each of these begins a word of a name: “har bl” those of Blue Harbor."""
    words = [fold(each) for each in name.split()]
    return all(any(word.startswith(each) for word in words) for each in begun)


def _likenesses(folded: str, sightings: Sequence[Sighting]) -> Iterator[tuple[int, float]]:
    """Which are alike, 0 to 100; a part of a name counts for less than all of it misspelt."""
    if len(folded) < 2:  # noqa: PLR2004
        return
    keys = ["" if each.sound and len(each.key) <= INITIALS else each.key for each in sightings]
    written = ["" if each.sound else each.key for each in sightings]
    for _key, score, index in process.extract(
        folded, keys, scorer=fuzz.ratio, score_cutoff=LIKELY, limit=None
    ):
        yield index, score
    for _key, score, index in process.extract(
        folded,
        [key[: len(folded)] for key in written],
        scorer=fuzz.ratio,
        score_cutoff=LIKELY / PART,
        limit=None,
    ):
        yield index, PART * score
    yield from ((index, INSIDE) for index, key in enumerate(written) if folded in key)


def _same(name: str, sighting: Sighting, *, strict: bool) -> bool:
    """Whether a likeness may be taken for the name without asking.

    Not by its sound, nor with other numbers: Plant 13 is not Plant 3, nor 第六 第一. When strict,
    only with one letter wrong, and not the first of a word: Right is not Bright.
    """
    folded = fold(name)
    if sighting.sound or NUMERALS.findall(folded) != NUMERALS.findall(sighting.key):
        return False
    if not strict:
        return True
    slips = [at for _edit, at, _to in Levenshtein.editops(folded, sighting.key).as_list()]
    begins = {len(fold(name[: found.start()])) for found in re.finditer(r"\b\w", name)}
    return (
        len(slips) == 1
        and len(folded) >= LONG
        and folded.isascii()
        and slips[0] not in begins
        and not ROMAN.search(name)
    )


def _nearest(found: Sequence[Sighting]) -> list[Sighting]:
    """Each account once; only one's own where there are any, else only open ones."""
    once = list({sighting.id: sighting for sighting in found}.values())
    for wanted in ([s for s in once if s.mine], [s for s in once if s.open]):
        if wanted:
            return wanted
    return once
