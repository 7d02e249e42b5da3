from typing import Any

import pytest

from bot.adapters.telegram import Telegram
from bot.messages import Place
from tests.acceptance.fakes import ANA, Control
from tests.adapters.contract import AdapterContract, Screen, Shown

ACTIVE = frozenset(
    ["url", "mention", "bot_command", "hashtag", "cashtag", "email", "phone_number", "text_link"]
)


class TelegramScreen:
    def __init__(self, telegram: Telegram, place: Place, control: Control) -> None:
        self.adapter, self.place, self.control = telegram, place, control

    def shown(self) -> list[Shown]:
        return [shown(message) for message in self.control.sees(ANA)]

    def complaints(self) -> list[str]:
        return self.control.violations


def shown(message: Any) -> Shown:
    text = message.get("text") or message.get("caption") or ""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    buttons = tuple(
        (b["text"], b.get("callback_data") or b.get("url", "")) for row in rows for b in row
    )
    document = message.get("document", {}).get("file_name", "")
    files = tuple(filter(None, (document, "chart.png" if "photo" in message else "")))
    return Shown(text, buttons, files, tuple(active(text, entities(message))))


def entities(message: Any) -> list[Any]:
    return message.get("entities") or message.get("caption_entities") or []


def active(text: str, found: list[Any]) -> list[str]:
    wide = text.encode("utf-16-le")
    return [
        wide[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le")
        for e in found
        if e["type"] in ACTIVE
    ]


class TestTelegram(AdapterContract):
    @pytest.fixture
    def screen(self, telegram: Telegram, ana: Place, control: Control) -> Screen:
        control.server.config.rate_limits = False
        return TelegramScreen(telegram, ana, control)
