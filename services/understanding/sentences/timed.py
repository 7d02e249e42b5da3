"""Times in their clauses, each read into the past and into the future."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from services.times import wall
from services.understanding.facts import Grain, Moment, Scene, Toward
from services.understanding.sentences.clauses import Clause
from services.understanding.times import TimeSpan

WEEK: Final = 7


@dataclass(frozen=True)
class Timed:
    """A time, the clause that it stands in, and how it lies to now."""

    span: TimeSpan
    clause: int
    said: str
    ahead: Moment | None
    behind: Moment | None
    past: bool
    """Whether it can only have been."""
    future: bool
    """Whether it can only be to come."""
    today: bool
    long: bool
    """Whether more than a week is meant: next month, 下半年."""

    @property
    def has_clock(self) -> bool:
        """Whether a time of day was said, as people do of what they have arranged."""
        return self.ahead is not None and self.ahead.grain is not Grain.DAY

    @property
    def has_hour(self) -> bool:
        """Whether an hour was said: she wants to sign Thursday at 11."""
        return self.ahead is not None and self.ahead.grain is Grain.MINUTE


def timed(
    text: str, clauses: Sequence[Clause], spans: Sequence[TimeSpan], scene: Scene
) -> list[Timed]:
    """The times that stand in a clause, from left to right."""
    now = wall(scene.now, scene.zone)
    return [found for span in spans if (found := _timed(text, clauses, span, scene, now))]


def _timed(
    text: str, clauses: Sequence[Clause], span: TimeSpan, scene: Scene, now: datetime
) -> Timed | None:
    clause = next(
        (k for k, each in enumerate(clauses) if each.start <= span.start < each.end), None
    )
    if clause is None:
        return None
    ahead = span.moment(scene, Toward.FUTURE)
    behind = span.moment(scene, Toward.PAST)
    period = span.period(scene, Toward.FUTURE) if span.vague else None
    return Timed(
        span=span,
        clause=clause,
        said=text[span.start : span.end],
        ahead=ahead,
        behind=behind,
        past=ahead is not None and _is_before(ahead, now),
        future=all(each is None or _is_after(each, now) for each in (ahead, behind)),
        today=behind is not None and behind.local.date() == now.date(),
        long=period is not None and (period.end - period.start).days > WEEK,
    )


def _is_before(moment: Moment, now: datetime) -> bool:
    if moment.grain is Grain.MINUTE:
        return moment.local < now
    return moment.local.date() < now.date()


def _is_after(moment: Moment, now: datetime) -> bool:
    if moment.grain is Grain.DAY:
        return moment.local.date() > now.date()
    return moment.local > now
