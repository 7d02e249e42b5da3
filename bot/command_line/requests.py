"""What `salesbot understand` is asked: a text, how to read it, and what its words refer to."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.command_line.options import KINDS
from bot.runtime.cleaning import LONGEST, clean
from services.times import instant
from services.understanding.day_order import day_first
from services.understanding.facts import Scene, Vocabulary

HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
WORD = re.compile(r"[^\W\d_]+")
LANGUAGES = ("en", "zh")
YEARS = range(1900, 2200)
"""Years in which a message can have been written; every zone's arithmetic works beside them."""


@dataclass(frozen=True)
class Fallback:
    """What a request that does not say otherwise is read with."""

    lang: str | None
    now: str | None
    zone: str | None
    kind: str
    clock: Callable[[], datetime]
    home: Callable[[], str]
    """The zone of the company; asked for only where it is needed."""


@dataclass(frozen=True)
class Request:
    """A text to be understood."""

    text: str
    kind: str
    scene: Scene
    vocabulary: Vocabulary


def read_request(fields: Mapping[str, Any], fallback: Fallback) -> Request:
    """Read a request; ValueError says what is wrong with it."""
    text = _text(fields, "text")
    if text is None:
        raise ValueError("text is missing")
    text = clean(text)
    if len(text) > LONGEST:
        raise ValueError(f"text is longer than {LONGEST} characters")
    kind = _one_of(KINDS, _text(fields, "kind") or fallback.kind, "kind")
    language = _text(fields, "lang") or fallback.lang or guessed(text)
    zone = _zone(_text(fields, "tz") or fallback.zone or fallback.home())
    now = _now(_text(fields, "now") or fallback.now, zone, fallback.clock)
    language = _one_of(LANGUAGES, language, "lang")
    # There is nobody here who could be asked which of two days is meant.
    order = day_first(zone.key) if language == "en" else None
    return Request(
        text,
        kind,
        Scene(now, zone, language, day_first=order),
        Vocabulary(
            accounts=_names(fields, "accounts"),
            contacts=_names(fields, "contacts"),
            stages=_stages(fields),
        ),
    )


def guessed(text: str) -> str:
    """The language of a text, by its script: a Chinese character weighs as much as a word."""
    han = len(HAN.findall(text))
    return "zh" if han > len(WORD.findall(HAN.sub(" ", text))) else "en"


def _text(fields: Mapping[str, Any], name: str) -> str | None:
    value = fields.get(name)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{name} must be text")
    return value


def _one_of(choices: Sequence[str], value: str, name: str) -> str:
    if value not in choices:
        raise ValueError(f"{name} must be one of: {', '.join(choices)}")
    return value


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"{name[:40]} is no time zone; write one such as Asia/Shanghai") from None


def _now(written: str | None, zone: ZoneInfo, clock: Callable[[], datetime]) -> datetime:
    if written is None:
        return clock().astimezone(zone)
    try:
        now = datetime.fromisoformat(written)
    except ValueError:
        raise ValueError("now must be an ISO time such as 2026-03-02T10:00:00+08:00") from None
    if now.year not in YEARS:
        raise ValueError(f"now must be between {YEARS.start} and {YEARS.stop}")
    return (now if now.tzinfo else instant(now, zone)[0]).astimezone(zone)


def _names(fields: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = fields.get(name)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ValueError(f"{name} must be a list of texts")
    return tuple(cleaned for each in value if (cleaned := clean(each).strip()))


def _stages(fields: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    value = fields.get("stages")
    if isinstance(value, dict):
        return {key: (key, *_names(value, key)) for key in value}
    return {each: (each,) for each in _names(fields, "stages")}
