"""Our Markdown as Slack's mrkdwn, in which nothing that a person typed is active.

Slack's mrkdwn has no way to escape its marks (github.com/slackhq/slack-api-docs/issues/34).
`to_mrkdwn` keeps each apart from its word with a mark that can't be seen; where that matters,
`unmistakable` says so, and `bot.adapters.slack.rich` writes the same words without any marks.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from bot.markdown import Markdown, Span, Style, parse

WORD_JOINER = "\u2060"
"""Invisible, no break, and part of no name, emoji or pair of marks that Slack looks for."""

MARKS = {Style.BOLD: "*", Style.ITALIC: "_", Style.CODE: "`"}

ACTIVE = re.compile(
    r"[*_~`＊＿～｀]"
    r"|:(?=[^\s:]+:)"
    r"|:(?=[-']?[()DPp])"
    r"|^[ \t]*[>＞]",
    re.MULTILINE,
)
"""What Slack would read as a mark, an emoji's name, a smiley or a quotation.

Slack takes the wide forms that Chinese keyboards make for the same marks.
"""

EDGE = re.compile(r"[\s.,;:!?()\"'/-]")
"""What Slack surely takes for the border of a word, beside a mark of ours."""

LINKED = re.compile(r"https?://")
DATE = "{date_short_pretty} {time}"
"""docs.slack.dev/messaging/formatting-message-text#date-formatting."""


def to_mrkdwn(text: Markdown) -> str:
    """Write the text in mrkdwn, to be shown with ``verbatim``; only our marks mean anything."""
    runs = groupby(_guarded(parse(text)), key=lambda span: (span.style, span.href))
    return "".join(_run(style, href, "".join(s.text for s in run)) for (style, href), run in runs)


def unmistakable(text: Markdown) -> bool:
    """Whether Slack can only read the mrkdwn of the text as it is meant."""
    spans = parse(text)
    shown = "".join(span.text for span in spans)
    return not ACTIVE.search(shown) and all(_stands_alone(shown, at) for at in _borders(spans))


def escape(text: str) -> str:
    """Keep the words from opening a mention, a link or an entity."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def guard(text: str) -> str:
    """Part each mark in the words from what it stands beside; they read the same."""
    return ACTIVE.sub(lambda found: f"{WORD_JOINER}{found[0]}{WORD_JOINER}", text)


def date(at: int, fallback: str) -> str:
    """A moment that Slack shows in the zone and the language of whoever reads it."""
    said = escape(fallback).replace("|", "¦").replace("\n", " ")
    return f"<!date^{at}^{DATE}|{said}>"


def _guarded(spans: tuple[Span, ...]) -> Iterator[Span]:
    """The spans, with a joiner on both sides of whatever would be active."""
    shown = "".join(span.text for span in spans)
    joints = {at for found in ACTIVE.finditer(shown) for at in found.span()}
    if not joints:
        yield from spans
        return
    at = 0
    for span in spans:
        parted = (WORD_JOINER * (n in joints) + sign for n, sign in enumerate(span.text, at))
        yield Span("".join(parted), span.style, span.href, span.typed)
        at += len(span.text)


def _borders(spans: tuple[Span, ...]) -> Iterator[tuple[int, int]]:
    """Where a mark of ours would stand: between which two characters."""
    at = 0
    for (style, href), run in groupby(spans, key=lambda span: (span.style, span.href)):
        text = "".join(span.text for span in run)
        if style is not Style.PLAIN and not href:
            stripped = text.strip()
            begin = at + len(text) - len(text.lstrip())
            yield begin, begin + len(stripped)
        at += len(text)


def _stands_alone(shown: str, styled: tuple[int, int]) -> bool:
    """Whether a styled word is parted from its neighbours as Slack wants it."""
    begin, end = styled
    before, after = shown[begin - 1 : begin] if begin else "", shown[end : end + 1]
    return all(not beside or EDGE.match(beside) for beside in (before, after))


def _run(style: Style, href: str, text: str) -> str:
    mark = MARKS.get(style, "")
    if (at := Span("", href=href).at) is not None:
        return f"{mark}{date(at, text)}{mark}"
    if href:
        label = escape(text).replace("|", "¦").replace("\n", " ")
        return f"<{escape(href)}|{label}>" if LINKED.match(href) else label
    return "\n".join(_marked(line, mark) for line in text.split("\n"))


def _marked(line: str, mark: str) -> str:
    """A line between marks, which may neither cross lines nor touch blanks."""
    words = line.strip()
    if not (mark and words):
        return escape(line)
    before, _, after = line.partition(words)
    return f"{before}{mark}{escape(words)}{mark}{after}"
