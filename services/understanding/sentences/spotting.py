"""Names are protected before anything else is read: 周总 is no week, 7天酒店 no seven days."""

import re
from collections.abc import Iterator

from services.understanding.plain import Plain
from services.understanding.sentences import protected
from services.understanding.sentences.people_zh import people
from services.understanding.sentences.vocabulary_index import Index, Spot


def spot(text: Plain, index: Index) -> list[Spot]:
    """The names in a text that nothing else may be read from, from left to right."""
    found = [*index.spots(text.text), *_firms(text), *_people(text)]
    found.sort(key=lambda each: (each.start, -each.end))
    kept: list[Spot] = []
    for each in found:
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def _firms(text: Plain) -> Iterator[Spot]:
    for found in _words(protected.FIRM, text.text):
        yield Spot(*found.span(), "brand")
    for found in _words(protected.WHEN_NAMED, text.text):
        if text.original(*found.span()).istitle():
            yield Spot(*found.span(), "brand")
    if "@" in text.text or "://" in text.text:
        for found in protected.OPAQUE.finditer(text.text):
            yield Spot(*found.span(), "opaque")
    if not text.text.isascii():
        for found in protected.CHINESE.finditer(text.text):
            if text.text[max(0, found.start() - 1) : found.start()] not in protected.NOT_BEFORE:
                yield Spot(*found.span(), "brand")


def _people(text: Plain) -> Iterator[Spot]:
    for found in _words(protected.MONTH_NAMED, text.text):
        day = text.text[max(0, found.start() - 2) : found.start()]
        if text.original(*found.span()).istitle() and not day[:1].isdigit():
            yield Spot(*found.span(), "person")
    for found in _words(protected.AFTER_TITLE, text.text):
        yield Spot(*found.span(), "person")
    if not text.text.isascii():
        yield from people(text.text)


def _words(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What is found and not inside a word; to look behind would make the search slower."""
    for found in pattern.finditer(text):
        before = text[max(0, found.start() - 1) : found.start()]
        if not (before.isascii() and before.isalnum()):
            yield found
