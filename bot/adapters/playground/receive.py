"""What the page sends, as what someone said or did; nonsense raises `ValueError`."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from bot.messages import (
    ContactCard,
    File,
    Incoming,
    Location,
    Message,
    Place,
    Press,
    Sender,
    Submission,
)

PLATFORM = "playground"
BOT = "demo"
TEXT_LIMIT = 16_000
WORD_LIMIT = 400
FILES = 10
ANSWERS = 50
ID = re.compile(r"[A-Za-z0-9-]{8,64}")
PERSON = re.compile(r"[0-9]{1,18}")
REF = re.compile(r"[A-Za-z0-9_-]{8,64}")
Part = TypeVar("Part")
UNSPEAKABLE = re.compile("[\0\ud800-\udfff]")  # no database keeps these

Json = Mapping[str, Any]


def place(person: str) -> Place:
    """Name the phone of one person: their private chat with the bot."""
    return Place(PLATFORM, BOT, person)


def read(payload: Json) -> Incoming:
    """Read one update of the page."""
    match payload.get("kind"):
        case "message":
            return _message(payload)
        case "press":
            identity = _matching(payload, "id", ID)
            return Press(
                *_who(payload), _word(payload, "token"), _at(payload), _card(payload), identity
            )
        case "submission":
            return Submission(
                *_who(payload),
                _word(payload, "token"),
                _answers(payload.get("answers")),
                _at(payload),
                _card(payload),
            )
        case kind:
            raise ValueError(f"unknown kind {kind!r}")


def _message(payload: Json) -> Message:
    message = Message(
        *_who(payload),
        _text(payload, "text"),
        _at(payload),
        ref=_matching(payload, "id", ID),
        files=tuple(_file(entry) for entry in _list(payload.get("files", []), FILES)),
        location=_optional(payload, "location", _location),
        contact=_optional(payload, "contact", _contact),
    )
    if not (message.text.strip() or message.files or message.location or message.contact):
        raise ValueError("an empty message")
    return message


def _who(payload: Json) -> tuple[Sender, Place]:
    person = _matching(payload, "person", PERSON)
    name = _text(payload, "name", WORD_LIMIT) if "name" in payload else ""
    return Sender(PLATFORM, person, name), place(person)


def _at(payload: Json) -> datetime:
    at = datetime.fromisoformat(_word(payload, "at"))
    if at.tzinfo is None:
        raise ValueError("a time needs a zone")
    return at


def _card(payload: Json) -> str:
    return _text(payload, "card", WORD_LIMIT) if "card" in payload else ""


def _answers(entry: object) -> dict[str, str]:
    answers = _object(entry)
    if len(answers) > ANSWERS:
        raise ValueError("too many answers")
    return {name: _text(answers, name) for name in answers}


def _file(entry: object) -> File:
    file = _object(entry)
    mime = _word(file, "mime")
    ref = _matching(file, "ref", REF)
    return File(_word(file, "name"), mime, ref, spoken=mime.startswith("audio/"))


def _location(entry: object) -> Location:
    """Read a place; without an accuracy it was picked on the page's list."""
    where = _object(entry)
    accuracy = None if where.get("accuracy") is None else _number(where, "accuracy")
    if accuracy is not None and accuracy < 0:
        raise ValueError("accuracy is less than nothing")
    return Location(
        _degrees(where, "latitude", 90),
        _degrees(where, "longitude", 180),
        accuracy,
        picked=accuracy is None,
    )


def _contact(entry: object) -> ContactCard:
    contact = _object(entry)
    return ContactCard(_word(contact, "name"), _text(contact, "phone", WORD_LIMIT))


def _degrees(entry: Json, name: str, most: int) -> float:
    value = _number(entry, name)
    if abs(value) > most:
        raise ValueError(f"{name} is not on this planet")
    return value


def _number(entry: Json, name: str) -> float:
    value = entry.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{name} is not a number")  # noqa: TRY004 - nonsense is one kind of error
    if not math.isfinite(value):
        raise ValueError(f"{name} is not on this planet")
    return float(value)


def _text(entry: Json, name: str, limit: int = TEXT_LIMIT) -> str:
    value = entry.get(name)
    if not isinstance(value, str):
        raise ValueError(f"{name} is not text")  # noqa: TRY004 - nonsense is one kind of error
    if len(value) > limit:
        raise ValueError(f"{name} is too long")
    return UNSPEAKABLE.sub("", value)


def _word(entry: Json, name: str) -> str:
    value = _text(entry, name, WORD_LIMIT)
    if not value.strip():
        raise ValueError(f"{name} is empty")
    return value


def _matching(entry: Json, name: str, shape: re.Pattern[str]) -> str:
    value = _text(entry, name, WORD_LIMIT)
    if not shape.fullmatch(value):
        raise ValueError(f"{name} has the wrong shape")
    return value


def _optional(payload: Json, name: str, reader: Callable[[object], Part]) -> Part | None:
    entry = payload.get(name)
    return None if entry is None else reader(entry)


def _list(entry: object, limit: int) -> list[object]:
    if not isinstance(entry, list) or len(entry) > limit:
        raise ValueError("not a short list")
    return entry


def _object(entry: object) -> dict[str, object]:
    if not isinstance(entry, dict):
        raise ValueError("not an object")  # noqa: TRY004 - nonsense is one kind of error
    return entry
