"""A message of its own is no answer to an open question: each has its own card."""

import pytest

from tests.dialogs.helpers import deals, visits
from tests.talk import Company, Someone


@pytest.fixture(autouse=True)
async def _accounts(company: Company, ana: Someone, lin: Someone) -> None:
    for name in ("Silverleaf Teas", "Silverleaf Inns", "Kestrel Circuits"):
        await company.open_account(ana, name)
    await company.open_account(lin, "云栈")


async def test_the_next_message_is_not_mixed_with_the_one_before(
    company: Company, ana: Someone
) -> None:
    await ana.says("met Victor at Silverleaf, contract signed 85k")
    ana.sees("Which one is “Silverleaf”?")
    await ana.says("visited kestrel circuits today, meh")
    ana.sees("Account: Kestrel Circuits")
    assert "Victor" not in ana.last.text
    assert "85" not in ana.last.text
    assert ana.last.text.count("isn't saved yet") == 1
    assert ana.last.text.count("[Go back to it]") == 1
    await ana.presses("Go back to it")
    ana.sees("Which one is “Silverleaf”?", "Victor", "85,000")
    assert await deals(company) == []


@pytest.mark.parametrize(
    "said",
    [
        "spoke to Kevin on the phone, he's fine with 48k, will sign next week",
        "met with Linda, she got promoted",
        "met Fiona",
    ],
)
async def test_a_second_message_without_a_customer_is_asked_about_itself(
    company: Company, ana: Someone, said: str
) -> None:
    await ana.says("met Victor at Silverleaf")
    await ana.says(said)
    ana.sees("Which customer was it?")
    assert "as a new account" not in ana.last.text
    assert ana.last.text.count("isn't saved yet") == 1
    await ana.says("Kestrel Circuits")
    await ana.presses("Save")
    assert len(await visits(company)) == 1


async def test_a_sentence_is_no_name_of_a_deal(company: Company, lin: Someone) -> None:
    for each in ("扩建", "改造"):
        await lin.says(f"/deal 云栈 deal: {each} 金额: 5万")
    await lin.says("云栈 报价推进到12万")
    if "哪个商机" not in lin.last.text:
        await lin.says("/deal 云栈 金额: 7万")
    lin.sees("哪个商机")
    await lin.says("云栈周总说再考虑考虑 月底给答复")
    assert "商机：云栈周总" not in lin.last.text
    assert len(await deals(company)) == 2


async def test_undo_is_no_name_of_a_deal(company: Company, lin: Someone) -> None:
    for each in ("扩建", "改造"):
        await lin.says(f"/deal 云栈 deal: {each} 金额: 5万")
    await lin.says("/deal 云栈 金额: 7万")
    lin.sees("哪个商机")
    await lin.says("撤销")
    lin.sees("已撤销")


async def test_a_reminder_is_no_time(ana: Someone) -> None:
    await ana.says("remind me to call Kestrel Circuits")
    ana.sees("When is it due?")
    await ana.says("remind me at 6am to call Li Wei")
    assert "I can't read" not in ana.last.text
    ana.sees("To do: call Li Wei", "Tue 3 Mar, 06:00")
