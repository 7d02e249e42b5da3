"""What is never saved without a look, whoever wants things saved at once."""

import pytest

from tests.dialogs.helpers import change, reminders, visits
from tests.talk import Company, Someone


@pytest.fixture(autouse=True)
async def _accounts(company: Company, ana: Someone, lin: Someone) -> None:
    for name in ("Acme", "Huadong Foods"):
        await company.open_account(ana, name)
    await company.open_account(lin, "仁禾")
    await change(company, ana, save_at_once=True)
    await change(company, lin, save_at_once=True)


async def test_two_customers_in_one_sentence(company: Company, ana: Someone) -> None:
    await ana.says("Visited Acme and Huadong Foods today, both happy")
    card, others = ana.screen[-2:]
    assert "Account: Acme" in card.text
    assert "You named 2 customers; this card is for Acme." in others.text
    await ana.presses("Save", on=card)
    await ana.presses("Huadong Foods", on=others)
    ana.sees("Account: Huadong Foods")
    await ana.presses("Save")
    assert len(await visits(company)) == 2


@pytest.mark.parametrize(
    "said",
    [
        "Didn't visit Acme yesterday, they cancelled",
        "visited Acme tomorrow 3pm, went well",
        "visited Acme on 2/1, good",
    ],
)
async def test_what_may_not_have_been(company: Company, ana: Someone, said: str) -> None:
    await ana.says(said)
    assert await visits(company) == []
    assert await reminders(company) == []


async def test_what_is_told_of_next_week(company: Company, lin: Someone) -> None:
    await lin.says("下周二拜访了仁禾 谈得不错")
    assert await visits(company) == []


async def test_a_plain_visit_is_saved_at_once(company: Company, ana: Someone) -> None:
    await ana.says("visited Acme today, all good")
    assert len(await visits(company)) == 1


async def test_a_plain_reminder_is_saved_at_once(company: Company, ana: Someone) -> None:
    await ana.says("remind me to call the office tomorrow at 9am")
    ana.sees("Noted:")
    assert len(await reminders(company)) == 1


async def test_a_reminder_said_while_a_question_is_open_is_shown_first(
    company: Company, lin: Someone
) -> None:
    await change(company, lin, save_at_once=False)
    await lin.says("/visit")
    await lin.says("提醒我周五上午10点给周总打电话")
    assert await reminders(company) == []
