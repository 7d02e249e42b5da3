"""Who one is, and what one chooses."""

import pytest

from storage.models import Role
from tests.dialogs.helpers import change
from tests.talk import Company, Someone


async def test_me(company: Company, ana: Someone, rui: Someone) -> None:
    await company.open_account(ana, "Acme")
    await ana.says("/visit Acme")
    await ana.says("/me")
    ana.sees("Ana", "Role: rep", "Unit: East", "Reports to: Rui", "Connected: Phone")
    ana.sees("This month: 1 visit")
    await rui.says("me")
    rui.sees("Role: manager", "Reports to: –")


async def test_me_in_chinese(company: Company, lin: Someone) -> None:
    await lin.says("我")
    lin.sees("林", "角色: 销售", "部门: East", "上级: –", "已连接: Phone", "本月: 0 次拜访")


async def test_the_card(ana: Someone) -> None:
    await ana.says("/settings")
    ana.sees("Language: English", "(Asia/Shanghai)", "Quiet hours: off", "[中文]")


@pytest.mark.parametrize(
    "said",
    ["/settings Chinese", "/settings 中文", "/settings language: 中文", "/settings 语言：Chinese"],
)
async def test_a_new_language_answers_at_once(ana: Someone, said: str) -> None:
    await ana.says(said)
    ana.sees("已保存。", "语言: 中文", "[English]", "[撤销]")
    await ana.says("me")
    ana.sees("角色: 销售")


async def test_by_button_there_and_back(ana: Someone) -> None:
    await ana.says("/settings")
    await ana.presses("中文")
    ana.sees("已保存。")
    await ana.presses("English")
    ana.sees("Saved.", "Language: English")
    assert len(ana.screen) == 1


async def test_saving_what_is_set_already(ana: Someone) -> None:
    await ana.says("/settings English")
    ana.sees("Saved.", "Language: English")
    assert "[Undo]" not in ana.last.text


async def test_an_unknown_language_offers_the_known(ana: Someone) -> None:
    await ana.says("/settings Klingon")
    ana.sees("I speak English and Chinese.", "[English] [中文]")
    await ana.presses("中文")
    ana.sees("已保存。")


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("/zone Tokyo", "Asia/Tokyo"),
        ("/zone europe/berlin", "Europe/Berlin"),
        ("/zone New York", "America/New_York"),
        ("/settings time zone: London", "Europe/London"),
        ("时区 东京", "Asia/Tokyo"),
    ],
)
async def test_the_zone(ana: Someone, said: str, zone: str) -> None:
    await ana.says(said)
    ana.sees("Saved.", zone)


async def test_a_zone_by_button_and_nearly_right(ana: Someone) -> None:
    await ana.says("/settings")
    await ana.presses("Time zone")
    ana.sees("Name a big city in your time zone.", "For example: Shanghai")
    await ana.says("Jakata")
    ana.sees("I don't know that time zone.", "[Asia/Jakarta]")
    await ana.presses("Asia/Jakarta")
    ana.sees("Saved.", "Asia/Jakarta")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("21:00-08:00", "21:00–08:00"),
        ("21-8", "21:00–08:00"),
        ("9pm to 7:30am", "21:00–07:30"),
        ("21:00 – 08:00", "21:00–08:00"),
        ("晚上9点到早上8点", "21:00–08:00"),
        ("２１：００到８：００", "21:00–08:00"),
        ("off", "off"),
        ("关", "off"),
    ],
)
async def test_quiet_hours(ana: Someone, said: str, shown: str) -> None:
    await ana.says(f"/quiet {said}")
    ana.sees("Saved.", f"Quiet hours: {shown}")


@pytest.mark.parametrize("said", ["later", "25-8", "21:00-21:00", "21:75-8", "21:00"])
async def test_what_are_no_hours(ana: Someone, said: str) -> None:
    await ana.says(f"/settings quiet hours: {said}")
    ana.sees("Write quiet hours like 21:00-08:00", "[21:00–08:00]", "[off]")
    await ana.presses("22:00–07:00")
    ana.sees("Quiet hours: 22:00–07:00")


async def test_settings_are_undone(ana: Someone) -> None:
    await ana.says("/quiet 21-8")
    await ana.presses("Undo")
    ana.sees("Undone: settings.")
    await ana.says("/settings")
    ana.sees("Quiet hours: off")


async def test_settings_in_chinese(lin: Someone) -> None:
    await lin.says("设置")
    lin.sees("你的设置", "语言: 中文", "免打扰: 关", "[时区] [免打扰]")
    await lin.says("设置 免打扰：晚上10点到早上7点")
    lin.sees("已保存。", "免打扰: 22:00–07:00")


async def test_a_promotion_is_seen_at_once(company: Company, ana: Someone) -> None:
    await change(company, ana, role=Role.MANAGER)
    await ana.says("/me")
    ana.sees("Role: manager")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("/settings time zone London", "Europe/London"),
        ("/settings quiet 21:00-08:00", "21:00–08:00"),
        ("/settings quiet hours 21:00-08:00", "21:00–08:00"),
        ("/settings language Chinese", "中文"),
        ("设置 时区 东京", "Asia/Tokyo"),
    ],
)
async def test_a_setting_needs_no_colon(ana: Someone, said: str, shown: str) -> None:
    await ana.says(said)
    ana.sees(shown)
    assert "Your settings" not in ana.last.text


async def test_a_manager_sees_whom_the_bot_cannot_reach(
    company: Company, ana: Someone, rui: Someone, bo: Someone
) -> None:
    await rui.says("/me")
    assert "Can't be reached" not in rui.last.text
    await ana.blocks_the_bot()
    await bo.blocks_the_bot()
    await rui.says("/me")
    rui.sees("Can't be reached: Ana")
    assert "Bo" not in rui.last.text
    await ana.blocks_the_bot(back=True)
    await rui.says("/me")
    assert "Can't be reached" not in rui.last.text
