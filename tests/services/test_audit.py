"""The audit is HQ's, and its searches find what is about somebody or something."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from services import accounts, audit, people
from services.audit import LOOKED, MOST, PAGE, REFUSED, About, Asked, Row
from services.errors import GoneChange, NotAllowed
from services.understanding.facts import Period
from storage.engine import Database
from storage.journal import Author
from storage.models import Account, Contact, Person, Role, Visit
from storage.work import Work

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")


class Firm:
    """A few people, each of whose doings is a change of its own."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.number = 0

    async def hire(self, name: str, role: Role = Role.REP) -> Person:
        async with self.database.begin() as session:
            work = Work(session, Author(NOW, None, "hire"))
            unit = await people.unit_at(work, "" if role == Role.HQ else "East")
            person = Person(name=name, role=role, unit_id=unit.id, zone="Asia/Shanghai")
            await work.people.add(person)
            return await work.people.get(person.id)

    async def open(self, person: Person, name: str, at: datetime = NOW) -> Account:
        async with self.database.begin() as session:
            work = Work(session, Author(at, person.id, "account"))
            return await accounts.create(work, person, name, ())

    async def visit(self, person: Person, account: Account, at: datetime = NOW) -> Visit:
        async with self.database.begin() as session:
            work = Work(session, Author(at, person.id, "visit"))
            visit = Visit(account_id=account.id, rep_id=person.id, unit_id=person.unit_id, at=at)
            await work.people.add(visit)
            return visit

    async def look(self, asker: Person, **asked: Any) -> audit.Page:
        async with self.database.begin() as session:
            work = Work(session, Author(NOW, asker.id, "audit"))
            return await audit.look(work, asker, Asked(**asked), zone=ZONE)


@pytest.fixture
def firm(database: Database) -> Firm:
    return Firm(database)


def commands(page: audit.Page) -> list[str]:
    return [each.change.command for each in page.deeds]


@pytest.mark.parametrize("role", [Role.REP, Role.MANAGER])
async def test_it_is_hqs_alone(firm: Firm, role: Role) -> None:
    ana = await firm.hire("Ana", role)
    with pytest.raises(NotAllowed):
        await firm.look(ana)
    async with firm.database.begin() as session:
        work = Work(session, Author(NOW, ana.id, "audit"))
        with pytest.raises(NotAllowed):
            await audit.details(work, ana, 1)
        with pytest.raises(NotAllowed):
            await audit.everything(work, ana, Asked(), zone=ZONE)


async def test_who_has_left_hq_sees_nothing(firm: Firm) -> None:
    zhou = await firm.hire("Zhou", Role.HQ)
    zhou.active = False
    with pytest.raises(NotAllowed):
        await firm.look(zhou)


async def test_it_is_searched_by_person_thing_customer_and_time(firm: Firm) -> None:
    zhou, ana, bo = await firm.hire("Zhou", Role.HQ), await firm.hire("Ana"), await firm.hire("Bo")
    acme = await firm.open(ana, "Acme", NOW - timedelta(days=3))
    other = await firm.open(bo, "Bluebird", NOW - timedelta(days=3))
    await firm.visit(ana, acme)
    await firm.visit(bo, other)
    assert commands(await firm.look(zhou, person=ana)) == ["visit", "account"]
    assert commands(await firm.look(zhou, account=acme)) == ["visit", "account"]
    assert commands(await firm.look(zhou, about=About.VISITS)) == ["visit", "visit"]
    assert commands(await firm.look(zhou, about=About.VISITS, person=bo)) == ["visit"]
    today = NOW.astimezone(ZONE).date()
    before = Period(today - timedelta(days=5), today)
    assert commands(await firm.look(zhou, period=before)) == ["account", "account"]
    assert commands(await firm.look(zhou, period=before, about=About.VISITS)) == []


async def test_a_visit_that_was_deleted_is_still_about_its_customer(firm: Firm) -> None:
    zhou, ana = await firm.hire("Zhou", Role.HQ), await firm.hire("Ana")
    acme, other = await firm.open(ana, "Acme"), await firm.open(ana, "Bluebird")
    visit = await firm.visit(ana, acme)
    await firm.visit(ana, other)
    async with firm.database.begin() as session:
        work = Work(session, Author(NOW, ana.id, "undo"))
        await work.history.remove(await session.get_one(Visit, visit.id))
    assert commands(await firm.look(zhou, account=acme)) == ["undo", "visit", "account"]


async def test_names_are_looked_up_and_what_is_gone_has_its_number(firm: Firm) -> None:
    zhou, ana = await firm.hire("Zhou", Role.HQ), await firm.hire("Ana")
    acme = await firm.open(ana, "Acme")
    await firm.visit(ana, acme)
    page = await firm.look(zhou, about=About.VISITS)
    [deed] = page.deeds
    [row] = deed.rows
    assert page.known.name("people", deed.change.author_id) == "Ana"
    assert page.known.name("accounts", page.known.account_of("visits", row.key, {})) == "Acme"
    assert page.known.name("people", 999) == "#999"
    assert page.known.name("people", None) == ""


async def test_pages_meet_without_gap_or_repetition(firm: Firm) -> None:
    zhou, ana = await firm.hire("Zhou", Role.HQ), await firm.hire("Ana")
    for number in range(PAGE * 2 + 1):
        await firm.open(ana, f"Customer {number}")
    seen: list[int] = []
    before: int | None = None
    while True:
        page = await firm.look(zhou, person=ana, before=before)
        seen += [each.change.id for each in page.deeds]
        if not page.more:
            break
        before = page.deeds[-1].change.id
    assert seen == sorted(seen, reverse=True)
    assert len(set(seen)) == len(seen) == PAGE * 2 + 1


