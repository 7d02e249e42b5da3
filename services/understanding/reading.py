"""Reading a text as one time or one period, as an answer to a question is read."""

from dataclasses import replace
from datetime import datetime, time
from typing import Final

from services.times import instant, wall
from services.understanding.days import Ago
from services.understanding.facts import Grain, Moment, Period, Scene, Toward
from services.understanding.lexer import tokens
from services.understanding.other_languages import read_month_name
from services.understanding.plain import Plain
from services.understanding.said import Said
from services.understanding.times import TimeSpan, find_times

LONGEST: Final = 4_000
END_OF_WORK: Final = time(18)
LONGEST_ANSWER: Final = 100
LEADING: Final = frozenset(
    "in on at by for the due before until till from of around about @ , . ! ( )"
    " 。 在 于 到 等 是 的 前 就".split()
)
BETWEEN: Final = frozenset(("after", "before", "of", "from", "or", "或", "者", "还"))
OF_TIME: Final = frozenset(
    "number decimal several ordinal tens weekday weekdays month unit relative ordinal_mark"
    " shift".split()
)


def read_time(
    text: Plain, scene: Scene, toward: Toward = Toward.FUTURE, *, instant: bool = False
) -> Moment | None:
    """The one time in a text, or None; as an instant, days from now keep the wall's clock."""
    span = _one(text, scene)
    found = span.moment(scene, toward) if span else None
    if found and span and instant and span.deadline and found.grain is Grain.DAY:
        return _at(found, datetime.combine(found.local.date(), END_OF_WORK), scene)
    if found and span and instant and found.grain is Grain.DAY:
        offset = isinstance(span.said.day, Ago) and _is_all(text, span)
        return _at_this_time(found, scene) if offset else None
    return found


def read_whole(text: Plain, scene: Scene) -> TimeSpan | None:
    """The time that all of a text is, but for small words that lead to it."""
    if len(text.text) > LONGEST_ANSWER:
        return None
    for span in find_times(text, scene, weak=True):
        if _is_all(text, span):
            return span
    return _elsewhere(text)


def _is_all(text: Plain, span: TimeSpan) -> bool:
    """Whether nothing else is said."""
    around = tokens(text.text)
    rest = [each for each in around if each.end <= span.start or each.start >= span.end]
    return all(each.text in LEADING for each in rest)


def _elsewhere(text: Plain) -> TimeSpan | None:
    """A date with a month's name in another language."""
    day = read_month_name(text.text.strip())
    return TimeSpan(0, len(text.text), Said(day=day)) if day else None


def _at_this_time(found: Moment, scene: Scene) -> Moment:
    now = wall(scene.now, scene.zone)
    return _at(found, datetime.combine(found.local.date(), now.time()), scene)


def _at(found: Moment, local: datetime, scene: Scene) -> Moment:
    at, moved = instant(local, scene.zone)
    local = wall(at, scene.zone)
    return replace(
        found, local=local, grain=Grain.MINUTE, at=at.astimezone(scene.zone), moved=moved
    )


def read_period(text: Plain, scene: Scene) -> Period | None:
    """The one period in a text, or None."""
    span = _one(text, scene)
    return span.period(scene) if span else None


def _one(text: Plain, scene: Scene) -> TimeSpan | None:
    """The time that a text names; of 3 mars 2026 the grammar knows but the year."""
    span = _only(text, scene)
    return span if span and _is_all(text, span) else _elsewhere(text) or span


def _only(text: Plain, scene: Scene) -> TimeSpan | None:
    """The time that a text names; of several, the longest, if nothing else comes near."""
    if len(text.text) > LONGEST:
        return None
    spans = find_times(text, scene, weak=True)
    if len(spans) > 1:
        strong = find_times(text, scene)
        spans = strong or spans
    best = max(spans, key=lambda each: each.end - each.start, default=None)
    return None if best is None or _is_part(text, best) else best


def _is_part(text: Plain, span: TimeSpan) -> bool:
    """Whether a word about time beside it was not understood: two Fridays from now."""
    around = tokens(text.text)
    before = [token for token in around if token.end <= span.start][::-1]
    after = [token for token in around if token.start >= span.end]
    for beside in (before, after):
        near = [token for n, token in enumerate(beside[:2]) if n or token.text not in BETWEEN]
        if near and near[0].kind in OF_TIME:
            return True
    glued = (text.text[span.start - 1 : span.start], text.text[span.end : span.end + 1])
    return any(each in {"-", "/"} for each in glued)
