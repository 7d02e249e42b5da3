"""People, units and groups by what others call them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from services.names import HAN, fold

LIKELY = 70.0
OFFERED = 5
BEGUN = 95.0
INSIDE = 85.0
LONG = 6
"""From how many letters on a name with one letter wrong is still that name."""
GIVEN = 3
"""A Chinese name of three characters is often called by its last two."""
REMEMBERED = 20_000


@dataclass(frozen=True)
class Named:
    """Something that has a name; ``beside`` is what tells it from its namesakes.

    ``code`` is another name for it, which is its alone.
    """

    id: int
    name: str
    code: str = ""
    beside: str = ""


@dataclass(frozen=True)
class Found:
    """What a text may mean: one when certain, else the likeliest first."""

    those: tuple[Named, ...] = ()
    certain: bool = False


def meant(text: str, known: Sequence[Named], limit: int = OFFERED) -> Found:
    """Which one is written so; or sounds so, or is called so for short; or is nearly so."""
    if exact := written(text, known):
        return Found(exact[:limit], certain=len(exact) == 1)
    near = _alike(fold(text), known)
    certain = bool(near) and _is_slip(fold(text), near)
    return Found(tuple(each for _score, each in near[: 1 if certain else limit]), certain)


def written(text: str, known: Sequence[Named]) -> tuple[Named, ...]:
    """Those who are called exactly this: by the whole name or code before a part or its sound."""
    wanted = fold(text)
    if not wanted:
        return ()
    for spellings in (_whole, _short):
        if found := tuple(each for each in known if wanted in spellings(each)):
            return found
    return ()


def begun(text: str, known: Sequence[Named], limit: int) -> list[Named]:
    """Those who may be meant by what was typed so far, best first."""
    exact = written(text, known)
    near = [each for _score, each in _alike(fold(text), known) if each not in exact]
    return [*exact, *near][:limit]


def told_apart(several: Sequence[Named]) -> list[tuple[Named, str, str]]:
    """Each with what to add to its name, none where the name says it, and a mark of its own.

    The mark is only there where neither says it.
    """
    names = [fold(each.name) for each in several]
    both = [fold(each.name + each.beside) for each in several]
    return [
        (
            each,
            each.beside if names.count(name) > 1 else "",
            (each.code or f"#{each.id}") if both.count(with_it) > 1 else "",
        )
        for each, name, with_it in zip(several, names, both, strict=True)
    ]


def _whole(each: Named) -> frozenset[str]:
    written = (each.name, each.code, each.name + each.beside, each.beside + each.name)
    return frozenset(map(fold, written))


def _short(each: Named) -> frozenset[str]:
    return _parts(each.name).union(_sounds(each.name))


@lru_cache(REMEMBERED)
def _parts(name: str) -> frozenset[str]:
    """The words of a name; of a Chinese one what follows the family name."""
    parts = {fold(word) for word in name.split()}
    if len(name) == GIVEN and HAN.fullmatch(name[0]):
        parts.add(fold(name[1:]))
    return frozenset(parts - {""})


@lru_cache(REMEMBERED)
def _sounds(name: str) -> tuple[str, ...]:
    """The pinyin of a Chinese name, and its initials."""
    if not HAN.search(name):
        return ()
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - 50 MB, needed by Chinese names only

    sound = fold("".join(lazy_pinyin(name)))
    return sound, fold("".join(lazy_pinyin(name, style=Style.FIRST_LETTER)))


def _alike(wanted: str, known: Sequence[Named]) -> list[tuple[float, Named]]:
    """Those whose name begins with this, has it inside, or is spelt nearly so; best first."""
    if not wanted:
        return []
    scores: dict[int, float] = {}
    keys = [fold(each.name) for each in known]
    for index, each in enumerate(known):
        if any(part.startswith(wanted) for part in (keys[index], *_parts(each.name))):
            scores[index] = BEGUN
        elif wanted in keys[index] or any(s.startswith(wanted) for s in _sounds(each.name)):
            scores[index] = INSIDE
    parts = [(index, part) for index, each in enumerate(known) for part in _parts(each.name)]
    spellings = [*enumerate(keys), *parts]
    found = process.extract(
        wanted,
        [spelling for _index, spelling in spellings],
        scorer=fuzz.ratio,
        score_cutoff=LIKELY,
        limit=None,
    )
    for _key, score, place in found:
        index = spellings[place][0]
        scores[index] = max(score, scores.get(index, 0.0))
    ranked = sorted(scores.items(), key=lambda one: (-one[1], keys[one[0]], known[one[0]].id))
    return [(score, known[index]) for index, score in ranked]


def _is_slip(wanted: str, near: Sequence[tuple[float, Named]]) -> bool:
    """Whether the first is meant though misspelt: long, one letter off, and no other is near."""
    name = fold(near[0][1].name)
    return (
        len(near) == 1
        and len(wanted) >= LONG
        and wanted[0] == name[0]
        and not name.startswith(wanted)
        and Levenshtein.distance(wanted, name) == 1
    )
