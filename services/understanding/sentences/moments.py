"""When it happened and when the next step is due: which time belongs to what."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from services.times import instant, wall
from services.understanding.facts import Grain, Moment, Scene
from services.understanding.sentences.clause_sense import ends_with_follow, is_bare
from services.understanding.sentences.clauses import Clause
from services.understanding.sentences.lexicon import Tags
from services.understanding.sentences.next_steps import Case, points
from services.understanding.sentences.tag_groups import ACTIVE, NEXT, TASK
from services.understanding.sentences.timed import Timed, timed
from services.understanding.sentences.told_ahead import is_told_ahead
from services.understanding.times import TimeSpan

CLOSED: Final[Tags] = frozenset(("to_won", "to_lost", "to_proposal", "won", "lost"))
THEN: Final = 20
WHEN_SO: Final = frozenset("到时候 到时 届时".split())
AROUND: Final = frozenset("前后")
LASTING: Final = frozenset("到 至".split())
ENOUGH: Final = 20
BESIDE: Final = 4
"""What a time is worth less in a clause that it only stands beside."""
Found = tuple[Moment, Timed] | tuple[None, None]


class Moments:
    """Weighs the times of one text."""

    def __init__(
        self, text: str, clauses: Sequence[Clause], spans: Sequence[TimeSpan], scene: Scene
    ) -> None:
        self.text = text
        self.clauses = clauses
        self.scene = scene
        self.reminded = any("remind" in clause.tags for clause in clauses)
        self.times = timed(text, clauses, spans, scene)

    def bare_future(self) -> frozenset[int]:
        """The clauses that are nothing but a time that lies ahead."""
        return frozenset(
            each.clause
            for each in self.times
            if each.future and is_bare(self.clauses[each.clause])
        )

    def follow_up(self) -> Found:
        """The time of the next step."""
        best: tuple[int, Moment, Timed] | None = None
        for each in self.times:
            if each.past or each.ahead is None or self._is_told_ahead(each):
                continue
            score = self._score(each)
            if score >= ENOUGH and (best is None or score > best[0]):
                best = (score, each.ahead, each)
        return (self._with_clock(best[1], best[2]), best[2]) if best else (None, None)

    def _with_clock(self, moment: Moment, found: Timed) -> Moment:
        """A day with the time of day that is said beside it: 明天约了张小姐，下午三点."""
        if moment.grain is not Grain.DAY or found.span.vague:
            return moment
        for each in self.times:
            near = abs(each.clause - found.clause) <= 1 and is_bare(self.clauses[each.clause])
            said = each.span.said
            if near and said.day is None and said.span is None and said.clock and each.ahead:
                return self._at(moment, each.ahead)
        return moment

    def _at(self, day: Moment, clock: Moment) -> Moment:
        local = datetime.combine(day.local.date(), clock.local.time())
        at, moved = instant(local, self.scene.zone)
        wall_time = wall(at, self.scene.zone)
        return Moment(wall_time, clock.grain, at.astimezone(self.scene.zone), moved)

    def _score(self, each: Timed) -> int:
        clause = self.clauses[each.clause]
        if self._leads_to_another(each) or self._is_until(each) or self._is_of_done(each):
            return 0
        if is_bare(clause) and not ends_with_follow(clause):
            return self._inherited(each)
        return self._points(each, each.clause) + THEN * self._is_meant_next(each)

    def _leads_to_another(self, each: Timed) -> bool:
        """Whether another time says it more exactly: 国庆后10月9日."""
        after = each.span.end + 1
        near = any(other.span.start == after for other in self.times)
        return near and self.text[after - 1] in AROUND

    def _is_until(self, each: Timed) -> bool:
        """Whether it stands alone after what lasts until then: 出差到2月5号."""
        clause = self.clauses[each.clause]
        before = self.clauses[each.clause - 1] if each.clause else None
        return (
            clause.soft
            and is_bare(clause)
            and before is not None
            and before.pieces[-1].text in LASTING
        )

    def _is_of_done(self, each: Timed) -> bool:
        """Whether the rest of what was said tells what was done then: 周末在展会上碰到了他."""
        after = self.clauses[each.clause + 1 : each.clause + 2]
        here = self.clauses[each.clause]
        return (
            each.clause == 0
            and here.tags.isdisjoint(NEXT | TASK | {"done", "booked", "plan"})
            and any(c.soft and "done" in c.tags and c.tags & ACTIVE for c in after)
        )

    def _points(self, each: Timed, at: int) -> int:
        return points(Case(each, self.clauses, at, self.reminded))

    def _inherited(self, each: Timed) -> int:
        around = [k for k in (each.clause - 1, each.clause + 1) if 0 <= k < len(self.clauses)]
        return max((self._points(each, k) for k in around), default=0) - BESIDE

    def _is_meant_next(self, each: Timed) -> bool:
        """Whether the next clause tells what is to be done then: 月底前搞好，到时候复尺."""
        after = self.clauses[each.clause + 1 : each.clause + 2]
        return any(
            clause.pieces[0].text in WHEN_SO and clause.has(NEXT | TASK | ACTIVE)
            for clause in after
        )

    def happened(self, taken: Timed | None) -> Found:
        """The time of what was done."""
        best: tuple[int, Moment, Timed] | None = None
        for each in self.times:
            if self._is_told_ahead(each) and each.ahead:
                return each.ahead, each
            open_ = each.span.deadline or each.span.vague or each.future
            if each is taken or open_ or each.behind is None:
                continue
            score = self._past_score(each)
            if score > 0 and (best is None or score > best[0]):
                best = (score, each.behind, each)
        return (best[1], best[2]) if best else (None, None)

    def _is_told_ahead(self, each: Timed) -> bool:
        return is_told_ahead(each, self.clauses[each.clause])

    def _past_score(self, each: Timed) -> int:
        tags = self.clauses[each.clause].tags
        if "send" in tags and tags.isdisjoint({"done", "visit", "event"}) and not each.past:
            return 0
        score = 10 * each.past + 10 * ("done" in tags) + 8 * (each.clause == 0)
        if tags & (ACTIVE | CLOSED):
            score += 20
        elif self._is_of_earlier(each):
            score += 18
        return score - 25 * bool(tags & (NEXT | {"close", "booked"}))

    def _is_of_earlier(self, each: Timed) -> bool:
        """Whether it may be the time of what was told before it."""
        loose = each.past or each.today or is_bare(self.clauses[each.clause])
        return loose and any(clause.tags & ACTIVE for clause in self.clauses[: each.clause])
