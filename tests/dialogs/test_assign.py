"""/assign: one customer or all of somebody's go over, with what is open of them."""

from collections.abc import Sequence

import pytest
from sqlalchemy import select

from storage.models import Account, Deal, Reminder, Role, Visit
from tests.dialogs.helpers import GROUP, change, deals, move_account, reminders, visits
from tests.talk import Company, Someone

HAS = ("Acme", "Bluebird", "Cactus", "Dune")


@pytest.fixture
async def ben(company: Company) -> Someone:
    return await company.hire("Ben")


@pytest.fixture
async def busy(company: Company, ana: Someone) -> Someone:
    """Ana, with four customers, two open deals, one won, and something to do."""
    for name in HAS:
        await company.open_account(ana, name)
    await ana.says("/visit Acme yesterday 3pm, went well")
    await ana.says("/deal Acme proposal 50k")
    await ana.says("/deal Bluebird lead 2k")
    await ana.says("/deal Cactus won 9k")
    await ana.says("/remind call Acme tomorrow 9am")
    await ana.presses("Save") if "[Save]" in ana.last.text else None
    return ana


async def owners(company: Company) -> dict[str, int]:
    async with company.database.read() as session:
        found = await session.scalars(select(Account).order_by(Account.id))
        return {each.name: each.owner_id for each in found}


def number(someone: Someone) -> int:
    assert someone.person
    return someone.person.id


async def test_one_customer_goes_over_with_all_that_is_open(
    company: Company, busy: Someone, ben: Someone, rui: Someone
) -> None:
    await rui.says("/assign Acme to Ben")
    rui.sees("Acme is Ben's now.", "1 open deal (CN¥50,000)", "1 thing to do", "[Undo]")
    assert (await owners(company))["Acme"] == number(ben)
    assert (await owners(company))["Bluebird"] == number(busy)
    acme = [each for each in await deals(company) if each.name == "Acme"]
    assert [each.owner_id for each in acme] == [number(ben)]
    assert [each.person_id for each in await reminders(company)] == [number(ben)]
    assert [each.rep_id for each in await visits(company)] == [number(busy)]


async def test_the_new_owner_and_the_old_one_hear_of_it(
    busy: Someone, ben: Someone, rui: Someone
) -> None:
    await rui.says("/assign Acme to Ben")
    ben.sees(
        "Rui has handed a customer over to you. It was Ana's.",
        "Acme",
        "Last visit: yesterday · Ana",
        "Deal: Acme · Proposal · CN¥50,000",
        "tomorrow: call Acme",
        "[Account]",
    )
    busy.sees("Rui has handed Acme over to Ben.", "Your visits there stay yours.")
    await ben.presses("Account")
    ben.sees("Owner: Ben")
    await ben.says("/reminders")
    ben.sees("call Acme")
    await busy.says("/reminders")
    busy.sees("Nothing to do.")


@pytest.mark.parametrize(
    "said",
    [
        "/assign all of Ana's to Ben",
        "/assign all Ana's accounts to Ben",
        "/assign everything of Ana to Ben",
        "/assign all of Ana’s customers to Ben",
        "/assign Ana的全部客户 给 Ben",
        "移交 Ana名下的所有客户给Ben",
        "/assign account: all of Ana's to: Ben",
    ],
)
async def test_all_of_somebody_s_is_shown_before_it_goes(
    company: Company, busy: Someone, ben: Someone, rui: Someone, said: str
) -> None:
    await rui.says(said)
    rui.sees(
        "Ana → Ben",
        "Customers: 4: Acme, Bluebird, Cactus, and 1 more",
        "Open deals: 2 (CN¥52,000)",
        "To do: 1",
        "closed deals stay with Ana",
        "[Hand over 4 customers] [Choose another]",
    )
    assert set((await owners(company)).values()) == {number(busy)}
    await rui.presses("Hand over 4 customers")
    rui.sees("4 customers of Ana's are Ben's now.", "[Undo]")
    assert set((await owners(company)).values()) == {number(ben)}
    won = [each for each in await deals(company) if each.closed_at]
    assert [each.owner_id for each in won] == [number(busy)]


async def test_hundreds_go_over_and_come_back(
    company: Company, ana: Someone, ben: Someone, rui: Someone
) -> None:
    for each in range(120):
        await company.open_account(ana, f"Customer {each:03}")
    await rui.says("/assign all of Ana's to Ben")
    await rui.presses("Hand over 120 customers")
    ben.sees("Rui has handed 120 customers over to you. They were Ana's.", "And 110 more")
    await ben.presses("My customers")
    ben.sees("120 customers", "Customer 000 · not visited yet", "[More]")
    await ben.presses("More")
    ben.sees("Customer 015")
    await rui.presses("Undo")
    rui.sees("Undone: handing 120 customers over to Ben.")
    assert set((await owners(company)).values()) == {number(ana)}
    ben.sees("Rui took that back: 120 customers are Ana's again.")
    ana.sees("Rui took that back: 120 customers are yours again.")


