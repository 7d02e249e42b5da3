"""Times in a text: where they stand, and which moments and periods they are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from services.understanding.days_within import DayOf
from services.understanding.facts import Moment, Period, Scene, Spotted, Toward
from services.understanding.grammar import rules_at
from services.understanding.lexer import Token, tokens
from services.understanding.plain import Plain
from services.understanding.resolving import moment_of, period_of
from services.understanding.rules.ranges import ranged
from services.understanding.said import Said, Tokens

END: Final = 8
"""How far a rule may look beyond the text."""
LONGEST: Final = 4_000
MOST: Final = 64
"""How many times a text may hold; a machine wrote one that holds more."""
IMPOSSIBLE: Final = (ValueError, OverflowError, LookupError)
"""31 June, 下午25点, ten thousand years ago."""
BY: Final = frozenset(("by", "before", "until", "till", "til", "latest"))
BEFORE: Final = frozenset(("前", "之前", "以前", "内", "之内", "以内"))
BEGINS: Final = frozenset(("before", "until", "till", "til", "前", "之前", "以前"))
"""Before next week is before it begins; by next week may be within it."""


@dataclass(frozen=True)
class TimeSpan(Spotted):
    """Words about time, not yet read into the past or the future."""

    said: Said
    deadline: bool = False
    """Whether it is the latest time: by Friday, 月底前."""

    @property
    def rule(self) -> str:
        """How it comes again, as RFC 5545 writes it; empty when it comes once."""
        return self.said.repeat.rule if self.said.repeat else ""

    @property
    def vague(self) -> bool:
        """Whether only a week, month or longer was said."""
        return self.said.day is None and self.said.span is not None

    def moment(self, scene: Scene, toward: Toward) -> Moment | None:
        """The point in time, or None where the words name none."""
        said = self.said
        if self.deadline and self.vague and said.span:
            said = replace(said, day=DayOf(-1, said.span))
        try:
            return moment_of(said, scene, toward)
        except IMPOSSIBLE:
            return None

    def period(self, scene: Scene, toward: Toward | None = None) -> Period | None:
        """The days from one on until before another, or None where the words name no period."""
        try:
            return period_of(self.said, scene, toward)
        except IMPOSSIBLE:
            return None


def find_times(
    text: Plain, scene: Scene, hidden: Sequence[Spotted] = (), *, weak: bool = False
) -> list[TimeSpan]:
    """Every time in a text, from left to right; nothing is read inside what is hidden.

    Words that usually mean something else (may, sat, 两点) count only where asked for. Of a text
    longer than anyone types its beginning is read.
    """
    del scene
    t = _words(text, hidden)
    spans: list[TimeSpan] = []
    i = 0
    while i < len(t) - END and len(spans) < MOST:
        read = ranged(t, i) if rules_at(t[i]) else None
        if read is None or (read[0].weak and not weak):
            i += 1
            continue
        said, after = read
        deadline = _is_deadline(t, i, said, after)
        after += t[after].text in BEFORE
        spans.append(TimeSpan(t[i].start, t[after - 1].end, said, deadline))
        i = after
    return spans


def _words(text: Plain, hidden: Sequence[Spotted]) -> Tokens:
    """The words that are read, and some more beyond their end for rules that look ahead."""
    read_to = min(len(text.text), LONGEST)
    inside = [each for each in hidden if each.start < read_to]
    walls = [Spotted(each.start, min(each.end, read_to)) for each in inside]
    end = Token("end", None, "", read_to, read_to, spaced=True)
    return Tokens([*tokens(text.text[:read_to], walls), *([end] * END)])


def _is_deadline(t: Tokens, i: int, said: Said, j: int) -> bool:
    """Whether words beside it make it the latest time; before June is before that begins."""
    before, after = t[i - 1].text if i else "", t[j].text
    if said.day is None and (before in BEGINS or after in BEGINS):
        return False
    return before in BY or after in BEFORE
