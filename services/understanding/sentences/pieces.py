"""A text cut into pieces: times, amounts, names, words that tell something, and other words."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from services.understanding.facts import Spotted
from services.understanding.plain import Plain
from services.understanding.sentences.lexicon import (
    HAN,
    HAN_LENGTHS,
    HAN_WORDS,
    LATIN_PHRASES,
    LATIN_WORDS,
    NONE,
    WORD,
    Tags,
    mended,
)

Kind = Literal["word", "han", "mark", "time", "amount", "name"]
SCAN = re.compile(rf"({WORD.pattern})|({HAN.pattern})|(\n|->|=>|\S)")
HAN_GROUP = 2
TWO = 2


class Piece(NamedTuple):
    """Some characters of the plain text, and what they are."""

    start: int
    end: int
    text: str
    kind: Kind
    tags: Tags = NONE
    fixed: Spotted | None = None
    """The time, amount or name that this is."""


def cut(text: Plain, fixed: Sequence[tuple[Kind, Spotted]]) -> list[Piece]:
    """Cut a text into pieces; what is fixed stays whole."""
    raw: list[Piece] = []
    at = 0
    for kind, span in fixed:
        _scan(text.text, at, span.start, raw)
        raw.append(Piece(span.start, span.end, "", kind, NONE, span))
        at = span.end
    _scan(text.text, at, len(text.text), raw)
    return _phrased(text.text, raw)


def _scan(text: str, start: int, end: int, raw: list[Piece]) -> None:
    for found in SCAN.finditer(text, start, end):
        first, last = found.span()
        if found.lastindex == HAN_GROUP:
            _han(text, first, last, raw)
        else:
            word = found[0]
            kind: Kind = "word" if found.lastindex == 1 else "mark"
            tags = LATIN_WORDS.get(word)
            if tags is None:
                tags = mended(word)
            elif "filler" in tags:
                continue
            raw.append(Piece(first, last, word, kind, tags))


def _han(text: str, at: int, end: int, raw: list[Piece]) -> None:
    """Chinese has no spaces: the longest known word at each place, and the rest between."""
    free = at
    while at < end:
        word = _word_at(text, at, end)
        if not word or _is_end_of_name(text, free, at, word):
            at += 1
            continue
        if free < at:
            raw.append(Piece(free, at, text[free:at], "han"))
        free = at + len(word)
        tags = HAN_WORDS[word]
        if "filler" not in tags:
            raw.append(Piece(at, free, word, "han", tags))
        at = free
    if free < end:
        raw.append(Piece(free, end, text[free:end], "han"))


def _word_at(text: str, at: int, end: int) -> str:
    for length in HAN_LENGTHS.get(text[at : at + 2], ()):
        word = text[at : at + length]
        if word in HAN_WORDS and at + length <= end and not _is_torn(text, at, word):
            return word
    return text[at] if text[at] in HAN_WORDS else ""


def _is_torn(text: str, at: int, word: str) -> bool:
    """Whether a word would take a character from the next: 南大 of 中南大学, 和平 of 和平安."""
    if word[-1] == "大" and text[at + len(word) : at + len(word) + 1] == "学":
        return True
    named = HAN_WORDS.get(text[at + 1 : at + 3], NONE) if word[0] in "和跟与" else NONE
    return len(word) == TWO and bool(named & {"brand", "part"})


def _is_end_of_name(text: str, free: int, at: int, word: str) -> bool:
    """Whether a name of two characters ends with the first of a word: 鼎新包装."""
    return (
        at - free == 1
        and HAN_WORDS[word] == {"stop"}
        and "suffix" in HAN_WORDS.get(text[at + 1 : at + len(word)], NONE)
    )


def _phrased(text: str, raw: Sequence[Piece]) -> list[Piece]:
    """Several words that mean something together become one piece."""
    found: list[Piece] = []
    texts = [piece.text for piece in raw]
    pairs = list(pairwise(texts))
    if LATIN_PHRASES.keys().isdisjoint(pairs):
        return list(raw)
    pairs.append(("", ""))
    at = 0
    while at < len(raw):
        piece = raw[at]
        for length, phrase, tags in LATIN_PHRASES.get(pairs[at], ()):
            if texts[at : at + length] == phrase:
                end = raw[at + length - 1].end
                piece = Piece(piece.start, end, text[piece.start : end], "word", tags)
                at += length - 1
                break
        found.append(piece)
        at += 1
    return found
