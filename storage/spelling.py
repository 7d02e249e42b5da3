"""Looking for letters in whatever case, alike on both databases.

What they think a capital is depends on where they run: SQLite knows those of English only, and
PostgreSQL those of its locale. So every letter's ways to be written are told, one by one.
"""

import json
import re
from collections.abc import Iterator

ODD = "\u017f\u212a\u212b\u0131\u0130"
"""Letters that fold to others which don't fold back to them."""
UNIT = re.compile(r"\\u[0-9a-f]{4}")


def spelled(*texts: str) -> str:
    """A regular expression of either database for any of these, plain or as JSON escapes it."""
    return "|".join("".join(map(_letter, each)) for each in texts)


def _letter(letter: str) -> str:
    ways = sorted({way for each in _cases(letter) for way in _written(each)})
    if len(ways) == 1:
        return re.escape(ways[0])
    if all(map(str.isalpha, ways)) and max(map(len, ways)) == 1:
        return f"[{''.join(ways)}]"
    return f"(?:{'|'.join(map(re.escape, ways))})"


def _cases(letter: str) -> set[str]:
    found = {letter}
    for _again in range(2):
        folds = (way for each in found for way in (each.lower(), each.upper(), each.title()))
        found |= {way for way in folds if len(way) == 1}
    return found | {odd for odd in ODD if {odd.lower(), odd.upper()} & found}


def _written(letter: str) -> Iterator[str]:
    """A letter itself, and as JSON writes it: that writes hexadecimal digits in either case."""
    yield letter
    escaped = json.dumps(letter)[1:-1]
    yield escaped
    yield UNIT.sub(lambda found: "\\u" + found[0][2:].upper(), escaped)
