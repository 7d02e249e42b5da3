"""A visit in plain words: one card to look over, every fact a tap away, saved once."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from services.understanding.facts import Name
from storage.models import Account, Attendee
from tests.dialogs.helpers import contacts, deals, reminders, visits
from tests.dialogs.reader import FULL, SAID, Reader, moment, reader, visit
from tests.talk import Company, Someone


@pytest.fixture(autouse=True)
async def read(company: Company, ana: Someone) -> Reader:
    await company.open_account(ana, "Acme")
    return reader(
        company,
        visited_Acme=visit(),
        saw_them=visit(None),
        in_Acme_on_5_5=visit(happened=moment("2026-02-03", "2026-03-02")),
        visited_Nowhere=visit("Nowhere"),
        in_Acme_tomorrow=visit(happened=moment("2026-03-03 09:00")),
        back_in_Acme_yesterday=visit(follow_up=moment("2026-03-01")),
    )


async def test_everything_is_shown_before_anything_is_saved(
    company: Company, ana: Someone
) -> None:
    await ana.says(SAID)
    ana.sees("What I understood", "Account: Acme", "When: Sun 1 Mar\n", "Kind: Visit")
    ana.sees("Contact: Li Wei, Dr Wang", "Outcome: Went well", "Note: the demo went well")
    ana.sees("Next: send the quote", "Follow-up: Fri 6 Mar, 15:00 (Shanghai time)")
    ana.sees("Product: Scanner", "Competitor: Bolt", "Stage: Proposal", "50,000")
    ana.sees("Deal: Scanner (new)", "[Save] [Edit] [Cancel]", "[✎ Account] [✎ When]")
    assert await visits(company) == []


async def test_saved_it_is_one_change(company: Company, ana: Someone) -> None:
    await ana.says(SAID)
    await ana.presses("Save")
    ana.sees("Logged: Acme, yesterday.", "When: Sun 1 Mar\n", "Contact: Li Wei, Dr Wang")
    ana.sees("Follow-up: Fri 6 Mar, 15:00 (Shanghai time)", "Deal: Scanner (new)")
    ana.sees("I don't ring yet", "[Undo]")
    assert len(ana.screen) == 1, "the card was edited in place"
    [visit] = await visits(company)
    assert (visit.at, visit.all_day) == (datetime(2026, 3, 1, 4, tzinfo=UTC), True)
    assert (visit.product, visit.competitor) == ("Scanner", "Bolt")
    assert (visit.note, visit.next_step) == ("the demo went well", "send the quote")
    [deal] = await deals(company)
    assert (deal.name, deal.stage, deal.amount) == ("Scanner", "proposal", 5_000_000)
    [reminder] = await reminders(company)
    assert (reminder.text, reminder.visit_id) == ("send the quote", visit.id)
    assert [each.name for each in await contacts(company)] == ["Li Wei", "Dr Wang"]


async def test_one_undo_takes_all_of_it_back(company: Company, ana: Someone) -> None:
    await ana.says(SAID)
    await ana.presses("Save")
    await ana.presses("Undo")
    ana.sees("Undone: visit to Acme, yesterday, and what it did to the deal.")
    assert await visits(company) == []
    assert await deals(company) == []
    assert await reminders(company) == []
    assert await contacts(company) == []
    async with company.database.read() as session:
        assert list(await session.scalars(select(Attendee))) == []
    await ana.presses("Redo")
    assert len(await deals(company)) == len(await visits(company)) == 1


async def test_the_account_s_card_shows_it(ana: Someone) -> None:
    await ana.says(SAID)
    await ana.presses("Save")
    await ana.says("Acme")
    ana.sees("• Fri 6 Mar, 15:00 (Shanghai time): send the quote", "• Scanner:", "Proposal")
    ana.sees("yesterday · Ana · Li Wei, Dr Wang · Went well")
    assert ana.last.text.count("send the quote") == 1


async def test_a_fact_is_changed_with_a_tap(company: Company, ana: Someone) -> None:
    await ana.says(SAID)
    await ana.presses("✎ Outcome")
    ana.sees("How did it go?", "[So-so]", "[Clear] [Back]")
    await ana.presses("So-so")
    ana.sees("What I understood", "Outcome: So-so")
    await ana.presses("✎ Amount")
    await ana.says("60k")
    ana.sees("60,000")
    await ana.presses("✎ Contact")
    await ana.presses("Clear")
    assert "Contact" not in ana.last.text.partition("[Save]")[0]
    await ana.presses("Save")
    [visit] = await visits(company)
    assert (visit.outcome, visit.contact_id) == ("neutral", None)
    assert (await deals(company))[0].amount == 6_000_000


async def test_back_changes_nothing(ana: Someone) -> None:
    await ana.says(SAID)
    before = ana.last.text
    await ana.presses("✎ Note")
    await ana.presses("Back")
    assert ana.last.text == before
    await ana.presses("Edit")
    await ana.presses("Back")
    assert ana.last.text == before
    assert len(ana.screen) == 1


async def test_edit_offers_what_was_not_said(company: Company, ana: Someone) -> None:
    await ana.says("visited Acme")
    assert "✎ Outcome" not in ana.last.text
    await ana.presses("Edit")
    await ana.presses("✎ Follow-up")
    ana.sees("When will you follow up?", "[tomorrow] [Thu 5 Mar] [Mon 9 Mar] [Mon 16 Mar]")
    await ana.says("next Tuesday 3pm")
    ana.sees("Follow-up: Tue 10 Mar, 15:00 (Shanghai time)")
    await ana.presses("Save")
    [reminder] = await reminders(company)
    assert reminder.due_at == datetime(2026, 3, 10, 7, tzinfo=UTC)


async def test_a_follow_up_in_the_past_is_asked_about(company: Company, ana: Someone) -> None:
    await ana.says("back in Acme yesterday")
    ana.sees("That's past already: Sun 1 Mar.", "[tomorrow]")
    await ana.says("yesterday 3pm")
    ana.sees("That's past already: Sun 1 Mar, 15:00 (Shanghai time).")
    await ana.presses("Thu 5 Mar")
    ana.sees("What I understood", "Follow-up: Thu 5 Mar\n")


async def test_a_visit_ahead_is_a_plan_or_a_slip(company: Company, ana: Someone) -> None:
    await ana.says("in Acme tomorrow")
    ana.sees("That's still ahead: Tue 3 Mar, 09:00 (Shanghai time).")
    card = ana.last
    await ana.presses("It was earlier")
    ana.sees("When was it?", "[Just now]")
    await ana.presses("Cancel")
    await ana.says("in Acme tomorrow")
    await ana.presses("Put it on my list")
    ana.sees("To do: in Acme tomorrow", "When: Tue 3 Mar, 09:00 (Shanghai time)")
    await ana.presses("Save")
    ana.sees("Noted: in Acme tomorrow")
    assert await visits(company) == []
    assert card.buttons == []


async def test_a_time_with_two_readings_is_asked_about(ana: Someone) -> None:
    await ana.says("in Acme on 5 5")
    ana.sees("[Tue 3 Feb] [Mon 2 Mar]")
    await ana.presses("Tue 3 Feb")
    ana.sees("What I understood", "When: Tue 3 Feb\n")


async def test_no_customer_named_asks_with_the_latest(ana: Someone) -> None:
    await ana.says("saw them")
    ana.sees("Which customer was it?", "[Acme]")
    await ana.presses("Acme")
    ana.sees("What I understood", "Account: Acme")


async def test_an_unknown_customer_is_offered_as_new(company: Company, ana: Someone) -> None:
    await ana.says("visited Nowhere")
    ana.sees("I don't know “Nowhere” yet.", "[New: Nowhere]")
    await ana.presses("New: Nowhere")
    ana.sees("Account: Nowhere (new)")
    async with company.database.read() as session:
        assert list(await session.scalars(select(Account.name))) == ["Acme"]
    await ana.presses("Save")
    ana.sees("Logged: Nowhere")


async def test_likely_duplicates_come_before_a_new_one(
    company: Company, ana: Someone, read: Reader
) -> None:
    await company.open_account(ana, "Bluebird Toys")
    read.known["at Bluebirt Tois"] = visit("Bluebirt Tois")
    await ana.says("at Bluebirt Tois")
    ana.sees("Which one is “Bluebirt Tois”?", "[Bluebird Toys] [New: Bluebirt Tois]")


async def test_another_s_customer_is_named_with_its_owner(
    company: Company, ana: Someone, bo: Someone, read: Reader
) -> None:
    await company.open_account(bo, "Secret Ltd")
    read.known["at Secret"] = visit("Secret Ltd")
    await ana.says("at Secret")
    ana.sees("Secret Ltd belongs to Bo.")
    assert await visits(company) == []


async def test_known_names_are_handed_to_the_reader(
    company: Company, ana: Someone, bo: Someone, read: Reader
) -> None:
    await company.open_account(ana, "周大福", "周总的店")
    await company.open_account(bo, "Bolt Tools")
    await ana.says("/contact 周大福，王建国")
    await ana.says("今天在周大福和 bolt tools 见了王建国")
    words = read.words[-1]
    assert set(words.accounts) == {"周大福", "bolt tools"}
    assert "王建国" in words.contacts
    assert "报价" in words.stages["proposal"]


async def test_in_chinese(company: Company, lin: Someone, read: Reader) -> None:
    await company.open_account(lin, "华东医院")
    said = "拜访了华东医院王主任，演示顺利，周五下午3点回访，商机推进到报价 5万"
    read.known[said] = visit(
        "华东医院",
        contacts=(Name("王主任"),),
        outcome=FULL.outcome,
        note="演示顺利",
        follow_up=FULL.follow_up,
        stage="proposal",
        amount=FULL.amount,
    )
    await lin.says(said)
    lin.sees("我是这样理解的", "客户: 华东医院", "时间: 3月1日 周日", "联系人: 王主任")
    lin.sees("结果: 顺利", "跟进时间: 3月6日 周五 15:00（上海时间）", "阶段: 报价", "¥50,000")
    lin.sees("[保存] [修改] [取消]", "[✎ 客户] [✎ 时间]")
    await lin.presses("✎ 金额")
    await lin.says("6万")
    await lin.presses("保存")
    lin.sees("已记录：华东医院，昨天。", "跟进时间: 3月6日 周五 15:00（上海时间）", "¥60,000")
    await lin.presses("撤销")
    lin.sees("已撤销：华东医院的拜访和商机变动，昨天。")
    assert await visits(company) == []
