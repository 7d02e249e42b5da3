from telegram import BotCommandScopeAllPrivateChats as Private

from bot.adapters.telegram import Telegram, publish
from tests.acceptance.fakes import Control

PRIVATE = {
    "en": [("visit", "Log a visit"), ("stats", "Your numbers")],
    "zh": [("visit", "记录拜访")],
}
GROUPS = {"en": [("stats", "The team's numbers")], "zh": [("stats", "团队业绩")]}


async def test_each_scope_and_language_has_its_menu(telegram: Telegram, control: Control) -> None:
    await publish(telegram, PRIVATE, GROUPS)

    def menu(scope: str, language: str) -> list[tuple[str, str]]:
        found = control.server.bot().commands[f'{{"type": "{scope}"}}', language]
        return [(entry["command"], entry["description"]) for entry in found]

    assert menu("all_private_chats", "") == PRIVATE["en"]
    assert menu("all_private_chats", "zh") == PRIVATE["zh"]
    assert menu("all_group_chats", "") == GROUPS["en"]
    assert menu("all_group_chats", "zh") == GROUPS["zh"]
    assert control.violations == []


async def test_a_menu_that_is_there_already_is_not_set_again(
    telegram: Telegram, control: Control
) -> None:
    await publish(telegram, PRIVATE, GROUPS)
    await publish(telegram, {**PRIVATE, "zh": [("visit", "拜访")]}, GROUPS)

    assert len(control.calls("setMyCommands")) == 5


async def test_trouble_with_one_menu_stops_no_other(telegram: Telegram, control: Control) -> None:
    control.breaks("reset", method="setMyCommands", times=1)
    await publish(telegram, {**PRIVATE, "fr": [("Not A Name", "?")]}, GROUPS)

    assert len(control.server.bot().commands) == 3
    assert await telegram.api.get_my_commands(Private()) == ()


async def test_long_descriptions_are_cut(telegram: Telegram, control: Control) -> None:
    await publish(telegram, {"en": [("visit", "x" * 300)]}, {})

    assert control.violations == []
    assert len((await telegram.api.get_my_commands(Private()))[0].description) == 256
