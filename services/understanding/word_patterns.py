"""Patterns for long lists of words, which stay fast: each letter is tried once."""

import re
from collections.abc import Iterable
from typing import TypeAlias

Tree: TypeAlias = dict[str, "Tree"]
END = ""


def either(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest that fits."""
    tree: Tree = {}
    for word in words:
        branch = tree
        for letter in word:
            branch = branch.setdefault(letter, {})
        branch[END] = {}
    return f"(?:{_pattern(tree)})"


def listed(words: str) -> str:
    """A pattern for any word of a list with commas."""
    return either(words.split(","))


def backward(words: str) -> str:
    """A pattern for any word of a list with commas, in a text that is written backward."""
    return either(word[::-1] for word in words.split(","))


def before(text: str, at: int, length: int) -> str:
    """What stands before a place, backward, so that a match at its start ends there."""
    return text[max(0, at - length) : at][::-1]


def _pattern(tree: Tree) -> str:
    branches = [
        re.escape(letter) + _pattern(branch) for letter, branch in tree.items() if letter != END
    ]
    if not branches:
        return ""
    inner = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return f"(?:{inner})?" if END in tree else inner
