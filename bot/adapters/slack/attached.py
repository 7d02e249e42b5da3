"""The files that come with a message or a form; pure."""

from typing import Any

from bot.adapters.slack.arrivals import Json, identifier
from bot.messages import File

GONE = frozenset({"tombstone", "hidden_by_limit", "external"})
SPOKEN = frozenset({"slack_audio", "slack_video"})
"""Clips that people record in Slack itself; some of them call themselves videos."""


def files(entries: Any) -> tuple[File, ...]:
    """The files that can be fetched; one that was deleted or is elsewhere can't."""
    kept = (each for each in entries if each.get("mode") not in GONE)
    return tuple(file(each) for each in kept if not each.get("is_external"))


def file(entry: Json) -> File:
    """A file by its number; one from another workspace may be nothing but that."""
    mime = str(entry.get("mimetype") or "application/octet-stream")
    name = str(entry.get("name") or entry.get("title") or "file")
    spoken = mime.startswith("audio/") or entry.get("subtype") in SPOKEN
    return File(name, mime, identifier(entry["id"]), spoken=spoken)
