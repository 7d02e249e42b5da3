"""Taking back, and bringing back."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from storage.journal import Author
from storage.models import Account, AccountKey, Contact
from storage.work import Work
from tests.dialogs.helpers import GROUP, contacts, visits
from tests.talk import Company, Someone


async def test_undo_redo_undo_on_one_card(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("/visit Acme, fine so far")
    await ana.presses("Undo")
    ana.sees("Undone: visit to Acme, today 10:00.", "[Redo]")
    assert await visits(company) == []
    await ana.presses("Redo")
    ana.sees("Brought back: visit to Acme, today 10:00.", "[Undo]")
    assert [each.note for each in await visits(company)] == ["fine so far"]
    await ana.presses("Undo")
    assert await visits(company) == []
    assert len(ana.screen) == 1


async def test_the_word_takes_back_the_last_thing_then_the_one_before(
    company: Company, ana: Someone
) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("/visit Acme yesterday")
    await ana.says("/visit Acme")
    for said in ("visit to Acme, today", "visit to Acme, yesterday", "account Acme"):
        await ana.says("/undo")
        ana.sees(f"Undone: {said}")
    await ana.says("/undo")
    ana.sees("Nothing to undo")


async def test_in_chinese(company: Company, lin: Someone) -> None:
    await company.open_account(lin, "华东医院")
    await lin.says("拜访 华东医院")
    await lin.says("撤销")
    lin.sees("已撤销：华东医院的拜访，今天 10:00。", "[恢复]")
    await lin.presses("恢复")
    lin.sees("已恢复：华东医院的拜访，今天 10:00。")


async def test_a_visit_takes_its_new_account_and_contact_with_it(
    company: Company, ana: Someone
) -> None:
    await ana.says("/visit Bluebird Toys contact: Dr Wang")
    await ana.presses("New: Bluebird Toys")
    ana.sees("Logged: Bluebird Toys", "Contact: Dr Wang")
    await ana.presses("Undo")
    ana.sees("Undone: visit to Bluebird Toys, today 10:00, and the account with it.")
    async with company.database.read() as session:
        for model in (Account, AccountKey, Contact):
            assert await session.scalar(select(func.count()).select_from(model)) == 0
    await ana.presses("Redo")
    ana.sees("Brought back: visit to Bluebird Toys")
    await ana.says("/account bluebird")
    ana.sees("Dr Wang")
    assert len(await contacts(company)) == 1


async def test_what_others_built_on_stays(company: Company, ana: Someone, rui: Someone) -> None:
    await ana.says("/visit Bluebird Toys")
    await ana.presses("New: Bluebird Toys")
    card = ana.last
    await rui.says("/visit Bluebird Toys")
    await ana.presses("Undo", on=card)
    ana.sees("can't be undone any more", "something was added to it")
    assert len(await visits(company)) == 2


async def test_what_was_undone_by_the_word_is_said_by_the_button(
    company: Company, ana: Someone
) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("/visit Acme")
    card = ana.last
    await ana.says("/undo")
    company.after(minutes=5)
    await ana.presses("Undo", on=card)
    ana.sees("That was undone already, today 10:00.")


async def test_after_a_day_it_is_too_late(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("/visit Acme")
    company.after(hours=25)
    await ana.presses("Undo")
    ana.sees("That was yesterday 10:00.", "24 hours")
    await ana.says("/undo")
    ana.sees("Nothing to undo")


async def test_nobody_takes_back_what_another_did(
    company: Company, ana: Someone, rui: Someone
) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("/visit Acme")
    await rui.says("/undo")
    rui.sees("Nothing to undo")


async def test_redo_alone_says_where_it_is(ana: Someone) -> None:
    await ana.says("/redo")
    ana.sees("Press Redo on the card")


async def test_a_language_is_taken_back_in_the_old_one(ana: Someone) -> None:
    await ana.says("/settings Chinese")
    await ana.presses("撤销")
    ana.sees("Undone: settings.")
    await ana.presses("Redo")
    ana.sees("已恢复：设置。")


async def test_blocking_the_bot_is_nothing_to_undo(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("/visit Acme")
    await ana.blocks_the_bot()
    await ana.blocks_the_bot(back=True)
    await ana.says("/undo")
    ana.sees("Undone: visit to Acme")


async def test_undo_from_a_group(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("/visit Acme", place=GROUP)
    await ana.says("/undo", place=GROUP)
    ana.sees("Undone: visit to Acme")


async def test_what_is_brought_back_is_as_it_was(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("/visit Acme 27 Feb 3pm")
    await ana.says("/undo")
    await ana.presses("Redo")
    [visit] = await visits(company)
    assert visit.at == datetime(2026, 2, 27, 7, tzinfo=UTC)


async def test_what_was_brought_back_is_the_last_thing_done(company: Company) -> None:
    ana = await company.hire("Ana")
    await company.open_account(ana, "Acme")
    await company.open_account(ana, "Bluebird")
    await ana.says("/visit Acme")
    await ana.says("/visit Bluebird")
    await ana.presses("Undo")
    await ana.presses("Redo")
    await ana.says("/undo")
    ana.sees("Undone: visit to Bluebird")


@pytest.mark.parametrize("said", ["/undo 5", "/undo the last two"])
async def test_undo_with_words_does_nothing(company: Company, ana: Someone, said: str) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("/visit Acme")
    await ana.says(said)
    ana.sees("/undo takes no words after it, so I did nothing.")
    assert len(await visits(company)) == 1


async def test_what_cannot_be_brought_back_is_said_so(company: Company, ana: Someone) -> None:
    acme = await company.open_account(ana, "Acme")
    await ana.says("/visit Acme")
    await ana.says("/undo")
    async with company.database.begin() as session:
        Work(session, Author(company.now, None, "close"))
        for key in await session.scalars(select(AccountKey)):
            await session.delete(key)
        await session.flush()
        await session.delete(await session.get_one(Account, acme.id))
    await ana.presses("Redo")
    ana.sees("That can't be brought back any more")
