"""Handing over: what goes, what stays, and who may."""

from datetime import timedelta

import pytest

from services import accounts, deals, handover, leaves, reminders, visits
from services.deals import Money, NewDeal
from services.errors import (
    GoneAccount,
    HandedOnMeanwhile,
    NothingToHandOver,
    NotYoursToAssign,
    NotYoursToReceive,
    OwnsAlready,
    SamePerson,
)
from services.handover import Going, HandedOver
from services.leaves import Days
from storage.models import Account, Deal, Person, Role, Stage
from storage.work import Work
from tests.services.conftest import Hire
from tests.talk import MONDAY

TODAY = MONDAY.date()


async def opened(work: Work, owner: Person, name: str, minor: int = 0, **more: str) -> Account:
    """An account, with an open deal if it is worth anything."""
    account = await accounts.create(work, owner, name)
    if minor:
        await deals.move(
            work,
            owner,
            account,
            NewDeal(name),
            stage=Stage(more.get("stage", Stage.LEAD)),
            money=Money(minor, more.get("currency", "CNY")),
            currency="CNY",
            now=MONDAY,
        )
    return account


async def all_of(work: Work, giver: Person, person: Person, to: Person) -> HandedOver:
    shown = await handover.everything(work, giver, person, to, mark=None)
    assert isinstance(shown, Going)
    done = await handover.everything(work, giver, person, to, mark=shown.mark)
    assert isinstance(done, HandedOver)
    return done


async def test_one_goes_with_its_open_deals_and_reminders(work: Work, hire: Hire) -> None:
    ana, ben, rui = await hire("Ana"), await hire("Ben"), await hire("Rui", Role.MANAGER)
    acme = await opened(work, ana, "Acme", 500)
    other = await opened(work, ana, "Bluebird", 700)
    won = await deals.move(
        work, ana, acme, NewDeal("Old"), stage=Stage.WON, money=None, currency="CNY", now=MONDAY
    )
    soon = TODAY + timedelta(days=1)
    there = await reminders.add(work, ana, "call", soon, account=acme, now=MONDAY)
    elsewhere = await reminders.add(work, ana, "call", soon, account=other, now=MONDAY)
    own = await reminders.add(work, ana, "dentist", soon, now=MONDAY)
    logged = await visits.log(work, ana, acme, None, now=MONDAY)

    done = await handover.one(work, rui, acme, ben)

    assert (ben.id, ben.unit_id) == (acme.owner_id, acme.unit_id)
    assert [each.amount for each in done.going.deals] == [500]
    assert ana.id == won.deal.owner_id
    assert ben.id == there.person_id
    assert {ana.id} == {elsewhere.person_id, own.person_id, logged.visit.rep_id}
    assert ana.id == other.owner_id


async def test_everything_goes_and_what_is_private_stays(work: Work, hire: Hire) -> None:
    ana, ben, rui = await hire("Ana"), await hire("Ben"), await hire("Rui", Role.MANAGER)
    acme = await opened(work, ana, "Acme", 500)
    await opened(work, ana, "Bluebird", 300, currency="USD")
    soon = TODAY + timedelta(days=1)
    own = await reminders.add(work, ana, "dentist", soon, now=MONDAY)
    await reminders.add(work, ana, "call", soon, account=acme, now=MONDAY)

    done = await all_of(work, rui, ana, ben)

    assert [each.name for each in done.going.accounts] == ["Acme", "Bluebird"]
    assert [Money(500, "CNY"), Money(300, "USD")] == done.going.sums
    assert len(done.going.reminders) == 1
    assert ana.id == own.person_id
    with pytest.raises(NothingToHandOver):
        await handover.going(work, rui, ana)


async def test_what_changed_since_it_was_shown_is_shown_again(work: Work, hire: Hire) -> None:
    ana, ben, rui = await hire("Ana"), await hire("Ben"), await hire("Rui", Role.MANAGER)
    acme = await opened(work, ana, "Acme", 500)
    seen = await handover.going(work, rui, ana)
    await opened(work, ana, "Bluebird")

    again = await handover.everything(work, rui, ana, ben, mark=seen.mark)

    assert isinstance(again, Going)
    assert len(again.accounts) == 2
    assert ana.id == acme.owner_id


async def test_the_mark_is_of_what_goes_alone(work: Work, hire: Hire) -> None:
    ana, rui = await hire("Ana"), await hire("Rui", Role.MANAGER)
    acme = await opened(work, ana, "Acme", 500)
    before = (await handover.going(work, rui, ana)).mark
    await visits.log(work, ana, acme, None, now=MONDAY)
    assert before == (await handover.going(work, rui, ana)).mark
    [deal] = await deals.open_of(work, ana, acme.id)
    await deals.move(
        work, ana, acme, deal, stage=Stage.LOST, money=None, currency="CNY", now=MONDAY
    )
    assert before != (await handover.going(work, rui, ana)).mark


