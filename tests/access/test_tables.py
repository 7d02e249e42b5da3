"""For random companies and actors: no row of a table is planned that the actor may not do in chat.

What they may is written down here for itself, over the plain facts, as in `oracle`.
"""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest

from services.tables.noun import Noun
from services.tables.nouns import NOUNS
from services.tables.planning import plan
from services.tables.plans import Outcome, Step
from services.tables.table import Cell
from storage.engine import Database
from storage.journal import Author
from storage.models import Account, Deal, Group, Person, Role, Unit
from storage.work import Work
from tests.access.oracle import Facts, Kept, Member
from tests.access.world import NOON, World
from tests.services.tables.kit import table

WORLDS, ACTORS, ROWS = 3, 14, 40
Said = dict[str, Cell]


@dataclass
class Rule:
    """What one actor may do."""

    facts: Facts
    actor: int

    @property
    def me(self) -> Member:
        return self.facts.people[self.actor]

    @property
    def at_hq(self) -> bool:
        return self.me.active and self.me.role == Role.HQ

    def manages(self, unit: int) -> bool:
        """Whether a unit is in their own hands: nobody gets more of it by standing in."""
        is_manager = self.me.active and self.me.role == Role.MANAGER
        return self.at_hq or (is_manager and self.facts.is_below(unit, self.me.unit))

    def has(self, owner: int, unit: int) -> bool:
        return self.me.active and (owner == self.actor or self.manages(unit))

    def gives(self, before: Kept | None, owner: int, unit: int) -> bool:
        """Whether a row may be this owner's, in this unit, from now on."""
        home = self.facts.people[owner].unit
        theirs = self.has(owner, home) and (unit == home or self.manages(unit))
        return theirs and (before is None or self.has(before.owner, before.unit))

    def keeps(self, kept: Kept, after: dict[str, Any], owner: str) -> bool:
        """Whether a stored row may be changed so."""
        if not self.facts.sees(self.actor, kept):
            return False
        if {owner, "unit_id"}.isdisjoint(after):
            return True
        return self.gives(kept, after.get(owner, kept.owner), after.get("unit_id", kept.unit))

    def posts(self, person: int | None, after: dict[str, Any]) -> bool:
        """Whether somebody may be changed so, or taken on."""
        post = {"role", "unit_id", "active"} & after.keys()
        if person == self.actor:
            return (
                self.me.active
                and not post
                and (self.at_hq or not {"code", "name", "groups"} & after.keys())
            )
        if self.at_hq:
            return True
        known = self.facts.people[person] if person else None
        rep = after.get("role", known.role if known else Role.REP) == Role.REP
        unit = after["unit_id"] if known is None else after.get("unit_id", known.unit)
        mine = known is None or (known.role == Role.REP and self.manages(known.unit))
        return rep and mine and self.manages(unit) and not after.get("groups")

    def plans(self, person: int, deputy: int | None, starts: str, ends: str) -> bool:
        """Whether somebody may be away so."""
        them, today = self.facts.people[person], NOON.date()
        first, last = date.fromisoformat(starts), date.fromisoformat(ends)
        if self.at_hq and last <= today:
            return first <= last  # what is over is a record
        above = self.me.role > Role.REP and self.me.role >= them.role and self.manages(them.unit)
        beside = self.me.role == Role.MANAGER == them.role and self.me.unit == them.unit
        fits = first <= last <= first + timedelta(days=366) and last >= today - timedelta(days=1)
        stands = deputy is None or (
            deputy != person
            and self.facts.people[deputy].active
            and self.facts.people[deputy].role >= them.role
        )
        theirs = (person == self.actor and self.me.active) or (
            above and them.active and not beside
        )
        return fits and stands and theirs


@dataclass
class Judge:
    """Holds each planned row against the rule."""

    rule: Rule
    counted: Counter[str] = field(default_factory=Counter)

    def judge(self, noun: str, step: Step) -> None:
        if step.outcome not in {Outcome.ADD, Outcome.CHANGE}:
            self.counted[f"{noun} left"] += 1
            return
        self.counted[f"{noun} {step.outcome}"] += 1
        assert self._may(noun, step.key, step.after or {}), (
            f"{self.rule.me.role!r} {self.rule.actor}: {noun} {step}"
        )

    def _may(self, noun: str, key: int | None, after: dict[str, Any]) -> bool:
        rule, facts = self.rule, self.rule.facts
        match noun:
            case "people":
                return rule.posts(key, after)
            case "contacts":
                return key is not None or facts.opens(rule.actor, after["account_id"])
            case "leaves" if key is None:
                deputy = after.get("deputy_id")
                whose, days = after["person_id"], (after["starts_on"], after["ends_on"])
                return rule.plans(whose, deputy, *days)
            case "leaves":
                return True
        owner = {"reminders": "person_id", "visits": "rep_id"}.get(noun, "owner_id")
        if key is not None:
            known: dict[int, Kept] = getattr(facts, noun)
            return rule.keeps(known[key], after, owner)
        account = after.get("account_id")
        opens = account is None or facts.opens(rule.actor, account)
        return opens and rule.gives(None, after[owner], after["unit_id"])


