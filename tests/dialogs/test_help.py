"""Help: on one screen, by topic, and for what was mistyped."""

import pytest

from storage.models import Role
from tests.talk import Company, Someone


async def test_it_fits_a_small_screen(company: Company) -> None:
    for role in (Role.REP, Role.MANAGER, Role.HQ):
        for language in ("en", "zh"):
            someone = await company.hire("Kim", role, language=language)
            await someone.says("/help")
            assert len(someone.last.text.splitlines()) <= 25
            words = [line for line in someone.last.text.splitlines() if line[0] != "["]
            assert all(len(line) <= 72 for line in words)


async def test_it_is_grouped(ana: Someone) -> None:
    await ana.says("/help")
    text = ana.last.text
    order = ["Customers", "/visit – Log a visit", "/account –", "/contact –", "/deal –"]
    order += ["To do\n", "/remind –", "/reminders –"]
    order += ["Corrections", "/undo · /cancel", "You\n", "/me · /settings"]
    order += ["The company", "/leave"]
    assert sorted(order, key=text.index) == order
    ana.sees("[/visit] [/account]", "[/deal] [/remind] [/settings]")


async def test_what_is_for_hq_stands_under_the_company(company: Company, ana: Someone) -> None:
    hal = await company.hire("Hal", Role.HQ)
    await hal.says("/help")
    hal.sees("The company\n/org · /people · /invite · /assign", "[/org] [/people] [/invite]")
    await hal.presses("/org")
    hal.sees("See the company's units, and change them.", "/org East")
    await ana.says("/help")
    assert "/org" not in ana.last.text


async def test_in_chinese_it_says_the_chinese_words(lin: Someone) -> None:
    await lin.says("帮助")
    lin.sees(
        "/visit 拜访：记录拜访、电话、会议或演示",
        "/me 我 · /settings 设置",
        "[拜访] [客户]",
        "[商机] [提醒] [设置]",
    )
    await lin.presses("拜访")
    lin.sees("拜访 华东医院 昨天下午3点，演示，顺利 下一步：发报价", "也可以发：拜访、记录")


@pytest.mark.parametrize("said", ["/help visit", "/help /visit", "/help log", "帮助 拜访"])
async def test_a_topic(company: Company, ana: Someone, said: str) -> None:
    await company.open_account(ana, "Bluebird Toys")
    await ana.says(said)
    ana.sees("/visit", "Send it alone and I'll ask.")
    ana.sees("/visit Bluebird Toys yesterday 3pm, demo, went well next: send the quote")
    ana.sees("Account, When, Kind, Contact, Outcome, Note, Next", "Also: v, log")
    await ana.presses("All commands")
    ana.sees("Customers")


async def test_a_topic_by_button(ana: Someone) -> None:
    await ana.says("?")
    await ana.presses("/settings")
    ana.sees("/settings language: Chinese", "/settings quiet hours: 21:00-08:00")


async def test_an_unknown_topic(ana: Someone) -> None:
    await ana.says("/help *teleport*")
    ana.sees("There's no “*teleport*”.", "/visit")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("/vist Acme", "/visit Acme"),
        ("/viist Acme", "/visit Acme"),
        ("/acount Acme", "/account Acme"),
        ("/setings", "/settings"),
        ("/hlep", "/help"),
        ("/undoo", "/undo"),
    ],
)
async def test_a_near_miss(company: Company, ana: Someone, said: str, meant: str) -> None:
    await company.open_account(ana, "Acme")
    await ana.says(said)
    ana.sees(f"Did you mean {meant.split(maxsplit=1)[0]}?", f"[{meant}]")
    await ana.presses(meant)
    assert "Did you mean" not in ana.last.text


async def test_a_near_miss_with_a_long_rest_loses_none_of_it(
    company: Company, ana: Someone
) -> None:
    await company.open_account(ana, "Acme")
    await ana.says(f"/vist Acme {'word ' * 50}end")
    button = ana.last.buttons[0]
    assert len(button.label) <= 40
    await ana.taps(button, ana.last)
    ana.sees("Logged: Acme")
    await ana.says("/account Acme")
    ana.sees("word word")


@pytest.mark.parametrize("said", ["/xyz", "a b", "/great"])
async def test_what_is_near_nothing(ana: Someone, said: str) -> None:
    await ana.says(said)
    ana.sees("I didn't get that.", "/visit", "/account", "[Help]")
    await ana.presses("Help")
    ana.sees("Customers")


@pytest.mark.parametrize("said", ["我今天很忙", "取消订单了", "撤销合同", "恢复合作"])
async def test_chinese_that_only_begins_like_a_command(lin: Someone, said: str) -> None:
    await lin.says(said)
    lin.sees("没看懂。")