async def test_undone_all_that_went_comes_back(
    company: Company, busy: Someone, ben: Someone, rui: Someone
) -> None:
    await rui.says("/assign Acme to Ben")
    await rui.presses("Undo")
    rui.sees("Undone: handing Acme over to Ben.")
    assert {each.owner_id for each in await deals(company)} == {number(busy)}
    assert [each.person_id for each in await reminders(company)] == [number(busy)]
    busy.sees("Rui took that back: Acme is yours again.")
    ben.sees("Rui took that back: Acme is Ana's again.")
    await rui.presses("Redo")
    assert (await owners(company))["Acme"] == number(ben)


async def test_choose_another(busy: Someone, ben: Someone, rui: Someone) -> None:
    await rui.says("/assign all of Ana's to Ben")
    await rui.presses("Choose another")
    rui.sees("To whom?", "[Ben]")
    await rui.says("Rui")
    rui.sees("Ana → Rui")


async def test_pressed_twice_it_happens_once(
    company: Company, busy: Someone, ben: Someone, rui: Someone
) -> None:
    await rui.says("/assign all of Ana's to Ben")
    card = rui.last
    button = card.buttons[0]
    await rui.taps(button, card)
    await rui.taps(button, card)
    rui.sees("already")
    await rui.says("/assign Acme to Ben")
    rui.sees("Acme is Ben's already.")
    await rui.says("/assign all of Ana's to Ben")
    rui.sees("Ana has no accounts and no open deals that you could hand over.")


async def test_what_has_changed_since_is_shown_anew(
    company: Company, busy: Someone, ben: Someone, rui: Someone
) -> None:
    await rui.says("/assign all of Ana's to Ben")
    await company.open_account(busy, "Eagle")
    await rui.presses("Hand over 4 customers")
    rui.sees("That has changed meanwhile.", "Customers: 5")
    assert set((await owners(company)).values()) == {number(busy)}
    await rui.presses("Hand over 5 customers")
    rui.sees("5 customers of Ana's are Ben's now.")


async def test_from_the_account_s_card(busy: Someone, ben: Someone, rui: Someone) -> None:
    await rui.says("/account Acme")
    await rui.presses("Hand over")
    rui.sees("To whom?")
    await rui.says("Ben")
    rui.sees("Acme is Ben's now.")


async def test_handed_on_meanwhile_it_says_so(
    company: Company, busy: Someone, ben: Someone, rui: Someone
) -> None:
    acme = await company.open_account(busy, "Fjord")
    await rui.says("/account Fjord")
    await move_account(company, acme.id, ben)
    await rui.presses("Hand over")
    await rui.says("Rui")
    rui.sees("Fjord was handed over meanwhile: it is Ben's now.")


async def test_a_rep_s_card_has_no_such_button(busy: Someone) -> None:
    await busy.says("/account Acme")
    assert "Hand over" not in busy.last.text


@pytest.mark.parametrize("said", ["Hand over 4 customers", "Undo"])
async def test_whoever_is_no_manager_any_more_presses_in_vain(
    company: Company, busy: Someone, ben: Someone, rui: Someone, said: str
) -> None:
    await rui.says("/assign all of Ana's to Ben")
    if said == "Undo":
        await rui.presses("Hand over 4 customers")
    before = await owners(company)
    await change(company, rui, role=Role.REP)
    await rui.presses(said)
    assert await owners(company) == before


async def test_a_manager_hands_over_within_their_unit_alone(
    company: Company, busy: Someone, bo: Someone, rui: Someone
) -> None:
    await rui.says("/assign Acme to Bo")
    rui.sees("Nobody of yours is called “Bo”")
    bos = await company.open_account(bo, "Glacier")
    await rui.says("/assign Glacier to Ana")
    rui.sees("Glacier belongs to Bo")
    kim = await company.hire("Kim", Role.HQ)
    await kim.says("/assign Acme to Bo")
    kim.sees("Acme is Bo's now.")
    await kim.says("/assign Glacier to Ana")
    kim.sees("Glacier is Ana's now.")
    assert (await owners(company))[bos.name] == number(busy)


