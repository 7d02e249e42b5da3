"""What is let go of when, and what stays."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, inspect, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.retention import forget_places, let_go
from services import accounts, people, retention, visits
from services.retention import FOREVER, RULES, Kind
from storage.engine import Database
from storage.journal import Author, read_notes
from storage.models import (
    Account,
    Attachment,
    Attendee,
    Base,
    Blob,
    Change,
    Contact,
    Delivery,
    DeliveryState,
    Entry,
    Erasure,
    Person,
    Retention,
    Role,
    StoredCall,
    Visit,
)
from storage.verifying import verify
from storage.work import Work
from tests.dumps import dump
from tests.talk import MONDAY

_numbers = count(1)
DAY = timedelta(days=1)


def salts(size: int) -> bytes:
    return next(_numbers).to_bytes(size, "big")


def work_of(session: AsyncSession, at: datetime = MONDAY) -> Work:
    return Work(session, Author(at, None, "test"))


async def set_days(database: Database, kind: Kind, days: int) -> None:
    async with database.begin() as session:
        work_of(session)
        session.add(Retention(kind=kind, days=days))


async def hire(database: Database, name: str, *, at: datetime = MONDAY) -> Person:
    async with database.begin() as session:
        work = work_of(session, at)
        home = await people.unit_at(work, "East")
        person = Person(name=name, role=Role.REP, unit_id=home.id)
        await work.people.add(person)
        return await work.people.get(person.id)


async def met(database: Database, rep: Person, name: str, at: datetime, note: str = "fine") -> int:
    """A visit then with somebody at an account of their own, in a journal of then."""
    async with database.begin() as session:
        work = work_of(session, at)
        account = await accounts.create(work, rep, f"Customer {name}")
        contact = await accounts.add_contact(work, account, name)
        logged = await visits.log(
            work, rep, account, None, contacts=[contact], note=note, next_step=note, now=at
        )
        await visits.attach(work, logged.visit, [("playground", f"ref-{name}", "a.jpg", "image")])
        blob = Blob(ref=f"ref-{name}", name="a.jpg", mime="image", content=b"x", created_at=at)
        session.add(blob)
        return logged.visit.id


M = TypeVar("M", bound=Base)


async def rows(database: Database, model: type[M]) -> list[M]:
    async with database.read() as session:
        key = inspect(model).primary_key[0]
        return list(await session.scalars(select(model).order_by(key)))


async def test_what_hq_has_not_said_is_as_it_always_was(database: Database) -> None:
    async with database.begin() as session:
        assert await retention.settings(work_of(session)) == {k: r.days for k, r in RULES.items()}
        session.add(Retention(kind=Kind.NOTES, days=90))
        await session.flush()
        assert (await retention.settings(work_of(session)))[Kind.NOTES] == 90


async def test_of_itself_nothing_that_people_logged_goes(database: Database) -> None:
    ana = await hire(database, "Ana")
    await met(database, ana, "Li", MONDAY)
    before = await dump(database)
    await let_go.handler(database, MONDAY + 9_999 * DAY)
    assert await dump(database) == before


async def test_files_of_old_visits_go_and_the_visits_stay(database: Database) -> None:
    ana = await hire(database, "Ana")
    old = await met(database, ana, "Li", MONDAY - 100 * DAY)
    new = await met(database, ana, "Mo", MONDAY)
    await set_days(database, Kind.FILES, 90)
    await let_go.handler(database, MONDAY)
    assert [each.visit_id for each in await rows(database, Attachment)] == [new]
    assert [each.ref for each in await rows(database, Blob)] == ["ref-Mo"]
    assert [each.id for each in await rows(database, Visit)] == [old, new]
    async with database.read() as session:
        assert (await verify(session)).wrong is None


async def test_notes_go_here_and_in_the_journal(database: Database) -> None:
    ana = await hire(database, "Ana")
    await met(database, ana, "Li", MONDAY - 100 * DAY, "secret")
    await met(database, ana, "Mo", MONDAY, "young")
    await set_days(database, Kind.NOTES, 90)
    await let_go.handler(database, MONDAY)
    assert [each.note for each in await rows(database, Visit)] == ["", "young"]
    entries = [each.after for each in await rows(database, Entry) if each.noun == "visits"]
    assert [each and each["note"] for each in entries] == [None, "young"]
    noted = [each.note for each in await rows(database, Change) if each.command == "let-go"]
    assert read_notes(noted[-1]) == [
        ("Kept long enough and let go, notes of visits: {count}", {"count": 1})
    ]
    async with database.read() as session:
        assert (await verify(session)).wrong is None


async def test_the_journal_loses_its_contents_and_keeps_its_chain(database: Database) -> None:
    ana = await hire(database, "Ana", at=MONDAY - 800 * DAY)
    await met(database, ana, "Li", MONDAY)
    await set_days(database, Kind.AUDIT, 365)
    changes = len(await rows(database, Change))
    await let_go.handler(database, MONDAY)
    entries = await rows(database, Entry)
    assert {each.after is None for each in entries if each.noun == "people"} == {True}
    assert {each.after is None for each in entries if each.noun == "visits"} == {False}
    assert all(each.digest for each in entries if each.noun != "erasures")
    assert len(await rows(database, Change)) == changes + 2  # a slice, and how much it was
    async with database.read() as session:
        assert (await verify(session)).wrong is None
        first = await session.scalar(select(func.count()).select_from(Erasure))
    await let_go.handler(database, MONDAY)
    assert len(await rows(database, Erasure)) == first


async def test_who_left_long_ago_is_erased_once_nothing_is_theirs(database: Database) -> None:
    long_ago = MONDAY - 500 * DAY
    ana, bo, kim = [await hire(database, each, at=long_ago) for each in ("Ana", "Bo", "Kim")]
    await met(database, bo, "Li", long_ago)
    for who, at in ((ana, MONDAY - 400 * DAY), (bo, MONDAY - 400 * DAY), (kim, MONDAY)):
        async with database.begin() as session:
            work_of(session, at)
            (await session.get_one(Person, who.id)).active = False
    await set_days(database, Kind.PEOPLE, 365)
    async with database.read() as session:
        assert await retention.due(work_of(session), Kind.PEOPLE, 365, MONDAY) == 1
    await let_go.handler(database, MONDAY)
    await let_go.handler(database, MONDAY)
    assert [each.name for each in await rows(database, Person)] == [f"#{ana.id}", "Bo", "Kim"]
    async with database.begin() as session:
        await session.execute(update(Account).values(owner_id=kim.id))
    await let_go.handler(database, MONDAY)
    assert [each.name for each in await rows(database, Person)][1] == f"#{bo.id}"


async def test_contacts_nobody_meets_are_erased(database: Database) -> None:
    ana = await hire(database, "Ana")
    old = await met(database, ana, "Old Li", MONDAY - 400 * DAY, "Old Li was fine")
    await met(database, ana, "New Mo", MONDAY)
    also = await met(database, ana, "Seen Again", MONDAY - 400 * DAY)
    async with database.begin() as session:
        contact = (await session.get_one(Visit, also)).contact_id
        newest = await session.scalar(select(func.max(Visit.id)))
        assert contact
        assert newest
        work_of(session)
        session.add(Attendee(visit_id=newest, contact_id=contact))
        moved = update(Visit).where(Visit.id == newest).values(at=MONDAY)
        await session.execute(moved)
    await set_days(database, Kind.CONTACTS, 180)
    async with database.read() as session:
        assert await retention.due(work_of(session), Kind.CONTACTS, 180, MONDAY) == 1
    await let_go.handler(database, MONDAY)
    assert [each.name for each in await rows(database, Contact)] == ["New Mo", "Seen Again"]
    visit = next(each for each in await rows(database, Visit) if each.id == old)
    assert (visit.note, visit.contact_id) == ("… was fine", None)


async def test_messages_that_failed_go_too_and_those_that_wait_stay(database: Database) -> None:
    async with database.begin() as session:
        for number, state in enumerate(DeliveryState):
            row = Delivery(
                dedup=str(number),
                lane="l",
                chat="c",
                payload={},
                ready_at=0,
                created_at=MONDAY - 31 * DAY,
                state=state,
            )
            session.add(row)
    await let_go.handler(database, MONDAY)
    left = {each.state for each in await rows(database, Delivery)}
    assert left == {DeliveryState.PENDING, DeliveryState.SENDING}


async def test_it_is_let_go_of_in_slices(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "SLICE", 2)
    ana = await hire(database, "Ana")
    for number in range(5):
        await met(database, ana, f"Li {number}", MONDAY - 400 * DAY)
    await set_days(database, Kind.NOTES, 90)
    gone = []
    for _ in range(4):
        async with database.begin() as session:
            gone.append(
                await retention.let_go(work_of(session), Kind.NOTES, randomness=salts, now=MONDAY)
            )
    assert gone == [2, 2, 1, 0]


async def test_forever_is_forever(database: Database) -> None:
    async with database.begin() as session:
        work = work_of(session)
        for kind in Kind:
            assert await retention.due(work, kind, FOREVER, datetime(2999, 1, 1, tzinfo=UTC)) == 0


async def test_places_on_cards_that_are_over_are_forgotten(database: Database) -> None:
    def call(token: str, lives: timedelta) -> StoredCall:
        return StoredCall(
            token=token,
            card=token,
            command="learnplace",
            answers={"point": "31.2304,121.4737"},
            label="Acme",
            person_id=None,
            single_use=True,
            expires_at=MONDAY + lives,
        )

    async with database.begin() as session:
        session.add_all([call("over", -DAY), call("open", DAY)])
    async with database.begin() as session:
        await forget_places.handler(work_of(session), MONDAY)
    assert [each.token for each in await rows(database, StoredCall)] == ["open"]
    assert forget_places.every.periods(MONDAY - DAY, MONDAY, ZoneInfo("UTC"))