async def test_what_is_counted_is_what_was_done(firm: Firm) -> None:
    zhou, ana = await firm.hire("Zhou", Role.HQ), await firm.hire("Ana")
    acme = await firm.open(ana, "Acme")
    async with firm.database.begin() as session:
        work = Work(session, Author(NOW, ana.id, "many"))
        found = await session.get_one(Account, acme.id)
        found.city = "Shanghai"
        await work.people.add_all(Contact(account_id=acme.id, name=f"C{n}") for n in range(20))
        gone = Contact(account_id=acme.id, name="gone")
        await work.people.add(gone)
        await work.history.remove(gone)
    page = await firm.look(zhou, person=ana)
    sums = {each.noun: each for each in page.deeds[0].sums}
    assert (sums["accounts"].made, sums["accounts"].altered) == (0, 1)
    assert (sums["contacts"].made, sums["contacts"].deleted) == (21, 1)
    assert sums["contacts"].count == 22
    assert len(page.deeds[0].rows) == audit.ROWS


async def test_a_change_that_is_none_is_refused(firm: Firm) -> None:
    zhou = await firm.hire("Zhou", Role.HQ)
    async with firm.database.begin() as session:
        with pytest.raises(GoneChange):
            await audit.details(Work(session, Author(NOW, zhou.id, "x")), zhou, 10_000)


@pytest.mark.parametrize(("what", "seconds"), [(REFUSED, 60), (LOOKED, 600)])
async def test_the_same_is_noted_once_in_a_while(firm: Firm, what: str, seconds: int) -> None:
    ana, bo = await firm.hire("Ana"), await firm.hire("Bo")

    async def news(person: Person, after: float) -> bool:
        at = NOW + timedelta(seconds=after)
        async with firm.database.begin() as session:
            work = Work(session, Author(at, person.id, what))
            found = await audit.is_news(work, person.id, what, at)
            if found:
                await work.note("Noted")
            return found

    assert await news(ana, 0)
    assert not await news(ana, seconds - 1)
    assert await news(bo, 1)
    assert await news(ana, seconds + 1)


async def test_a_file_takes_the_newest(firm: Firm) -> None:
    zhou, ana = await firm.hire("Zhou", Role.HQ), await firm.hire("Ana")
    for number in range(3):
        await firm.open(ana, f"Customer {number}")
    async with firm.database.begin() as session:
        work = Work(session, Author(NOW, zhou.id, "x"))
        found = await audit.everything(work, zhou, Asked(person=ana), zone=ZONE)
        assert len(found) == 3 <= MOST
        assert [each.id for each in found] == sorted((each.id for each in found), reverse=True)
        [deed] = [each async for each, _known in audit.deeds(work, found[:1])]
        assert {row.noun for row in deed.rows} == {"accounts", "account_keys"}


async def test_any_search_finds_only_what_it_asks_for(firm: Firm) -> None:
    """Against a rule written by hand, over a random history."""
    dice = random.Random(7)
    zhou = await firm.hire("Zhou", Role.HQ)
    team = [await firm.hire(name) for name in ("Ana", "Bo")]
    own: dict[int, list[Account]] = {}
    happened: list[tuple[str, int, int]] = []
    for number in range(25):
        who = dice.choice(team)
        if number < 4 or not own.get(who.id) or dice.random() < 0.3:
            account = await firm.open(who, f"Customer {number}")
            own.setdefault(who.id, []).append(account)
            happened.append(("account", who.id, account.id))
        else:
            account = dice.choice(own[who.id])
            await firm.visit(who, account)
            happened.append(("visit", who.id, account.id))
    every = [each for accounts_ in own.values() for each in accounts_]
    for _ in range(30):
        person, at = dice.choice([None, *team]), dice.choice([None, *every])
        about = dice.choice([None, About.VISITS, About.CUSTOMERS])
        kind = {About.VISITS: "visit", About.CUSTOMERS: "account", None: None}[about]
        wanted = [
            what
            for what, who_id, account_id in reversed(happened)
            if (person is None or person.id == who_id)
            and (at is None or at.id == account_id)
            and kind in {None, what}
        ]
        async with firm.database.begin() as session:
            work = Work(session, Author(NOW, zhou.id, "x"))
            asked = Asked(person, None, about, at)
            found: Sequence[object] = [
                each.command
                for each in await audit.everything(work, zhou, asked, zone=ZONE)
                if each.command in {"account", "visit"}
            ]
        assert found == wanted


def test_the_entries_of_a_row_are_one() -> None:
    made = Row("units", 1, None, {"name": "Three", "path": ""})
    altered = Row("units", 1, {"path": ""}, {"path": "/1/"})
    again = Row("units", 1, {"path": "/1/", "name": "Three"}, {"path": "/2/", "name": "Four"})
    deleted = Row("units", 1, {"path": "/2/", "name": "Four"}, None)
    other = Row("units", 2, {"name": "A"}, {"name": "B"})
    [row, beside] = audit.folded([made, altered, other, again])
    assert (row.before, row.after) == (None, {"name": "Four", "path": "/2/"})
    assert (beside.before, beside.after) == ({"name": "A"}, {"name": "B"})
    [row] = audit.folded([altered, again, deleted])
    assert (row.before, row.after) == ({"path": "", "name": "Three"}, None)
    assert len(audit.folded([made, deleted])) == 2, "it came and went: nothing is hidden"
    emptied = Row("units", 1, None, None)
    assert audit.folded([emptied, emptied]) == [emptied]
