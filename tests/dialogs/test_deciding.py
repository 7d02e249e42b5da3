"""A card is also saved or cancelled in words."""

import pytest

from tests.dialogs.helpers import visits
from tests.talk import Company, Someone

SAID = "visited Acme, went well"


@pytest.fixture(autouse=True)
async def _accounts(company: Company, ana: Someone, lin: Someone) -> None:
    await company.open_account(ana, "Acme")
    await company.open_account(ana, "Bolt")
    await company.open_account(lin, "华东医院")


@pytest.mark.parametrize("yes", ["ok", "Yes.", "save", "Save it!", "👍"])
async def test_a_yes_saves_the_card(company: Company, ana: Someone, yes: str) -> None:
    await ana.says(SAID)
    await ana.says(yes)
    ana.sees("Logged: Acme")
    assert len(await visits(company)) == 1


@pytest.mark.parametrize("yes", ["好的", "对", "是的", "保存", "确认"])
async def test_so_it_does_in_chinese(company: Company, lin: Someone, yes: str) -> None:
    await lin.says("拜访了华东医院，很顺利")
    await lin.says(yes)
    assert len(await visits(company)) == 1


@pytest.mark.parametrize("no", ["no", "cancel", "/cancel", "不对", "取消"])
async def test_a_no_cancels_it(company: Company, ana: Someone, no: str) -> None:
    await ana.says(SAID)
    card = ana.last
    await ana.says(no)
    ana.sees("Cancelled. Nothing was saved.")
    await ana.presses("Save", on=card)
    ana.sees("answered that card already")
    assert await visits(company) == []


async def test_a_card_is_saved_once(company: Company, ana: Someone) -> None:
    await ana.says(SAID)
    card = ana.last
    await ana.says("ok")
    await ana.says("ok")
    ana.sees("All right.")
    await ana.presses("Save", on=card)
    assert len(await visits(company)) == 1


async def test_the_newest_card_is_meant_then_the_one_before(
    company: Company, ana: Someone
) -> None:
    await ana.says(SAID)
    await ana.says("visited Bolt, went well")
    await ana.says("yes")
    ana.sees("Logged: Bolt")
    await ana.says("yes")
    ana.sees("Logged: Acme")


async def test_an_old_card_is_not_meant(company: Company, ana: Someone) -> None:
    await ana.says(SAID)
    company.after(days=2)
    await ana.says("ok")
    ana.sees("All right.")
    assert await visits(company) == []


async def test_nobody_says_yes_to_another_s_card(
    company: Company, ana: Someone, lin: Someone
) -> None:
    await ana.says(SAID)
    await lin.says("好的")
    assert await visits(company) == []


async def test_a_question_that_is_asked_comes_first(company: Company, ana: Someone) -> None:
    await ana.says(SAID)
    await ana.says("/visit")
    await ana.says("no")
    assert await visits(company) == []
    ana.sees("I don't know “no” yet.")
