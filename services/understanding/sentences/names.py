"""Names that people have in Latin letters."""

from typing import Final

from services.understanding.sentences.word_lists import listed

_LISTED: Final = listed("en_people")
UNSURE_FIRST: Final = frozenset(_LISTED["ambiguous"])
"""First names that are words, too: Mark, May, Will."""
SURE_FIRST: Final = frozenset(_LISTED["first"]) - UNSURE_FIRST
FIRST: Final = SURE_FIRST | UNSURE_FIRST
FAMILY: Final = frozenset(_LISTED["family"])
PINYIN_FAMILY: Final = frozenset(_LISTED["pinyin family"])
SURE: Final = SURE_FIRST | FAMILY | PINYIN_FAMILY
"""Names that are nothing else."""
PINYIN_TITLES: Final = frozenset(_LISTED["pinyin title"])
"""What comes after a name in pinyin: wang zong."""
