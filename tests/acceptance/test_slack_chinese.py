"""一天：全部用中文。"""

import pytest

from tests.acceptance.slack import CHANNEL
from tests.acceptance.slack_office import Office, Someone

pytestmark = pytest.mark.acceptance


@pytest.fixture
async def ana(shop: Office) -> Someone:
    return await shop.hire(name="安娜", language="zh")


async def test_a_command_logs_a_visit(shop: Office, ana: Someone) -> None:
    await shop.open_account(ana, "华东医院")
    await ana.command("拜访 华东医院")
    ana.sees("已记录：华东医院")
    await ana.presses("撤销")
    assert await shop.notes() == []


async def test_a_window_is_chinese_throughout(shop: Office, ana: Someone) -> None:
    await shop.open_account(ana, "华东医院")
    await ana.command("拜访")
    assert "客户" in ana.window.text
    assert not any(word in ana.window.text for word in ("customer", "When", "Note"))
    assert shop.control.window()["submit"]["text"] == "保存"
    assert await ana.offered("account", "hdyy") == ["华东医院", "新建：hdyy"]
    done = await ana.submits(account="华东医院", at="2099-01-01")
    if done["result"] == "errors":
        assert not any(
            char.isascii() and char.isalpha() for char in str([*done["errors"].values()])
        )
    await ana.submits(at="2026-01-05", note="带样品")
    ana.sees("已记录：华东医院", "带样品")


async def test_plain_words(shop: Office, ana: Someone) -> None:
    await shop.open_account(ana, "华东医院")
    await ana.says("今天拜访了华东医院王主任，演示顺利")
    ana.sees("华东医院", "王主任")
    await ana.presses("保存")
    ana.sees("已记录：华东医院")
    assert ana.count == 1


async def test_home_help_and_a_channel(shop: Office, ana: Someone) -> None:
    await shop.open_account(ana, "华东医院")
    await ana.opens_home()
    home = shop.control.home()
    assert not any(char.isascii() and char.isalpha() for char in _without(home.text, "Salesbot"))
    await ana.command("")
    ana.sees("拜访")
    await ana.command("拜访 华东医院", CHANNEL)
    assert "已记录：华东医院" in ana.whispered()[-1].text


def _without(text: str, *names: str) -> str:
    for name in (*names, "/salesbot"):
        text = text.replace(name, "")
    return text
