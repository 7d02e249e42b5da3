"""What a message says, as facts: visits, calls, deals, reminders, questions, in one reading."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from services.understanding.amounts import AmountSpan, find_amounts
from services.understanding.facts import Facts, Intent, Name, Scene, Spotted, Vocabulary
from services.understanding.plain import Plain, plain
from services.understanding.sentences.called_off import is_off, puts_off, to_do_instead
from services.understanding.sentences.certainty import is_certain, unread
from services.understanding.sentences.clauses import split
from services.understanding.sentences.companies import Companies, Customer
from services.understanding.sentences.intents import Seen, purpose
from services.understanding.sentences.moments import Moments
from services.understanding.sentences.notes import Notes
from services.understanding.sentences.outcomes import outcome
from services.understanding.sentences.people import People, Person
from services.understanding.sentences.pieces import Kind, cut
from services.understanding.sentences.questions import is_question, question
from services.understanding.sentences.run import Run
from services.understanding.sentences.runs import Runs
from services.understanding.sentences.small_talk import is_small_talk
from services.understanding.sentences.spotting import spot
from services.understanding.sentences.stages import stage
from services.understanding.sentences.sums import value
from services.understanding.sentences.things import Things
from services.understanding.sentences.time_text import is_rest, timely
from services.understanding.sentences.timed import Timed
from services.understanding.sentences.to_do import to_do
from services.understanding.sentences.told_ahead import is_after_feast
from services.understanding.sentences.traditional import simplified
from services.understanding.sentences.vocabulary_index import index_of
from services.understanding.times import TimeSpan, find_times
from storage.kinds import Outcome

LONGEST: Final = 4_000
"""How many characters are read; nobody sends more, and what is beyond stays in the note."""
PERSON: Final = 2
MAYBE: Final = 1
CLOSED: Final = MappingProxyType({"won": Outcome.POSITIVE, "lost": Outcome.NEGATIVE})
HAPPENED: Final = frozenset((Intent.VISIT, Intent.CALL, Intent.DEAL))
STRONG: Final = 36


def understand(text: str, scene: Scene, vocabulary: Vocabulary = Vocabulary()) -> Facts:  # noqa: B008
    """Read a whole message; what it does not say stays empty."""
    return Reading(text.strip(), scene, vocabulary).facts()


class Reading:
    """One message while it is read."""

    def __init__(self, text: str, scene: Scene, vocabulary: Vocabulary) -> None:
        self.scene = scene
        self.vocabulary = vocabulary
        self.rest = text[LONGEST:]
        self.text: Plain = simplified(plain(text[:LONGEST]))
        self.index = index_of(vocabulary)
        names = spot(self.text, self.index)
        self.times: Sequence[TimeSpan] = [
            span
            for span in find_times(timely(self.text), scene, names)
            if not is_rest(self.text, span)
        ]
        self.amounts: Sequence[AmountSpan] = find_amounts(self.text, scene, [*names, *self.times])
        self.pieces = cut(self.text, _fixed(names, self.times, self.amounts))
        self.runs = Runs(self.text, self.pieces).all()
        self.people, self.customer = self._names()
        named = {k for run in self._name_runs() for k in range(run.first, run.last)}
        self.clauses = split(self.text, self.pieces, frozenset(named))

    def _names(self) -> tuple[list[Person], Customer | None]:
        people = People(self.text, self.pieces, self.runs).all()
        companies = Companies(self.text, self.pieces, self.runs, people, self.index)
        customer = companies.best()
        self.others = companies.beside(customer)
        if customer and customer.score >= STRONG:
            people = [
                person
                for person in people
                if person.strength >= PERSON
                or (person.run is not None and person.run != customer.run)
            ]
        else:
            people = [person for person in people if person.strength >= PERSON]
        return people, customer

    def _name_runs(self) -> list[Run]:
        runs = [person.run for person in self.people if person.run]
        return [*runs, self.customer.run] if self.customer and self.customer.run else runs

    def facts(self) -> Facts:
        if not self.clauses:
            return Facts(Intent.NOTE, note=(self.text.source + self.rest).strip())
        if is_small_talk(self.text):
            return Facts(Intent.SMALL_TALK, note=self.text.source.strip())
        if is_question(self.text, self.clauses):
            return self._question()
        return self._statement()

    def _question(self) -> Facts:
        asked = question(
            self.text,
            self.clauses,
            self.customer,
            self.times,
            self.scene,
            named=self._names_someone(),
        )
        return Facts(
            Intent.QUESTION,
            account=self.customer.name if self.customer else None,
            question=asked,
            evidence={"intent": self.text.source.strip()},
        )

    def _names_someone(self) -> bool:
        """Whether a colleague seems to be named, whose visits are asked about."""
        who = self.customer.run if self.customer else None
        return bool(self.people) or any(run != who and run.capital for run in self.runs)

    def _statement(self) -> Facts:
        moments = Moments(self.text.text, self.clauses, self.times, self.scene)
        future = frozenset(timed.clause for timed in moments.times if timed.future)
        judged, judged_by = outcome(self.clauses, future)
        reached, reached_by = stage(self.clauses, self.vocabulary, self.text.text, future)
        worth, worth_by = value(self.clauses, self.amounts)
        follow_up, following = moments.follow_up()
        off = [k for k in range(len(self.clauses)) if is_off(self.clauses, k)]
        if following and following.clause in off and not puts_off(self.clauses[following.clause]):
            follow_up, following = None, None
        happened, happening = moments.happened(following)
        if judged is None and reached is not None and reached in CLOSED:
            judged, judged_by = CLOSED[reached], reached_by
        contacts = self._contacts()
        seen = Seen(
            account=self.customer is not None,
            contacts=bool(contacts),
            outcome=judged is not None,
            stage=reached is not None,
            amount=worth is not None,
            follow_up=follow_up is not None,
            future=future,
            bare_future=moments.bare_future(),
            past=any(timed.past and not timed.span.vague for timed in moments.times),
            following=following.clause if following else None,
            off=off,
            placed=self._is_placed(future),
        )
        intent, activity, intent_by = purpose(self.clauses, seen)
        if following and is_after_feast(self.text.text, following.span):
            follow_up = None
        notes = Notes(self.text, self.clauses, self._used(worth_by), staged=reached is not None)
        things = Things(self.text, self.pieces, self.runs, self.people, self.customer)
        found = Facts(
            intent=intent,
            activity=activity,
            account=self.customer.name if self.customer else None,
            others=self.others,
            contacts=contacts,
            outcome=judged,
            note=(self.text.source.strip() if off else self._note(notes, intent)) + self.rest,
            next_step=self._next_step(following, off),
            happened=happened if intent in HAPPENED else None,
            follow_up=follow_up,
            stage=reached,
            amount=worth,
            product=things.product(),
            competitor=things.competitor(),
            sure=not off and not self.others and (self.customer is None or self.customer.sure),
            evidence=self._evidence(
                intent=intent_by,
                outcome=judged_by,
                stage=reached_by,
                amount=worth_by,
                follow_up=following,
                happened=happening,
            ),
        )
        return self._checked(found)

    def _next_step(self, following: Timed | None, off: Sequence[int]) -> str:
        if following is None:
            return ""
        if off and self.customer and puts_off(self.clauses[following.clause]):
            return to_do_instead(self.clauses, off, self.customer.name.best)
        return to_do(self.text, self.clauses, following)

    def _checked(self, facts: Facts) -> Facts:
        """The facts, unsure where anything speaks against them; what is unread is in the note."""
        left = [*unread(self.text, self.times, self.amounts, self.scene)]
        sure = facts.sure and not left
        sure = sure and is_certain(self.text, facts, self.times, self.amounts, self.scene)
        left += self._unused(facts)
        whole = any(each not in facts.note for each in left)
        note = self.text.source.strip() + self.rest if whole else facts.note
        return replace(facts, sure=sure, note=note)

    def _unused(self, facts: Facts) -> list[str]:
        """The times that are no fact: they may be what the customer said."""
        said = [self.text.original(each.start, each.end) for each in self.times]
        used = {facts.evidence.get("happened"), facts.evidence.get("follow_up")}
        return [each for each in said if each not in used]

    def _is_placed(self, future: frozenset[int]) -> bool:
        """Whether a word leads to the customer that says where one was, and not will be."""
        run = self.customer.run if self.customer else None
        if run is None or not run.first or "where" not in self.pieces[run.first - 1].tags:
            return False
        if run.first > 1 and "role" in self.pieces[run.first - 2].tags:
            return False
        return not any(
            clause.first <= run.first < clause.last
            and (k in future or not clause.tags.isdisjoint({"plan", "follow", "remind", "booked"}))
            for k, clause in enumerate(self.clauses)
        )

    def _note(self, notes: Notes, intent: Intent) -> str:
        """What is left; a reminder is never left without its words."""
        note = notes.note()
        return self.text.source.strip() if intent is Intent.REMINDER else note

    def _contacts(self) -> tuple[Name, ...]:
        found: dict[str, Name] = {}
        for person in self.people:
            found.setdefault(person.name.best.casefold(), person.name)
        return tuple(found.values())

    def _used(self, worth: AmountSpan | None) -> frozenset[int]:
        """Where the pieces begin that are a fact already."""
        used = {
            piece.start for run in self._name_runs() for piece in self.pieces[run.first : run.last]
        }
        used |= {person.start for person in self.people}
        if self.customer:
            used.add(self.customer.start)
        if worth:
            used.add(worth.start)
        return frozenset(used)

    def _evidence(self, **read: "str | Spotted | Timed | None") -> dict[str, str]:
        found: dict[str, str] = {}
        for name, what in read.items():
            span = what.span if isinstance(what, Timed) else what
            if isinstance(span, Spotted):
                found[name] = self.text.original(span.start, span.end)
            elif span:
                found[name] = span
        if self.customer:
            found["account"] = self.text.original(self.customer.start, self.customer.end)
        if self.people:
            found["contacts"] = ", ".join(
                self.text.original(person.start, person.end) for person in self.people
            )
        return found


def _fixed(*kinds: Iterable[Spotted]) -> list[tuple[Kind, Spotted]]:
    """Names, times and amounts in the order of the text, the first kind before the others."""
    names, times, amounts = kinds
    sure: list[tuple[Kind, Spotted]] = [("name", each) for each in names]
    sure += [("time", each) for each in times]
    sure += [("amount", each) for each in amounts if getattr(each, "sure", False)]
    sure.sort(key=lambda each: each[1].start)
    kept: list[tuple[Kind, Spotted]] = []
    last = 0
    for kind, span in sure:
        if span.start >= last:
            kept.append((kind, span))
            last = span.end
    return kept
