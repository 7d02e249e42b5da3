"""Hand-overs and leaves where forms are windows beside the chat."""

import pytest

from bot.messages import Input, Sheet
from tests.dialogs.helpers import move_account, visits
from tests.dialogs.test_assign import number, owners
from tests.dialogs.test_leave import leaves
from tests.talk import Company, Phone, Someone, with_windows

TRIGGER = "trigger:1.2"


@pytest.fixture
def phone() -> Phone:
    return with_windows()


@pytest.fixture
async def ben(company: Company) -> Someone:
    return await company.hire("Ben")


def inputs(company: Company) -> dict[str, Input]:
    shown = company.phone.windows[TRIGGER]
    sheet = next(each for each in shown.reply.blocks if isinstance(each, Sheet))
    return {each.name: each for each in sheet.inputs}


async def test_from_the_card_the_account_is_filled_in(
    company: Company, ana: Someone, ben: Someone, rui: Someone
) -> None:
    await company.open_account(ana, "Acme")
    await rui.says("/account Acme")
    await rui.presses("Hand over", opens=TRIGGER)
    assert inputs(company)["account"].value == "Acme"
    stored = inputs(company)["account"].stored
    await rui.sends(TRIGGER, {"account": stored, "to": str(number(ben))})
    rui.sees("Acme is Ben's now.")
    assert (await owners(company))["Acme"] == number(ben)


async def test_handed_on_while_the_window_was_open(
    company: Company, ana: Someone, ben: Someone, rui: Someone
) -> None:
    acme = await company.open_account(ana, "Acme")
    await rui.says("/account Acme")
    await rui.presses("Hand over", opens=TRIGGER)
    stored = inputs(company)["account"].stored
    await move_account(company, acme.id, ben)
    await rui.sends(TRIGGER, {"account": stored, "to": str(number(rui))})
    assert (await owners(company))["Acme"] == number(ben)


async def test_all_of_somebody_s_from_a_window(
    company: Company, ana: Someone, ben: Someone, rui: Someone
) -> None:
    await company.open_account(ana, "Acme")
    await rui.says("/assign", opens=TRIGGER)
    await rui.sends(TRIGGER, {"to": str(number(ben))}, account="all of Ana's")
    rui.sees("Ana → Ben", "[Hand over] [Choose another]")
    assert (await owners(company))["Acme"] == number(ana)
    await rui.presses("Hand over")
    assert (await owners(company))["Acme"] == number(ben)


async def test_a_leave_from_a_window(company: Company, ana: Someone, ben: Someone) -> None:
    await ana.says("/leave")
    await ana.presses("New leave", opens=TRIGGER)
    assert {"days", "deputy"} <= inputs(company).keys()
    await ana.sends(TRIGGER, {"deputy": str(number(ben))}, days="4–14 Mar")
    ana.sees("You're away Wed 4 Mar – Sat 14 Mar.", "Ben stands in")
    assert await leaves(company) == [("2026-03-04", "2026-03-14", number(ben))]


async def test_a_leave_is_changed_in_a_window(
    company: Company, ana: Someone, ben: Someone
) -> None:
    await ana.says("/leave 4–14 Mar, deputy Ben")
    await ana.presses("Change", opens=TRIGGER)
    assert inputs(company)["person"].value == "Ana"
    stored = inputs(company)["person"].stored
    await ana.sends(TRIGGER, {"person": stored}, days="5–6 Mar", deputy="")
    assert await leaves(company) == [("2026-03-05", "2026-03-06", None)]


async def test_where_there_are_no_locations_a_form_asks(company: Company, ana: Someone) -> None:
    acme = await company.open_account(ana, "Acme")
    await ana.says("/here")
    await ana.presses("Another one", opens=TRIGGER)
    await ana.sends(TRIGGER, {"account": str(acme.id)})
    ana.sees("Logged: Acme")
    assert [each.verdict for each in await visits(company)] == [""]


async def test_nobody_sends_back_that_they_were_there(company: Company, ana: Someone) -> None:
    acme = await company.open_account(ana, "Acme")
    await ana.says("/checkin", opens=TRIGGER)
    forged = {"account": str(acme.id), "sighted": "there/10/1772416800"}
    await ana.sends(TRIGGER, forged)
    await ana.sends(TRIGGER, {"account": str(acme.id)}, sighted="there/10/1772416800")
    assert await visits(company) == []


async def test_a_rep_s_window_hands_nothing_over(
    company: Company, ana: Someone, ben: Someone
) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("/assign", opens=TRIGGER)
    ana.sees("That is for managers.")
    assert company.phone.windows == {}
