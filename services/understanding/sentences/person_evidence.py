"""How surely some words are a person: by titles, roles, first names, and where someone is from."""

import re
from collections.abc import Collection, Sequence
from typing import Final

from services.understanding.plain import Plain
from services.understanding.sentences.latin_words import VERBS
from services.understanding.sentences.lexicon import Tags
from services.understanding.sentences.names import (
    FAMILY,
    FIRST,
    PINYIN_FAMILY,
    PINYIN_TITLES,
    SURE,
    SURE_FIRST,
    UNSURE_FIRST,
)
from services.understanding.sentences.person_evidence_zh import follows_chinese, in_full
from services.understanding.sentences.pieces import Piece
from services.understanding.sentences.run import Run, bare, is_role

SYLLABLE: Final = (
    "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:[iu]?a(?:ng|n|o|i)?|u?e(?:ng|n|i|r)?|o(?:ng|u)?|"
    "i(?:ng|n|ong|u|e)?|ui?|un|uo|ve?|ue)"
)
PINYIN: Final = re.compile(f"(?:{SYLLABLE}){{1,2}}")
BESIDE: Final = frozenset(("at", "@", "from", "of", "in", "over at", "@the"))
SPEECH: Final[Tags] = frozenset(
    ("wish", "good", "bad", "fair", "plan", "talked", "they", "sent", "not", "stop")
)


