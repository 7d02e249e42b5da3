"""The door: what comes in is made harmless before anything reads it.

NUL breaks PostgreSQL and mis-measures on SQLite, lone surrogates break both, and bidi controls
make a name read as something else than it is. Nothing that a person can see is changed but its
form (NFC), so that a name typed on two phones is one name.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.messages import (
    Detail,
    File,
    Incoming,
    Message,
    Opened,
    Press,
    Reachable,
    Sender,
    Submission,
)

LONGEST = 4_000
"""Characters of one message that are read; Telegram sends at most 4,096."""
PIECE = 400
"""Characters that are composed in one go."""
MARKS = 40
"""More marks than any letter bears."""
HANGUL = frozenset(map(chr, range(0x1160, 0x1200)))
"""Vowels and finals, which join the consonant before them."""
HARMFUL = re.compile(r"[\x00\ud800-\udfff\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """``text`` in NFC, without NULs, lone surrogates and bidi controls."""
    return "".join(unicodedata.normalize("NFC", part) for part in _pieces(HARMFUL.sub("", text)))


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces that can be composed by themselves.

    Composing takes time that grows with the square of how many marks a letter bears.
    """
    begin = 0
    while len(text) - begin > PIECE:
        end = begin + PIECE
        ends = (at for at in range(end, end - MARKS, -1) if _begins(text[at]))
        end = next(ends, end)
        yield text[begin:end]
        begin = end
    yield text[begin:]


def _begins(sign: str) -> bool:
    """Whether a character never joins the one before it."""
    return not unicodedata.category(sign).startswith("M") and sign not in HANGUL


def clean_incoming(incoming: Incoming) -> Incoming:
    """The same, with every text that a person may have written made harmless."""
    incoming = replace(incoming, sender=_sender(incoming.sender))
    match incoming:
        case Message():
            contact = incoming.contact and replace(
                incoming.contact,
                name=clean(incoming.contact.name),
                phone=clean(incoming.contact.phone),
            )
            text, files = clean(incoming.text), _files(incoming.files)
            if incoming.command:  # picked out of what was said, and it stays there whole
                text = text[:LONGEST]
            return replace(incoming, text=text, contact=contact, files=files)
        case Submission():
            typed, chosen = _answers(incoming.answers), _answers(incoming.chosen)
            return replace(incoming, answers=typed, chosen=chosen, files=_files(incoming.files))
        case Detail():
            typed, chosen = _answers(incoming.answers), _answers(incoming.chosen)
            value = clean(incoming.value)
            return replace(incoming, value=value, answers=typed, chosen=chosen)
        case Press() | Opened() | Reachable():
            return incoming


def _answers(answers: Mapping[str, str]) -> dict[str, str]:
    return {clean(name): clean(text) for name, text in answers.items()}


def _files(files: Sequence[File]) -> tuple[File, ...]:
    return tuple(replace(f, name=clean(f.name), mime=clean(f.mime)) for f in files)


def _sender(sender: Sender) -> Sender:
    return replace(sender, name=clean(sender.name)[:120], language=clean(sender.language)[:16])


def is_too_long(incoming: Incoming) -> bool:
    """Whether it says more than is read at once."""
    match incoming:
        case Message(text=text):
            return len(text) > LONGEST
        case Submission(answers=answers, chosen=chosen) | Detail(answers=answers, chosen=chosen):
            return sum(map(len, [*answers.values(), *chosen.values()])) > LONGEST
        case _:
            return False
