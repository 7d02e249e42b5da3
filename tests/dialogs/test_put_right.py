"""What is said to put right what is saved, and questions that can't be answered yet."""

import pytest

from tests.dialogs.helpers import change, reminders, visits
from tests.talk import Company, Someone


@pytest.fixture(autouse=True)
async def _accounts(company: Company, ana: Someone, lin: Someone) -> None:
    await company.open_account(ana, "Acme")
    await company.open_account(lin, "锡光")
    await change(company, ana, save_at_once=True)


@pytest.mark.parametrize("said", ["delete that", "undo that", "刚才那条删掉", "搞错了"])
async def test_undo_is_offered(company: Company, ana: Someone, said: str) -> None:
    await ana.says("/visit Acme")
    await ana.says(said)
    ana.sees("Shall I take back what I did last?")
    await ana.presses("Undo the last thing")
    assert await visits(company) == []


@pytest.mark.parametrize(
    "said", ["改到下周一", "postpone that to friday", "change the follow up to monday"]
)
async def test_a_change_is_owned_up_to(company: Company, ana: Someone, said: str) -> None:
    await ana.says("/visit Acme")
    await ana.says(said)
    ana.sees("I can't change what is saved yet.", "[Undo the last thing]")
    assert await reminders(company) == []


async def test_nothing_to_put_right(bo: Someone) -> None:
    await bo.says("undo that")
    bo.sees("There's nothing saved to put right.")


@pytest.mark.parametrize("said", ["本周待办", "我的待办", "what do i have to do this week"])
async def test_the_list_is_asked_for(company: Company, ana: Someone, said: str) -> None:
    await ana.says("/remind call Acme tomorrow 9am")
    await ana.says(said)
    ana.sees("To do", "[✓ call Acme")
    assert len(await reminders(company)) == 1


@pytest.mark.parametrize(
    "said",
    [
        "which customers have not been visited for 30 days",
        "谁最近没拜访客户",
        "邵一帆这周拜访了谁",
        "how many calls last month?",
        "这个月谁拜访最多",
    ],
)
async def test_what_is_not_counted_is_not_answered(ana: Someone, said: str) -> None:
    await ana.says(said)
    ana.sees("I can't answer that yet.")


async def test_visits_to_one_customer_are_counted(ana: Someone) -> None:
    await ana.says("/visit Acme")
    await ana.says("how many visits to Acme this year?")
    ana.sees("1 visit to Acme", "Calls and messages are counted, too.")


async def test_the_company_is_more_than_a_rep_may_count(lin: Someone) -> None:
    await lin.says("本月全公司拜访多少次")
    assert "你拜访了" not in lin.last.text


async def test_a_sentence_about_a_customer_is_no_look_up(lin: Someone) -> None:
    await lin.says("客户要发票")
    assert "没有找到" not in lin.last.text


async def test_the_card_shows_what_a_deal_was_worth(company: Company, lin: Someone) -> None:
    await lin.says("/deal 锡光 阶段: 报价 金额: 254000")
    await lin.says("拜访了锡光 客户让报价 8万")
    lin.sees("254,000 → ", "80,000")
