"""A hand-over in plain words: understood where a message is just that, and nowhere else."""

import pytest

from storage.models import Role
from tests.dialogs.helpers import change, visits
from tests.dialogs.test_assign import number, owners
from tests.talk import Company, Someone


@pytest.fixture
async def ben(company: Company) -> Someone:
    return await company.hire("Ben")


@pytest.fixture
async def chen(company: Company) -> Someone:
    return await company.hire("陈睿", Role.MANAGER, language="zh")


@pytest.fixture
async def bowen(company: Company) -> Someone:
    return await company.hire("王博", language="zh")


@pytest.fixture(autouse=True)
async def _accounts(company: Company, ana: Someone) -> None:
    await company.open_account(ana, "Acme")
    li_an = await company.hire("李安", language="zh")
    await company.open_account(li_an, "华东医院")
    await company.open_account(li_an, "北光酒店")


@pytest.mark.parametrize(
    "said",
    [
        "give Acme to Ben",
        "Move Acme to Ben.",
        "please transfer acme to ben",
        "hand Acme over to Ben",
        "hand over Acme to Ben, please",
    ],
)
async def test_one_customer_is_shown_and_goes(
    company: Company, ana: Someone, ben: Someone, rui: Someone, said: str
) -> None:
    await rui.says(said)
    rui.sees("Account: Acme", "To: Ben", "[Save]")
    assert (await owners(company))["Acme"] == number(ana)
    await rui.presses("Save")
    rui.sees("Acme is Ben's now.", "[Undo]")
    ben.sees("Rui has handed a customer over to you. It was Ana's.")
    assert (await owners(company))["Acme"] == number(ben)


@pytest.mark.parametrize(
    "said", ["把华东医院分给王博", "请把华东医院移交给王博吧。", "将华东医院转给王博跟进"]
)
async def test_one_customer_in_chinese(
    company: Company, chen: Someone, bowen: Someone, said: str
) -> None:
    await chen.says(said)
    chen.sees("客户: 华东医院", "给: 王博", "[保存]")
    await chen.presses("保存")
    chen.sees("华东医院现在归王博负责。", "[撤销]")
    assert (await owners(company))["华东医院"] == number(bowen)


@pytest.mark.parametrize(
    "said",
    [
        "把李安的客户都移交给王博",
        "把李安名下的客户全部转给王博",
        "将李安的所有客户分给王博",
        "把李安的全部客户移交给王博。",
    ],
)
async def test_all_of_somebody_s_in_chinese_is_shown_first(
    chen: Someone, bowen: Someone, said: str
) -> None:
    await chen.says(said)
    chen.sees("李安 → 王博", "2 家", "[移交 2 家客户]")
    await chen.presses("移交 2 家客户")
    bowen.sees("陈睿把 2 家客户移交给你，原来归李安负责。")


@pytest.mark.parametrize(
    "said",
    [
        "give all of Ana's customers to Ben",
        "move Ana's accounts to Ben",
        "give all of Ana's to Ben",
    ],
)
async def test_all_of_somebody_s_is_shown_first(ben: Someone, rui: Someone, said: str) -> None:
    await rui.says(said)
    rui.sees("Ana → Ben", "[Hand over]")


async def test_whoever_saves_at_once_is_still_shown_what_goes(
    company: Company, ana: Someone, ben: Someone, rui: Someone
) -> None:
    await change(company, rui, save_at_once=True)
    await rui.says("give Acme to Ben")
    rui.sees("To: Ben", "[Save]")
    assert (await owners(company))["Acme"] == number(ana)
    assert ben.screen == []


async def test_namesakes_are_asked_about(company: Company, rui: Someone) -> None:
    await company.hire("Wei", unit="East/One")
    await company.hire("Wei", unit="East/Two")
    await rui.says("give Acme to Wei")
    rui.sees("Who is “Wei”?", "Wei, One", "Wei, Two")


@pytest.mark.parametrize(
    "said",
    [
        "把样品给王主任",
        "把样品分给王博",
        "把合同转交给王博",
        "把华东医院的合同转交给王博",
        "把华东医院的样品移交给王主任",
        "把华东医院推进到报价",
        "把华东医院分给王主任",
        "昨天把华东医院分给王博",
        "把华东医院分给王博，下周二跟进",
        "把华东医院分给王博了吗？",
    ],
)
async def test_other_sentences_in_chinese_are_no_hand_over(
    company: Company, chen: Someone, bowen: Someone, said: str
) -> None:
    before = await owners(company)
    await chen.says(said)
    assert "给: 王博" not in chen.last.text
    assert "→" not in chen.last.text
    assert await owners(company) == before
    assert bowen.screen == []


@pytest.mark.parametrize(
    "said",
    [
        "give Acme a call",
        "give the samples to Ben",
        "give Acme's contract to Ben",
        "give samples to Acme",
        "move Acme to proposal",
        "move Acme to Won",
        "move Acme to Friday",
        "gave Acme to Ben",
        "give Acme to Ben, and call them tomorrow",
        "should I give Acme to Ben?",
        "give Acme to Benjamin Blue",
    ],
)
async def test_other_sentences_are_no_hand_over(
    company: Company, rui: Someone, ben: Someone, said: str
) -> None:
    await company.hire("Won")
    before = await owners(company)
    await rui.says(said)
    assert "To: " not in rui.last.text
    assert await owners(company) == before
    assert ben.screen == []


async def test_a_rep_hands_nothing_over(company: Company, ana: Someone, ben: Someone) -> None:
    await ana.says("give Acme to Ben")
    assert "To: Ben" not in ana.last.text
    assert (await owners(company))["Acme"] == number(ana)
    assert await visits(company) == []


async def test_what_is_out_of_sight_is_none(company: Company, ben: Someone, rui: Someone) -> None:
    west = await company.hire("Wu", unit="West")
    await company.open_account(west, "Bolt")
    await rui.says("give Bolt to Ben")
    assert "To: Ben" not in rui.last.text
    await rui.says("give Acme to Wu")
    assert "To: Wu" not in rui.last.text
    assert (await owners(company))["Bolt"] == number(west)
