"""Names of accounts: folding them for comparison, and finding one by what people type."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from storage.accounts import Sighting

NOISE = re.compile(r"[\W_]+")
LEGAL = re.compile(
    r"(?:股份)?有限(?:责任)?公司$|集团$|公司$"
    r"|[\s,]+(?:co|corp|corporation|inc|ltd|limited|llc|gmbh|plc|company|group)\.?$",
    re.IGNORECASE,
)
HAN = re.compile(r"[\u3400-\u9fff]")
LIKELY = 78.0
CERTAIN = 88.0
LEAD = 6.0
INITIALS = 3


def fold(name: str) -> str:
    """The letters and digits alone, in one width and case: what names are compared by."""
    return NOISE.sub("", unicodedata.normalize("NFKC", name).casefold())


def keys(name: str, aliases: Iterable[str] = ()) -> dict[str, bool]:
    """Every folded way to write an account's name, and whether it is by its sound (pinyin)."""
    written = [name, *aliases]
    short = [stripped for each in written if (stripped := _without_legal_form(each)) != each]
    found = {fold(each): False for each in (*written, *short)}
    for each in (*written, *short):
        for sound in _sounds(each):
            found.setdefault(sound, True)
    found.pop("", None)
    return found


def _without_legal_form(name: str) -> str:
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
    """Accounts that are written just so; one's own before the team's before the others'."""
    folded = fold(name)
    found = [s for s in sightings if s.key == folded]
    best = _nearest([s for s in found if not s.sound] or found)
    return Match(tuple(best[:3]), certain=len(best) == 1)


def alike(name: str, sightings: Iterable[Sighting], limit: int = 3) -> Match:
    """Accounts that are written nearly so."""
    folded = fold(name)
    scores: dict[int, tuple[float, Sighting]] = {}
    for sighting in sightings:
        score = _likeness(folded, sighting)
        if score >= LIKELY and score > scores.get(sighting.id, (0.0, sighting))[0]:
            scores[sighting.id] = (score, sighting)
    ranked = sorted(scores.values(), key=lambda found: (-found[0], not found[1].mine))
    certain = (
        bool(ranked)
        and ranked[0][0] >= CERTAIN
        and (len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= LEAD)
    )
    kept = ranked[: 1 if certain else limit]
    return Match(tuple(sighting for _, sighting in kept), certain)


def _likeness(folded: str, sighting: Sighting) -> float:
    """0 to 100; a part of the name counts for less than the whole name misspelt."""
    if len(folded) < 2 or (sighting.sound and len(sighting.key) <= INITIALS):  # noqa: PLR2004
        return 0.0
    whole = fuzz.ratio(folded, sighting.key)
    part = 0.9 * fuzz.ratio(folded, sighting.key[: len(folded)]) if not sighting.sound else 0.0
    inside = 85.0 if folded in sighting.key and not sighting.sound else 0.0
    return max(whole, part, inside)


def _nearest(found: Sequence[Sighting]) -> list[Sighting]:
    """Each account once; only one's own where there are any, else only open ones."""
    once = list({sighting.id: sighting for sighting in found}.values())
    for wanted in ([s for s in once if s.mine], [s for s in once if s.open]):
        if wanted:
            return wanted
    return once
