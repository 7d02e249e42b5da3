"""Our Markdown as Telegram's HTML, in which nothing that a person typed is active."""

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby

from bot.markdown import Markdown, Span, Style, parse

WORD_JOINER = "\u2060"
"""Invisible, no break, and part of no name, number or address that Telegram looks for."""

ACTIVE = re.compile(
    r"[#$](?=\w)"
    r"|@(?=[\w-])"
    r"|(?<![\w/])/(?=\w)"
    r"|:(?=/)"
    r"|(?<!\w)\+(?=[\d(])"
    r"|\.(?=[^\W\d_])"
    r"|(?<=\d)\.(?=\d{1,3}\.\d{1,3}\.\d)"
)
"""The characters that make a tag, mention, address, command, number or link of what follows."""

TAGS = {Style.BOLD: "b", Style.ITALIC: "i", Style.CODE: "code"}


def to_html(text: Markdown) -> str:
    """Write the text in Telegram's HTML; our commands and tags stay active, typed ones do not."""
    runs = groupby(guarded(parse(text)), key=lambda span: (span.style, span.link))
    return "".join(_run(style, href, "".join(s.text for s in run)) for (style, href), run in runs)


def guarded(spans: tuple[Span, ...]) -> Iterator[Span]:
    """Keep each typed character apart from what it would turn into a link."""
    shown = "".join(span.text for span in spans)
    active = {found.end() for found in ACTIVE.finditer(shown)}
    end = 0
    for span in spans:
        end += len(span.text)
        quiet = span.style is Style.CODE or span.link
        if span.typed and end in active and not quiet:
            yield Span(span.text + WORD_JOINER, span.style, span.href, typed=True)
        else:
            yield span


def units(text: Markdown) -> int:
    """How long the text is on the screen, in UTF-16 units, word joiners included."""
    shown = "".join(span.text for span in guarded(parse(text)))
    return len(shown.encode("utf-16-le", "surrogatepass")) // 2


def entities(text: Markdown) -> int:
    """At least how many stretches of the text are styled or active."""
    spans = tuple(guarded(parse(text)))
    styled = sum(any(key) for key, _ in groupby((span.style, span.link) for span in spans))
    return styled + len(ACTIVE.findall("".join(span.text for span in spans)))


def visible(text: Markdown) -> bool:
    """Whether anything is to be seen: Telegram refuses a message that is blank."""
    shown = "".join(span.text for span in parse(text))
    return any(sign.isprintable() and not sign.isspace() for sign in shown)


def _run(style: Style, href: str, text: str) -> str:
    body = escape(text, quote=False)
    if href:
        inner = f"<{TAGS[style]}>{body}</{TAGS[style]}>" if style in _INSIDE_A_LINK else body
        return f'<a href="{escape(href)}">{inner}</a>'
    return f"<{TAGS[style]}>{body}</{TAGS[style]}>" if style in TAGS else body


_INSIDE_A_LINK = frozenset({Style.BOLD, Style.ITALIC})
"""Code can't be combined with a link (core.telegram.org/bots/api#formatting-options)."""
