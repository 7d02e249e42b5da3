"""Logging: one path for our lines and the libraries', with every secret taken out."""

import json
import logging
import re
import sys
from collections.abc import Iterable
from typing import Any, Literal, TextIO
from urllib.parse import quote, quote_plus

import structlog
from structlog.contextvars import bound_contextvars
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.tracebacks import quoting_nobody

HIDDEN = "•••"
ROW = r"(?<=DETAIL:  )[^\n]*"
"""What PostgreSQL adds to an error: the values of the row, which are a person's."""

TELEGRAM_TOKEN = r"\d{1,20}(?::|%3[Aa])[A-Za-z0-9_-]{30,}"  # noqa: S105 - the look of one, not one
SLACK_TOKEN = r"x(?:ox[a-z](?:\.xox[a-z])?|app-\d)-[A-Za-z0-9-]{4,}"  # noqa: S105 - likewise
SLACK_KEYS = (
    r"(?<=[?&]ticket=)[^&\s\"'<>\\]+",  # one connection of Socket Mode
    r"(?<=hooks\.slack\.com)(?:\\?/|%2F)[^\s\"'<>]+",  # who has it may answer in the bot's name
    r"(?<=files\.slack\.com/upload/)[^\s\"'<>\\]+",
)
"""What Slack puts into addresses that let in whoever knows them."""

SHAPES = (TELEGRAM_TOKEN, SLACK_TOKEN, *SLACK_KEYS, ROW)
SHORT = 4
"""A secret shorter than this is hidden only where it stands alone, else no line could be read."""
LOUD = (
    "aiosqlite",
    "alembic",
    "apscheduler",
    "httpcore",
    "httpx",
    "slack_bolt",
    "slack_sdk",
    "sqlalchemy",
)
"""Libraries whose lines below a warning repeat what ours say, or hold the token in an address, or
what people wrote.
"""

bind = bound_contextvars
"""``with bind(update=7):`` puts the update on every line written inside."""


class Redactor:
    """Hides secrets in whatever is logged."""

    def __init__(self, secrets: Iterable[str]) -> None:
        known = {form for secret in secrets if secret for form in _forms(secret)}
        # The longest first: a token before the part of it that is a secret as well.
        parts = [_pattern(form) for form in sorted(known, key=len, reverse=True)]
        self._pattern = re.compile("|".join([*parts, *SHAPES]))

    def text(self, text: str) -> str:
        """Hide every secret in a text."""
        return self._pattern.sub(HIDDEN, text)

    def value(self, value: Any) -> Any:
        """Hide every secret in a value; what is no plain data becomes its text."""
        match value:
            case None | bool() | int() | float():
                return value
            case str():
                return self.text(value)
            case dict():
                return {self.text(str(name)): self.value(part) for name, part in value.items()}
            case list() | tuple() | set() | frozenset():
                return [self.value(part) for part in value]
            case _:
                return self.text(_described(value))

    def __call__(self, _: WrappedLogger, __: str, event: EventDict) -> EventDict:
        """Hide every secret in a line, as one of structlog's processors."""
        return {self.text(str(name)): self.value(value) for name, value in event.items()}


def _forms(secret: str) -> set[str]:
    """List how a secret may be written: as it is, in an address, in a repr, in JSON."""
    quoted = {quote(secret, safe=""), quote(secret), quote_plus(secret)}
    return {secret, *quoted, repr(secret)[1:-1], json.dumps(secret)[1:-1]}


def _pattern(form: str) -> str:
    exact = re.escape(form)
    return exact if len(form) >= SHORT else rf"(?<!\w){exact}(?!\w)"


def _described(value: object) -> str:
    try:
        return repr(value)
    except Exception:  # a broken repr must not lose the line
        return f"<{type(value).__name__}>"


class Handler(logging.StreamHandler[TextIO]):
    """Writes lines; one that cannot be written never shows its arguments."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """Say that a line was lost: logging's own report prints the arguments unredacted."""
        error = sys.exc_info()[0]
        reason = error.__name__ if error else "unknown"
        self.stream.write(f"a line of {record.name} could not be logged: {reason}\n")


def configure(
    level: str,
    format: Literal["console", "json"],  # noqa: A002 - LOG_FORMAT's own name
    secrets: Iterable[str],
    stream: TextIO,
) -> None:
    """Send all logging to ``stream``; may be called again."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    handler = Handler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _found,
                quoting_nobody,
                Redactor(secrets),
                *_renderers(format, stream),
            ],
        )
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)


def _found(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """The exception being handled, where a line only says that there is one."""
    if event.get("exc_info") is True:
        event["exc_info"] = sys.exc_info()
    return event


def _renderers(format: str, stream: TextIO) -> list[Processor]:  # noqa: A002 - as in configure
    if format == "json":
        return [structlog.processors.JSONRenderer(ensure_ascii=False), _writable]
    console = structlog.dev.ConsoleRenderer(
        colors=stream.isatty(), exception_formatter=structlog.dev.plain_traceback
    )
    return [console, _writable]


def _writable(_: WrappedLogger, __: str, line: Any) -> str:
    """Escape what UTF-8 cannot hold: one lone surrogate would lose the line."""
    return str(line).encode("utf-8", "backslashreplace").decode("utf-8")
