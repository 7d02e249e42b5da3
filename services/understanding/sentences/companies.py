"""Which customer a message is about: the run of words that most says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from services.understanding.facts import Name, Spotted
from services.understanding.plain import Plain
from services.understanding.sentences.company_names import CompanyNames
from services.understanding.sentences.company_places import CompanyPlaces
from services.understanding.sentences.people import Person
from services.understanding.sentences.pieces import Piece
from services.understanding.sentences.run import Run
from services.understanding.sentences.surroundings import Surroundings
from services.understanding.sentences.vocabulary_index import Index, Spot

SOMEWHERE: Final = 6
"""What an organisation scores that is named and nothing more."""
KNOWN: Final = 100
ENOUGH: Final = 20
SURE: Final = 34
CLOSE: Final = 6
BRAND: Final = 16
SMALL: Final = 16
ADDRESSES: Final = frozenset(
    "st street rd road ave avenue lane ln drive dr blvd way close crescent square sq highway "
    "hwy terrace".split()
)
PUBLIC_PLACE: Final = 34
SPACING: Final = " \n"
LISTING: Final = frozenset("and & + , / 和 与 跟 、 及 以及 还有".split()) | {
    ", and",
    "and then",
    "then",
}
"""What stands between the names of a list."""
FIRMS: Final = frozenset("两家 三家 四家 五家 六家 几家 多家 俩家 两个客户 三个客户".split())
ENDING: Final = 18
CAPITAL: Final = 8
FIRST_PLACE: Final = 4


@dataclass(frozen=True)
class Customer(Spotted):
    """The customer of a message, and whether the words leave no doubt of it."""

    name: Name
    score: int
    sure: bool
    run: Run | None = None


class Companies:
    """Weighs the runs of a text that may be a customer."""

    def __init__(
        self,
        text: Plain,
        pieces: Sequence[Piece],
        runs: Sequence[Run],
        people: Sequence[Person],
        index: Index,
    ) -> None:
        self.text = text
        self.pieces = pieces
        self.runs = runs
        self.people = {person.run.first: person for person in people if person.run}
        self.index = index
        self.bodies = CompanyNames(text, pieces)
        starts, ends = {person.start for person in people}, {person.end for person in people}
        self.around = Surroundings(text, pieces, starts, ends)
        self.places = CompanyPlaces(self.around, runs)
        self.cased = any(run.capital and not self.around.opens(run.first) for run in runs)

    def best(self) -> Customer | None:
        """The likeliest customer, or nobody where nothing says that there is one."""
        found = [*self._known, *self._guessed]
        found = [each for each in found if each.score >= ENOUGH]
        if not found:
            return None
        best = max(found, key=lambda each: (each.score, -each.start))
        rivals = [
            each
            for each in found
            if each.name.best != best.name.best and best.score - each.score < CLOSE
        ]
        sure = best.sure and best.score >= SURE and not rivals
        return Customer(best.start, best.end, best.name, best.score, sure, best.run)

    def beside(self, best: Customer | None) -> tuple[Name, ...]:
        """The other customers that stand in one list with this one: Acme and Bolt."""
        if best is None:
            return ()
        found = {each.start: each for each in self._guessed if each.score >= ENOUGH}
        found |= {each.start: each for each in self._known}
        listed = self._counts_firms()
        last = best
        others: dict[str, Name] = {}
        for each in (found[at] for at in sorted(found) if at >= best.end):
            if listed or self.text.text[last.end : each.start].strip(SPACING) in LISTING:
                others.setdefault(each.name.best, each.name)
                last = each
        for each in (found[at] for at in sorted(found) if found[at].end <= best.start):
            if listed or self.text.text[each.end : best.start].strip(SPACING) in LISTING:
                others.setdefault(each.name.best, each.name)
        others.pop(best.name.best, None)
        return tuple(others.values())

    def _counts_firms(self) -> bool:
        """Whether it says that several were visited: 今天跑了三家."""
        return any(piece.text in FIRMS for piece in self.pieces)

    @cached_property
    def _known(self) -> list[Customer]:
        found = []
        for at, piece in enumerate(self.pieces):
            spot = piece.fixed
            if (
                isinstance(spot, Spot)
                and spot.role == "account"
                and not self.places.is_rival(at, at + 1)
            ):
                text = self.text.original(piece.start, piece.end)
                score = KNOWN + max(0, self.places.score(at, at + 1))
                found.append(
                    Customer(piece.start, piece.end, Name(text, spot.known), score, sure=True)
                )
        return found

    def _is_where(self, run: Run) -> bool:
        """Whether it only says where the one is that is named next: 裕廊的Apex Logistics."""
        if run.last + 1 >= len(self.pieces) or self.pieces[run.last].text != "的":
            return False
        then = next((each for each in self.runs if each.first == run.last + 1), None)
        return (
            then is not None
            and not run.suffix
            and (then.suffix or then.capital)
            and then.first not in self.people
        )

    def _is_titled(self, run: Run) -> bool:
        """Whether several words in capitals stand there, which are a name of something."""
        words = self.pieces[run.first : run.last]
        return (
            len(words) > 1
            and run.capital
            and words[0].kind == "word"
            and self.around.is_title_case(run.first, run.last)
            and not any(self.text.original(each.start, each.end).isupper() for each in words)
        )

    @cached_property
    def _guessed(self) -> list[Customer]:
        found = []
        for run in self.runs:
            customer = self._customer(run)
            if customer:
                found.append(customer)
        return found

    def _customer(self, run: Run) -> Customer | None:
        person = self.people.get(run.first)
        if person and person.strength > 1:
            return None
        trimmed = self.bodies.trimmed(run)
        if trimmed is None or self.places.is_rival(run.first, run.last):
            return None
        start, end, suffix = trimmed
        text = self.text.original(start, end)
        score = self.places.score(run.first, run.last)
        if score == 0 and suffix and self.pieces[run.first].kind == "han":
            score = SOMEWHERE
        if score > 0:
            score += BRAND * self.bodies.is_famous(run)
            score -= PUBLIC_PLACE * (
                self.bodies.is_public(trimmed[1]) and not self.bodies.is_famous(run)
            )
            score += ENDING * suffix + CAPITAL * (run.capital and not self.around.opens(run.first))
            score += FIRST_PLACE * (run.start == 0)
        if self._is_where(run):
            score -= PUBLIC_PLACE
        if self._is_titled(run):
            score = max(score, ENOUGH)
        if self.cased and not run.capital and not suffix and self.pieces[run.first].kind == "word":
            score -= SMALL
        if self.pieces[run.last - 1].text in ADDRESSES and run.last - run.first > 1:
            score -= PUBLIC_PLACE
        known, certain = self.index.account(text)
        if known and score > 0:
            return Customer(start, end, Name(text, known), score + KNOWN // 2, certain, run)
        return Customer(start, end, Name(text), score, sure=True, run=run)
