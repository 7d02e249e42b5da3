"""Tracebacks that quote nobody: where an error came from, without what people wrote."""

import traceback
from collections.abc import Iterator

from structlog.typing import EventDict, WrappedLogger

CAUSED = "\nThe above exception was the direct cause of the following exception:\n\n"
DURING = "\nDuring handling of the above exception, another exception occurred:\n\n"
PLAIN = (OSError,)
"""What speaks of machines and files alone."""


def quoting_nobody(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Write a line's exception out, as one of structlog's processors.

    Neither local variables nor an error's own words are shown, unless those stand in the code
    just so: a bug may quote the customer whom it was about.
    """
    told = event.pop("exc_info", None)
    error = told[1] if isinstance(told, tuple) else told
    if isinstance(error, BaseException):
        event["exception"] = "".join(_told(error, set())).rstrip()
    return event


def _told(error: BaseException, seen: set[int]) -> Iterator[str]:
    seen.add(id(error))
    before, between = error.__cause__, CAUSED
    if before is None and not error.__suppress_context__:
        before, between = error.__context__, DURING
    if before is not None and id(before) not in seen:
        yield from _told(before, seen)
        yield between
    yield "Traceback (most recent call last):\n"
    yield from traceback.format_tb(error.__traceback__)
    yield f"{type(error).__qualname__}{_words(error)}\n"
    if isinstance(error, BaseExceptionGroup):
        for each in error.exceptions:
            yield from _told(each, seen)


def _words(error: BaseException) -> str:
    """What an error says, where that is no more than its code says already."""
    try:
        words = str(error)
    except Exception:  # a broken str must not lose the line
        return ""
    frames = traceback.extract_tb(error.__traceback__)
    literal = bool(words and frames) and words in (frames[-1].line or "")
    return f": {words}" if words and (literal or isinstance(error, PLAIN)) else ""
