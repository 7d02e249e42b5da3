"""Tags that mean much the same to several readers."""

from typing import Final

from services.understanding.sentences.lexicon import Tags

MEETING: Final[Tags] = frozenset(("visit", "meeting", "demo"))
TALKING: Final[Tags] = frozenset(("call", "message"))
ACTIVE: Final[Tags] = MEETING | TALKING
NEXT: Final[Tags] = frozenset(("follow", "remind"))
TASK: Final[Tags] = frozenset(("send", "base"))
JUDGED: Final[Tags] = frozenset(("good", "bad", "fair", "worry"))
STAGED: Final[Tags] = frozenset(
    ("to_won", "to_lost", "to_proposal", "to_negotiation", "to_qualified", "move", "won", "lost",
     "deal", "negotiation", "proposal", "qualified", "quote")
)  # fmt: skip
"""What is said of a deal and how far it is."""
