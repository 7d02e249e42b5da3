"""Deals: opened, moved, won and lost, in words or by command; what was and what is now."""

import pytest

from services.understanding.facts import Name
from storage.models import Account
from tests.dialogs.helpers import deals, move_account, visits
from tests.dialogs.reader import Reader, deal, moment, reader, visit
from tests.talk import Company, Someone


@pytest.fixture
async def acme(company: Company, ana: Someone) -> Account:
    return await company.open_account(ana, "Acme")


@pytest.fixture(autouse=True)
def read(company: Company, acme: Account) -> Reader:
    return reader(
        company,
        to_proposal=deal("proposal", 50_000),
        to_negotiation=deal("negotiation"),
        now_60k=deal(None, 60_000),
        we_won=deal("won"),
        we_lost=deal("lost"),
        scanner_quoted=deal("proposal", 30_000, product="Scanner"),
        was_there_and_won=visit(stage="won"),
        in_dollars=deal("lead", 36_000, "USD"),
        back_on_friday=deal("proposal", note="they like it", follow_up=moment("2026-03-06")),
    )


async def test_where_there_is_none_one_is_opened(company: Company, ana: Someone) -> None:
    await ana.says("to proposal")
    ana.sees("Account: Acme", "Stage: Proposal", "50,000", "Deal: Acme (new)")
    assert await deals(company) == []
    await ana.presses("Save")
    ana.sees("New deal: Acme.", "Stage: Proposal", "50,000", "[Undo]")
    [opened] = await deals(company)
    assert (opened.amount, opened.currency, opened.closed_at) == (5_000_000, "CNY", None)
    await ana.presses("Undo")
    ana.sees("Undone: deal Acme.")
    assert await deals(company) == []


async def test_the_only_open_one_is_moved(company: Company, ana: Someone) -> None:
    for said in ("to proposal", "to negotiation", "now 60k"):
        await ana.says(said)
        await ana.presses("Save")
    ana.sees("Deal updated: Acme.", "Stage: Negotiation", "50,000 → ", "60,000")
    await ana.presses("Undo")
    [moved] = await deals(company)
    assert (moved.stage, moved.amount) == ("negotiation", 5_000_000)


async def test_what_it_was_is_said(ana: Someone) -> None:
    for said in ("to proposal", "to negotiation"):
        await ana.says(said)
        await ana.presses("Save")
    ana.sees("Stage: Proposal → Negotiation")


@pytest.mark.parametrize(("said", "shown"), [("we won", "Well done."), ("we lost", "Deal lost")])
async def test_won_and_lost_close_it(
    company: Company, ana: Someone, said: str, shown: str
) -> None:
    await ana.says("to proposal")
    await ana.presses("Save")
    await ana.says(said)
    await ana.presses("Save")
    ana.sees(shown)
    [closed] = await deals(company)
    assert closed.closed_at == company.now
    await ana.says("/account Acme")
    ana.sees("• Nothing open.")
    await ana.says("/undo")
    assert (await deals(company))[0].closed_at is None


async def test_several_are_asked_about(company: Company, ana: Someone) -> None:
    await ana.says("scanner quoted")
    await ana.presses("Save")
    await ana.says("to proposal")
    ana.sees("Deal: Scanner")
    await ana.presses("✎ Deal")
    ana.sees("Which deal is it?", "[Scanner · CN¥30,000] [New: Acme]")
    await ana.presses("New: Acme")
    await ana.presses("Save")
    assert len(await deals(company)) == 2
    await ana.says("to negotiation")
    ana.sees("Which deal is it?", "[Acme · CN¥50,000] [Scanner · CN¥30,000] [New: Acme]")
    await ana.presses("Scanner · CN¥30,000")
    ana.sees("What I understood", "Deal: Scanner")
    await ana.presses("Save")
    ana.sees("Deal updated: Scanner · Acme.", "Proposal → Negotiation")


async def test_a_product_names_the_deal(ana: Someone) -> None:
    await ana.says("to proposal")
    await ana.presses("Save")
    await ana.says("scanner quoted")
    ana.sees("Which deal is it?", "[Acme · CN¥50,000] [New: Scanner]")
    await ana.presses("New: Scanner")
    ana.sees("Deal: Scanner (new)")


