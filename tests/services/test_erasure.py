"""What is left of whom, and of everybody else."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

import pytest
from sqlalchemy import func, select

from services import accounts, erasure, history, people, visits
from services.erasure import CONTACTS, PEOPLE, Subject
from services.errors import (
    ChangedSince,
    ErasedAlready,
    GoneContact,
    GonePerson,
    HandOverFirst,
    NotAllowed,
    NotYoursToErase,
    OwnRole,
)
from storage.engine import Database
from storage.journal import Author
from storage.models import (
    Account,
    Attachment,
    Blob,
    Change,
    Contact,
    Deal,
    Delivery,
    Draft,
    Entry,
    Erasure,
    Gate,
    Identity,
    Import,
    ImportState,
    Leave,
    Page,
    Person,
    Reminder,
    Role,
    Seal,
    Stage,
    StoredCall,
    Update,
    UpdateState,
    Visit,
)
from storage.verifying import verify
from storage.work import Work
from tests.dumps import dump, on_disk, places_of
from tests.talk import MONDAY

NAME, TITLED, PHONE = "Xanthippe Quill", "祁主任", "+86 139 7531 2468"
HANDLE = "U7CANARY99"
_numbers = count(1)


def salts(size: int) -> bytes:
    """Bytes that come once."""
    return next(_numbers).to_bytes(size, "big")


@dataclass
class Firm:
    """A company with everything in it that may name somebody."""

    database: Database
    people: dict[str, Person] = field(default_factory=dict)

    async def do(self, by: str | None, act: Callable[[Work], Awaitable[object]]) -> int:
        """Do something as somebody, in a transaction of its own; the number of the change."""
        async with self.database.begin() as session:
            author = Author(MONDAY, self.people[by].id if by else None, "test")
            await act(Work(session, author))
            return author.change_id or 0

    async def hire(self, name: str, role: Role, unit: str, handle: str) -> Person:
        async def hired(work: Work) -> None:
            home = await people.unit_at(work, unit)
            person = Person(name=name, role=role, unit_id=home.id, code=f"code-{handle}")
            await work.people.add(person)
            await work.people.add(
                Identity(
                    person_id=person.id,
                    platform="slack",
                    external_id=handle,
                    bot="T1",
                    chat=f"D{handle}",
                )
            )
            self.people[name] = await work.people.get(person.id)

        await self.do(None, hired)
        return self.people[name]

    async def add(self, *rows: object) -> None:
        async with self.database.begin() as session:
            Work(session, Author(MONDAY, None, "test"))
            session.add_all(rows)

    async def erase(self, by: str, noun: str, key: int) -> erasure.Erased:
        async with self.database.begin() as session:
            work = Work(session, Author(MONDAY, self.people[by].id, "erase"))
            asker = await work.people.get(self.people[by].id)
            who = await erasure.subject(work, asker, noun, key)
            return await erasure.erase(work, asker, who, randomness=salts, now=MONDAY)


@pytest.fixture
async def firm(database: Database) -> Firm:
    firm = Firm(database)
    for name, role, unit in (
        ("Hua", Role.HQ, ""),
        ("Rui", Role.MANAGER, "East"),
        ("Ana", Role.REP, "East"),
        ("Bo", Role.REP, "West"),
    ):
        await firm.hire(name, role, unit, f"U{name.upper()}00")
    return firm


async def account(firm: Firm, owner: str, name: str) -> Account:
    made: list[Account] = []

    async def act(work: Work) -> None:
        made.append(await accounts.create(work, firm.people[owner], name))

    await firm.do(owner, act)
    return made[0]


async def contact(
    firm: Firm, at: Account, name: str, *, phone: str = "", title: str = ""
) -> Contact:
    made: list[Contact] = []

    async def act(work: Work) -> None:
        made.append(await accounts.add_contact(work, at, name, phone=phone, title=title))

    await firm.do("Ana", act)
    return made[0]


async def visit(firm: Firm, rep: str, at: Account, note: str, *met: Contact) -> Visit:
    made: list[Visit] = []

    async def act(work: Work) -> None:
        logged = await visits.log(
            work, firm.people[rep], at, None, contacts=met, note=note, next_step=note, now=MONDAY
        )
        made.append(logged.visit)

    await firm.do(rep, act)
    return made[0]


async def mentioned(firm: Firm, text: str, at: Account, by: str = "Ana") -> None:
    """Say something everywhere where something can be said."""
    person = firm.people[by]
    logged = await visit(firm, by, at, text)

    later = MONDAY + timedelta(days=1)
    unit = person.unit_id
    await firm.add(
        Deal(
            account_id=at.id,
            owner_id=person.id,
            unit_id=unit,
            name=text,
            note=text,
            stage=Stage.LEAD,
            amount=100,
            currency="CNY",
            created_at=MONDAY,
        ),
        Reminder(person_id=person.id, unit_id=unit, text=text, due_at=later, account_id=at.id),
        Attachment(visit_id=logged.id, platform="phone", ref="r", name=f"{text}.jpg", mime="i"),
    )
    await kept(firm, text, person)


async def kept(firm: Firm, text: str, person: Person) -> None:
    """What would be forgotten by itself in some days."""
    number = next(_numbers)
    said = {"blocks": [{"text": f"Met {text}."}, {"fields": [["Who", [text]]]}]}
    await firm.add(
        Delivery(
            dedup=f"d{number}",
            lane="slack:T1",
            chat=f"slack:T1:D{number}",
            payload=said,
            ready_at=0,
            created_at=MONDAY,
            person_id=person.id,
        ),
        StoredCall(
            token=f"t{number}",
            card=f"d{number}",
            command="visit",
            answers={"contact": text},
            label=text,
            person_id=person.id,
            single_use=True,
            expires_at=MONDAY + timedelta(days=7),
        ),
        Draft(
            person_id=person.id,
            chat=f"slack:T1:draft{number}",
            command="visit",
            answers={"?contact": json.dumps([text, []], ensure_ascii=False)},
            asking="contact",
            guided=False,
            step=1,
            updated_at=MONDAY,
        ),
        Update(
            platform="slack",
            bot="T1",
            external_id=f"u{number}",
            chat=f"slack:T1:D{number}",
            payload=json.dumps({"text": text}),
            received_at=MONDAY,
            state=UpdateState.DONE,
            fetched={"listen": text},
        ),
        Import(
            person_id=person.id,
            name=f"{text}.csv",
            created_at=MONDAY,
            state=ImportState.DONE,
            found={"rows": [text]},
        ),
    )


async def test_of_a_contact_nothing_is_left_but_a_hash(firm: Firm) -> None:
    acme, other = await account(firm, "Ana", "Acme"), await account(firm, "Bo", "Bolt")
    quill = await contact(firm, acme, NAME, phone=PHONE, title="Director")
    stays = await contact(firm, acme, "Mo Field")
    first = await visit(firm, "Ana", acme, f"saw {NAME}, call 13975312468", quill, stays)
    second = await visit(firm, "Ana", acme, "both", stays, quill)
    await mentioned(firm, f"with {NAME.upper()}", acme)
    await mentioned(firm, f"(xanthippe-quill {PHONE})", other, by="Bo")
    before = await dump(firm.database)
    done = await firm.erase("Ana", CONTACTS, quill.id)
    assert await places_of(firm.database, "xanthippe", "quill", "13975312468", PHONE) == []
    assert on_disk(firm.database, "anthippe", "Quill", "QUILL", "139 7531 2468") == []
    assert done.counts["contacts"] == 1
    assert done.counts["attendees"] == 1
    async with firm.database.read() as session:
        one, two = [await session.get_one(Visit, each.id) for each in (first, second)]
        kept_row = (await session.scalars(select(Erasure))).one()
    assert (one.contact_id, one.note, one.at) == (None, "saw …, call …", first.at)
    assert (two.contact_id, two.note) == (stays.id, "both")
    assert (kept_row.noun, kept_row.key, kept_row.by_id) == (
        CONTACTS,
        quill.id,
        firm.people["Ana"].id,
    )
    assert len(bytes.fromhex(kept_row.evidence)) == 32
    after = await dump(firm.database)
    for table in ("people", "identities", "accounts", "account_keys", "units", "changes"):
        assert {k: after[table][k] for k in before[table]} == before[table]


async def test_the_journal_keeps_its_chain_and_loses_the_name(firm: Firm) -> None:
    acme = await account(firm, "Ana", "Acme")
    quill = await contact(firm, acme, NAME, phone=PHONE)
    stays = await contact(firm, acme, "Mo Field")
    await firm.erase("Ana", CONTACTS, quill.id)
    async with firm.database.read() as session:
        verified = await verify(session)
        rows = (await session.scalars(select(Entry).where(Entry.noun == CONTACTS))).all()
        sealed = await session.scalar(select(func.count()).select_from(Seal))
        changes = await session.scalar(select(func.count()).select_from(Change))
    assert (verified.wrong, verified.newer) == (None, 1)
    assert sealed == (changes or 0) - 1
    [gone] = [each for each in rows if each.key == quill.id]
    assert (gone.before, gone.after, gone.salt) == (None, None, None)
    assert gone.digest
    [kept_entry] = [each for each in rows if each.key == stays.id]
    assert kept_entry.after
    assert kept_entry.salt


async def test_a_namesake_at_another_customer_is_left_alone(firm: Firm) -> None:
    acme, other = await account(firm, "Ana", "Acme"), await account(firm, "Bo", "Bolt")
    mine = await contact(firm, acme, "王伟", phone="138 0000 1111")
    theirs = await contact(firm, other, "王伟", phone="138-0000-1111")
    own = await visit(firm, "Ana", acme, "王伟很满意 13800001111", mine)
    foreign = await visit(firm, "Bo", other, "王伟很满意 13800001111", theirs)
    await firm.erase("Ana", CONTACTS, mine.id)
    async with firm.database.read() as session:
        assert (await session.get_one(Visit, own.id)).note == "…很满意 13800001111"
        assert (await session.get_one(Visit, foreign.id)).note == "王伟很满意 13800001111"
        assert (await session.get_one(Contact, theirs.id)).name == "王伟"


async def test_a_name_that_is_a_word_goes_only_where_it_is_about_them(firm: Firm) -> None:
    acme, other = await account(firm, "Ana", "Acme"), await account(firm, "Bo", "Bolt")
    may = await contact(firm, acme, "May", title="CEO")
    chinese = await contact(firm, acme, "祁连山", title="主任")
    own = await visit(firm, "Ana", acme, "May may sign in summer; 祁主任同意", may, chinese)
    foreign = await visit(firm, "Bo", other, "signs in May")
    await firm.erase("Rui", CONTACTS, may.id)
    await firm.erase("Hua", CONTACTS, chinese.id)
    async with firm.database.read() as session:
        assert (await session.get_one(Visit, own.id)).note == "… may sign in summer; …同意"
        assert (await session.get_one(Visit, foreign.id)).note == "signs in May"


async def test_who_may_erase_a_contact(firm: Firm) -> None:
    acme = await account(firm, "Ana", "Acme")
    quill = await contact(firm, acme, NAME)
    with pytest.raises(GoneContact):
        await firm.erase("Bo", CONTACTS, quill.id)
    ana, bo = firm.people["Ana"], firm.people["Bo"]
    today = date(2026, 3, 2)
    await firm.add(Leave(person_id=ana.id, deputy_id=bo.id, starts_on=today, ends_on=today))
    with pytest.raises(NotYoursToErase):
        await firm.erase("Bo", CONTACTS, quill.id)
    dan = await firm.hire("Dan", Role.MANAGER, "West", "dan")
    rui = firm.people["Rui"]
    await firm.add(Leave(person_id=rui.id, deputy_id=dan.id, starts_on=today, ends_on=today))
    with pytest.raises(NotYoursToErase):  # for good: not by who only looks after it for a day
        await firm.erase("Dan", CONTACTS, quill.id)
    await firm.erase("Rui", CONTACTS, quill.id)
    with pytest.raises(GoneContact):
        await firm.erase("Hua", CONTACTS, quill.id)


async def test_of_a_person_a_number_is_left(firm: Firm) -> None:
    quill = await firm.hire(NAME, Role.REP, "East", HANDLE)
    acme = await account(firm, "Ana", "Acme")
    done_before = await visit(firm, NAME, acme, f"I, {NAME}, was there")
    await mentioned(firm, f"{NAME} said so", acme)
    await kept(firm, f"hello from {NAME}", quill)
    unit = quill.unit_id
    await firm.add(
        Reminder(person_id=quill.id, unit_id=unit, text="my dentist", due_at=MONDAY),
        Page(person_id=quill.id, window="V1", platform="slack", bot="T1", chat=f"D{HANDLE}"),
        Leave(person_id=quill.id, starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 2)),
        Gate(key=f"slack:T1:D{HANDLE}", tat=7),
        Blob(ref="rows", name="x", mime="x", content=NAME.encode(), created_at=MONDAY),
        Import(person_id=quill.id, name="my.csv", created_at=MONDAY, rows_ref="rows"),
        Update(
            platform="slack",
            bot="T1",
            external_id="mine",
            chat=f"slack:T1:D{HANDLE}",
            payload='{"text": "my private words"}',
            received_at=MONDAY,
            state=UpdateState.DONE,
        ),
        Update(
            platform="slack",
            bot="T1",
            external_id="in a group",
            chat="slack:T1:C1",
            payload=json.dumps({"user": HANDLE, "text": "in a group"}),
            received_at=MONDAY,
            state=UpdateState.DONE,
        ),
    )
    await firm.erase("Hua", PEOPLE, quill.id)
    canaries = ("xanthippe", "quill", HANDLE, "private words", "dentist", "in a group.")
    assert await places_of(firm.database, *canaries) == []
    assert on_disk(firm.database, "anthippe", HANDLE, "private words", "dentist") == []
    async with firm.database.read() as session:
        row = await session.get_one(Person, quill.id)
        logged = await session.get_one(Visit, done_before.id)
        updates = (await session.scalars(select(Update))).all()
        tables = (await session.scalars(select(Import))).all()
        assert (await verify(session)).wrong is None
    assert (row.name, row.code, row.active, row.unit_id) == (f"#{quill.id}", "", False, unit)
    assert (logged.rep_id, logged.note) == (quill.id, "I, …, was there")
    named = [(each.external_id, each.payload, each.chat) for each in updates]
    assert ("mine", "{}", "") in named
    assert ("in a group", "{}", "slack:T1:C1") in named
    assert {each.state for each in tables if each.person_id == quill.id} == {
        ImportState.DONE,
        ImportState.DROPPED,
    }


async def test_a_person_with_customers_hands_them_over_first(firm: Firm) -> None:
    acme = await account(firm, "Ana", "Acme")
    ana = firm.people["Ana"]
    with pytest.raises(HandOverFirst):
        await firm.erase("Hua", PEOPLE, ana.id)

    async def handed(work: Work) -> None:
        found = await work.session.get_one(Account, acme.id)
        found.owner_id = firm.people["Rui"].id
        await work.accounts.flush()

    await firm.do("Hua", handed)
    await firm.erase("Hua", PEOPLE, ana.id)
    with pytest.raises(ErasedAlready):
        await firm.erase("Hua", PEOPLE, ana.id)


async def test_only_hq_erases_people_and_never_itself_or_its_last(firm: Firm) -> None:
    hua, bo = firm.people["Hua"], firm.people["Bo"]
    for who in ("Ana", "Rui"):
        with pytest.raises(NotAllowed):
            await firm.erase(who, PEOPLE, bo.id)
    with pytest.raises(OwnRole):
        await firm.erase("Hua", PEOPLE, hua.id)
    with pytest.raises(GonePerson):
        await firm.erase("Hua", PEOPLE, 10**6)


async def test_two_of_hq_do_not_erase_each_other(firm: Firm) -> None:
    """Whoever comes second is not of HQ any more, and so is refused."""
    hua, kim = firm.people["Hua"], await firm.hire("Kim", Role.HQ, "", "UKIM00")
    ended = await asyncio.gather(
        firm.erase("Hua", PEOPLE, kim.id),
        firm.erase("Kim", PEOPLE, hua.id),
        return_exceptions=True,
    )
    assert [type(each) for each in ended if isinstance(each, Exception)] == [NotAllowed]
    async with firm.database.read() as session:
        query = select(func.count()).where(Person.active, Person.role == Role.HQ)
        assert await session.scalar(query) == 1


async def test_what_named_them_is_not_brought_back_by_an_undo(firm: Firm) -> None:
    acme = await account(firm, "Ana", "Acme")
    quill = await contact(firm, acme, NAME)
    logged = await visit(firm, "Ana", acme, f"saw {NAME}", quill)

    async def removed(work: Work) -> None:
        await work.history.remove(await work.session.get_one(Visit, logged.id))

    number = await firm.do("Ana", removed)
    await firm.erase("Ana", CONTACTS, quill.id)

    async def undone(work: Work) -> None:
        ana = await work.people.get(firm.people["Ana"].id)
        await history.undo(work, ana, number, now=MONDAY)

    with pytest.raises(ChangedSince):
        await firm.do("Ana", undone)
    assert await places_of(firm.database, "xanthippe") == []


async def test_killed_in_the_middle_nothing_has_happened(firm: Firm) -> None:
    acme = await account(firm, "Ana", "Acme")
    quill = await contact(firm, acme, NAME, phone=PHONE)
    await mentioned(firm, NAME, acme)
    before = await dump(firm.database)

    async def killed(work: Work) -> None:
        asker = await work.people.get(firm.people["Ana"].id)
        who = Subject(CONTACTS, quill.id, NAME)
        await erasure.erase(work, asker, who, randomness=salts, now=MONDAY)
        raise RuntimeError("the plug was pulled")

    with pytest.raises(RuntimeError, match="pulled"):
        await firm.do("Ana", killed)
    assert await dump(firm.database) == before


async def test_the_evidence_tells_nobody_who_it_was(firm: Firm) -> None:
    acme = await account(firm, "Ana", "Acme")
    twins = [await contact(firm, acme, each) for each in ("Twin A", "Twin B")]
    first, second = [await firm.erase("Ana", CONTACTS, each.id) for each in twins]
    assert first.evidence != second.evidence
    assert first.counts == second.counts
