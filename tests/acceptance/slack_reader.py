"""What a person reads of Slack's messages, windows and home tabs, and what of it can be tapped.

It reads as Slack's own programs do: formatting marks are not shown, and whatever Slack would turn
into a link, a mention or an emoji is `Shown.active`. Where Slack doesn't document how it reads
something, this takes the reading that is worse for us.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.adapters.contract import Shown

WALL = "\u2060\u200b"
"""Marks that nobody sees, and that part a formatting mark from its word."""
TAG = re.compile(r"<([^<>\n]+)>")
FENCE = re.compile(r"```(.+?)```", re.DOTALL)
CODE = re.compile(r"[`｀]([^`｀\n]+)[`｀]")
QUOTE = re.compile(r"^[ \t]*(?:>>>|&gt;&gt;&gt;|>|&gt;|＞) ?", re.MULTILINE)
LINK = re.compile(r"[a-z][a-z0-9+.-]*://\S+|\b(?:[\w-]+\.)+[a-z]{2,}\b\S*", re.IGNORECASE)
NUMBERED = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b")
NAME = re.compile(r"(?<![\w@&])[@#][\w-]+")
EMOJI = re.compile(r":[a-z_+][a-z0-9_+'-]*:|:100:")


def _pair(mark: str) -> re.Pattern[str]:
    """A pair of marks around words: outside it no letter, inside no blank and no wall."""
    out = rf"[\w{mark}{WALL}]"
    return re.compile(
        rf"(?<!{out})[{mark}](?=[^\s{mark}{WALL}])([^{mark}\n]*)(?<=[^\s{WALL}])[{mark}](?!{out})"
    )


MARKS = tuple(_pair(mark) for mark in ("*＊", "_＿", "~～"))


@dataclass(frozen=True)
class Read:
    """A stretch of text as it is shown."""

    text: str
    active: tuple[str, ...] = ()


def mrkdwn(written: str, *, verbatim: bool = False) -> Read:
    """Slack's own Markdown; unless it is ``verbatim``, it looks for addresses and names in it."""
    shown: list[str] = []
    active: list[str] = []
    for number, part in enumerate(FENCE.split(written)):
        read = _fenced(part) if number % 2 else _free(part, verbatim=verbatim)
        shown.append(read.text)
        active += read.active
    return Read("".join(shown), tuple(active))


def _fenced(written: str) -> Read:
    """Code: only what stands in angles means something."""
    return Read(html.unescape(TAG.sub(_label, written)), tuple(_tags(written)))


def _free(written: str, *, verbatim: bool) -> Read:
    active = list(_tags(written))
    words = TAG.sub(_label, written)
    code = [found[1] for found in CODE.finditer(words)]
    rest = CODE.sub(" ", words)
    active += EMOJI.findall(rest)
    if not verbatim:
        bare = html.unescape(TAG.sub(" ", CODE.sub(" ", written)))
        active += [found[0] for each in (LINK, NUMBERED, NAME) for found in each.finditer(bare)]
    kept = iter(code)
    words = _unmarked(QUOTE.sub("", CODE.sub("\0", words)))
    return Read(html.unescape(re.sub("\0", lambda _: next(kept), words)), tuple(active))


def _tags(written: str) -> Iterator[str]:
    """Links and mentions; a date is only shown in its reader's zone."""
    return (found[1] for found in TAG.finditer(written) if not found[1].startswith("!date^"))


def _label(found: re.Match[str]) -> str:
    return found[1].partition("|")[2] or found[1]


def _unmarked(words: str) -> str:
    """Without the marks that Slack shows as bold, italic or struck."""
    before = ""
    while words != before:
        before = words
        for mark in MARKS:
            words = mark.sub(r"\1", words)
    return words


def text_of(item: Any) -> Read:
    """A text object."""
    if item["type"] == "mrkdwn":
        return mrkdwn(item["text"], verbatim=item.get("verbatim") is True)
    if item["type"] in {"plain_text", "raw_text"}:
        emoji = EMOJI.findall(item["text"]) if item.get("emoji") else ()
        return Read(item["text"], tuple(emoji))
    return _rich(item)


def _rich(item: Any) -> Read:
    """Rich text, whose parts say themselves what they are."""
    kind = item["type"]
    if kind in {"rich_text", "rich_text_list"}:
        return _joined((_rich(each) for each in item["elements"]), "\n")
    if kind in {"rich_text_section", "rich_text_preformatted", "rich_text_quote"}:
        return _joined((_rich(each) for each in item["elements"]), "")
    if kind == "text":
        return Read(item["text"])
    if kind == "link":
        return Read(item.get("text") or item["url"], (item["url"],))
    if kind == "date":
        return Read(item["fallback"])
    return Read(str(item), (str(item),))


def _joined(parts: Iterable[Read], between: str) -> Read:
    whole = list(parts)
    active = tuple(found for each in whole for found in each.active)
    return Read(between.join(each.text for each in whole), active)


def blocks_text(blocks: Iterable[Any]) -> Read:
    """All the words of some blocks, one part a line."""
    return _joined((text_of(each) for block in blocks for each in _texts(block)), "\n")


def _texts(block: Any) -> Iterator[Any]:
    match block["type"]:
        case "section":
            yield from filter(None, (block.get("text"), *block.get("fields", ())))
        case "context":
            yield from (each for each in block["elements"] if each["type"] != "image")
        case "header":
            yield block["text"]
        case "image":
            yield {"type": "plain_text", "text": block["alt_text"]}
            yield from filter(None, [block.get("title")])
        case "table":
            yield from (cell for row in block["rows"] for cell in row)
        case "actions":
            yield from (e["placeholder"] for e in block["elements"] if "placeholder" in e)
        case "input":
            yield from filter(None, (block["label"], block.get("hint")))
        case "rich_text":
            yield block
        case "divider":
            return
        case other:
            raise AssertionError(f"nobody has looked at how Slack shows a block {other}")


def elements(blocks: Iterable[Any]) -> Iterator[Any]:
    """What can be tapped in some blocks."""
    for block in blocks:
        if block["type"] == "actions":
            yield from block["elements"]
        elif block.get("accessory"):
            yield block["accessory"]


def buttons(blocks: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Label, and the token or address behind it."""
    for each in elements(blocks):
        if each["type"] == "button":
            yield each["text"]["text"], each.get("value") or each.get("url", "")
        for option in each.get("options", ()):
            yield option["text"]["text"], option["value"].partition(":")[2]


def message(found: Any) -> Shown:
    """One message; the ``text`` beside blocks is only the line of the notification."""
    blocks = found.get("blocks") or []
    read = blocks_text(blocks) if blocks else mrkdwn(found["text"])
    rung = tuple(_tags(found["text"])) if blocks else ()
    files = [name for each in found.get("files", ()) for name in (each["name"], each["title"])]
    return Shown(read.text, tuple(buttons(blocks)), tuple(files), (*read.active, *rung))


def page(view: Any) -> Shown:
    """A window or a home tab, as far as it is read."""
    read = blocks_text(view["blocks"])
    title = (view.get("title") or {"text": ""})["text"]
    return Shown(f"{title}\n{read.text}", tuple(buttons(view["blocks"])), (), read.active)
