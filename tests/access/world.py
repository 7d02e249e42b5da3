"""Random companies: any tree, people who moved, left, stand in for others, and what they left."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from services import names
from storage.models import (
    Account,
    AccountKey,
    Base,
    Contact,
    Deal,
    Leave,
    Person,
    Reminder,
    Role,
    Stage,
    Unit,
    Visit,
)
from storage.work import Work
from tests.access.oracle import Away, Facts, Kept, Member

NOON = datetime(2026, 3, 2, 11, 30, tzinfo=UTC)
"""Three days at once: Sunday in Pago Pago's night before, Monday, and Tuesday in Kiritimati."""
ZONES = ("Asia/Shanghai", "Europe/Berlin", "Pacific/Kiritimati", "Pacific/Pago_Pago")
ROLES = (Role.REP,) * 6 + (Role.MANAGER,) * 4 + (Role.HQ,)
DEEPEST = 6
DAY = timedelta(days=1)


class World:
    """A company in the database, and the same as plain facts."""

    def __init__(self, work: Work, seed: int) -> None:
        self.work, self.dice = work, random.Random(seed)
        self.facts = Facts(NOON)
        self.depth: dict[int, int] = {}
        self.paths: dict[int, str] = {}

    async def build(self) -> Facts:
        """Fill the database, and tell what is in it."""
        await self._units(self.dice.randint(8, 25))
        await self._people(self.dice.randint(30, 60))
        await self._leaves()
        await self._accounts(self.dice.randint(40, 60))
        await self._history()
        return self.facts

    async def _add(self, rows: Sequence[Base]) -> None:
        self.work.session.add_all(rows)
        await self.work.session.flush()

    async def _units(self, count: int) -> None:
        for number in range(count):
            near = [each for each, deep in self.depth.items() if deep < DEEPEST]
            parent = self.dice.choice(near) if near else None
            unit = Unit(name=f"Unit {number}", parent_id=parent)
            await self._add([unit])
            self.paths[unit.id] = f"{self.paths[parent] if parent else '/'}{unit.id}/"
            self.depth[unit.id] = self.depth[parent] + 1 if parent else 1
            unit.path = self.paths[unit.id]
            self.facts.above[unit.id] = parent

    async def _people(self, count: int) -> None:
        rows = [
            Person(
                name=f"Person {number}",
                role=self.dice.choice(ROLES),
                unit_id=self._unit(),
                zone=self.dice.choice(ZONES),
                active=self.dice.random() > 0.1,
            )
            for number in range(count)
        ]
        await self._add(rows)
        for each in rows:
            member = Member(Role(each.role), each.unit_id, each.active, each.zone)
            self.facts.people[each.id] = member

    def _unit(self) -> int:
        return self.dice.choice([*self.facts.above])

    def _person(self) -> int:
        return self.dice.choice([*self.facts.people])

    async def _leaves(self) -> None:
        rows = []
        for person in self.facts.people:
            for _ in range(self.dice.choice((0, 0, 1, 1, 2))):
                starts = NOON.date() + self.dice.randint(-6, 3) * DAY
                deputy = self._person() if self.dice.random() < 0.9 else None
                ends = starts + self.dice.randint(0, 6) * DAY
                if deputy != person:
                    leave = Leave(starts_on=starts, ends_on=ends, person_id=person)
                    leave.deputy_id = deputy
                    rows.append(leave)
                    self.facts.leaves.append(Away(person, deputy, starts, ends))
        await self._add(rows)

    def _kept(self, account: int = 0, owner: int | None = None) -> Kept:
        """Whose a row is: somebody's, in the unit where they are or were then."""
        owner = self._person() if owner is None else owner
        home = self.facts.people[owner].unit
        unit = home if self.dice.random() < 0.7 else self._unit()
        return Kept(owner, unit, account, open=self.dice.random() < 0.7)

    async def _accounts(self, count: int) -> None:
        kept = [self._kept() for _ in range(count)]
        rows = [
            Account(
                name=f"Customer {self.dice.getrandbits(48):x}", owner_id=e.owner, unit_id=e.unit
            )
            for e in kept
        ]
        await self._add(rows)
        self.facts.accounts = {row.id: each for row, each in zip(rows, kept, strict=True)}
        keys = [AccountKey(account_id=row.id, key=names.fold(row.name)) for row in rows]
        contacts = [
            Contact(account_id=row.id, name=f"Contact {self.dice.getrandbits(32):x}")
            for row in rows
            for _ in range(self.dice.randint(0, 3))
        ]
        await self._add([*keys, *contacts])
        self.facts.contacts = {each.id: each.account_id for each in contacts}

    async def _history(self) -> None:
        """Visits, deals and reminders of anybody's: accounts were handed on, people moved."""
        visits, deals, reminders = self._some(150), self._some(80), self._some(90)
        rows = [
            [self._visit(each) for each in visits],
            [self._deal(each) for each in deals],
            [self._reminder(each) for each in reminders],
        ]
        for each in rows:
            await self._add(each)
        facts = self.facts
        facts.visits = dict(zip(map(_id, rows[0]), visits, strict=True))
        facts.deals = dict(zip(map(_id, rows[1]), deals, strict=True))
        facts.reminders = dict(zip(map(_id, rows[2]), reminders, strict=True))

    def _some(self, count: int) -> list[Kept]:
        accounts = [*self.facts.accounts]
        found = []
        for _ in range(count):
            account = self.dice.choice(accounts)
            owner = self.facts.accounts[account].owner if self.dice.random() < 0.6 else None
            found.append(self._kept(account, owner))
        return found

    def _visit(self, kept: Kept) -> Base:
        at = NOON - timedelta(minutes=self.dice.randint(1, 50_000))
        return Visit(account_id=kept.account, rep_id=kept.owner, unit_id=kept.unit, at=at)

    def _deal(self, kept: Kept) -> Base:
        return Deal(
            account_id=kept.account,
            owner_id=kept.owner,
            unit_id=kept.unit,
            name=f"Deal {self.dice.getrandbits(32):x}",
            stage=Stage.LEAD if kept.open else Stage.WON,
            amount=self.dice.randint(0, 10_000_00),
            currency="CNY",
            created_at=NOON - DAY,
            closed_at=None if kept.open else NOON,
        )

    def _reminder(self, kept: Kept) -> Base:
        return Reminder(
            person_id=kept.owner,
            unit_id=kept.unit,
            account_id=kept.account,
            text=f"Do {self.dice.getrandbits(32):x}",
            due_at=NOON + DAY,
            done_at=None if kept.open else NOON,
        )


def _id(row: Base) -> int:
    number: int = row.id  # type: ignore[attr-defined]  # all of these are numbered
    return number
