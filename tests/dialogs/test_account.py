"""The card of a customer, as far as its reader may see."""

import pytest

from storage.journal import Author
from storage.models import Deal, Role
from storage.work import Work
from tests.talk import Company, Someone


@pytest.fixture(autouse=True)
async def _acme(company: Company, ana: Someone) -> None:
    account = await company.open_account(ana, "Acme Ltd")
    assert ana.person
    async with company.database.begin() as session:
        work = Work(session, Author(company.now, ana.person.id, "deal"))
        deal = Deal(
            account_id=account.id,
            owner_id=ana.person.id,
            unit_id=ana.person.unit_id,
            name="Scanner",
            stage="proposal",
            amount=5_000_000,
            currency="CNY",
            created_at=company.now,
        )
        await work.deals.add(deal)
    await ana.says("/contact Acme, Dr Wang 138 0013 8000")
    await ana.says("/visit Acme yesterday 3pm, demo, went well, liked it next: send the quote")


async def test_who_they_are_what_is_open_what_happened(ana: Someone) -> None:
    await ana.says("/account acme")
    ana.sees("Acme Ltd", "Owner: Ana", "Tier: C · new customer", "Dr Wang · 138 0013 8000")
    ana.sees("• Next: send the quote", "• Scanner:", "Proposal")
    ana.sees("yesterday 15:00 · Ana · Demo · Went well", "liked it", "[Log a visit]")


async def test_in_chinese(company: Company, ana: Someone) -> None:
    await ana.says("/settings Chinese")
    await ana.says("客户 acme")
    ana.sees("负责人: Ana", "级别: C · 新客户", "• 下一步：send the quote", "报价")
    ana.sees("昨天 15:00 · Ana · 演示 · 顺利", "[记录拜访]")


async def test_a_manager_and_hq_see_all_of_it(company: Company, rui: Someone) -> None:
    boss = await company.hire("Max", Role.HQ, unit="")
    for reader in (rui, boss):
        await reader.says("/account acme")
        reader.sees("Owner: Ana", "Scanner", "liked it")


async def test_a_manager_is_offered_the_accounts_of_the_team(rui: Someone) -> None:
    await rui.says("/account")
    rui.sees("[Acme Ltd]")


async def test_others_see_its_name_and_owner(company: Company, bo: Someone) -> None:
    west = await company.hire("Wu", Role.MANAGER, unit="West")
    for reader in (bo, west):
        await reader.says("/account acme")
        reader.sees("Acme Ltd belongs to Ana.")
        for secret in ("Scanner", "liked", "Wang", "quote"):
            assert secret not in reader.transcript()


async def test_an_unknown_name_offers_one_s_own(ana: Someone) -> None:
    await ana.says("/account Qwxz")
    ana.sees("I don't know an account called “Qwxz”.", "[Acme Ltd]")
    await ana.presses("Acme Ltd")
    ana.sees("Owner: Ana")


async def test_a_long_note_is_shown_in_short(ana: Someone) -> None:
    await ana.says(f"/visit Acme {'word ' * 100}")
    await ana.says("/account acme")
    ana.sees("word…")


async def test_who_has_people_but_no_customers_looks_theirs_up(
    company: Company, ana: Someone, rui: Someone
) -> None:
    await company.open_account(ana, "Acme")
    zhou = await company.hire("Zhou", Role.HQ, unit="")
    for each in (rui, zhou):
        await each.says("/accounts")
        each.sees("None of the customers is your own.", "/account", "/org", "[Find a customer]")
    await rui.says("/account Acme")
    rui.sees("Owner: Ana")


async def test_so_it_is_said_in_chinese(company: Company) -> None:
    boss = await company.hire("王总", Role.MANAGER, language="zh")
    await boss.says("/accounts")
    boss.sees("你自己名下没有客户。", "/account 加客户名", "/org")


async def test_a_rep_without_customers_is_told_how_to_begin(company: Company) -> None:
    eva = await company.hire("Eva")
    await eva.says("/accounts")
    eva.sees("You have no accounts yet. Your first visit adds one: /visit")


async def test_a_customer_handed_over_says_whose_the_earlier_visits_were(
    company: Company, ana: Someone, rui: Someone
) -> None:
    ben = await company.hire("Ben")
    await ana.says("/visit Acme Ltd today 9am, note: a secret, next: send the quote")
    await rui.says("/assign Acme Ltd to Ben")
    await ben.says("/account Acme Ltd")
    ben.sees("Last visits\nEarlier visits were Ana's.")
    for hidden in ("None yet", "secret", "send the quote"):
        assert hidden not in ben.last.text
    await ben.says("/visit Acme Ltd today 9:30, note: mine")
    await ben.says("/account Acme Ltd")
    ben.sees("mine\nEarlier visits were Ana's.")


async def test_whoever_sees_the_visits_is_not_told_so(
    company: Company, ana: Someone, rui: Someone
) -> None:
    await company.hire("Ben")
    await rui.says("/assign Acme Ltd to Ben")
    for each in (ana, rui):
        await each.says("/account Acme Ltd")
        assert "Earlier visits" not in each.last.text


async def test_earlier_visits_in_chinese(company: Company, ana: Someone, rui: Someone) -> None:
    lin = await company.hire("林一", language="zh")
    await rui.says("/assign Acme Ltd to 林一")
    await lin.says("/account Acme Ltd")
    lin.sees("之前的拜访是Ana做的。")
