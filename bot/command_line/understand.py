"""`salesbot understand`: what the bot makes of a text, and why; one text, or one a line."""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from bot.command_line.requests import Fallback, read_request
from bot.command_line.understood import explained, value

LONGEST_LINE = 2**20
"""Bytes; a longer line is refused without keeping it."""

WRONG_USAGE = 2
INTERRUPTED = 130


def run(options: argparse.Namespace) -> None:
    """Print what was understood of one text, or answer lines until there are no more."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # In a string of JSON, a backslash and u is how what UTF-8 can't hold is written.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    fallback = Fallback(options.lang, options.now, options.tz, options.kind, _clock, _home)
    try:
        if options.jsonl:
            for line in _lines(sys.stdin.buffer):
                print(_answer(line, fallback), flush=True)  # noqa: T201 - it is what was asked for
        else:
            print(_one(" ".join(options.text), fallback), flush=True)  # noqa: T201 - likewise
    except BrokenPipeError:
        # Whoever read this has gone; what is left in the buffer must not fail once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def _clock() -> datetime:
    return datetime.now(UTC)


def _home() -> str:
    """The company's zone; nothing else of the settings is needed, or read."""
    found = os.environ.get("COMPANY_TIMEZONE", "")
    if not found and Path(".env").exists():
        from dotenv import dotenv_values  # noqa: PLC0415 - 25 ms, needed where there is a file

        try:
            found = (
                dotenv_values(".env", interpolate=False, encoding="utf-8-sig").get(
                    "COMPANY_TIMEZONE"
                )
                or ""
            )
        except (OSError, UnicodeDecodeError):
            raise ValueError(".env can't be read; give the zone: --tz Asia/Shanghai") from None
    return found.strip() or "UTC"


def _one(text: str, fallback: Fallback) -> str:
    """One text with its evidence, for people to read."""
    if not text.strip():
        _refuse('What is to be understood? salesbot understand "met Li Wei at Acme"')
    try:
        request = read_request({"text": text}, fallback)
    except ValueError as error:
        _refuse(str(error))
    try:
        told = explained(request)
    except Exception as error:  # whatever was typed is no reason to break
        told = {"text": text, "value": None, "error": _fault(error)}
    return json.dumps(told, ensure_ascii=False, indent=2)


def _refuse(words: str) -> NoReturn:
    sys.stderr.write(f"{words}\n")
    sys.exit(WRONG_USAGE)


def _fault(error: Exception) -> str:
    return f"not understood: {error!r}"[:300]


def _lines(source: BinaryIO) -> Iterator[bytes]:
    """Every line, as soon as it is there; of one that is too long the beginning."""
    while line := source.readline(LONGEST_LINE):
        yield line
        while not line.endswith(b"\n") and len(line) == LONGEST_LINE:
            line = source.readline(LONGEST_LINE)


def _answer(line: bytes, fallback: Fallback) -> str:
    """The answer to one line, whatever it is: nothing ends the process."""
    identity: str | int | float | None = None
    try:
        fields = _fields(line)
        found = fields.get("id")
        identity = found if isinstance(found, str | int | float) else None
        answer = {"id": identity, "value": value(read_request(fields, fallback))}
    except ValueError as error:
        answer = {"id": identity, "value": None, "error": str(error)}
    except Exception as error:  # the next line is somebody else's question
        answer = {"id": identity, "value": None, "error": _fault(error)}
    return json.dumps(answer, ensure_ascii=False)


def _fields(line: bytes) -> dict[str, Any]:
    if len(line) >= LONGEST_LINE:
        raise ValueError(f"the line is longer than {LONGEST_LINE} bytes")
    try:
        fields = json.loads(line.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise ValueError("the line is not JSON") from None
    if not isinstance(fields, dict):
        raise ValueError("the line is no JSON object")  # noqa: TRY004 - one kind of mistake
    return fields


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number")
