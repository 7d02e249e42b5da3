"""The sample company that the demo shows: a quarter of a national sales force's work."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot import sample_data as data
from bot.sample_org import arrange
from services.deals import CLOSED
from services.names import keys
from services.times import instant, wall
from storage.engine import Database
from storage.journal import Author
from storage.models import (
    Account,
    AccountKey,
    Activity,
    Contact,
    Deal,
    Identity,
    Lifecycle,
    Outcome,
    Person,
    Tier,
    Unit,
    Visit,
)
from storage.work import Work

T = TypeVar("T")

SEED = 7
ZONE = ZoneInfo("Asia/Shanghai")
QUARTER = 91
VISITS_EACH, DEALS = 50, 90
HOURS = (time(9, 10), time(10, 30), time(13, 40), time(15, 0), time(16, 30))
"""When visits begin, give or take; half an hour is the least between two."""

HOLIDAYS = {(1, 1), (5, 1), (5, 2), (5, 3), *((10, day) for day in range(1, 8))}
FRIDAY = 4
ATTENTION = {Tier.A: 6, Tier.B: 3, Tier.C: 1}
"""How much of a rep's time the customers of each tier get."""

SEEN = {Lifecycle.NEW: (0, 35), Lifecycle.DORMANT: (50, QUARTER), Lifecycle.LOST: (30, QUARTER)}
"""How many days ago such customers were seen; all others at any time."""


async def make_sample_company(database: Database, *, now: datetime) -> None:
    """Fill an empty database with the sample company; one that has a company is left alone."""
    async with database.begin() as session:
        if await session.scalar(select(Unit.id).limit(1)) is None:
            await _Sample(
                Work(session, Author(now, None, "sample", source="terminal")), now
            ).make()


