"""How much the words around a name say that it is the customer, and not a rival or a product."""

import re
from collections.abc import Sequence
from types import MappingProxyType
from typing import Final

from services.understanding.sentences.company_names import LONG_WORD, is_organisation, piece_at
from services.understanding.sentences.company_subjects import CompanySubjects
from services.understanding.sentences.lexicon import Tags
from services.understanding.sentences.pieces import Piece
from services.understanding.sentences.run import Run
from services.understanding.sentences.surroundings import Surroundings
from services.understanding.sentences.tag_groups import ACTIVE, TASK

HEADING: Final = frozenset("head vp svp evp avp director manager dean hod chief lead".split())
"""Before of these lead to a department: Head of Claims."""
MEALS: Final = frozenset("吃饭 吃了饭 一起吃饭 聚餐 喝茶 喝咖啡".split())
"""After of these it is told where the table is, not who the customer is."""
EMPLOYED: Final = frozenset("工作 上班 任职 毕业 读书 上学 干过 待过 实习".split())
"""After of these somebody's own past is told: 之前在协和工作."""
SINGLES: Final = frozenset(
    ("guy", "lady", "man", "girl", "woman", "chap", "bloke", "dude", "fella")
)
WEAK_WHO: Final = frozenset(
    "and to for via 及 还有 以及 向 对 帮 替 为 问 请 带 陪 叫 n nd wit present 、 请了 带着 有 "
    "引荐".split()
)
LEADING: Final[tuple[tuple[Tags, int], ...]] = (
    (frozenset(("to_won", "to_lost", "won", "lost", "deal")), 38),
    (frozenset(("remind", "follow")), 34),
)
GIVEN_TO: Final = frozenset("给 向 为 帮 替 to for".split())
"""After these it is to whom something is given: 给星宇车灯报价."""
MODEL: Final = re.compile(r"[a-z]{1,4}-?[0-9]{1,5}[a-z]?")
FAR: Final = 4
WEAK_WORDS: Final = MappingProxyType({"把": 24, "by": 16})


