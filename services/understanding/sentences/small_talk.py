"""Greetings and thanks: messages that say nothing else."""

import re
from collections.abc import Iterable
from typing import Final

from services.understanding.plain import Plain
from services.understanding.sentences.word_lists import lists


def _any(phrases: Iterable[str]) -> str:
    written = {" ".join(phrase.split()) for phrase in phrases}
    return "|".join(map(re.escape, sorted(filter(None, written), key=len, reverse=True)))


ENGLISH: Final = dict(lists("en_questions"))
CHINESE: Final = dict(lists("zh_questions"))
LONGEST: Final = 80
"""Nobody greets at greater length."""
TALK: Final = re.compile(
    rf"(?:(?:{_any(ENGLISH['hello'].split(','))})(?![a-z])|{_any(CHINESE['hello'].split())}|[^a-z0-9\u3400-\u9fff])++"
)
LETTER: Final = re.compile(r"[a-z0-9\u3400-\u9fff\u2600-\u27bf\U0001f300-\U0001faff]")


def is_small_talk(text: Plain) -> bool:
    """Whether a message greets or thanks, and says nothing else."""
    if len(text.text) > LONGEST or not LETTER.search(text.text):
        return False
    return TALK.fullmatch(text.text) is not None