class PersonEvidence:
    """Weighs what the pieces of one text say of people."""

    def __init__(self, text: Plain, pieces: Sequence[Piece], runs: Sequence[Run]) -> None:
        self.text = text
        self.pieces = pieces
        self.by_first = {run.first: run for run in runs}

    def name_end(self, run: Run) -> int:
        """Where a name ends, with what honours it: Rakesh ji."""
        after = self._piece(run.last)
        if (
            after
            and "honorific" in after.tags
            and after.start == self.pieces[run.last - 1].end + 1
        ):
            return after.end
        return run.end

    def _piece(self, at: int) -> Piece | None:
        return self.pieces[at] if 0 <= at < len(self.pieces) else None

    def title_before(self, at: int) -> int | None:
        """Where the titles before a name begin: Frau Dr. Vogel."""
        first = None
        k = at - 1
        while k >= 0:
            piece = self.pieces[k]
            if piece.text == "." and k and "title" in self.pieces[k - 1].tags:
                k -= 1
                continue
            if "title" not in piece.tags:
                break
            first = k
            k -= 1
        return first

    def strength(self, run: Run, ends: Collection[int]) -> int:
        """How surely a run is a person; ``ends`` are where those end who are found already."""
        if self.title_before(run.first) is not None:
            return 3
        if run.suffix or self.pieces[run.first].kind == "name" or self._is_abbreviation(run):
            return 0
        if any("suffix" in self.pieces[k].tags for k in range(run.first + 1, run.last)):
            return 0
        if self.pieces[run.first].kind == "han":
            return in_full(self.pieces, run, ends)
        before = self._left(run.first)
        if self.name_end(run) > run.end:
            return 3
        if before and self._is_role(run.first - 1, before) and self._named(run):
            return 3
        if before and before.tags & {"rival_next"} and "who" not in before.tags:
            return 0
        return max(self._by_name(run, before), self._by_place(run, before, ends))

    def _is_abbreviation(self, run: Run) -> bool:
        letters = run.text.replace("-", "")
        return letters.isupper() and not self.text.source.isupper() and run.last - run.first == 1

    def _left(self, at: int) -> Piece | None:
        """The piece before; a colon may be between: Saw: Pat Reilly."""
        before = self._piece(at - 1)
        if before is not None and before.text == ":":
            return self._piece(at - 2)
        return before

    def _is_role(self, at: int, before: Piece) -> bool:
        """Whether a role leads to a name, with a comma or a bracket between or without."""
        if before.text in {",", "("}:
            earlier = self._piece(at - 1)
            return earlier is not None and is_role(earlier)
        return "role" in before.tags

    def _named(self, run: Run) -> bool:
        return run.capital or bare(self.pieces[run.first].text) in SURE

    def _by_name(self, run: Run, before: Piece | None) -> int:
        words = [bare(self.pieces[k].text) for k in range(run.first, run.last)]
        visited = before is not None and "where" in before.tags and "who" not in before.tags
        if self._is_pinyin(words, run):
            return 1 if visited and len(words) == 1 else 2
        if words[0] in FIRST and follows_chinese(self.pieces, run):
            return 2
        if words[0] in UNSURE_FIRST and self._is_given(run, before):
            return 2
        if words[0] in UNSURE_FIRST and run.capital and self._speaks(run):
            return 2
        if words[0] in UNSURE_FIRST:
            who = before is not None and bool(before.tags & {"who", "they"})
            return 2 if who and run.capital and not visited else 0
        if words[0] not in SURE_FIRST and words[0].split("-")[0] not in SURE_FIRST:
            return 0
        if visited and not self._is_beside(run) and len(words) > 1 and words[1] not in FAMILY:
            return 1
        if len(words) == 1 and not run.capital:
            return 2 if self._is_led(run, before) else 0
        if run.capital:
            return 2
        return 2 if words[1] in FAMILY or (before and "who" in before.tags) else 1

    def _speaks(self, run: Run) -> bool:
        """Whether what comes next is what people do: Sal says, Grace confirmed."""
        after = self._piece(run.last)
        return after is not None and "talked" in after.tags

    def _is_led(self, run: Run, before: Piece | None) -> bool:
        """Whether a small word that is also a name is meant as one."""
        if before is not None and before.tags & {"who", "role", "they", "where"}:
            return True
        if self._is_given(run, before):
            return True
        after = self._piece(run.last)
        if self._is_listed(before, after):
            return True
        free = (
            before is None
            or (before.kind == "mark" and before.text in ",.;:\n-")
            or "conj" in before.tags
        )
        return free and after is not None and (after.text in VERBS or bool(after.tags & SPEECH))

    def _is_listed(self, before: Piece | None, after: Piece | None) -> bool:
        """Whether nothing else is said between two marks: zoom w acme, raj + their cfo."""
        first = before is not None and before.text in {",", "+", "&", "(", "/"}
        last = after is None or after.text in {",", "+", "&", ")", "/", "."}
        return first and last

    def _is_given(self, run: Run, before: Piece | None) -> bool:
        """Whether something goes to someone: send grace the contract."""
        after = self._piece(run.last)
        return (
            before is not None
            and after is not None
            and bool(before.tags & {"send", "base"})
            and after.text in {"the", "a", "an", "our", "her", "his", "my", "some"}
        )

    def _is_pinyin(self, words: Sequence[str], run: Run) -> bool:
        if len(words) == 1:
            after = self._piece(run.last)
            return words[0] in PINYIN_FAMILY and after is not None and after.text in PINYIN_TITLES
        first, *rest = words
        if len(rest) > 2 or not all(PINYIN.fullmatch(word.replace("-", "")) for word in words):
            return False
        return first in PINYIN_FAMILY or rest[-1] in PINYIN_FAMILY

    def _by_place(self, run: Run, before: Piece | None, ends: Collection[int]) -> int:
        """Whether it is said where someone is from: met Okafor at Mercy, mary in purchasing."""
        words = run.last - run.first
        chained = self._follows_person(run, ends)
        if run.capital and words <= 2 and self._is_introduced(run, before):
            return 2
        who = (
            before is not None
            and "who" in before.tags
            and before.text not in {"for", "and", "via", "&"}
        )
        if before is not None and before.text == "to":
            return 2 if words == 1 and run.capital and self._is_beside(run) else 0
        if chained and (run.capital or self._named(run) or self._is_beside(run)) and words <= 2:
            return 2
        if self._is_between_marks(run):
            return 1
        if not who or words > 2:
            return 0
        if self._is_beside(run):
            return 2
        return 1 if run.capital or self._named(run) or self._is_met(run, before) else 0

    def _is_met(self, run: Run, before: Piece | None) -> bool:
        """Whether a small word that nobody knows ends what tells of a meeting: spoke w hank."""
        after, word = self._piece(run.last), run.text.lower()
        ended = (
            after is None
            or after.kind in {"mark", "time"}
            or bool(after.tags & {"conj", "they", "we"})
        )
        met = before is not None and (before.tags & {"done"} or before.text in {"w", "w/", "with"})
        return (
            bool(met)
            and ended
            and run.last - run.first == 1
            and not word.endswith(("s", "ing", "ed"))
        )

    def _is_between_marks(self, run: Run) -> bool:
        """Whether two words in capitals stand alone: Green Valley Organics, Shira Cohen, 054."""
        before, after = self._piece(run.first - 1), self._piece(run.last)
        words = self.pieces[run.first : run.last]
        return (
            run.capital
            and len(words) == 2
            and not any(each.tags for each in words)
            and before is not None
            and before.text in {",", "(", "/"}
            and (after is None or after.kind == "mark")
        )

    def _is_introduced(self, run: Run, before: Piece | None) -> bool:
        """Whether a role leads to a name, or where someone is from follows it."""
        earlier = self._piece(run.first - 2)
        if before is not None and before.text in {"is", "(", ":", "called", "named"}:
            return earlier is not None and bool(earlier.tags & {"role", "contact"})
        opens = (
            before is None
            or (before.kind == "mark" and before.text in ".!?;\n-")
            or "hello" in before.tags
        )
        after, then = self._piece(run.last), self._piece(run.last + 1)
        if not opens or after is None or after.text not in {"from", "at", "@"} or then is None:
            return False
        return run.last + 1 in self.by_first and self.by_first[run.last + 1].capital

    def _is_beside(self, run: Run) -> bool:
        after, then = self._piece(run.last), self._piece(run.last + 1)
        if after is None or then is None:
            return False
        if after.text in BESIDE:
            then = self._piece(run.last + 2) if "det" in then.tags else then
            if after.text == "in":
                return then is not None and "dept" in then.tags
            return then is not None and (
                run.last + 1 in self.by_first
                or "dept" in then.tags
                or not then.tags
                or then.kind == "name"
            )
        if after.text in {"(", ","}:
            then = self._piece(run.last + 2) if "det" in then.tags or "own" in then.tags else then
            return then is not None and bool(then.tags & {"role"})
        return False

    def _follows_person(self, run: Run, ends: Collection[int]) -> bool:
        link = self._piece(run.first - 1)
        if link is None or link.text not in {"and", "&", "+", "with", "plus"}:
            return False
        return run.first > 1 and self.pieces[run.first - 2].end in ends
