"""A new customer in a window: what is asked about them upon the form, which then goes on."""

from typing import Any

import pytest
from sqlalchemy import select

from bot.messages import Detail, Input, Press, Sheet, Submission, Token, Way
from storage.models import Account, AccountKey, StoredCall
from tests.dialogs.helpers import change, visits
from tests.talk import PHOTO, Company, Phone, Someone, with_windows

FORM, UPON = "view:V1", "view:V2"


@pytest.fixture
def phone() -> Phone:
    return with_windows()


def form(company: Company, name: str = FORM) -> Sheet:
    blocks = company.phone.windows[name].reply.blocks
    return next(each for each in blocks if isinstance(each, Sheet))


def token(company: Company, name: str = FORM) -> str:
    then = form(company, name).then
    assert isinstance(then, Token)
    return then.value


def inputs(company: Company, name: str = FORM) -> dict[str, Input]:
    return {each.name: each for each in form(company, name).inputs}


def said(company: Company, name: str = UPON) -> str:
    return company.phone.windows[name].text


async def picks(
    someone: Someone, name: str = "Nova Labs", question: str = "account", **more: Any
) -> int:
    """Pick a new customer in the form; ``more`` is what else stands in it."""
    company = someone.company
    of, card = more.pop("token", None) or token(company), company.phone.windows[FORM].card
    chosen = {question: f"+{name}", **more.pop("chosen", {})}
    picked = Detail(
        someone.sender, someone.place, of, question, f"+{name}", more, chosen, company.now,
        UPON, FORM, card,
    )  # fmt: skip
    return await company.happen(picked)


async def opened(company: Company) -> list[Account]:
    async with company.database.read() as session:
        return list(await session.scalars(select(Account).order_by(Account.id)))


async def standing(company: Company) -> dict[str, str]:
    """What a window sends back of the form as it stands: what was picked."""
    picked = [each for each in form(company).inputs if each.way is not Way.MOMENT]
    return {each.name: each.stored for each in picked if each.stored}


async def test_the_form_goes_on_with_the_new_customer_and_all_that_stood_in_it(
    company: Company, ana: Someone
) -> None:
    await ana.says("/visit", window=FORM)
    before = token(company)
    await picks(
        ana, note="bring samples", at="2026-03-01", follow_up="someday", chosen={"kind": "demo"}
    )
    assert form(company, UPON).title == "New customer"
    assert {name: each.value for name, each in inputs(company, UPON).items()} == {
        "name": "Nova Labs", "city": "", "tier": "C", "alias": "",
    }  # fmt: skip
    await ana.sends(UPON, {"tier": "A"}, name="Nova Labs", city="Hangzhou", alias="星云")
    assert "Close this window" in said(company)
    now = inputs(company)
    assert now["account"].value == "Nova Labs (new)"
    assert (now["note"].value, now["at"].stored) == ("bring samples", "2026-03-01")
    assert (now["kind"].stored, now["follow_up"].value) == ("demo", "someday")
    assert not any(each.error for each in now.values())
    assert token(company) != before
    assert await opened(company) == []
    ana.sees_nothing()
    await ana.sends(FORM, await standing(company), at="2026-03-01", note="bring samples")
    ana.sees("Logged: Nova Labs", "Note: bring samples", "Kind: Demo")
    [account] = await opened(company)
    assert (account.city, account.tier) == ("Hangzhou", "A")
    await ana.presses("Undo")
    assert (await opened(company), await visits(company)) == ([], [])
    async with company.database.read() as session:
        assert not [*await session.scalars(select(AccountKey))]


async def test_what_is_filled_in_stands_for_what_was_told(company: Company, ana: Someone) -> None:
    """A picked answer is short, and another one each time: windows keep what was picked by it."""
    await ana.says("/visit", window=FORM)
    stood = set()
    for _ in range(3):
        await picks(ana)
        await ana.sends(UPON, name="Nova Labs", city="Hangzhou", alias="A" * 100)
        stood.add(inputs(company)["account"].stored)
    assert len(stood) == 3
    assert {each[0] for each in stood} == {"="}
    assert {len(each) for each in stood} == {9}


async def test_what_is_wrong_with_it_comes_back_in_its_place(
    company: Company, ana: Someone
) -> None:
    await ana.says("/visit", window=FORM)
    await picks(ana)
    await ana.sends(UPON, name="?!", city="Hangzhou")
    found = inputs(company, UPON)
    assert "customer's name" in found["name"].error
    assert (found["name"].value, found["city"].value) == ("?!", "Hangzhou")
    assert inputs(company)["account"].value == ""
    await ana.sends(UPON, city="Hangzhou")
    assert inputs(company, UPON)["name"].error == "This one is needed."
    await ana.sends(UPON, name="Nova Labs", city="Hangzhou")
    assert inputs(company)["account"].value == "Nova Labs (new)"


