"""The list of commands behind Telegram's menu button, in every language."""

from collections.abc import Mapping, Sequence

import structlog
from telegram import BotCommand, BotCommandScope
from telegram import BotCommandScopeAllGroupChats as Groups
from telegram import BotCommandScopeAllPrivateChats as Private
from telegram.error import TelegramError

from bot.adapters.telegram.client import Telegram
from bot.adapters.telegram.wire import described

log = structlog.get_logger(__name__)

Menu = Mapping[str, Sequence[tuple[str, str]]]
"""Names and descriptions of commands, by language."""

DEFAULT = "en"
"""What people with any other language get: Telegram's entry without a language code."""

MOST, DESCRIPTION = 100, 256


async def publish(telegram: Telegram, private: Menu, groups: Menu) -> None:
    """Set the menus that differ from what Telegram has; trouble is logged, never raised."""
    for scope, menu in ((Private(), private), (Groups(), groups)):
        for language, entries in menu.items():
            try:
                await _publish(telegram, scope, "" if language == DEFAULT else language, entries)
            except TelegramError as error:
                log.warning(
                    "telegram.menu_not_set",
                    language=language,
                    scope=scope.type,
                    reason=described(error),
                )


async def _publish(
    telegram: Telegram, scope: BotCommandScope, language: str, entries: Sequence[tuple[str, str]]
) -> None:
    wanted = tuple(BotCommand(name, text[:DESCRIPTION]) for name, text in entries[:MOST])
    code = language or None
    if await telegram.api.get_my_commands(scope, code) != wanted:
        await telegram.api.set_my_commands(wanted, scope, code)
