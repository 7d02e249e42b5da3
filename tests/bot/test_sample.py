import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from bot import sample_data
from bot.sample import HOLIDAYS, make_sample_company
from bot.sample_org import AROUND, CITIES, GROUPS
from services import accounts
from services.access import scope_of, stands_for
from storage.engine import Database, connect
from storage.journal import Author
from storage.models import (
    Account,
    AccountKey,
    Base,
    Change,
    Contact,
    Deal,
    Entry,
    Group,
    Identity,
    Lifecycle,
    Membership,
    Person,
    Role,
    Unit,
    Visit,
)
from storage.work import Work

NOW = datetime(2024, 5, 29, 7, 30, tzinfo=UTC)  # a Wednesday afternoon in Shanghai
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
async def sampled(database: Database) -> Database:
    await make_sample_company(database, now=NOW)
    return database


async def rows(database: Database, model: type[Any]) -> list[Any]:
    async with database.read() as session:
        return list(await session.scalars(select(model).order_by(model.id)))


async def contents(database: Database) -> list[list[str]]:
    async with database.read() as session:
        return [
            [str(row) for row in await session.execute(select(table).order_by(*table.primary_key))]
            for table in Base.metadata.sorted_tables
        ]


async def test_a_national_sales_force(sampled: Database) -> None:
    units = {unit.id: unit for unit in await rows(sampled, Unit)}
    assert [unit.path.count("/") - 2 for unit in units.values()] == [0, 1, 1, 2, 2, 2, 2]
    for unit in units.values():
        above = units[unit.parent_id].path if unit.parent_id else "/"
        assert unit.path == f"{above}{unit.id}/"
    people = await rows(sampled, Person)
    assert [sum(person.role == role for person in people) for role in Role] == [0, 12, 6, 2]
    assert {person.language for person in people} == {"zh", "en"}
    assert {person.zone for person in people} == {"Asia/Shanghai"}
    assert {(i.platform, i.bot, i.external_id, i.chat) for i in await rows(sampled, Identity)} == {
        ("playground", "demo", str(person.id), str(person.id)) for person in people
    }


async def test_the_first_rep_is_good_to_begin_with(sampled: Database) -> None:
    people = await rows(sampled, Person)
    ana = next(person for person in people if person.role == Role.REP)
    assert ana.name == "Ana Costa"
    assert [p.role for p in people if p.unit_id == ana.unit_id] == [Role.MANAGER] + [Role.REP] * 3
    owned = {a.name for a in await rows(sampled, Account) if a.owner_id == ana.id}
    assert {"Acme", "华东医院", "Huadong Foods"} <= owned
    hospital = next(a for a in await rows(sampled, Account) if a.name == "华东医院")
    contacts = [c for c in await rows(sampled, Contact) if c.account_id == hospital.id]
    assert ("王敏", "主任") in [(contact.name, contact.title) for contact in contacts]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("acme", "Acme"),
        ("艾克米", "Acme"),
        ("huadongyiyuan", "华东医院"),
        ("华东食品", "Huadong Foods"),
        ("芯澜微电子", "芯澜微电子有限公司"),
    ],
)
async def test_accounts_are_found_by_what_people_type(
    sampled: Database, typed: str, name: str
) -> None:
    async with sampled.begin() as session:
        work = Work(session, Author(NOW, None, "test"))
        manager = await session.scalar(select(Person.id).where(Person.name == "陈静怡"))
        assert manager
        match = await accounts.find(work, await work.people.get(manager), typed)
    assert match.certain
    assert [found.name for found in match.accounts] == [name]


async def test_every_account_is_whole(sampled: Database) -> None:
    people = {person.id: person for person in await rows(sampled, Person)}
    keys = await rows(sampled, AccountKey)
    contacts = await rows(sampled, Contact)
    found = await rows(sampled, Account)
    assert len(found) == len({account.name for account in found}) == 60
    assert {account.lifecycle for account in found} == set(Lifecycle)
    for account in found:
        assert account.unit_id == people[account.owner_id].unit_id
        assert account.city
        assert sum(key.account_id == account.id for key in keys) >= 2
        assert 1 <= sum(contact.account_id == account.id for contact in contacts) <= 3


async def test_visits_are_at_working_hours_and_past(sampled: Database) -> None:
    visits = await rows(sampled, Visit)
    assert len(visits) == 600
    assert [visit.at for visit in visits] == sorted(visit.at for visit in visits)
    for visit in visits:
        local = visit.at.astimezone(SHANGHAI)
        assert NOW - timedelta(days=92) < visit.at <= NOW
        assert local.weekday() < 5
        assert (local.month, local.day) not in HOLIDAYS
        assert 9 <= local.hour < 18
    assert len({(visit.rep_id, visit.at) for visit in visits}) == 600


