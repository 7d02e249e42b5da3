"""Tables of amounts as lines, so that hundreds of them can be read at a glance.

A line is a text and, after a bar, what is in it: ``~`` for about, two dots for a range, the
currency's code, ``?`` before what isn't sure, ``-`` for nothing.
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from services.understanding.amounts import find_amounts, read_amount
from services.understanding.facts import Amount, Scene
from services.understanding.plain import plain

NOW = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
ENGLISH = Scene(NOW, ZoneInfo("Europe/London"), "en")
CHINESE = Scene(NOW, ZoneInfo("Asia/Shanghai"), "zh")


def table(lines: str) -> list[tuple[str, str]]:
    """Each line's text and what is expected of it."""
    rows = [line.rsplit("|", 1) for line in lines.splitlines() if line.strip()]
    return [(text.strip(), expected.strip()) for text, expected in rows]


def told(amount: Amount | None) -> str:
    """An amount as it is written in the tables."""
    if amount is None:
        return "-"
    about = "~" if amount.about else ""
    highest = "" if amount.highest is None else f"..{amount.highest}"
    return f"{about}{amount.value}{highest} {amount.currency}".strip()


def read(text: str, scene: Scene = ENGLISH) -> str:
    """What a whole text is read as."""
    return told(read_amount(plain(text), scene))


def found(text: str, scene: Scene = ENGLISH) -> str:
    """What is found in a text."""
    spans = find_amounts(plain(text), scene)
    return "; ".join(("" if each.sure else "?") + told(each.amount) for each in spans) or "-"