class Rows:
    """Makes up rows about anything in a company."""

    def __init__(self, dice: random.Random, people: list[str], units: list[str]) -> None:
        self.dice, self.people, self.units = dice, people, units
        self.accounts: list[str] = []
        self.deals: list[tuple[str, str]] = []

    def of(self, noun: str, number: int) -> Said:
        row: Said = getattr(self, f"_{noun}")(number)
        return row

    def _may_be(self, **cells: Cell) -> Said:
        """Some of these; a cell that is left out is empty."""
        return {name: cell if self.dice.random() < 0.4 else None for name, cell in cells.items()}

    @property
    def anybody(self) -> str:
        return self.dice.choice(self.people)

    @property
    def somewhere(self) -> str:
        return self.dice.choice(self.units)

    def _given(self, name: str) -> Said:
        return self._may_be(**{name: self.anybody, "unit": self.somewhere})

    def _people(self, number: int) -> Said:
        role, active = self.dice.choice(("rep", "manager", "HQ")), self.dice.choice(("yes", "no"))
        name = self.anybody if self.dice.random() < 0.7 else f"Newcomer {number} {role}"
        cells = {"role": role, "unit": self.somewhere, "active": active, "groups": "Retail"}
        return {"name": name, **self._may_be(**cells, language="zh", code=f"P{number}")}

    def _accounts(self, number: int) -> Said:
        name = self.dice.choice(self.accounts) if self.dice.random() < 0.7 else f"N{number} Inc"
        return {"name": name, "city": "Rome", **self._given("owner")}

    def _contacts(self, number: int) -> Said:
        return {"account": self.dice.choice(self.accounts), "name": f"Contact {number}"}

    def _deals(self, number: int) -> Said:
        account, name = self.dice.choice(self.deals)
        name = name if self.dice.random() < 0.6 else f"New {number}"
        return {"account": account, "name": name, "note": "x", **self._given("owner")}

    def _visits(self, number: int) -> Said:
        row: Said = {"account": self.dice.choice(self.accounts), "rep": self.anybody}
        return {**row, "at": f"2026-02-{number % 28 + 1:02}", **self._may_be(unit=self.somewhere)}

    def _reminders(self, number: int) -> Said:
        cells = {"account": self.dice.choice(self.accounts), "unit": self.somewhere}
        return {"person": self.anybody, "text": f"T{number}", "due": "2026-04-01"} | self._may_be(
            **cells
        )

    def _leaves(self, _number: int) -> Said:
        starts = NOON.date() + timedelta(days=self.dice.randint(-20, 40))
        ends = starts + timedelta(days=self.dice.choice((-1, 0, 5, 9, 366, 367, 2000)))
        return {
            "person": self.anybody,
            "starts": starts.isoformat(),
            "ends": ends.isoformat(),
            **self._may_be(deputy=self.anybody),
        }


async def _rows(work: Work, dice: random.Random, facts: Facts) -> Rows:
    """What all is called in a company."""
    session = work.session
    people = [(await session.get_one(Person, each)).name for each in facts.people]
    rows = Rows(dice, people, [(await session.get_one(Unit, each)).name for each in facts.above])
    names = {each: (await session.get_one(Account, each)).name for each in facts.accounts}
    rows.accounts = [*names.values()]
    for each, kept in facts.deals.items():
        rows.deals.append((names[kept.account], (await session.get_one(Deal, each)).name))
    return rows


async def _planned(work: Work, actor: Person, noun: Noun, rows: list[Said]) -> list[Step]:
    return (await plan(work, actor, noun, *table(*rows), now=NOON)).steps


@pytest.mark.timeout(600)  # machines are noisy
async def test_no_table_does_what_its_sender_may_not(database: Database) -> None:
    counted = Counter[str]()
    for seed in range(WORLDS):
        dice = random.Random(seed)
        async with database.begin() as session:
            work = Work(session, Author(NOON, None, "test"))
            facts = await World(work, seed).build()
            await work.people.add(Group(name="Retail"))
            rows = await _rows(work, dice, facts)
            for actor in dice.sample([*facts.people], ACTORS):
                person = await session.get_one(Person, actor)
                judge = Judge(Rule(facts, actor), counted)
                for name in NOUNS.keys() - {"units", "groups"}:
                    said = [rows.of(name, each) for each in range(ROWS)]
                    for step in await _planned(work, person, NOUNS[name], said):
                        judge.judge(name, step)
            await session.rollback()
    kinds = {f"{noun} add" for noun in NOUNS.keys() - {"units", "groups"}}
    kinds |= {f"{noun} change" for noun in ("people", "accounts", "deals")}
    assert all(counted[each] > 20 for each in kinds), counted


async def test_units_and_groups_are_for_hq(database: Database) -> None:
    assert {NOUNS[each].role for each in ("units", "groups")} == {Role.HQ}