async def test_visits_tell_what_happened(sampled: Database) -> None:
    people = {person.id: person for person in await rows(sampled, Person)}
    owners = {account.id: account.owner_id for account in await rows(sampled, Account)}
    places = {contact.id: contact.account_id for contact in await rows(sampled, Contact)}
    visits = await rows(sampled, Visit)
    for visit in visits:
        assert visit.rep_id == owners[visit.account_id]
        assert visit.account_id == places[visit.contact_id]
        assert "{" not in visit.note
        english = people[visit.rep_id].language == "en"
        assert not visit.note or english == visit.note[0].isascii()
    assert sum(bool(visit.note) for visit in visits) > 500
    assert sum(bool(visit.next_step) for visit in visits) > 200
    assert len({visit.note for visit in visits}) > 350


async def test_someone_has_been_silent(sampled: Database) -> None:
    ((name, days),) = sample_data.SILENT.items()
    names = {person.id: person.name for person in await rows(sampled, Person)}
    last = {names[visit.rep_id]: visit.at for visit in await rows(sampled, Visit)}
    assert last.pop(name) < NOW - timedelta(days=days)
    assert all(at > NOW - timedelta(days=7) for at in last.values())


async def test_customers_are_seen_as_their_state_says(sampled: Database) -> None:
    states = {account.id: account.lifecycle for account in await rows(sampled, Account)}
    for visit in await rows(sampled, Visit):
        match states[visit.account_id]:
            case Lifecycle.DORMANT:
                assert visit.at < NOW - timedelta(days=49)
            case Lifecycle.NEW:
                assert visit.at > NOW - timedelta(days=37)


async def test_deals_stand_at_every_stage(sampled: Database) -> None:
    owners = {account.id: account.owner_id for account in await rows(sampled, Account)}
    deals = await rows(sampled, Deal)
    assert len(deals) == 90
    assert {deal.stage for deal in deals} == {
        *("lead", "qualified", "proposal", "negotiation", "won", "lost")
    }
    for deal in deals:
        assert deal.owner_id == owners[deal.account_id]
        assert deal.currency == "CNY"
        assert deal.amount % 100_000 == 0
        assert 2_000_00 <= deal.amount <= 1_000_000_00
        assert deal.created_at.astimezone(SHANGHAI).date() <= deal.closes_on
        assert (deal.closed_at is not None) == (deal.stage in {"won", "lost"})
        assert deal.closed_at is None or deal.created_at < deal.closed_at < NOW
    assert len({(deal.account_id, deal.name) for deal in deals}) == 90


async def test_all_of_it_is_in_the_journal_as_one_change(sampled: Database) -> None:
    (change,) = await rows(sampled, Change)
    assert (change.at, change.author_id, change.command) == (NOW, None, "sample")
    async with sampled.read() as session:
        assert (await session.scalar(select(func.count()).select_from(Entry)) or 0) > 1_000


async def test_a_second_time_changes_nothing(sampled: Database) -> None:
    before = await contents(sampled)
    await make_sample_company(sampled, now=NOW + timedelta(days=1))
    assert await contents(sampled) == before


@pytest.mark.parametrize(
    "now",
    [
        datetime(2024, 5, 25, 19, 0, tzinfo=UTC),
        datetime(2024, 10, 8, 1, 0, tzinfo=UTC),
        datetime(2024, 1, 1, 0, 0, tzinfo=UTC),
    ],
    ids=["a Sunday night", "after the holidays", "New Year"],
)
async def test_the_same_moment_makes_the_same_company(tmp_path: Path, now: datetime) -> None:
    made = []
    for name in ("one", "two"):
        database = connect(f"sqlite+aiosqlite:///{tmp_path / name}")
        async with database.engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
        started = time.perf_counter()
        await make_sample_company(database, now=now)
        assert time.perf_counter() - started < 3
        made.append(await contents(database))
        assert all(visit.at <= now for visit in await rows(database, Visit))
        await database.close()
    assert made[0] == made[1]


async def test_somebody_is_away_and_somebody_stands_in(sampled: Database) -> None:
    async with sampled.begin() as session:
        work = Work(session, Author(NOW, None, "test"))
        people = {person.name: person for person in await rows(sampled, Person)}
        away = [leave.person.name for leave in await stands_for(work, people["方晓彤"])]
        scope = await scope_of(work, people["方晓彤"])
    assert away == ["Daniel Wright"]
    assert scope.people == {people["方晓彤"].id, people["Daniel Wright"].id}


async def test_most_customers_are_on_the_map_in_their_city_and_some_are_still_unknown(
    sampled: Database,
) -> None:
    accounts = await rows(sampled, Account)
    placed = [each for each in accounts if each.latitude is not None]
    assert len(accounts) / 2 < len(placed) < len(accounts)
    assert {each.city for each in accounts} <= CITIES.keys()
    for each in placed:
        latitude, longitude = CITIES[each.city]
        assert abs(each.latitude - latitude) <= AROUND
        assert abs(each.longitude - longitude) <= AROUND


async def test_groups_cut_across_the_tree(sampled: Database) -> None:
    units = {person.id: person.unit_id for person in await rows(sampled, Person)}
    members: dict[int, set[int]] = {}
    for each in await rows(sampled, Membership):
        members.setdefault(each.group_id, set()).add(units[each.person_id])
    assert len(members) == len(await rows(sampled, Group)) == len(GROUPS)
    assert all(len(found) > 1 for found in members.values())
