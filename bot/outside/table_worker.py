"""``python -m bot.outside.table_worker``: reads one table from standard input, within limits.

In: a line of JSON with the file's name, then the file. Out: ``+`` and the tables, packed; or ``-``
and the refusal, as JSON. It knows no settings, writes no files and starts nothing.
"""

import json
import resource
import sys
from contextlib import suppress

MEMORY = 700 * 1024**2
"""Bytes of addresses; a third of it is ever used by the largest table that is taken in."""
SECONDS = 60
FILES = 64


def limit(memory: int = MEMORY, seconds: int = SECONDS) -> None:
    """From now on this process may have so much and no more."""
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):  # a system may know no such limit, or hold a lower one
            resource.setrlimit(what, (most, most))


def main() -> None:
    """Read what is sent, and print what it holds."""
    limit()
    from services.errors import Refusal  # noqa: PLC0415 - nothing is loaded before the limits hold
    from services.tables.reading import read  # noqa: PLC0415 - the same
    from services.tables.refusals import TableTooHard  # noqa: PLC0415 - the same
    from services.tables.stream import packed  # noqa: PLC0415 - the same

    try:
        asked = json.loads(sys.stdin.buffer.readline())
        said = b"+" + packed(read(sys.stdin.buffer.read(), asked["name"]))
    except Refusal as refused:
        said = b"-" + json.dumps([type(refused).__name__, refused.details]).encode()
    except MemoryError:
        said = b"-" + json.dumps([TableTooHard.__name__, {}]).encode()
    sys.stdout.buffer.write(said)


if __name__ == "__main__":
    main()
