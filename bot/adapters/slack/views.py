"""Forms as Slack's windows, and replies as windows and home tabs; pure."""

import json
import re
from collections.abc import Iterable
from typing import Any

from bot.adapters.slack import inputs
from bot.adapters.slack.blocks import text_blocks, to_blocks
from bot.adapters.slack.elements import literal, weight, words
from bot.adapters.slack.homes import home_blocks
from bot.adapters.slack.packing import RENDERS, pack
from bot.markdown import plain
from bot.messages import Block, File, Image, Reply, Sheet, Table, Token
from bot.phrases import _, shortened, speaking
from bot.runtime.lowering import lower

Json = dict[str, Any]

FORM = "form"
LOADING = "loading"
TITLE = 24
BLOCKS = 100
PAUSE = re.compile(r"[,:;，：；、]")
"""Where a title that is too long may end."""
BYTES = 240_000
"""Slack refuses a view of more than 250 KB (docs.slack.dev/surfaces/modals)."""
EXPOSED: frozenset[type[Block]] = RENDERS - {Table, Image, File, Sheet}
"""What can stand in a view: nothing is uploaded there, and it has no tables."""


def modal(sheet: Sheet, language: str, card: str = "") -> Json:
    """A form, all its questions at once; ``card`` is the message whose button opened it."""
    if not isinstance(sheet.then, Token):
        raise TypeError(f"the form {sheet.title!r} still holds {sheet.then!r}, not its token")
    with speaking(language):
        blocks = [each for question in sheet.inputs for each in inputs.to_blocks(question)]
        if sheet.files:
            blocks.append(inputs.files())
        return {
            **_window(sheet.title, _("Cancel"), blocks),
            "callback_id": FORM,
            "submit": _label(sheet.submit),
            "private_metadata": json.dumps({"token": sheet.then.value, "card": card}),
        }


def said(reply: Reply, title: str, close: str) -> Json:
    """A window that only says something."""
    blocks = to_blocks(Reply(_flat(reply)), message=False)
    return _window(title, close, _within(blocks))


def loading(language: str) -> Json:
    """The window that is shown until it is known what belongs in it."""
    with speaking(language):
        blocks = [*text_blocks(_("One moment…"))]
        return {**_window("Salesbot", _("Cancel"), blocks), "callback_id": LOADING}


def home(reply: Reply) -> Json:
    """The page that the app keeps for one person."""
    return {"type": "home", "blocks": _within(home_blocks(_flat(reply)))}


def titled(text: str, longest: int = TITLE) -> str:
    """A title as long as there is room for, cut between words; it is no sentence."""
    whole = " ".join(plain(text).split()).rstrip("。.")
    if len(whole) <= longest:
        return whole
    head = PAUSE.split(whole, maxsplit=1)[0]
    if len(head) <= longest:
        return head
    cut = whole[:longest].rpartition(" ")[0].rstrip(",;:，；：、")
    return f"{cut}…" if len(cut) > longest // 2 else shortened(whole, longest)


def _window(title: str, close: str, blocks: list[Json]) -> Json:
    return {
        "type": "modal",
        "title": literal(titled(title), TITLE),
        "close": _label(close),
        "blocks": blocks,
    }


def _label(text: str) -> Json:
    return literal(titled(text), TITLE)


def _within(blocks: Iterable[Json]) -> list[Json]:
    """As much as a view holds; what is left out, it says."""
    kept: list[Json] = []
    size = 0
    for block in blocks:
        size += weight(block) + 1
        if len(kept) == BLOCKS - 1 or size > BYTES:
            more = words(_("There is more than fits here. Ask me in the chat."))
            return [*kept, {"type": "context", "elements": [more]}]
        kept.append(block)
    return kept


def _flat(reply: Reply) -> tuple[Block, ...]:
    """The blocks of a reply as a view can show them, each small enough for one."""
    cards = pack(Reply(lower(reply, EXPOSED)))
    return tuple(block for card in cards for block in card.blocks)
