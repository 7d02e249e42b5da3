"""Threads in a channel: one that somebody has answered in, and one that would begin with us."""

from bot.messages import Place

UNTHREADED = "new:"


def beginning(ts: str) -> str:
    """The thread that an answer to this message would begin."""
    return f"{UNTHREADED}{ts}"


def of(place: Place) -> str | None:
    """The thread to speak in."""
    return place.thread.removeprefix(UNTHREADED) or None


def seen(place: Place) -> str | None:
    """The thread to whisper in; in one that is not there yet, a whisper is not shown."""
    # docs.slack.dev/reference/methods/chat.postEphemeral, of thread_ts
    return None if place.thread.startswith(UNTHREADED) else place.thread or None
