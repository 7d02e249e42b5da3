"""Forms half filled in: they outlive everything but another command."""

from itertools import count

import pytest

from tests.dialogs.helpers import move_account, visits
from tests.talk import Company, Someone


@pytest.fixture(autouse=True)
async def _account(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Acme")


async def test_a_restart_loses_nothing(company: Company, ana: Someone) -> None:
    await ana.says("/visit")
    await ana.says("Acme")
    again = Company(company.database, company.phone, company.now, count(100))
    ana.company = again
    await ana.says("yesterday 3pm")
    ana.sees("✎ Acme · yesterday 15:00", "What kind of contact was it?")
    await ana.presses("Save now")
    ana.sees("Logged: Acme, yesterday 15:00.")


@pytest.mark.parametrize("other", ["/me", "/account Acme", "/help", "/undo@", "我"])
async def test_another_command_leaves_it_and_says_so(
    company: Company, ana: Someone, other: str
) -> None:
    await ana.says("/visit")
    await ana.says(other.rstrip("@"))
    if other == "/undo@":
        ana.sees("Undone: account Acme")
    ana.sees("I dropped the /visit you had begun.", "[Go back to it]")
    await ana.says("yesterday")
    ana.sees("I didn't get that.")


async def test_what_was_left_can_be_gone_back_to(company: Company, ana: Someone) -> None:
    await ana.says("/visit")
    await ana.says("Acme")
    await ana.says("/me")
    await ana.presses("Go back to it")
    ana.sees("✎ Acme", "When was it?")


@pytest.mark.parametrize("said", ["visited Acme yesterday, went well", "昨天拜访了Acme，很顺利"])
async def test_another_visit_altogether_is_no_answer(
    company: Company, ana: Someone, said: str
) -> None:
    await ana.says("/visit")
    await ana.says("Acme")
    await ana.says(said)
    ana.sees("I dropped the /visit", "What I understood", "When: Sun 1 Mar", "[Go back to it]")
    await ana.presses("Save")
    assert len(await visits(company)) == 1


@pytest.mark.parametrize("said", ["thanks", "谢谢", "haha"])
async def test_what_is_said_in_passing_leaves_the_question_open(
    company: Company, ana: Someone, said: str
) -> None:
    await ana.says("/visit")
    await ana.says("Acme")
    await ana.says(said)
    assert "dropped" not in ana.last.text
    await ana.says("yesterday 3pm")
    ana.sees("✎ Acme · yesterday 15:00")


async def test_a_refused_command_leaves_the_form_as_it_was(company: Company, ana: Someone) -> None:
    await ana.says("/visit")
    company.after(hours=25)
    await ana.says("/undo")
    ana.sees("Nothing to undo")
    await ana.says("Acme")
    ana.sees("When was it?")


@pytest.mark.parametrize("said", ["/cancel", "cancel", "Cancel.", "取消", "／取消"])
async def test_cancel_ends_it(company: Company, ana: Someone, said: str) -> None:
    await ana.says("/visit")
    await ana.presses("Acme")
    await ana.says(said)
    ana.sees("Cancelled. Nothing was saved.")
    await ana.says("/cancel")
    ana.sees("Nothing to cancel.", "/undo")
    assert await visits(company) == []


async def test_the_cancel_button_takes_the_card_s_place(company: Company, ana: Someone) -> None:
    await ana.says("/visit")
    await ana.presses("Cancel")
    ana.sees("Cancelled.")
    assert len(ana.screen) == 1


async def test_an_old_card_answers_no_new_form(company: Company, ana: Someone) -> None:
    await ana.says("/visit")
    old = ana.last
    await ana.says("/visit")
    await ana.presses("Acme", on=old)
    ana.sees("That question is closed already.")
    await ana.says("Acme")
    ana.sees("When was it?")


async def test_an_old_cancel_ends_no_new_form(company: Company, ana: Someone) -> None:
    await ana.says("/visit")
    old = ana.last
    await ana.says("/visit")
    await ana.presses("Cancel", on=old)
    ana.sees("That question is closed already.")
    await ana.says("Acme")
    ana.sees("When was it?")


async def test_a_button_that_begins_another_form_says_so(company: Company, ana: Someone) -> None:
    await ana.says("/account Acme")
    card = ana.last
    await ana.says("/contact Acme")
    await ana.presses("Log a visit", on=card)
    ana.sees("I dropped the /contact you had begun.", "When was it?")


async def test_looking_something_up_by_button_keeps_the_form(
    company: Company, ana: Someone
) -> None:
    await ana.says("/visit Acme")
    logged = ana.last
    await ana.says("/visit")
    await ana.presses("Account", on=logged)
    ana.sees("Owner: Ana")
    await ana.says("Acme")
    ana.sees("When was it?")


@pytest.mark.parametrize("note", ["客户很满意", "取消了订单", "撤销合同", "help them", "记录在案"])
async def test_a_note_that_begins_like_a_command_is_a_note(
    company: Company, ana: Someone, note: str
) -> None:
    await ana.says("/visit")
    for tapped in ("Acme", "Just now", "Visit", "Skip", "Went well"):
        await ana.presses(tapped)
    await ana.says(note)
    await ana.presses("Skip")
    ana.sees("Logged: Acme", f"Note: {note}")


async def test_a_command_in_chinese_in_the_middle_is_a_command(
    company: Company, ana: Someone
) -> None:
    await ana.says("/contact Acme")
    await ana.says("/visit")
    await ana.says("拜访 Acme 昨天")
    ana.sees("I dropped the /visit", "Logged: Acme, yesterday")


async def test_a_mistyped_command_in_the_middle_is_no_answer(
    company: Company, ana: Someone
) -> None:
    await ana.says("/visit")
    await ana.says("/acount Acme")
    ana.sees("Did you mean /account?")
    await ana.says("Acme")
    ana.sees("When was it?")


async def test_two_people_fill_in_their_own(company: Company, ana: Someone, bo: Someone) -> None:
    await company.open_account(bo, "Bolt")
    await ana.says("/visit")
    await bo.says("/visit")
    await ana.says("Acme")
    await bo.says("Bolt")
    await bo.presses("Save now")
    bo.sees("Logged: Bolt")
    await ana.presses("Save now")
    ana.sees("Logged: Acme")


@pytest.mark.parametrize("said", ["hello", "Hi", "你好"])
async def test_a_greeting_leaves_the_form_as_it_is(
    company: Company, ana: Someone, said: str
) -> None:
    await ana.says("/visit")
    await ana.says("Acme")
    await ana.says(said)
    ana.sees("Hello, Ana.", "✎ Acme", "When was it?")
    await ana.says("yesterday")
    await ana.presses("Save now")
    ana.sees("Logged: Acme, yesterday")


async def test_an_account_that_moved_away_is_asked_for_again(
    company: Company, ana: Someone, bo: Someone
) -> None:
    cedar = await company.open_account(ana, "Cedar")
    await company.open_account(ana, "Bluebird")
    await ana.says("/visit")
    await ana.says("Cedar")
    await move_account(company, cedar.id, bo)
    await ana.says("yesterday 3pm")
    ana.sees("That account is gone, or isn't yours to see. Name another one.", "[Bluebird]")
    await ana.presses("Bluebird")
    await ana.presses("Save now")
    ana.sees("Logged: Bluebird, yesterday 15:00.")


async def test_an_account_that_moved_away_before_save_now(
    company: Company, ana: Someone, bo: Someone
) -> None:
    cedar = await company.open_account(ana, "Cedar")
    await ana.says("/visit")
    await ana.says("Cedar")
    await move_account(company, cedar.id, bo)
    await ana.presses("Save now")
    ana.sees("Name another one.")
    await ana.presses("Cancel")
    ana.sees("Nothing was saved")


async def test_a_question_left_at_once_is_nothing_to_speak_of(
    company: Company, ana: Someone
) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("/account Qwxz")
    await ana.says("/account Acme")
    assert "dropped" not in ana.last.text
