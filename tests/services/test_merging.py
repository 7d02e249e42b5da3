"""Merging loses nothing, and taking it back leaves everything as it was."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from services import accounts, claims, leaves, merging, people
from services.errors import (
    CannotMerge,
    GoneAccount,
    NothingToUnmerge,
    SameAccount,
)
from services.leaves import Days
from storage.engine import Database
from storage.journal import Author
from storage.models import (
    Account,
    AccountKey,
    Attendee,
    Base,
    Claim,
    Contact,
    Deal,
    Person,
    Reminder,
    Role,
    Visit,
)
from storage.work import Work
from tests.services.conftest import Hire
from tests.talk import MONDAY

NOUNS: Sequence[type[Base]] = (
    Account, AccountKey, Attendee, Claim, Contact, Deal, Reminder, Visit,
)  # fmt: skip
LATER = MONDAY + timedelta(days=3)


async def rows(work: Work) -> dict[str, list[dict[str, Any]]]:
    """All there is, column by column, as the database has it."""
    found: dict[str, list[dict[str, Any]]] = {}
    for noun in NOUNS:
        table = noun.__table__
        result = await work.session.execute(select(table).order_by(table.c.id))
        found[noun.__tablename__] = [dict(row._mapping) for row in result]
    return found


async def furnish(work: Work, account: Account, told: dict[str, Any]) -> None:
    """Visits, contacts, a deal and something to do at an account."""
    owner = await work.people.get(account.owner_id)
    people = [
        await accounts.add_contact(work, account, name, phone=phone)
        for name, phone in told["contacts"].items()
    ]
    for number in range(told["visits"]):
        visit = Visit(
            account_id=account.id,
            rep_id=owner.id,
            unit_id=owner.unit_id,
            at=MONDAY - timedelta(days=number),
            contact_id=people[0].id if people else None,
        )
        await work.visits.add(visit)
        if len(people) > 1:
            await work.visits.add(Attendee(visit_id=visit.id, contact_id=people[1].id))
    for number in range(told["deals"]):
        await work.deals.add(
            Deal(
                account_id=account.id, owner_id=owner.id, unit_id=owner.unit_id,
                name=f"Deal {number}", stage="lead", amount=100 * number, currency="CNY",
                created_at=MONDAY, closed_at=MONDAY if number else None,
            )
        )  # fmt: skip
        await work.reminders.add(
            Reminder(
                person_id=owner.id, unit_id=owner.unit_id, text="call", due_at=MONDAY,
                account_id=account.id,
            )
        )  # fmt: skip


FURNISHED = st.fixed_dictionaries(
    {
        "visits": st.integers(0, 3),
        "deals": st.integers(0, 2),
        "contacts": st.dictionaries(
            st.sampled_from(["Li Wei", "Wu Min", "王主任", "Zoe"]),
            st.sampled_from(["", "13800138000", "021 5555 1234"]),
            max_size=3,
        ),
        "city": st.sampled_from(["", "Suzhou"]),
        "code": st.sampled_from(["", "C-1"]),
        "phone": st.sampled_from(["", "0512 5555 1234"]),
        "alias": st.sampled_from(["鹤", "Crane", "Acme Group", "acme"]),
    }
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(keep=FURNISHED, fold=FURNISHED, same_owner=st.booleans())
async def test_nothing_is_lost_and_undone_all_is_as_it_was(
    database: Database, keep: dict[str, Any], fold: dict[str, Any], same_owner: bool
) -> None:
    """Whatever two accounts have."""
    async with database.begin() as session:
        work = Work(session, Author(MONDAY, None, "set up"))
        rui, ana, eva = await _people(work)
        made = [
            await accounts.create(
                work, owner, name, [told["alias"]], city=told["city"], code=told["code"],
                phone=told["phone"],
            )
            for owner, name, told in (
                (ana, "Acme", keep), (ana if same_owner else eva, "Crane", fold)
            )
        ]  # fmt: skip
        for account, told in zip(made, (keep, fold), strict=True):
            await furnish(work, account, told)
        before = await rows(work)
        ids = [each.id for each in made]
        manager = rui.id
    async with database.begin() as session:
        work = Work(session, Author(MONDAY, manager, "mergenow"))
        actor = await work.people.get(manager)
        first, second = [await accounts.get(work, actor, each) for each in ids]
        await merging.merge(work, actor, first, second, now=MONDAY)
        merged = await rows(work)
    _check(before, merged, ids)
    async with database.begin() as session:
        work = Work(session, Author(LATER, manager, "unmerge"))
        actor = await work.people.get(manager)
        first = await accounts.get(work, actor, ids[0])
        await merging.unmerge(work, actor, first, now=LATER)
        assert await rows(work) == before
    async with database.begin() as session:
        for noun in (Attendee, Reminder, Deal, Visit, Contact, AccountKey, Account):
            Work(session, Author(MONDAY, None, "clear"))
            for row in await session.scalars(select(noun)):
                await session.delete(row)
            await session.flush()


async def _people(work: Work) -> list[Person]:
    home = await people.unit_at(work, "East")
    found = []
    for name, role in (("Rui", Role.MANAGER), ("Ana", Role.REP), ("Eva", Role.REP)):
        person = Person(name=name, role=role, unit_id=home.id)
        await work.people.add(person)
        found.append(person)
    return found


def _check(before: dict[str, Any], merged: dict[str, Any], ids: list[int]) -> None:
    keep, _fold = ids
    assert [each["id"] for each in merged["accounts"]] == [keep]
    for noun in ("visits", "deals", "reminders", "attendees"):
        assert len(before[noun]) == len(merged[noun])
    for noun in ("visits", "deals", "reminders", "contacts", "account_keys"):
        assert {each["account_id"] for each in merged[noun]} <= {keep}
    said = {(each["name"], each["phone"]) for each in merged["contacts"]}
    known = {name for name, _phone in said}
    for each in before["contacts"]:
        assert (each["name"], each["phone"]) in said or (
            not each["phone"] and each["name"] in known
        )
    ours = {each["id"] for each in merged["contacts"]}
    assert {each["contact_id"] for each in merged["attendees"]} <= ours
    assert {each["contact_id"] for each in merged["visits"]} <= ours | {None}
    keys = {each["key"]: each["sound"] for each in merged["account_keys"]}
    for each in before["account_keys"]:
        assert each["key"] in keys
        assert each["sound"] or not keys[each["key"]]


async def test_only_a_manager_of_both_merges(work: Work, hire: Hire) -> None:
    ana, bo = await hire("Ana"), await hire("Bo", unit="West")
    rui, kim = await hire("Rui", Role.MANAGER), await hire("Kim", Role.HQ, unit="")
    own, other = await accounts.create(work, ana, "Acme"), await accounts.create(work, ana, "Ibis")
    theirs = await accounts.create(work, bo, "Crane")
    for actor, keep, fold in ((ana, own, other), (rui, own, theirs), (rui, theirs, own)):
        with pytest.raises(CannotMerge):
            await merging.merge(work, actor, keep, fold, now=MONDAY)
        with pytest.raises(CannotMerge):
            await merging.preview(work, actor, keep, fold)
    with pytest.raises(SameAccount):
        await merging.merge(work, kim, own, own, now=MONDAY)
    await merging.merge(work, kim, own, theirs, now=MONDAY)
    with pytest.raises(GoneAccount):
        await merging.merge(work, kim, own, theirs, now=MONDAY)


async def test_who_stands_in_for_a_manager_merges_nothing(work: Work, hire: Hire) -> None:
    ana, rui = await hire("Ana"), await hire("Rui", Role.MANAGER)
    dan = await hire("Dan", Role.MANAGER, "West")
    keep, fold = await accounts.create(work, ana, "Acme"), await accounts.create(work, ana, "Ibis")
    today = MONDAY.date()
    await leaves.take(work, rui, rui, Days(today, today), dan, now=MONDAY)
    assert keep is await accounts.get(work, dan, keep.id)
    for deed in (
        merging.preview(work, dan, keep, fold),
        merging.merge(work, dan, keep, fold, now=MONDAY),
    ):
        with pytest.raises(CannotMerge):
            await deed
    async with work.session.begin_nested():
        merged = await merging.merge(work, rui, keep, fold, now=MONDAY)
    with pytest.raises(NothingToUnmerge):
        await merging.unmerge(work, dan, merged.keep, now=MONDAY)


async def test_a_claim_to_either_is_one_claim_or_closed(work: Work, hire: Hire) -> None:
    ana, eva, ben = await hire("Ana"), await hire("Eva"), await hire("Ben")
    rui = await hire("Rui", Role.MANAGER)
    keep, fold = (
        await accounts.create(work, ana, "Acme"),
        await accounts.create(work, eva, "Crane"),
    )
    for claimant, account in ((ben, keep), (ben, fold), (ana, fold)):
        await claims.make(work, claimant, account.id, "mine", now=MONDAY)
    await merging.merge(work, rui, keep, fold, now=MONDAY)
    states = [(each.claimant_id, each.state) for each in await work.claims.of_account(keep.id)]
    assert states == [(ben.id, "open"), (ben.id, "withdrawn"), (ana.id, "granted")]


async def test_there_is_nothing_to_take_apart_where_nothing_was_merged(
    work: Work, hire: Hire
) -> None:
    ana, rui = await hire("Ana"), await hire("Rui", Role.MANAGER)
    keep = await accounts.create(work, ana, "Acme")
    with pytest.raises(NothingToUnmerge):
        await merging.unmerge(work, rui, keep, now=MONDAY)
