"""Runs of words in Latin letters: what begins a name, what goes on with it, where it ends."""

from collections.abc import Sequence

from services.understanding.plain import Plain
from services.understanding.sentences.latin_words import (
    BETWEEN,
    HEADS,
    LEGAL,
    LINKS,
    LOUD,
    NEVER_FIRST,
    OF_HEADS,
    SAINTS,
    SOFT,
    VERBS,
)
from services.understanding.sentences.lexicon import OWNER
from services.understanding.sentences.names import FIRST
from services.understanding.sentences.pieces import Piece
from services.understanding.sentences.run import Run, is_brand, is_role, made

MOST_WORDS = 6
MOST_SMALL_WORDS = 4
LONGEST_SMALL_ENDING = 5
ENDINGS = ("ing", "ed", "ly", "tion", "ment", "ness", "less", "able")


class LatinRuns:
    """Looks for runs of words in the pieces of one text."""

    def __init__(self, text: Plain, pieces: Sequence[Piece]) -> None:
        self.text = text
        self.pieces = pieces
        self.shouting = text.source.isupper()

    def capital(self, at: int) -> bool:
        """Whether a word has a capital letter that says something."""
        piece = self.pieces[at]
        letter = self.text.source[self.text.starts[piece.start]]
        return letter.isupper() and not self.shouting

    def opens(self, at: int) -> bool:
        """Whether a piece begins a sentence, so that its capital says nothing."""
        return at == 0 or (
            self.pieces[at - 1].kind == "mark" and self.pieces[at - 1].text not in "(,@&/\"'"
        )

    def at(self, at: int) -> Run | None:
        """The run that begins with a word."""
        if not self._begins(at):
            return None
        capital = self.capital(at) or is_brand(self.pieces[at])
        last = at + 1
        while last - at < (MOST_WORDS if capital else MOST_SMALL_WORDS):
            step = self._step(at, last, capital=capital)
            if not step:
                break
            last += step
        return made(self.text, self.pieces, at, last, capital=capital)

    def _begins(self, at: int) -> bool:
        piece = self.pieces[at]
        if piece.fixed is not None:
            return True
        if piece.text[0].isdigit() and not self._is_longer(at + 1):
            return False
        if piece.text.isdigit() or (len(piece.text) < 2 and not self.capital(at)):
            return False
        if not piece.tags or piece.tags <= {"honorific", "hello"}:
            return self.capital(at) or not _is_adverb(piece.text)
        if piece.text in HEADS and self._goes_on(at + 1):
            return True
        if piece.tags <= {"suffix", "place"} and at and "where" in self.pieces[at - 1].tags:
            return self._is_longer(at + 1)
        if not self.capital(at):
            return False
        return self._opens_name(at) if self.opens(at) else self._is_name(at)

    def _opens_name(self, at: int) -> bool:
        """Whether a sentence begins with a name of common words: First Mercy Clinic."""
        piece, after = self.pieces[at], self.pieces[at + 1 : at + 2]
        if piece.text in VERBS or piece.text.endswith(("ed", "ing")):
            return False
        if not piece.tags <= SOFT or piece.text in NEVER_FIRST or " " in piece.text or not after:
            return False
        named = not after[0].tags or (after[0].tags & {"suffix"} and after[0].tags <= SOFT)
        return after[0].kind == "word" and self.capital(at + 1) and bool(named)

    def _is_name(self, at: int) -> bool:
        """Whether a common word with a capital letter is a name: met Will, at Best Western."""
        tags = self.pieces[at].tags
        if " " in self.pieces[at].text:
            return False
        before = self.pieces[at - 1].tags
        if self.pieces[at].text in FIRST and (
            before & {"who", "title", "role"} or self._follows_role(at)
        ):
            return True
        piece = self.pieces[at]
        source = self.text.original(piece.start, piece.end)
        if self._follows_comma(at) and tags <= {"place"} and self._is_longer(at + 1):
            return self.capital(at + 1)
        if tags & LOUD or (source.isupper() and "suffix" not in tags):
            return False
        return (
            bool(before & {"who", "where", "det"})
            and (self._goes_on(at + 1) or "place" not in tags)
            and not (piece.text in NEVER_FIRST and not self._is_longer(at + 1))
        )

    def _follows_comma(self, at: int) -> bool:
        return self.pieces[at - 1].text in {",", "("}

    def _follows_role(self, at: int) -> bool:
        """Whether a role stands before the mark before: the store manager, Dean, blamed us."""
        return at > 1 and self._follows_comma(at) and is_role(self.pieces[at - 2])

    def _is_longer(self, at: int) -> bool:
        after = self.pieces[at] if at < len(self.pieces) else None
        if after is not None and after.kind == "word" and self.capital(at) and self._ends_soon(at):
            return True
        return (
            after is not None
            and after.kind == "word"
            and (not after.tags or "suffix" in after.tags)
        )

    def _ends_soon(self, at: int) -> bool:
        """Whether words in capitals lead to a kind of organisation: New Hope Hospital."""
        for k in range(at, min(at + 3, len(self.pieces))):
            if self.pieces[k].text == "&" and k > at:
                continue
            if self.pieces[k].kind != "word" or not self.capital(k):
                return False
            if "suffix" in self.pieces[k].tags:
                return True
        return False

    def _goes_on(self, at: int) -> bool:
        if at >= len(self.pieces):
            return False
        piece = self.pieces[at]
        return piece.kind == "word" and (
            not piece.tags or piece.text == "of" or (self.capital(at) and not piece.tags & LOUD)
        )

    def _step(self, first: int, at: int, *, capital: bool) -> int:
        """How many pieces more belong to the run: 0 when it has ended."""
        if at >= len(self.pieces):
            return 0
        piece, before = self.pieces[at], self.pieces[at - 1]
        gap = self.text.text[before.end : piece.start]
        if gap not in {"", " "}:
            return 0
        if not gap and piece.kind != "word":
            return self._joined(at)
        if self._is_border(first, at, capital=capital):
            return 0
        if piece.text in LINKS and (capital or self.pieces[first].text in HEADS):
            return self._link(first, at, capital=capital)
        if piece.kind != "word" or (before.text.endswith(OWNER) and not self._owned(at, capital)):
            return 0
        return int(self._goes_in(first, at, capital=capital))

    def _joined(self, at: int) -> int:
        """What follows without a space: St. Mary's, ABC公司, Knitwear, Ltd."""
        piece, after = self.pieces[at], self.pieces[at + 1 : at + 2]
        if piece.text == "." and self.pieces[at - 1].text in SAINTS:
            return 1
        if piece.text == "," and after:
            return 2 * (after[0].text.rstrip(".") in LEGAL)
        return int(piece.kind == "han" and self._han_joins(piece))

    def _is_border(self, first: int, at: int, *, capital: bool) -> bool:
        """Whether another name begins: Iyer of Acme, dr ahmed st marys."""
        piece = self.pieces[at]
        if piece.text == "of":
            titled = first > 0 and "title" in self.pieces[first - 1].tags
            named = titled or self.pieces[first].text in FIRST
            return named or not self._has_places(at - 1)
        return not capital and piece.text in SAINTS and self.pieces[at - 1].text not in SAINTS

    def _goes_in(self, first: int, at: int, *, capital: bool) -> bool:
        """Whether a word belongs to the name before it."""
        piece, before = self.pieces[at], self.pieces[at - 1]
        if "suffix" in piece.tags and not self._is_just_word(at, capital=capital):
            anew = not capital or self.capital(at) or "suffix" not in before.tags
            return anew or piece.text in LEGAL
        if piece.text.isdigit():
            return False
        if capital:
            quiet = not self._shouted(at) or self._shouted(first)
            return quiet and self.capital(at) and self._is_quiet(at)
        if piece.tags:
            return piece.tags <= {"stop"} and self._is_inside(at)
        return not self.capital(at) and not _is_verb(piece.text) and len(piece.text) > 1

    def _is_quiet(self, at: int) -> bool:
        """Whether a word with a capital letter tells nothing that would end the name."""
        piece = self.pieces[at]
        if not piece.tags or (piece.tags <= SOFT and piece.text not in NEVER_FIRST):
            return True
        return piece.tags.isdisjoint(LOUD) and (self._ends_soon(at) or self._moves(at + 1))

    def _moves(self, at: int) -> bool:
        """Whether it is told next how far they are, as of a customer: Boulder Prep moved to."""
        return at < len(self.pieces) and "move" in self.pieces[at].tags

    def _is_inside(self, at: int) -> bool:
        """Whether a common word stands inside a name in small letters: harbor view apts."""
        piece, after = self.pieces[at], self.pieces[at + 1] if at + 1 < len(self.pieces) else None
        if (
            after is None
            or piece.text in VERBS
            or _is_verb(piece.text)
            or piece.text in NEVER_FIRST
        ):
            return False
        return "suffix" in after.tags and after.tags.isdisjoint({"stop", "dept", "message"})

    def _has_places(self, at: int) -> bool:
        """Whether a word is followed by what it is of: Bank of, Ministry of, but not Iyer of."""
        return self.pieces[at].text in OF_HEADS or "suffix" in self.pieces[at].tags

    def _shouted(self, at: int) -> bool:
        piece = self.pieces[at]
        return self.text.original(piece.start, piece.end).isupper() and "suffix" not in piece.tags

    def _han_joins(self, piece: Piece) -> bool:
        return not piece.tags or bool(piece.tags & {"suffix", "part", "place", "brand"})

    def _link(self, first: int, at: int, *, capital: bool) -> int:
        after = at + 1
        if after < len(self.pieces) and self.pieces[after].text == "the":
            after += 1
        if after >= len(self.pieces) or self.pieces[after].kind != "word":
            return 0
        piece = self.pieces[after]
        if self.pieces[at].text == "&" and self._are_two(first, at, after):
            return 0
        named = self.capital(after) if capital else not piece.tags or "place" in piece.tags
        return after - at + 1 if named and not piece.tags & LOUD else 0

    def _are_two(self, first: int, at: int, after: int) -> bool:
        """Whether two people stand beside an ampersand, and not one firm."""
        if self.pieces[at - 1].text in FIRST and self.pieces[after].text in FIRST:
            return True
        lead = self.pieces[first - 1].tags if first else frozenset()
        then = self.pieces[after + 1] if after + 1 < len(self.pieces) else None
        alone = at - first == 1 and (then is None or "suffix" not in then.tags)
        return alone and "who" in lead and "where" not in lead

    def _owned(self, at: int, capital: bool) -> bool:
        piece = self.pieces[at]
        if capital:
            return self.capital(at) and not piece.tags & LOUD
        return "suffix" in piece.tags and "stop" not in piece.tags

    def _is_just_word(self, at: int, *, capital: bool) -> bool:
        """Whether what ends some names is meant as a word: service contract, medical device."""
        piece = self.pieces[at]
        if capital:
            if self.capital(at) or not piece.tags & {"stop", "dept", "message"}:
                return False
        elif not piece.tags & {"stop", "dept", "message"}:
            return False
        after = self.pieces[at + 1] if at + 1 < len(self.pieces) else None
        return after is not None and "stop" in after.tags and after.tags.isdisjoint(BETWEEN)


def _is_adverb(word: str) -> bool:
    return len(word) > LONGEST_SMALL_ENDING and word.endswith("ly")


def _is_verb(word: str) -> bool:
    return len(word) > LONGEST_SMALL_ENDING and word.endswith(ENDINGS)