async def test_a_visit_and_its_deal_are_one_card(company: Company, ana: Someone) -> None:
    await ana.says("to proposal")
    await ana.presses("Save")
    await ana.says("was there and won")
    ana.sees("Kind: Visit", "Stage: Won", "Deal: Acme")
    await ana.presses("Save")
    ana.sees("Logged: Acme", "Stage: Proposal → Won")
    await ana.presses("Undo")
    ana.sees("Undone: visit to Acme, yesterday, and what it did to the deal.")
    assert await visits(company) == []
    assert [each.stage for each in await deals(company)] == ["proposal"]


async def test_another_account_is_another_deal(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Beta")
    await ana.says("to proposal")
    await ana.presses("Save")
    await ana.says("was there and won")
    ana.sees("Deal: Acme")
    await ana.presses("✎ Account")
    await ana.says("Beta")
    ana.sees("Account: Beta", "Deal: Beta (new)")


async def test_an_account_that_is_not_known_yet(
    company: Company, ana: Someone, read: Reader
) -> None:
    read.known["new one"] = deal("lead", 5, account=Name("Nowhere"))
    await ana.says("new one")
    await ana.presses("New: Nowhere")
    ana.sees("Account: Nowhere (new)", "Deal: Nowhere (new)")
    await ana.presses("Save")
    ana.sees("New deal: Nowhere.")
    await ana.presses("Undo")
    assert await deals(company) == []


async def test_a_deal_of_others_is_not_seen(
    company: Company, ana: Someone, bo: Someone, acme: Account, read: Reader
) -> None:
    await ana.says("to proposal")
    await ana.presses("Save")
    await move_account(company, acme.id, bo)
    await bo.says("to negotiation")
    bo.sees("Deal: Acme (new)")


async def test_another_currency_stays_what_it_is(company: Company, ana: Someone) -> None:
    await ana.says("in dollars")
    ana.sees("Amount: US$36,000")
    await ana.presses("Save")
    assert [(each.amount, each.currency) for each in await deals(company)] == [(3_600_000, "USD")]


async def test_no_word_is_lost_and_a_follow_up_is_listed(ana: Someone) -> None:
    await ana.says("back on friday")
    await ana.presses("Save")
    ana.sees("Note: they like it", "Follow-up: Fri 6 Mar", "I don't ring yet")
    await ana.says("/account Acme")
    ana.sees("they like it", "• Fri 6 Mar: Follow up")


@pytest.mark.parametrize(
    "said",
    ["/deal Acme, proposal, 50k", "/deal Acme 50k proposal", "/d Acme stage: quoted amount: 50k"],
)
async def test_by_command(company: Company, ana: Someone, said: str) -> None:
    await ana.says(said)
    ana.sees("New deal: Acme.", "Stage: Proposal", "50,000")
    await ana.says("/deal Acme won")
    ana.sees("Well done. Deal won: Acme.", "Proposal → Won")


async def test_a_deal_of_which_nothing_is_said_is_looked_up(ana: Someone) -> None:
    await ana.says("/deal Acme")
    ana.sees("Owner: Ana", "• Nothing open.")


async def test_question_by_question(ana: Someone) -> None:
    await ana.says("/deal")
    for said, asked in (
        ("Acme", "Which stage is it at?"),
        ("negotiation", "How much is it?"),
        ("a lot", "I can't read “a lot” as an amount."),
        ("1.2m", "New deal: Acme."),
    ):
        await ana.says(said)
        ana.sees(asked)
    ana.sees("1,200,000")


async def test_by_command_with_several_open(company: Company, ana: Someone) -> None:
    await ana.says("/deal Acme, lead, product: Scanner")
    await ana.says("/deal Acme, lead, deal: Ventilator")
    assert len(await deals(company)) == 2
    await ana.says("/deal Acme won")
    ana.sees("Which deal is it?", "[Scanner]", "[Ventilator]")
    await ana.says("ventilator")
    ana.sees("Deal won: Ventilator · Acme.")


async def test_in_chinese(company: Company, lin: Someone) -> None:
    await company.open_account(lin, "华东医院")
    await lin.says("商机 华东医院，报价，5万")
    lin.sees("新商机：华东医院。", "阶段: 报价", "¥50,000")
    await lin.says("商机 华东医院 成交")
    lin.sees("赢单了", "报价 → 赢单")
