"""Buttons as an inline keyboard that can be read on a phone."""

import unicodedata
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.markdown import plain
from bot.messages import Button, Buttons, Link, Token

ROW = 34
"""How many narrow characters fit side by side in one row of buttons on a phone."""

COLUMNS = 3


def keyboard(blocks: Iterable[Buttons]) -> InlineKeyboardMarkup | None:
    """Lay out the keyboard of a message; each block begins a row of its own."""
    lines = [line for block in blocks for line in rows(block.buttons)]
    return InlineKeyboardMarkup([[_button(b) for b in line] for line in lines]) if lines else None


def rows(buttons: Iterable[Button]) -> Iterator[tuple[Button, ...]]:
    """As many buttons to a row as their labels leave room for: all are as wide as the widest."""
    line: tuple[Button, ...] = ()
    for button in buttons:
        longer = (*line, button)
        if line and (len(longer) > COLUMNS or len(longer) * max(map(_width, longer)) > ROW):
            yield line
            longer = (button,)
        line = longer
    if line:
        yield line


def opens(link: Link) -> bool:
    """Whether Telegram takes the address on a button; one that it refuses costs the message."""
    try:
        parts = urlsplit(link.url)
        known = parts.scheme in {"http", "https"} and "." in (parts.hostname or "").strip(".")
        return known and parts.port != 0 and not set(link.url) & set(' \t\n"<>')
    except ValueError:
        return False


def _width(button: Button) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in plain(button.label))


def _button(button: Button) -> InlineKeyboardButton:
    label = plain(button.label).strip() or "…"
    style = "primary" if button.primary else None
    match button.then:
        case Token(value):
            return InlineKeyboardButton(label, callback_data=value, style=style)
        case Link(url):
            return InlineKeyboardButton(label, url=url, style=style)
        case call:
            raise TypeError(f"the button {label!r} still holds {call!r}, not its token")
