"""Our Markdown as Slack's rich text, in which every character stands for itself.

It has no marks to be mistaken, but it can't stand in a field, nor beside a button.
"""

from itertools import groupby
from typing import Any

from bot.adapters.slack.mrkdwn import DATE, LINKED, WORD_JOINER
from bot.markdown import Markdown, Span, Style, parse

Json = dict[str, Any]

STYLES = {Style.BOLD: "bold", Style.ITALIC: "italic", Style.CODE: "code"}


def to_rich_text(text: Markdown) -> Json:
    """A block that shows the text."""
    runs = groupby(parse(text), key=lambda span: (span.style, span.href))
    elements = [_element("".join(span.text for span in run), *look) for look, run in runs]
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": elements}],
    }


def _element(text: str, style: Style, href: str) -> Json:
    look = {"style": {STYLES[style]: True}} if style in STYLES else {}
    if (at := Span("", href=href).at) is not None:
        return {"type": "date", "timestamp": at, "format": DATE, "fallback": text}
    if LINKED.match(href):
        return {"type": "link", "url": href, "text": text, **look}
    return {"type": "text", "text": _parted(text), **look}


def _parted(text: str) -> str:
    """Words that no reader of the message takes for a mention, should one read it as mrkdwn."""
    for sign in "@#!":
        text = text.replace(f"<{sign}", f"<{WORD_JOINER}{sign}")
    return text
