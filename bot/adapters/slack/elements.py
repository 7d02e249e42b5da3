"""The small parts that blocks and windows of Slack are made of, each within its limits; pure."""

import json
from collections.abc import Iterator
from itertools import count
from typing import Any

from bot.adapters.slack.mrkdwn import to_mrkdwn, unmistakable
from bot.markdown import Markdown, plain
from bot.messages import Button, Link, Token
from bot.phrases import shortened
from bot.runtime.lowering import split

Json = dict[str, Any]

SECTION = 3000
LABEL = 75
"""Of buttons and options (docs.slack.dev/reference/block-kit)."""
PLACEHOLDER = 150
VALUE = 150
OPTIONS = 100
URL = 3000
SMALLEST = 16
"""So short a text is within every limit, whatever it says."""


def literal(text: str, longest: int = SECTION) -> Json:
    """Words as they are: no marks, no mentions, no names of emoji."""
    said = shortened(plain(text), longest) if visible(text) else "…"
    return {"type": "plain_text", "text": said, "emoji": False}


def words(text: Markdown, longest: int = SECTION) -> Json:
    """A text object; without our marks where Slack might read what a person typed as its own."""
    if not unmistakable(text):
        return literal(text, longest)
    return {"type": "mrkdwn", "text": to_mrkdwn(text), "verbatim": True}


def visible(text: str) -> bool:
    """Whether anything is to be seen: Slack refuses a text that is empty."""
    return any(sign.isprintable() and not sign.isspace() for sign in plain(text))


def fit(text: Markdown, limit: int = SECTION, room: int = 0) -> Iterator[Markdown]:
    """Part the text so that each part is within ``limit`` as Slack counts it."""
    room = room or limit
    if len(to_mrkdwn(text)) <= limit or room < SMALLEST:
        if visible(text):
            yield text
        return
    for part in split(text, room):
        yield from fit(part, limit, room // 2)


def size(blocks: object) -> int:
    """How many characters the texts of blocks have, as Slack counts them."""
    match blocks:
        case dict():
            return sum(
                len(value) if key == "text" and isinstance(value, str) else size(value)
                for key, value in blocks.items()
            )
        case list():
            return sum(size(each) for each in blocks)
        case _:
            return 0


def weight(blocks: object) -> int:
    """How long the blocks are on the wire."""
    return len(json.dumps(blocks, ensure_ascii=False).encode())


class Names:
    """The names of what can be tapped in one message or view: each is given once."""

    def __init__(self) -> None:
        self._links, self._choices = count(1), count(1)
        self._given: set[str] = set()

    def choice(self) -> str:
        return f"choice:{next(self._choices)}"

    def button(self, button: Button) -> Json:
        """A button; one that leads to a form says so in its name."""
        label = literal(button.label, LABEL)
        style = {"style": "primary"} if button.primary else {}
        match button.then:
            case Token() as token:
                name = self._once(press(token))
                return {
                    "type": "button",
                    "text": label,
                    "action_id": name,
                    "value": token.value,
                    **style,
                }
            case Link(url):
                name = f"link:{next(self._links)}"
                return {"type": "button", "text": label, "action_id": name, "url": url, **style}
            case call:
                raise TypeError(
                    f"the button {label['text']!r} still holds {call!r}, not its token"
                )

    def _once(self, name: str) -> str:
        """Slack refuses a block in which two buttons have one name."""
        free = next(each for each in _numbered(name) if each not in self._given)
        self._given.add(free)
        return free


def press(token: Token) -> str:
    """What a press of this token is called."""
    return f"{'form' if token.form else 'do'}:{token.value}"


def _numbered(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}~{number}" for number in count(2))