async def test_who_may_hand_over_what_to_whom(work: Work, hire: Hire) -> None:
    ana, ben, bo = await hire("Ana"), await hire("Ben"), await hire("Bo", unit="West")
    rui, kim = await hire("Rui", Role.MANAGER), await hire("Kim", Role.HQ, "")
    acme, dune = await opened(work, ana, "Acme"), await opened(work, bo, "Dune")

    with pytest.raises(NotYoursToReceive):
        await handover.one(work, rui, acme, bo)
    with pytest.raises(GoneAccount):
        await handover.one(work, rui, dune, ben)
    with pytest.raises(OwnsAlready):
        await handover.one(work, rui, acme, ana)
    with pytest.raises(HandedOnMeanwhile):
        await handover.one(work, rui, acme, ben, of=bo.id)
    with pytest.raises(SamePerson):
        await handover.everything(work, rui, ana, ana, mark=None)
    assert await handover.may_assign(work, rui, acme)
    assert not await handover.may_assign(work, rui, dune)
    await handover.one(work, kim, dune, ana)
    assert ana.id == dune.owner_id


async def test_nothing_goes_to_who_has_left(work: Work, hire: Hire) -> None:
    ana, ben, kim = await hire("Ana"), await hire("Ben"), await hire("Kim", Role.HQ, "")
    acme = await opened(work, ana, "Acme")
    ben.active = False
    await work.people.flush()
    with pytest.raises(NotYoursToReceive):
        await handover.one(work, kim, acme, ben)


async def test_a_deputy_looks_after_accounts_and_hands_none_on(work: Work, hire: Hire) -> None:
    ana = await hire("Ana")
    mia = await hire("Mia", Role.MANAGER, "West")
    lou = await hire("Lou", unit="West")
    acme = await opened(work, ana, "Acme")
    await leaves.take(work, ana, ana, Days(TODAY, TODAY), mia, now=MONDAY)
    assert acme is await accounts.get(work, mia, acme.id)

    assert not await handover.may_assign(work, mia, acme)
    with pytest.raises(NotYoursToAssign):
        await handover.one(work, mia, acme, lou)
    with pytest.raises(NothingToHandOver):
        await handover.going(work, mia, ana)


async def test_nor_does_who_stands_in_for_a_manager(work: Work, hire: Hire) -> None:
    ana, ben, rui = await hire("Ana"), await hire("Ben"), await hire("Rui", Role.MANAGER)
    mia = await hire("Mia", Role.MANAGER, "West")
    acme, own = await opened(work, ana, "Acme"), await opened(work, mia, "Ibis")
    await leaves.take(work, rui, rui, Days(TODAY, TODAY), mia, now=MONDAY)
    assert acme is await accounts.get(work, mia, acme.id)
    for to in (ben, mia):
        with pytest.raises(NotYoursToAssign):
            await handover.one(work, mia, acme, to)
    with pytest.raises(NotYoursToReceive):
        await handover.one(work, mia, own, ben)
    with pytest.raises(NothingToHandOver):
        await handover.going(work, mia, ana)


async def test_the_new_owner_is_told_of_ten_where_most_is_open_first(
    work: Work, hire: Hire
) -> None:
    ana, ben, rui = await hire("Ana"), await hire("Ben"), await hire("Rui", Role.MANAGER)
    for number in range(12):
        await opened(work, ana, f"A{number:02}")
    last = await opened(work, ana, "Z", 900)
    await accounts.add_contact(work, last, "Dr Wang")
    await visits.log(work, ana, last, TODAY - timedelta(days=3), now=MONDAY)
    newest = await visits.log(work, ana, last, None, note="went well", now=MONDAY)

    done = await all_of(work, rui, ana, ben)

    assert len(done.going.accounts) == 13
    assert len(done.known) == 10
    first = done.known[0]
    assert first.account is last
    assert first.visit is newest.visit
    assert [each.name for each in first.contacts] == ["Dr Wang"]
    assert [each.amount for each in first.deals] == [900]
    assert done.known[1].visit is None


def deal(number: int, amount: int, currency: str) -> Deal:
    row = Deal(
        account_id=1,
        owner_id=1,
        unit_id=1,
        name="",
        stage=Stage.LEAD,
        amount=amount,
        currency=currency,
        created_at=MONDAY,
    )
    row.id = number
    return row


def test_sums_are_by_currency_the_most_deals_first() -> None:
    rows = [deal(1, 5, "USD"), deal(2, 7, "CNY"), deal(3, 8, "USD"), deal(4, 1, "EUR")]
    assert [Money(13, "USD"), Money(7, "CNY"), Money(1, "EUR")] == handover.sums(rows)
    assert handover.sums([]) == []