@dataclass(frozen=True)
class _Customer:
    """An account with what its visits and deals are made from."""

    told: data.Customer
    owner: Person
    account: Account
    contacts: list[Contact] = field(default_factory=list)
    offered: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class _Sample:
    work: Work
    now: datetime
    random: Random = field(default_factory=lambda: Random(SEED))  # noqa: S311 - made-up data

    async def make(self) -> None:
        units = await self._units()
        people = await self._people(units)
        customers = await self._customers(people)
        await self._contacts(customers)
        slots = _slots(self.now)
        visits: list[Visit] = []
        for rep in people:
            mine = [customer for customer in customers if customer.owner is rep]
            visits += self._visits(rep, mine, slots) if mine else []
        visits.sort(key=lambda visit: visit.at)
        deals = [self._deal(customer, slots) for customer in self._chosen(customers)]
        deals.sort(key=lambda deal: deal.created_at)
        await self.work.visits.add_all(visits)
        await self.work.deals.add_all(deals)
        await arrange(self.work, people, [customer.account for customer in customers], self.now)

    async def _units(self) -> dict[str, Unit]:
        units: dict[str, Unit] = {}
        for name, parent in {data.COMPANY: "", **data.UNITS}.items():
            above = units.get(parent)
            unit = Unit(name=name, parent_id=above.id if above else None)
            await self.work.people.add(unit)
            unit.path = f"{above.path if above else '/'}{unit.id}/"
            units[name] = unit
        await self.work.people.flush()
        return units

    async def _people(self, units: dict[str, Unit]) -> list[Person]:
        people = [
            Person(name=name, role=role, unit_id=units[unit].id, language=language, zone=ZONE.key)
            for name, role, unit, language in data.PEOPLE
        ]
        await self.work.people.add_all(people)
        await self.work.people.add_all(
            Identity(
                person_id=person.id,
                platform="playground",
                external_id=str(person.id),
                bot="demo",
                chat=str(person.id),
            )
            for person in people
        )
        return people

    async def _customers(self, people: list[Person]) -> list[_Customer]:
        customers = [
            _Customer(told, owner, _account(told, owner))
            for owner in people
            for told in data.CUSTOMERS.get(owner.name, ())
        ]
        await self.work.accounts.add_all(customer.account for customer in customers)
        await self.work.accounts.add_all(
            AccountKey(account_id=customer.account.id, key=key, sound=sound)
            for customer in customers
            for key, sound in keys(customer.told.name, [customer.told.alias]).items()
        )
        return customers

    async def _contacts(self, customers: list[_Customer]) -> None:
        for customer in customers:
            known = data.CONTACTS.get(customer.told.name) or self._strangers(customer.told)
            customer.contacts.extend(
                self._contact(customer.account, name, title) for name, title in known
            )
        await self.work.accounts.add_all(each for c in customers for each in c.contacts)

    def _contact(self, account: Account, name: str, title: str) -> Contact:
        phone = self._phone()
        return Contact(
            account_id=account.id, name=name, title=title, phone=phone, phone_digits=phone
        )

    def _phone(self) -> str:
        return f"1380000{self.random.randrange(10_000):04}" if self._chance(70) else ""

    def _strangers(self, told: data.Customer) -> list[tuple[str, str]]:
        chinese, english = data.TITLES[told.trade]
        titles = english if told.name.isascii() else chinese
        count = self.random.randint(1, min(3, len(titles)))
        chosen = self.random.sample(titles, count)
        if told.name.isascii():
            given = self.random.sample(data.ENGLISH, count)
            names = [f"{each} {self.random.choice(data.ENGLISH_SURNAMES)}" for each in given]
        else:
            given = self.random.sample(data.GIVEN, count)
            names = [f"{self.random.choice(data.SURNAMES)}{each}" for each in given]
        return list(zip(names, chosen, strict=True))

    def _visits(
        self, rep: Person, customers: list[_Customer], slots: list[datetime]
    ) -> list[Visit]:
        silent = timedelta(days=data.SILENT.get(rep.name, 0))
        mine = [at for at in slots if at <= self.now - silent]
        return [
            self._visit(rep, self._seen(customers, at), min(at + late, self.now))
            for at in self.random.sample(mine, VISITS_EACH)
            for late in [timedelta(minutes=5 * self.random.randrange(6))]
        ]

    def _seen(self, customers: list[_Customer], at: datetime) -> _Customer:
        """The customer that a rep saw then."""
        possible = [customer for customer in customers if self._was_seen(customer, at)]
        weights = [ATTENTION[customer.told.tier] for customer in possible]
        return self.random.choices(possible, weights)[0]

    def _was_seen(self, customer: _Customer, at: datetime) -> bool:
        first, last = SEEN.get(customer.told.lifecycle, (0, QUARTER))
        return first <= (self.now - at).days <= last

    def _visit(self, rep: Person, customer: _Customer, at: datetime) -> Visit:
        kind = self._weighted(data.KINDS)
        outcome = self._weighted(data.OUTCOMES)
        contact = self.random.choice(customer.contacts)
        steps = data.NEXT_STEPS[rep.language][outcome] if outcome else ()
        return Visit(
            account_id=customer.account.id,
            rep_id=rep.id,
            unit_id=rep.unit_id,
            at=at,
            kind=kind,
            outcome=outcome,
            contact_id=contact.id,
            note=self._note(rep.language, customer, contact, kind, outcome),
            next_step=self.random.choice(steps) if steps and self._chance(60) else "",
        )

    def _note(
        self,
        language: str,
        customer: _Customer,
        contact: Contact,
        kind: Activity,
        outcome: Outcome | None,
    ) -> str:
        if outcome is None and self._chance(50):
            return ""  # reps don't write about everything
        product = self.random.choice(data.PRODUCTS[customer.told.trade])[language == "en"]
        opening = self.random.choice(data.OPENINGS[language][kind])
        remark = self.random.choice(data.REMARKS[language][outcome]) if outcome else ""
        between = {"zh": "，", "en": ". "}[language] if remark else ""
        return f"{opening}{between}{remark}".format(who=_called(contact), product=product)

    def _chosen(self, customers: list[_Customer]) -> list[_Customer]:
        """Whom the deals are with: everybody once, and the larger ones again."""
        weights = [ATTENTION[customer.told.tier] for customer in customers]
        again = self.random.choices(customers, weights, k=DEALS - len(customers))
        return [*customers, *again]

    def _deal(self, customer: _Customer, slots: list[datetime]) -> Deal:
        stage = self._weighted(data.STAGES[customer.told.lifecycle])
        possible = [at for at in slots if self._was_seen(customer, at)]
        created, later = sorted(self.random.sample(possible, 2))
        closed = later if stage in CLOSED else None
        product = self._offered(customer)
        name = product[customer.owner.language == "en"]
        low, high = data.YUAN[customer.told.tier]
        thousands = self.random.randint(low, high) // (4 if product in data.SUPPLIES else 1)
        return Deal(
            account_id=customer.account.id,
            owner_id=customer.owner.id,
            unit_id=customer.owner.unit_id,
            name=name[:1].upper() + name[1:],
            stage=stage,
            amount=thousands * 1_000 * 100,
            currency="CNY",
            created_at=created,
            closes_on=self._closes_on(created, closed),
            closed_at=closed,
        )

    def _offered(self, customer: _Customer) -> tuple[str, str]:
        """Something that the customer has no deal for yet, as long as there is any."""
        offers = [*data.PRODUCTS[customer.told.trade], *data.SUPPLIES]
        new = [offer for offer in offers if offer not in customer.offered]
        product = self.random.choice(new or offers)
        customer.offered.append(product)
        return product

    def _closes_on(self, created: datetime, closed: datetime | None) -> date:
        if closed:
            return wall(closed, ZONE).date()
        today = wall(self.now, ZONE).date()
        planned = max(today + timedelta(days=self.random.randint(-9, 75)), created.date())
        return planned - timedelta(days=max(0, planned.weekday() - FRIDAY))

    def _chance(self, percent: int) -> bool:
        return self.random.randrange(100) < percent

    def _weighted(self, chances: dict[T, int]) -> T:
        return self.random.choices(list(chances), list(chances.values()))[0]


def _account(told: data.Customer, owner: Person) -> Account:
    return Account(
        name=told.name,
        owner_id=owner.id,
        unit_id=owner.unit_id,
        tier=told.tier,
        lifecycle=told.lifecycle,
        city=told.city,
    )


def _called(contact: Contact) -> str:
    """How a rep speaks of someone: 王主任, or Li Wei."""
    if contact.name.isascii():
        return contact.name
    short = next(called for called in data.CALLED if contact.title.endswith(called))
    return contact.name[0] + ("总" if short in {"总经理", "总监"} else short)


def _slots(now: datetime) -> list[datetime]:
    """Every time in the last quarter at which a visit may have begun, the latest first."""
    today = wall(now, ZONE).date()
    days = [today - timedelta(days=ago) for ago in range(QUARTER)]
    working = [
        day for day in days if day.weekday() <= FRIDAY and (day.month, day.day) not in HOLIDAYS
    ]
    slots = [instant(datetime.combine(day, hour), ZONE)[0] for day in working for hour in HOURS]
    return [at for at in slots if at < now]
