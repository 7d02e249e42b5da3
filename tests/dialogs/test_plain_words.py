"""Plain words through the whole bot: what is typed on a phone, and what comes of it."""

import pytest

from tests.dialogs.helpers import change, deals, reminders, visits
from tests.dialogs.test_examples import shown
from tests.talk import Company, Someone


@pytest.fixture(autouse=True)
async def _accounts(company: Company, ana: Someone, lin: Someone) -> None:
    await company.open_account(ana, "Acme")
    await company.open_account(lin, "华东医院")


async def test_a_day_s_work(company: Company, ana: Someone) -> None:
    await ana.says(
        "visited Acme, met Li Wei, demo went well, follow up in two weeks, deal to proposal 50k"
    )
    ana.sees("Account: Acme", "Contact: Li Wei", "Outcome: Went well", "Follow-up: Mon 16 Mar\n")
    ana.sees("Stage: Proposal", "50,000", "demo went well")
    await ana.presses("Save")
    ana.sees("Logged: Acme", "Follow-up: Mon 16 Mar", "Deal: Acme (new)")
    assert len(await visits(company)) == len(await deals(company)) == 1
    assert len(await reminders(company)) == 1
    await ana.says("remind me to call Acme tomorrow at 9am")
    ana.sees("Account: Acme", "When: Tue 3 Mar, 09:00 (Shanghai time)")
    await ana.presses("Save")
    await ana.says("how many visits this month?")
    ana.sees("You made 1 visit")
    await ana.says("thanks")
    ana.sees("You're welcome.")


async def test_a_day_s_work_in_chinese(company: Company, lin: Someone) -> None:
    await lin.says("拜访了华东医院王主任，演示顺利，下周二下午3点回访，商机推进到报价 5万")
    lin.sees("客户: 华东医院", "联系人: 王主任", "结果: 顺利", "阶段: 报价", "¥50,000")
    lin.sees("跟进时间: 3月10日 周二 15:00（上海时间）")
    await lin.presses("保存")
    lin.sees("已记录：华东医院", "商机: 华东医院（新）")
    assert len(await visits(company)) == len(await deals(company)) == 1
    assert len(await reminders(company)) == 1
    await lin.says("提醒我明天上午9点给华东医院打电话")
    lin.sees("客户: 华东医院", "时间: 3月3日 周二 09:00（上海时间）")
    await lin.presses("保存")
    await lin.says("这个月拜访了几次？")
    lin.sees("你拜访了 1 次")
    await lin.says("谢谢")
    lin.sees("不客气。")


@pytest.mark.parametrize(
    ("said", "account"),
    [
        ("拜访华东医院王主任，演示顺利，下周二下午3点回访", "华东医院"),
        ("拜访华东医院，报价5万", "华东医院"),
        ("提醒我周五下午3点给华东医院打电话", "华东医院"),
    ],
)
async def test_a_sentence_may_begin_with_a_command_s_word(
    lin: Someone, said: str, account: str
) -> None:
    await lin.says(said)
    lin.sees("我是这样理解的", f"客户: {account}")


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_the_examples_of_the_help_work_when_pasted(
    company: Company, ana: Someone, lin: Someone, language: str
) -> None:
    someone = {"en": ana, "zh": lin}[language]
    await someone.says("/help")
    visited, remind, asked = shown(someone)
    await someone.says(visited)
    someone.sees(
        {"en": "Follow-up: Fri 6 Mar, 15:00", "zh": "跟进时间: 3月6日 周五 15:00"}[language]
    )
    await someone.says(remind)
    someone.sees({"en": "When: Tue 3 Mar, 09:00", "zh": "时间: 3月3日 周二 09:00"}[language])
    await someone.presses({"en": "Save", "zh": "保存"}[language])
    await someone.says(asked)
    someone.sees({"en": "You made 0 visits", "zh": "你拜访了 0 次"}[language])
    assert await visits(company) == []


async def test_a_time_that_the_clocks_skip_says_so(company: Company, ana: Someone) -> None:
    await change(company, ana, zone="Europe/Berlin")
    await ana.says("remind me to call Acme on 29 March at 2:30am")
    ana.sees("When: Sun 29 Mar, 03:30 (Berlin time); the time you said is skipped by the clocks")
    await ana.presses("Save")
    ana.sees("When: Sun 29 Mar, 03:30 (Berlin time)")


async def test_what_was_written_yesterday_is_read_as_of_yesterday(
    company: Company, ana: Someone
) -> None:
    written = company.now
    company.after(days=1)
    await ana.says("visited Acme today, follow up tomorrow", at=written)
    ana.sees("When: Mon 2 Mar\n", "Follow-up: Tue 3 Mar\n")


@pytest.mark.parametrize("said", ["asdf", "。。。", "12345", "😀😀", "the weather", "我今天很忙"])
async def test_what_means_nothing_to_us_saves_nothing(
    company: Company, ana: Someone, said: str
) -> None:
    await ana.says(said)
    assert "reference" not in ana.last.text
    assert await visits(company) == []


async def test_a_wall_of_text_is_read_and_kept(company: Company, ana: Someone) -> None:
    await ana.says("visited Acme yesterday. " + "They asked about the price again. " * 110)
    ana.sees("Account: Acme", "When: Sun 1 Mar")
    await ana.presses("Save")
    [visit] = await visits(company)
    assert visit.note.count("price") == 110
