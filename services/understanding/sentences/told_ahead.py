"""Whether something is told as done at a time that is still to come: visited Acme next Tuesday."""

import re
from typing import Final

from services.understanding.facts import Spotted
from services.understanding.sentences.clauses import Clause
from services.understanding.sentences.doings import is_over
from services.understanding.sentences.lexicon import Tags
from services.understanding.sentences.tag_groups import ACTIVE
from services.understanding.sentences.timed import Timed

PLANNING: Final[Tags] = frozenset(
    ("follow", "remind", "booked", "plan", "send", "by", "wish", "talked", "not", "close", "quote")
)

AFTER_FEAST: Final = re.compile(
    r"\bafter (?:the )?(?:xmas|christmas|easter|thanksgiving|new year|cny|chinese new year"
    r"|spring festival|diwali|eid|ramadan)"
)


def is_after_feast(text: str, span: Spotted) -> bool:
    """Whether some time after a feast is said, and no day: after Xmas."""
    return any(
        span.start <= found.end() and found.start() < span.end
        for found in AFTER_FEAST.finditer(text)
    )


def is_told_ahead(timed: Timed, clause: Clause) -> bool:
    """Whether the time belongs to a word for the past in its clause and to nothing else."""
    if not timed.future or timed.span.deadline or timed.span.vague:
        return False
    for at, piece in enumerate(clause.pieces):
        if piece.tags & ACTIVE and is_over(piece):
            here = next(
                k for k, each in enumerate(clause.pieces) if each.start >= timed.span.start
            )
            between = clause.pieces[min(at, here) + 1 : max(at, here)]
            return not any(each.tags & (PLANNING | ACTIVE) for each in between)
    return False
