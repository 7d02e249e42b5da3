r"""The small Markdown that replies are written in, and the border between it and plain text.

``*bold*``, ``_italic_``, `` `code` `` and ``[label](https://…)`` are markup; a backslash makes the
next character plain. `escape` writes what a person typed in that way, so every adapter can tell a
typed character (``Span.typed``) from one of ours and keep it from becoming a mention or a link.
A moment, ``[today 14:30](at://1772433000)``, is its words, and where a platform can show it in its
reader's own zone, that.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from itertools import groupby

TYPED = re.compile(r"([\\*_`\[\]()<>@/.:#$+])")
OURS = re.compile(r"([\\*_`\[\]])")
INLINE = re.compile(
    r"\\(?P<typed>.)"
    r"|\[(?P<label>(?:\\[^\n]|[^\]\\\n])+)\]\((?P<href>(?:https?|tg|at)://[^\s()]+)\)"
    r"|`(?P<code>(?:\\[^\n]|[^`\\\n])+)`"
    r"|\*(?P<bold>(?:\\[^\n]|[^*\\\n])+)\*"
    r"|(?<!\w)_(?P<italic>(?:\\[^\n]|[^_\\\n])+)_(?!\w)",
    re.DOTALL,
)


MOMENT = "at://"


class Markdown(str):
    """Text that is markup already; a plain ``str`` is not and is escaped when it meets one."""

    __slots__ = ()


class Style(StrEnum):
    PLAIN = ""
    BOLD = "bold"
    ITALIC = "italic"
    CODE = "code"


@dataclass(frozen=True)
class Span:
    """A run of text in one style; ``typed`` when its characters came from a person."""

    text: str
    style: Style = Style.PLAIN
    href: str = ""
    typed: bool = False

    @property
    def link(self) -> str:
        """The page that it opens, if any."""
        return "" if self.href.startswith(MOMENT) else self.href

    @property
    def at(self) -> int | None:
        """The moment that it names, in seconds since 1970, if it names one."""
        seconds = self.href.removeprefix(MOMENT)
        return int(seconds) if seconds != self.href and seconds.isdecimal() else None


def moment(words: str, at: datetime) -> Markdown:
    """A moment in words, which a platform may show in its reader's own zone."""
    return Markdown(f"[{markdown(words)}]({MOMENT}{int(at.timestamp())})")


def escape(text: str) -> Markdown:
    """What a person typed, as Markdown that shows exactly that."""
    return Markdown(TYPED.sub(r"\\\1", text))


def markdown(text: str) -> Markdown:
    """``text`` itself when it is Markdown, else its escaped form."""
    return text if isinstance(text, Markdown) else escape(text)


def plain(text: str) -> str:
    """The words alone, for button labels, file names and logs."""
    return "".join(span.text for span in parse(text)) if isinstance(text, Markdown) else text


def join(separator: str, parts: Iterable[str]) -> Markdown:
    """Join Markdown and plain strings; ``separator`` is ours and taken as it is."""
    return Markdown(separator.join(markdown(part) for part in parts))


@lru_cache(maxsize=64)  # a long text is measured and cut many times while it is packed
def parse(text: str) -> tuple[Span, ...]:
    """Read Markdown into spans; an unclosed mark is an ordinary character."""
    return tuple(_spans(text, Style.PLAIN, ""))


def write(spans: Iterable[Span]) -> Markdown:
    """The inverse of `parse`."""
    runs = groupby(spans, key=lambda span: (span.style, span.href))
    return Markdown("".join(_write(style, href, run) for (style, href), run in runs))


def _spans(text: str, style: Style, href: str) -> Iterator[Span]:
    end = 0
    for found in INLINE.finditer(text):
        if found.start() > end:
            yield Span(text[end : found.start()], style, href)
        end = found.end()
        inner = found[found.lastgroup or 0]
        match found.lastgroup:
            case "typed":
                yield Span(inner, style, href, typed=True)
            case "href":
                yield from _spans(found["label"], style, inner)
            case kind:
                yield from _spans(inner, Style(kind or ""), href)
    if end < len(text):
        yield Span(text[end:], style, href)


def _write(style: Style, href: str, run: Iterable[Span]) -> str:
    body = "".join((TYPED if span.typed else OURS).sub(r"\\\1", span.text) for span in run)
    mark = {Style.BOLD: "*", Style.ITALIC: "_", Style.CODE: "`"}.get(style, "")
    return f"[{mark}{body}{mark}]({href})" if href else f"{mark}{body}{mark}"
