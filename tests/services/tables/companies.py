"""Random small companies, with names that spreadsheets, folding and paths stumble over."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from services import accounts, people
from services.names import fold
from services.tables.table import text_cell
from storage.engine import Database
from storage.journal import Author
from storage.models import (
    Account,
    Activity,
    Attendee,
    Contact,
    Deal,
    Group,
    Leave,
    Membership,
    Outcome,
    Person,
    Reminder,
    Role,
    Stage,
    Unit,
    Verdict,
    Visit,
)
from storage.work import Work
from tests.talk import MONDAY

PIECES = (
    *(
        "Acme",
        "Ltd",
        "Blue Harbor",
        "Müller",
        "O'Neil",
        "三一",
        "华东医院",
        "有限公司",
        "王",
        "建国",
    ),
    *("=1+1", "+49", "-5", "@home", "'quoted", "a;b", "c,d", '"x"', "East/West", "\\", "(2)"),
    *("007", "1e5", "2026-03-02", "TRUE", "是", "😀", "x\ny", "Ünïcödé", "、", "<b>", "{0}", "%s"),
)
ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Asia/Kathmandu")
MINUTE = timedelta(minutes=1)


@dataclass
class Maker:
    """Makes up one company from one seed."""

    random: Random
    work: Work

    def text(self, *, empty: float = 0.0) -> str:
        if self.random.random() < empty:
            return ""
        pieces = self.random.choices(PIECES, k=self.random.randint(1, 3))
        text = self.random.choice(("", " ")).join(pieces).strip()
        return text if text_cell(f"'{text}" if text[0] in "=+-@'" else text) == text else "Plain"

    def names(self, count: int) -> list[str]:
        """As many names, none of them the same as another to whoever reads them."""
        found: dict[str, str] = {}
        while len(found) < count:
            name = " ".join(self.text().split())
            found.setdefault(fold(name) or "plain", name if fold(name) else "Plain")
        return [*found.values()]

    def moment(self) -> datetime:
        return (
            MONDAY
            - self.random.randint(1, 500_000) * MINUTE
            - timedelta(
                seconds=self.random.choice((0, 0, 7)), microseconds=self.random.choice((0, 0, 123))
            )
        )

    async def make(self) -> None:
        units = await self._units()
        staff = await self._people(units)
        customers = [await self._account(staff, name) for name in self.names(5)]
        for account in customers:
            await self._with(account, staff)
        for person in staff[:2]:
            starts = date(2026, 1, self.random.randint(1, 28))
            ends = starts + timedelta(days=self.random.randint(0, 9))
            deputy = self.random.choice((None, staff[-1].id))
            await self._add(
                Leave(person_id=person.id, starts_on=starts, ends_on=ends, deputy_id=deputy)
            )

    async def _add(self, row: Any) -> Any:
        await self.work.people.add(row)
        return row

    async def _units(self) -> list[Unit]:
        units = [await people.unit_at(self.work, "")]
        for name in self.names(4):
            above = self.random.choice(units)
            unit = await self._add(Unit(name=name, parent_id=above.id))
            unit.path = f"{above.path}{unit.id}/"
            await self.work.people.flush()
            units.append(unit)
        return units

    async def _people(self, units: list[Unit]) -> list[Person]:
        groups = [await self._add(Group(name=name)) for name in self.names(2)]
        staff = []
        [twin] = self.names(1)
        for number, name in enumerate([*self.names(4), twin, twin]):
            quiet = self.random.choice((None, time(21, 30)))
            person = await self._add(
                Person(
                    name=name,
                    role=self.random.choice((Role.REP, Role.MANAGER, Role.HQ)),
                    unit_id=self.random.choice(units).id,
                    language=self.random.choice(("en", "zh")),
                    zone=self.random.choice(ZONES),
                    active=self.random.random() < 0.8,
                    save_at_once=self.random.random() < 0.5,
                    quiet_from=quiet,
                    quiet_to=quiet and time(8),
                    code=f"0{number}" if number > 3 else self.random.choice(("", f"0{number}")),
                )
            )
            staff.append(person)
            for group in groups:
                if self.random.random() < 0.4:
                    await self._add(Membership(group_id=group.id, person_id=person.id))
        return staff

    async def _account(self, staff: list[Person], name: str) -> Account:
        owner = self.random.choice(staff)
        aliases = [self.text() for _ in range(self.random.randint(0, 2))]
        account = await accounts.create(self.work, owner, name, aliases, city=self.text(empty=0.5))
        account.code = self.random.choice(("", f"C-{account.id}"))
        account.phone = self.random.choice(("", "+86 138 0013 8000"))
        account.phone_digits = "13800138000" if account.phone else ""
        account.latitude, account.longitude = self.random.choice(((None, None), (31.2304, -0.1)))
        account.tax_number = self.random.choice(("", "DE123456789"))
        await self.work.accounts.flush()
        return account

    async def _with(self, account: Account, staff: list[Person]) -> None:
        contacts = [
            await self._add(
                Contact(account_id=account.id, name=name, title=self.text(empty=0.5), phone="")
            )
            for name in self.names(3)
        ]
        owner = next(each for each in staff if each.id == account.owner_id)
        for name in self.names(2):
            await self._add(self._deal(account, owner, name))
        for _ in range(2):
            visit = await self._add(self._visit(account, self.random.choice(staff), contacts))
            if visit.contact_id == contacts[0].id:
                await self._add(Attendee(visit_id=visit.id, contact_id=contacts[1].id))
        await self._add(
            Reminder(
                person_id=owner.id,
                unit_id=owner.unit_id,
                text=self.text(empty=0.3),
                due_at=self.moment(),
                rule=self.random.choice(("", "FREQ=WEEKLY;BYDAY=MO")),
                account_id=self.random.choice((None, account.id)),
                done_at=self.random.choice((None, MONDAY)),
            )
        )

    def _deal(self, account: Account, owner: Person, name: str) -> Deal:
        stage = self.random.choice(list(Stage))
        closed = stage in {Stage.WON, Stage.LOST}
        return Deal(
            account_id=account.id,
            owner_id=owner.id,
            unit_id=owner.unit_id,
            name=name,
            stage=stage,
            amount=self.random.choice((0, 1, 999, 12_345_678_901)),
            currency=self.random.choice(("CNY", "JPY", "KWD", "EUR")),
            created_at=self.moment(),
            closes_on=self.random.choice((None, date(2026, 6, 30))),
            closed_at=self.moment() if closed else None,
            note=self.text(empty=0.5),
            code=self.random.choice(("", f"D-{account.id}-{fold(name)}")),
        )

    def _visit(self, account: Account, rep: Person, contacts: list[Contact]) -> Visit:
        met = self.random.choice((None, contacts[0].id, contacts[2].id))
        return Visit(
            account_id=account.id,
            rep_id=rep.id,
            unit_id=rep.unit_id,
            at=self.moment(),
            kind=self.random.choice(list(Activity)),
            outcome=self.random.choice((None, *Outcome)),
            contact_id=met,
            note=self.text(empty=0.3),
            next_step=self.text(empty=0.5),
            product=self.text(empty=0.7),
            competitor=self.text(empty=0.7),
            verdict=self.random.choice(("", *Verdict)),
            distance=self.random.choice((None, 0, 250)),
        )


async def company(database: Database, seed: int) -> None:
    """Put a whole random company into an empty database."""
    async with database.begin() as session:
        work = Work(session, Author(MONDAY, None, "make"))
        await Maker(Random(seed), work).make()
