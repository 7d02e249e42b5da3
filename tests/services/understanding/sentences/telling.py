"""Reading messages at one moment: Wednesday 12 March 2025, 18:20 in Shanghai."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from services.understanding.facts import Facts, Scene, Vocabulary
from services.understanding.messages import understand

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
NOW: Final = datetime(2025, 3, 12, 18, 20, tzinfo=SHANGHAI)


def scene(text: str) -> Scene:
    """Where and when a text is written; in Chinese where it has a Chinese character."""
    chinese = any("\u4e00" <= each <= "\u9fff" for each in text)
    return Scene(NOW, SHANGHAI, "zh" if chinese else "en")


def told(text: str, vocabulary: Vocabulary | None = None) -> Facts:
    """What a message says."""
    return understand(text, scene(text), vocabulary or Vocabulary())


def account(text: str, vocabulary: Vocabulary | None = None) -> str:
    """The customer that a message names, or nothing."""
    found = told(text, vocabulary).account
    return found.best if found else ""


def contacts(text: str) -> list[str]:
    """The people whom a message names."""
    return [each.text for each in told(text).contacts]


def follow_up(text: str) -> str:
    """When the next step is due, to the day or the minute, or nothing."""
    found = told(text).follow_up
    return (
        "" if found is None else found.local.isoformat(timespec="minutes").removesuffix("T00:00")
    )