class CompanyPlaces:
    """Weighs the places in a text where a customer may be named."""

    def __init__(self, around: Surroundings, runs: Sequence[Run]) -> None:
        self.around = around
        self.runs = runs
        self.subjects = CompanySubjects(around)

    def is_rival(self, first: int, last: int) -> bool:
        """Whether the words around say that it is anything but the customer."""
        before, after = self.around.before(first), piece_at(self.around.pieces, last)
        if after and (after.text in SINGLES or after.text in EMPLOYED):
            return True
        if self._is_headed(first, before) or (before and before.text in MEALS):
            return True
        if self._is_model(first, before) or self._is_suppliers(first, before):
            return True
        if before and "rival_next" not in before.tags and self._is_asked(first, last, before):
            return False
        if (
            before
            and before.tags & {"rival_next", "product_next"}
            and not before.tags & {"visit", "call", "who", "demo"}
            and not ("rival_next" not in before.tags and self._is_organisation(first, last))
        ):
            return not before.tags & {"where"}
        priced = bool(after and first == 0 and after.text == "报价")
        famous = any("brand" in each.tags for each in self.around.pieces[first:last])
        if priced and not famous and self._ends_with_sum(last + 1):
            return False
        given = before is not None and before.text in GIVEN_TO
        if after is None or given or self.around.is_spaced(last):
            return False
        return "rival_before" in after.tags

    def _is_model(self, first: int, before: Piece | None) -> bool:
        """Whether it is what was shown: 演示了CRM Pro, 对X200感兴趣."""
        piece = self.around.pieces[first]
        if before is None or piece.kind != "word":
            return False
        shown = before.kind == "han" and "product_next" in before.tags
        named = (shown and before.tags & {"demo"}) or before.text == "对"
        return bool(named) or (bool(MODEL.fullmatch(piece.text)) and not before.tags & {"where"})

    def _is_suppliers(self, first: int, before: Piece | None) -> bool:
        """Whether they have it from there: uses lockers from hadley, 跟三一重工签了三年."""
        if before is None:
            return False
        pieces = self.around.pieces
        at = self.around.place(before)
        earlier = pieces[max(0, at - FAR) : at]
        if before.text == "from":
            return any("rival_next" in each.tags for each in earlier)
        run = next((each for each in self.runs if each.first == first), None)
        after = pieces[run.last : run.last + 2] if run else ()
        signed = any("to_won" in each.tags for each in after)
        theirs = any("they" in each.tags or each.text in {"已经", "已"} for each in earlier)
        return before.text in {"和", "跟", "与"} and signed and theirs

    def _ends_with_sum(self, at: int) -> bool:
        """Whether nothing follows but a sum: 锡光报价5万."""
        pieces = self.around.pieces
        return at + 1 == len(pieces) and pieces[at].kind == "amount"

    def _is_organisation(self, first: int, last: int) -> bool:
        """Whether it ends as organisations do, and is no product: quote for Ashgrove Clinic."""
        return last - first > 1 and "suffix" in self.around.pieces[last - 1].tags

    def _is_headed(self, first: int, before: Piece | None) -> bool:
        """Whether a heading says that it is about rivals: 竞品情报：美的降价."""
        earlier = piece_at(self.around.pieces, first - 2)
        return (
            before is not None
            and before.text in {":", ","}
            and earlier is not None
            and {"rival_next", "aside"} <= earlier.tags
        )

    def _is_asked(self, first: int, last: int, before: Piece) -> bool:
        """Whether those are asked who stand there, not about a thing: 问了绿野农资的赵姐."""
        named = self.around.pieces[first].kind == "han" and is_organisation(
            self.around.pieces[last - 1]
        )
        return "talked" in before.tags and (named or self.around.person_follows(last))

    def score(self, first: int, last: int) -> int:
        """How much the words before and after say that it is the customer."""
        return max(self._by_left(first), self.subjects.points(first, last))

    def _by_left(self, first: int) -> int:
        before = self.around.before(first)
        if before is None or before.kind in {"time", "amount"}:
            return 0
        if before.end in self.around.person_ends:
            return 0
        if before.kind == "mark":
            return self._after_mark(first, before)
        if "where" in before.tags:
            return self._after_place_word(first, before)
        return self._after_word(first, before)

    def _after_word(self, first: int, before: Piece) -> int:
        tags = before.tags
        if "who" in tags and tags & ACTIVE:
            return 40
        for leading, worth in LEADING:
            if tags & leading:
                return worth
        if "who" in tags:
            return 0 if self._is_feeling(before) else 34 if before.text not in WEAK_WHO else 20
        if tags & (TASK | ACTIVE):
            return 28 if tags & ACTIVE or self._may_get(first) else 0
        return WEAK_WORDS.get(before.text) or self._stands_out(first)

    def _may_get(self, first: int) -> bool:
        """Whether it is whom something is sent, and not what: send acme the quote."""
        run = next((each for each in self.runs if each.first == first), None)
        if run is None or run.capital or run.suffix or self.around.pieces[first].kind != "word":
            return True
        after = piece_at(self.around.pieces, run.last)
        return after is not None and "det" in after.tags

    def _is_feeling(self, before: Piece) -> bool:
        """Whether it is what someone feels about a thing: impressed with the dashboards."""
        earlier = piece_at(self.around.pieces, self.around.place(before) - 1)
        return earlier is not None and bool(earlier.tags & {"good", "bad", "fair", "worry"})

    def _stands_out(self, first: int) -> int:
        """A name in capitals inside a sentence, whatever leads to it."""
        piece = self.around.pieces[first]
        source = self.around.text.original(piece.start, piece.end)
        if piece.kind == "han" or not source[:1].isupper() or self.around.text.source.isupper():
            return 0
        return 14 if len(source) > LONG_WORD and not source.isupper() else 0

    def _after_place_word(self, first: int, before: Piece) -> int:
        if before.tags & ACTIVE:
            return 50
        earlier = piece_at(self.around.pieces, self.around.place(before) - 1)
        heading = before.text == "of" and earlier is not None and earlier.text in HEADING
        if before.text in {"from", "of", "at", "@"} and earlier is not None and not heading:
            beside = earlier.end in self.around.person_ends or earlier.tags & {
                "role",
                "dept",
                "they",
            }
            if beside:
                return 46
        if (
            before.text == "of"
            and earlier is not None
            and earlier.text in HEADING
            and not self._has_suffix(first)
        ):
            return 18
        if before.text == "of" and not self.around.is_title_case(first, first + 1):
            return 0
        return {"of": 24, "from": 30, "inside": 20, "从": 40, "回": 20}.get(before.text, 42)

    def _has_suffix(self, first: int) -> bool:
        return any(run.first == first and run.suffix for run in self.runs)

    def _after_mark(self, first: int, before: Piece) -> int:
        """In brackets or after a comma behind someone: Mr. Iyer (Coral Cafe)."""
        earlier = piece_at(self.around.pieces, first - 2)
        if (
            before.text in {"(", ",", "-", "/", "@", "|"}
            and earlier
            and earlier.end in self.around.person_ends
        ):
            run_capital = self.around.text.source[
                self.around.text.starts[self.around.pieces[first].start]
            ].isupper()
            led = before.text in "(@" or (run_capital and self._has_suffix(first))
            return 36 if led else 24 if run_capital else 0
        if before.text == "(" and earlier and earlier.tags & {"there", "they"}:
            return 40
        if before.text == ":" and earlier and earlier.tags & {"where", "they"}:
            return 60
        return 45 if before.text in "@#" else 0
