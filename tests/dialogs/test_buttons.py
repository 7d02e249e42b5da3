"""Buttons: spent once, their owner's, for a week."""

from dataclasses import replace

import pytest

from bot.messages import Press, Token
from storage.models import Role
from tests.dialogs.helpers import GROUP, change, move_account, stranger, visits
from tests.talk import Company, Someone


@pytest.fixture(autouse=True)
async def _account(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Acme")


async def test_a_second_press_says_what_happened(company: Company, ana: Someone) -> None:
    await ana.says("/visit Acme")
    undo = ana.last.buttons[0]
    shown = replace(ana.last)
    await ana.taps(undo, shown)
    await ana.taps(undo, shown)
    ana.sees("“Undo” was pressed already, today 10:00.")
    assert await visits(company) == []


async def test_a_card_of_choices_is_answered_once(company: Company, ana: Someone) -> None:
    await ana.says("/visit")
    first, *_others, cancel = ana.last.buttons
    shown = replace(ana.last)
    await ana.taps(first, shown)
    await ana.taps(cancel, shown)
    ana.sees("You answered that card already, today 10:00.")


async def test_a_pressed_card_shows_what_was_pressed(company: Company, ana: Someone) -> None:
    await ana.says("/vist Acme")
    await ana.presses("/visit Acme")
    asked, logged = ana.screen
    assert "✓ /visit Acme" in asked.text
    assert asked.buttons == []
    assert "Logged: Acme" in logged.text


async def test_a_lookup_can_be_pressed_again_and_again(company: Company, ana: Someone) -> None:
    await ana.says("/visit Acme")
    card = ana.last
    for _again in range(3):
        await ana.presses("Account", on=card)
        ana.sees("Owner: Ana")


async def test_somebody_else_s_button(company: Company, ana: Someone, rui: Someone) -> None:
    await ana.says("/visit Acme")
    await rui.taps(ana.last.buttons[0], ana.last)
    rui.sees("That card is someone else's.")
    assert len(await visits(company)) == 1
    guest = stranger(company)
    await guest.taps(ana.last.buttons[0], ana.last)
    guest.sees("We haven't met yet.")


async def test_after_a_week_it_is_over(company: Company, ana: Someone) -> None:
    await ana.says("/visit Acme")
    company.after(days=8)
    await ana.presses("Account")
    ana.sees("no longer works", "Send the command again")


async def test_a_token_nobody_made(company: Company, ana: Someone) -> None:
    press = Press(ana.sender, ana.place, "forged", company.now, "1")
    await company.happen(press)
    ana.sees("no longer works")


async def test_every_press_ends_its_spinner(company: Company, ana: Someone) -> None:
    await ana.says("/visit Acme")
    card = ana.last
    for label in ("Account", "Undo"):
        await ana.presses(label, on=card)
    assert company.phone.acks == ["spinner", "spinner"]


async def test_a_role_taken_away_holds_at_the_next_press(company: Company, ana: Someone) -> None:
    await ana.says("/visit Acme")
    await change(company, ana, role=Role.GUEST)
    await ana.presses("Undo")
    ana.sees("That is for the sales team.")
    assert len(await visits(company)) == 1


async def test_an_account_moved_away_is_gone_from_its_buttons(
    company: Company, ana: Someone, bo: Someone
) -> None:
    await ana.says("/account Acme")
    await ana.presses("Log a visit")
    await move_account(company, 1, bo)
    await ana.presses("Save now")
    ana.sees("gone, or isn't yours")
    assert await visits(company) == []


async def test_a_press_in_a_group_is_answered_in_private(company: Company, ana: Someone) -> None:
    await ana.says("/visit Acme")
    token = ana.last.buttons[1].then
    assert isinstance(token, Token)
    await company.happen(Press(ana.sender, GROUP, token.value, company.now, "9"))
    ana.sees("Owner: Ana")
    assert "Owner" not in company.phone.chats["group"][-1].text