async def test_to_whoever_has_left_nothing_goes(
    company: Company, busy: Someone, ben: Someone, rui: Someone
) -> None:
    await rui.says("/assign all of Ana's to Ben")
    await change(company, ben, active=False)
    await rui.presses("Hand over 4 customers")
    rui.sees("That person has left")
    assert set((await owners(company)).values()) == {number(busy)}


async def test_from_whoever_has_left_all_goes_and_they_hear_nothing(
    company: Company, busy: Someone, ben: Someone, rui: Someone
) -> None:
    await change(company, busy, active=False)
    seen = len(busy.screen)
    await rui.says("/assign all of Ana's to Ben")
    await rui.presses("Hand over 4 customers")
    assert set((await owners(company)).values()) == {number(ben)}
    assert len(busy.screen) == seen


async def test_to_oneself_nobody_is_told_what_they_know(busy: Someone, rui: Someone) -> None:
    await rui.says("/assign Acme to Rui")
    rui.sees("Acme is Rui's now.")
    assert len(rui.screen) == 1


@pytest.mark.parametrize(
    "said", ["分配 华东医院 给 小李", "分配华东医院给小李", "移交 把华东医院分给小李"]
)
async def test_in_chinese(company: Company, ana: Someone, said: str) -> None:
    li = await company.hire("小李", language="zh")
    lin = await company.hire("林经理", Role.MANAGER, language="zh")
    await company.open_account(ana, "华东医院")
    await lin.says(said)
    lin.sees("华东医院现在归小李负责。", "[撤销]")
    li.sees("林经理把一家客户移交给你，原来归Ana负责。", "还没拜访过")
    ana.sees("林经理 has handed 华东医院 over to 小李.")


async def test_question_by_question(busy: Someone, ben: Someone, rui: Someone) -> None:
    await rui.says("/assign")
    rui.sees("Which customer goes over?")
    await rui.says("all of Ana's")
    rui.sees("To whom?")
    await rui.presses("Ben")
    rui.sees("Ana → Ben")


async def test_called_for_a_person(
    company: Company, busy: Someone, ben: Someone, rui: Someone
) -> None:
    """As the card of somebody who leaves calls it."""
    await rui.says("/assign to: Ben person: Ana")
    rui.sees("Ana → Ben", "[Hand over 4 customers]")


async def test_in_a_group_it_is_answered_alone(busy: Someone, ben: Someone, rui: Someone) -> None:
    await rui.says("/assign Acme to Ben", place=GROUP)
    rui.sees("Acme is Ben's now.")


async def test_markup_stays_text(company: Company, ana: Someone, ben: Someone) -> None:
    rui = await company.hire("*Rui* [x](https://x.example)", Role.MANAGER)
    await company.open_account(ana, "_A_ <!channel>")
    await rui.says("/assign _A_ <!channel> to Ben")
    ben.sees("*Rui* [x](https://x.example) has handed", "_A_ <!channel>")


async def rows(company: Company) -> Sequence[tuple[int, int]]:
    """Every owner and unit of what can be handed over."""
    async with company.database.read() as session:
        found: list[tuple[int, int]] = []
        for owner, unit in (
            (Account.owner_id, Account.unit_id),
            (Deal.owner_id, Deal.unit_id),
            (Reminder.person_id, Reminder.unit_id),
            (Visit.rep_id, Visit.unit_id),
        ):
            found += [(a, b) for a, b in await session.execute(select(owner, unit))]
        return sorted(found)


async def test_in_another_unit_it_counts_for_that(
    company: Company, busy: Someone, bo: Someone
) -> None:
    kim = await company.hire("Kim", Role.HQ)
    before = await rows(company)
    await kim.says("/assign all of Ana's to Bo")
    await kim.presses("Hand over 4 customers")
    assert busy.person
    assert bo.person
    moved = (number(bo), bo.person.unit_id)
    stays = (number(busy), busy.person.unit_id)
    assert sorted(await rows(company)) == sorted([moved] * 7 + [stays] * 2)
    await kim.presses("Undo")
    assert await rows(company) == before


async def test_whoever_has_it_is_not_offered_and_the_nearest_are_first(
    company: Company, rui: Someone
) -> None:
    hua = await company.hire("Hua", Role.HQ, unit="")
    near = await company.hire("Zoe", unit="East/One")
    for name, unit in (("Abe", "West/Two"), ("Cy", "East/Two"), ("Mia", "East/One")):
        await company.hire(name, unit=unit)
    await company.open_account(near, "Elm")
    await hua.says("/assign Elm")
    hua.sees("To whom?", "[Mia] [Rui] [Cy] [Abe]")
    assert "Zoe" not in hua.last.text
    await hua.says("/assign all of Mia's")
    hua.sees("[Zoe] [Rui] [Cy] [Abe]")
