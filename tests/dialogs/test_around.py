"""What happens around commands: groups, edits, blocking, floods, late messages."""

from datetime import timedelta

from tests.dialogs.helpers import GROUP, stranger, visits
from tests.talk import PHOTO, Company, Someone


async def test_in_a_group_the_answer_is_private(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("/visit Acme, the secret price is 5", place=GROUP)
    ana.sees("Logged: Acme", "secret price")
    [pointer] = company.phone.chats["group"]
    assert pointer.text == "Ana, I've answered you in private."


async def test_questions_from_a_group_are_asked_in_private(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("/visit", place=GROUP)
    ana.sees("Which customer was it?")
    await ana.says("Acme")
    ana.sees("When was it?")


async def test_a_guest_in_a_group_is_told_the_way_in(company: Company) -> None:
    kim = stranger(company)
    await kim.says("/visit Acme", place=GROUP)
    assert "We haven't met yet" in company.phone.chats["group"][-1].text
    kim.sees_nothing()
    await kim.says("/start", place=GROUP)
    assert "sales assistant" in company.phone.chats["group"][-1].text


async def test_an_anonymous_admin_is_nobody(company: Company, ana: Someone) -> None:
    nobody = Someone(company, "", "group", "Group")
    await nobody.says("/account Acme", place=GROUP)
    nobody.sees("I can't tell who wrote that.")


async def test_an_edited_message_changes_nothing(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("/visit Acme yesterday")
    await ana.says("/visit Acme today", edited=True)
    ana.sees("editing doesn't change what I did", "[Undo the last thing]")
    assert len(await visits(company)) == 1
    card = ana.last
    await ana.says("/visit Acme 9am")
    await ana.presses("Undo the last thing", on=card)
    assert "Undone: visit to Acme, yesterday" in card.text
    kim = stranger(company)
    await kim.says("hello", edited=True)
    assert kim.last.buttons == []


async def test_blocked_and_back(company: Company, ana: Someone) -> None:
    await ana.blocks_the_bot()
    ana.sees_nothing()
    await ana.blocks_the_bot(back=True)
    await ana.says("/me")
    ana.sees("Ana")
    kim = stranger(company)
    await kim.blocks_the_bot()
    kim.sees_nothing()


async def test_a_flood_is_stopped_and_says_what_was_left_out(
    company: Company, ana: Someone, bo: Someone
) -> None:
    await company.open_account(ana, "Acme")
    company.runtime.limits.burst = 3
    for _each in range(4):
        await ana.says("/visit Acme")
    ana.sees("I left this one out.", "Wait 2 s, then send it again.")
    assert len(await visits(company)) == 3
    await bo.says("/me")
    bo.sees("Bo")


async def test_a_message_that_waited_for_the_network(company: Company, ana: Someone) -> None:
    """Today is the day it was written, and the reply is read today."""
    await company.open_account(ana, "Acme")
    written = company.now
    company.after(days=1)
    await ana.says("/visit Acme today 9:30", at=written)
    ana.sees("Logged: Acme, yesterday 09:30.")
    await ana.says("/visit Acme", at=written)
    ana.sees("Logged: Acme, yesterday 10:00.")
    await ana.says("/visit Acme yesterday 3pm", at=written)
    ana.sees("Logged: Acme, Sun 1 Mar, 15:00.")


async def test_a_clock_that_is_wrong_is_not_believed(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Acme")
    for wrong in (timedelta(days=400), -timedelta(hours=2)):
        await ana.says("/visit Acme", at=company.now - wrong)
        ana.sees("Logged: Acme, today 10:00.")


async def test_the_same_update_twice_is_one(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Acme")
    number = await ana.says("/visit Acme")
    await ana.says("/visit Acme", number=number)
    assert len(ana.screen) == len(await visits(company)) == 1


async def test_a_group_s_talk_is_none_of_our_business(
    company: Company, ana: Someone, bo: Someone
) -> None:
    for said in ("visited Acme", "拜访 Acme", "/lunch", "lunch?", "thanks", "", "x" * 5_000):
        await ana.says(said, place=GROUP, addressed=False)
    await ana.says("the shelf", place=GROUP, addressed=False, files=(PHOTO,))
    await ana.says("/visti", place=GROUP, addressed=False)
    await stranger(company).says("hello", place=GROUP, addressed=False)
    ana.sees_nothing()
    assert "group" not in company.phone.chats
    await ana.says("/me", place=GROUP, addressed=False)
    ana.sees("Ana")


async def test_in_a_group_we_answer_who_names_us(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("visited Acme, went well", place=GROUP)
    ana.sees("What I understood", "Account: Acme")
    await ana.presses("Save")
    ana.sees("Logged: Acme")
    assert "Acme" not in company.phone.chats["group"][-1].text


async def test_thanks_in_a_group_are_returned_there(company: Company, ana: Someone) -> None:
    await ana.says("thanks", place=GROUP)
    assert [each.text for each in company.phone.chats["group"]] == ["You're welcome."]
    ana.sees_nothing()
