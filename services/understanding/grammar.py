"""The grammar of time: rules, each starting at some kind of word, and how what they read joins."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from services.understanding.following import following
from services.understanding.joining import merged
from services.understanding.lexer import Token
from services.understanding.said import Said, Tokens

DEEPEST: Final = 12
"""How many phrases may stand within one another: the day after the day after the day after."""

Rule = Callable[[Tokens, int], tuple[Said, int] | None]
RULES: Final[dict[str, list[Rule]]] = {}
RULES_OF_WORDS: Final[dict[str, list[Rule]]] = {}
WORDS_ALONE: Final = frozenset(("word", "han"))
"""The kinds of words that are in no list of ours; most of them start nothing."""


def rule(*kinds: str, words: Iterable[str] = ()) -> Callable[[Rule], Rule]:
    """Declare a rule by the kinds of word that it starts at, and the words of no kind."""
    if set(kinds) & WORDS_ALONE:
        raise ValueError("most words start nothing: name those that do")

    def declare(function: Rule) -> Rule:
        for kind in kinds:
            RULES.setdefault(kind, []).append(function)
        for word in words:
            RULES_OF_WORDS.setdefault(word, []).append(function)
        return function

    return declare


def rules_at(token: Token) -> Sequence[Rule]:
    """The rules that a word may start."""
    if token.kind in WORDS_ALONE:
        return RULES_OF_WORDS.get(token.text, ())
    return RULES.get(token.kind, ())


def item(t: Tokens, i: int) -> tuple[Said, int] | None:
    """What is said from a word on, by the rule that reads most."""
    if i in t.items:
        return t.items[i]
    rules = rules_at(t[i])
    if not rules or t.depth == DEEPEST:
        return None
    best: tuple[Said, int] | None = None
    t.depth += 1
    for each in rules:
        found = each(t, i)
        if found and (best is None or found[1] > best[1]):
            best = found
    t.depth -= 1
    t.items[i] = best
    return best


CONNECTORS: Final = frozenset(
    ", on at @ in of the 的 around about ~ by . for from ( ) abt arnd".split()
)


def joined(t: Tokens, i: int) -> tuple[Said, int] | None:
    """Items that stand together as one phrase: next Tuesday, in the morning, at half past nine."""
    found = item(t, i)
    if found is None:
        return None
    said, end = found
    while True:
        said, end = following(t, said, end)
        start = _connected(t, end)
        more = item(t, start) if start is not None else None
        both = merged(said, more[0]) if more else None
        if both is None or more is None:
            return said, end
        said, end = both, more[1]


def _connected(t: Tokens, i: int) -> int | None:
    """Where the next item may start, after at most three small words."""
    for _ in range(3):
        if t[i].text not in CONNECTORS:
            break
        if t[i].text == "." and t[i + 1].spaced:
            return None
        i += 1
    return i
