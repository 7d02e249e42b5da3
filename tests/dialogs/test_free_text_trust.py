"""Plain words when things go wrong: twice, too late, by the wrong person, with odd names."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from services.understanding.facts import Name
from tests.dialogs.helpers import attachments, move_account, visits
from tests.dialogs.reader import FULL, SAID, Reader, reader, visit
from tests.talk import PHOTO, Company, Someone
from tests.test_commands_everywhere import check_telegram


@pytest.fixture(autouse=True)
async def read(company: Company, ana: Someone) -> Reader:
    await company.open_account(ana, "Acme")
    return reader(company, visited_Acme=visit(), saw_them=visit(None))


async def test_cancel_says_that_nothing_was_saved(company: Company, ana: Someone) -> None:
    await ana.says(SAID)
    await ana.presses("Cancel")
    ana.sees("Cancelled. Nothing was saved.")
    assert len(ana.screen) == 1
    assert await visits(company) == []


async def test_a_card_that_was_left_alone_stays_good(company: Company, ana: Someone) -> None:
    await ana.says(SAID)
    first = ana.last
    await ana.says("visited Acme")
    await ana.says("/me")
    company.after(hours=30)
    await ana.presses("Save", on=first)
    assert "Logged: Acme, Sun 1 Mar." in first.text
    assert len(await visits(company)) == 1


async def test_a_question_that_was_left_alone_can_be_gone_back_to(
    company: Company, ana: Someone
) -> None:
    await ana.says(SAID)
    await ana.presses("✎ Note")
    asked = ana.last
    await ana.says("/me")
    ana.sees("What you wrote before isn't saved yet.", "[Go back to it]")
    await ana.presses("Go back to it")
    ana.sees("What I understood", "Competitor: Bolt")
    await ana.presses("Back", on=asked)
    ana.sees("You answered that card already")


async def test_one_message_is_saved_once_whichever_card_is_pressed(
    company: Company, ana: Someone
) -> None:
    await ana.says(SAID)
    await ana.presses("✎ Note")
    asked = ana.last
    await ana.says("a better note")
    newest = ana.last
    await ana.presses("Back", on=asked)
    ana.sees("You answered that card already")
    await ana.presses("Save", on=newest)
    assert [each.note for each in await visits(company)] == ["a better note"]


async def test_save_pressed_twice(company: Company, ana: Someone) -> None:
    await ana.says(SAID)
    save, card = ana.last.buttons[0], ana.last
    await ana.taps(save, card)
    await ana.taps(save, card)
    ana.sees("You answered that card already")
    assert len(await visits(company)) == 1


async def test_the_same_update_twice(company: Company, ana: Someone) -> None:
    number = await ana.says(SAID)
    await ana.says(SAID, number=number)
    assert len(ana.screen) == 1


async def test_another_person_s_press(company: Company, ana: Someone, rui: Someone) -> None:
    await ana.says(SAID)
    for button in ana.last.buttons[:4]:
        await rui.taps(button, ana.last)
        rui.sees("That card is someone else's.")
    assert await visits(company) == []


async def test_a_late_message_is_read_when_it_was_written(
    company: Company, ana: Someone, read: Reader
) -> None:
    written = company.now
    company.after(days=2)
    await ana.says("saw them", at=written)
    assert read.scenes[-1].now == written
    assert read.scenes[-1].zone.key == "Asia/Shanghai"


async def test_without_a_time_it_was_when_it_was_written(
    company: Company, ana: Someone, read: Reader
) -> None:
    read.known["just left Acme"] = visit(happened=None)
    await ana.says("just left Acme")
    company.after(hours=3)
    await ana.presses("Save")
    assert [each.at for each in await visits(company)] == [datetime(2026, 3, 2, 2, tzinfo=UTC)]


async def test_names_full_of_markup(company: Company, ana: Someone, read: Reader) -> None:
    name = "*Bold* [x](http://e.example) `c` _u_"
    await company.open_account(ana, name)
    read.known["odd"] = visit(name, contacts=(Name("*Li*"),), note="_a_ *b* @all <b>")
    await ana.says("odd")
    ana.sees(f"Account: {name}", "Contact: *Li*", "Note: _a_ *b* @all <b>")
    await ana.presses("✎ Note")
    ana.sees("*Li*")
    await ana.presses("Back")
    await ana.presses("Save")
    ana.sees(f"Logged: {name}", "Note: _a_ *b* @all <b>")


async def test_a_photo_with_words_is_kept_with_the_visit(company: Company, ana: Someone) -> None:
    await ana.says(SAID, files=(PHOTO,))
    ana.sees("Files: 1 file")
    await ana.presses("✎ Note")
    await ana.presses("Back")
    await ana.presses("Save")
    ana.sees("1 photo or file kept.")
    assert [each.ref for each in await attachments(company)] == ["ref-1"]


async def test_a_photo_with_other_words_joins_the_last_visit(
    company: Company, ana: Someone
) -> None:
    await ana.says("/visit Acme")
    await ana.says("their new shelf", files=(PHOTO,))
    ana.sees("Kept 1 file with your visit to Acme", "their new shelf")


async def test_an_account_that_moved_away_meanwhile(
    company: Company, ana: Someone, bo: Someone
) -> None:
    await ana.says(SAID)
    await move_account(company, 1, bo)
    await ana.presses("Save")
    ana.sees("That account is gone, or isn't yours to see. Name another one.")
    assert await visits(company) == []


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_the_fullest_card_is_within_the_limits(
    company: Company, read: Reader, language: str
) -> None:
    kim = await company.hire("Kim", language=language)
    name = "*很长的名称" * 20
    await company.open_account(kim, name[:120])
    many = tuple(Name(f"{number} {'_长_' * 30}") for number in range(8))
    read.known["all"] = replace(FULL, account=Name(name[:120]), contacts=many, note="*字*" * 900)
    await kim.says("all")
    for label in (kim.last.buttons[1], kim.last.buttons[3]):
        check_telegram(kim.last.reply)
        await kim.taps(label, kim.last)
    check_telegram(kim.last.reply)
    assert "reference" not in kim.last.text
