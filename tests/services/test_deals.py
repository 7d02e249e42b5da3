"""Deals: the only open one is moved, or one is opened; closed ones rest."""

import pytest

from services import accounts, deals
from services.deals import Money, Moved, NewDeal
from services.errors import GoneDeal, SeveralDeals
from storage.models import Account, Deal, Person, Role, Stage
from storage.work import Work
from tests.services.conftest import Hire
from tests.talk import MONDAY


@pytest.fixture
async def rep(hire: Hire) -> Person:
    return await hire("Ana")


@pytest.fixture
async def acme(work: Work, rep: Person) -> Account:
    return await accounts.create(work, rep, "Acme")


async def move(
    work: Work,
    person: Person,
    account: Account,
    deal: Deal | NewDeal | None = None,
    *,
    stage: Stage | None = None,
    money: Money | None = None,
    note: str = "",
) -> Moved:
    return await deals.move(
        work,
        person,
        account,
        deal,
        stage=stage,
        money=money,
        note=note,
        currency="CNY",
        now=MONDAY,
    )


async def test_the_first_is_opened(work: Work, rep: Person, acme: Account) -> None:
    moved = await move(work, rep, acme, money=Money(500, "CNY"))
    deal = moved.deal
    assert (moved.stage, moved.money) == (None, None)
    assert (deal.name, deal.stage, deal.amount, deal.closed_at) == ("Acme", "lead", 500, None)


async def test_the_only_one_is_moved(work: Work, rep: Person, acme: Account) -> None:
    first = await move(work, rep, acme, stage=Stage.LEAD, money=Money(500, "CNY"), note="one")
    moved = await move(work, rep, acme, stage=Stage.PROPOSAL, note="two")
    assert moved.deal is first.deal
    assert (moved.stage, moved.money) == (Stage.LEAD, Money(500, "CNY"))
    assert (moved.deal.stage, moved.deal.amount) == ("proposal", 500)
    assert moved.deal.note == "one\ntwo"


@pytest.mark.parametrize("stage", [Stage.WON, Stage.LOST])
async def test_what_is_closed_is_not_moved_again(
    work: Work, rep: Person, acme: Account, stage: Stage
) -> None:
    closed = (await move(work, rep, acme, stage=stage)).deal
    assert closed.closed_at == MONDAY
    with pytest.raises(GoneDeal):
        await move(work, rep, acme, closed, stage=Stage.LEAD)
    with pytest.raises(GoneDeal):
        await deals.get(work, rep, closed.id)
    assert (await move(work, rep, acme, stage=Stage.LEAD)).deal is not closed


async def test_of_several_one_must_be_named(work: Work, rep: Person, acme: Account) -> None:
    scanner = (await move(work, rep, acme, NewDeal("Scanner"), stage=Stage.LEAD)).deal
    await move(work, rep, acme, NewDeal("Ventilator"), stage=Stage.LEAD)
    with pytest.raises(SeveralDeals):
        await move(work, rep, acme, stage=Stage.WON)
    moved = await move(work, rep, acme, scanner, stage=Stage.WON)
    assert moved.deal is scanner


async def test_a_deal_is_of_its_own_account(work: Work, rep: Person, acme: Account) -> None:
    deal = (await move(work, rep, acme, stage=Stage.LEAD)).deal
    beta = await accounts.create(work, rep, "Beta")
    with pytest.raises(GoneDeal):
        await move(work, rep, beta, deal, stage=Stage.WON)


async def test_who_may_not_see_it_may_not_move_it(
    work: Work, rep: Person, acme: Account, hire: Hire
) -> None:
    deal = (await move(work, rep, acme, stage=Stage.LEAD)).deal
    bo = await hire("Bo", unit="West")
    for person in (bo, await hire("Wu", Role.MANAGER, unit="West")):
        with pytest.raises(GoneDeal):
            await deals.get(work, person, deal.id)
        assert await deals.open_of(work, person, acme.id) == []
    manager = await hire("Rui", Role.MANAGER)
    assert (await deals.get(work, manager, deal.id)) is deal


async def test_a_manager_s_new_deal_is_the_owner_s(
    work: Work, rep: Person, acme: Account, hire: Hire
) -> None:
    manager = await hire("Rui", Role.MANAGER)
    deal = (await move(work, manager, acme, stage=Stage.LEAD)).deal
    assert (deal.owner_id, deal.unit_id) == (rep.id, rep.unit_id)


def deal(name: str) -> Deal:
    return Deal(
        account_id=1,
        owner_id=1,
        unit_id=1,
        name=name,
        stage="lead",
        amount=0,
        currency="CNY",
        created_at=MONDAY,
    )


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("", ["CT scanner", "Scanner", "Ventilator"]),
        ("scanner", ["Scanner"]),
        ("ct", ["CT scanner"]),
        ("X-ray", []),
    ],
)
def test_which_a_name_means(name: str, meant: list[str]) -> None:
    several = [deal("CT scanner"), deal("Scanner"), deal("Ventilator")]
    assert [each.name for each in deals.meant(several, name)] == meant