async def test_what_may_be_known_gives_pause_once(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Nova Labs")
    await ana.says("/visit", window=FORM)
    await picks(ana, "Novva Labs")
    await ana.sends(UPON, name="Novva Labs", city="Hangzhou")
    found = inputs(company, UPON)["name"]
    assert "This may be *Nova Labs*, which is yours." in found.doubt
    assert found.error == ""
    assert inputs(company, UPON)["city"].value == "Hangzhou"
    await ana.sends(UPON, name="", city="Hangzhou")
    assert (inputs(company, UPON)["name"].doubt, inputs(company)["account"].value) == ("", "")
    await ana.sends(UPON, name="Novva Labs", city="Hangzhou")
    assert inputs(company)["account"].value == "Novva Labs (new)"


async def test_one_opened_meanwhile_is_not_opened_twice(company: Company, ana: Someone) -> None:
    await ana.says("/visit", window=FORM)
    await picks(ana)
    await ana.sends(UPON, name="Nova Labs", city="Hangzhou")
    known = await company.open_account(ana, "NOVA LABS")
    await ana.sends(FORM, await standing(company), note="x")
    assert [each.id for each in await opened(company)] == [known.id]
    [visit] = await visits(company)
    assert visit.account_id == known.id


async def test_a_card_is_still_replaced_by_what_comes_of_its_form(
    company: Company, ana: Someone
) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("visited Acme yesterday, the demo went well")
    card = ana.last.ref
    await presses(ana, "Edit")
    whole = {*inputs(company)}
    await picks(ana, note="went well")
    assert company.phone.windows[UPON].card == card
    await ana.sends(UPON, name="Nova Labs", city="Hangzhou")
    assert company.phone.windows[FORM].card == card
    assert {*inputs(company)} == whole
    await ana.sends(FORM, await standing(company), note="went well")
    assert len(ana.screen) == 1
    ana.sees("Logged: Nova Labs")


async def presses(someone: Someone, label: str) -> None:
    """Tap a button, for which a window is opened."""
    shown = someone.last
    button = next(each for each in shown.buttons if each.label == label)
    assert isinstance(button.then, Token)
    company = someone.company
    press = Press(
        someone.sender, someone.place, button.then.value, company.now, shown.ref, window=FORM
    )
    await company.happen(press)


async def test_a_card_that_was_saved_meanwhile_stays_saved_once(
    company: Company, ana: Someone
) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("visited Acme yesterday, the demo went well")
    await presses(ana, "Edit")
    await picks(ana)
    await ana.presses("Save")
    await ana.sends(UPON, name="Nova Labs", city="Hangzhou")
    assert len(await visits(company)) == 1
    ana.sees("You answered that card already")


async def test_what_is_wrong_later_leaves_all_that_was_asked(
    company: Company, ana: Someone
) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("visited Acme yesterday, the demo went well")
    await presses(ana, "Edit")
    whole = {*inputs(company)}
    await ana.sends(FORM, await standing(company), at="2099-01-01")
    assert inputs(company)["at"].error
    assert {*inputs(company)} == whole


async def test_picking_spends_nothing(company: Company, ana: Someone) -> None:
    await ana.says("/visit", window=FORM)
    await picks(ana)
    await picks(ana, question="note")
    await ana.sends(FORM, {"account": "+Nova Labs"}, note="without more", files=(PHOTO,))
    ana.sees("Logged: Nova Labs", "without more")
    [account] = await opened(company)
    assert (account.city, account.tier) == ("", "C")


async def test_there_is_nothing_more_to_ask_about_other_answers(
    company: Company, ana: Someone
) -> None:
    await ana.says("/visit", window=FORM)
    for question in ("note", "nothing"):
        await picks(ana, question=question)
        assert said(company) == "That answer no longer works. Pick another one."


async def test_it_is_for_who_was_asked_and_may_still_do_it(
    company: Company, ana: Someone, bo: Someone
) -> None:
    await ana.says("/visit", window=FORM)
    await picks(bo)
    assert "someone else's" in said(company)
    await change(company, ana, active=False)
    await picks(ana)
    assert "We haven't met yet" in said(company)
    await change(company, ana, active=True)
    await picks(ana)
    assert form(company, UPON).title == "New customer"
    await change(company, ana, active=False)
    await ana.sends(UPON, name="Nova Labs")
    assert "We haven't met yet" in said(company)
    assert inputs(company)["account"].value == ""


async def test_a_stale_form_asks_nothing(company: Company, ana: Someone) -> None:
    await ana.says("/visit", window=FORM)
    company.after(days=8)
    await picks(ana)
    assert "no longer works" in said(company)


async def test_a_form_upon_another_is_no_button(company: Company, ana: Someone) -> None:
    await ana.says("/visit", window=FORM)
    await picks(ana)
    upon = token(company, UPON)
    await picks(ana, token=upon)
    assert "no longer works" in said(company)
    for name in (token(company), upon):
        await company.happen(Press(ana.sender, ana.place, name, company.now))
        ana.sees("That button no longer works")


async def test_the_same_twice_is_one(company: Company, ana: Someone) -> None:
    await ana.says("/visit", window=FORM)
    number = await picks(ana)
    first = token(company, UPON)
    await company.happen(company.phone.happened[number], number)
    assert token(company, UPON) == first
    sent = Submission(
        ana.sender, ana.place, first, {"name": "Nova Labs"}, company.now, window=UPON
    )
    number = await company.happen(sent)
    now = token(company)
    await company.happen(sent, number)
    assert token(company) == now
    async with company.database.read() as session:
        tokens = [each.token for each in await session.scalars(select(StoredCall))]
    assert len(tokens) == len(set(tokens))


async def test_too_much_is_said_so_in_the_window(company: Company, ana: Someone) -> None:
    await ana.says("/visit", window=FORM)
    await picks(ana, note="x" * 4001)
    assert "more than 4,000 characters" in said(company)


async def test_too_much_told_stays_where_it_was_told(company: Company, ana: Someone) -> None:
    await ana.says("/visit", window=FORM)
    await picks(ana)
    await ana.sends(UPON, name="Nova Labs", city="x" * 4001)
    assert "more than 4,000 characters" in inputs(company, UPON)["name"].error
    assert inputs(company, UPON)["name"].value == "Nova Labs"
    ana.sees_nothing()
    await ana.sends(UPON, name="Nova Labs", city="Hangzhou")
    assert inputs(company)["account"].value == "Nova Labs (new)"
