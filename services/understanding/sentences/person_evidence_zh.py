"""How surely Chinese words lead to a person: to a name in full, or to a first name in letters."""

from collections.abc import Collection, Sequence
from typing import Final

from services.understanding.sentences.company_names import piece_at
from services.understanding.sentences.pieces import Piece
from services.understanding.sentences.run import Run
from services.understanding.sentences.surnames_zh import DOUBLE, GIVEN, RARE, SINGLE

TWO_WORDS: Final = 2
LABELS: Final = frozenset(
    "儿子 女儿 老婆 爱人 太太 老公 弟弟 哥哥 妹妹 姐姐 "
    "人 姓名 联系人 对接人 客户联系人 接待人 拜访对象 拜访人".split()
)
"""What leads to a name, with a colon or without."""


def in_full(pieces: Sequence[Piece], run: Run, ends: Collection[int]) -> int:
    """A name in full without a title, where someone must follow: 见了王建国."""
    if run.last - run.first != 1 or not _is_led(pieces, run.first, ends):
        return 0
    name = pieces[run.first].text
    if "brand" in pieces[run.first].tags:
        return 0
    surname = 2 if name[:2] in DOUBLE else 1
    given = name[surname:]
    known = (name[0] in SINGLE and name[0] not in RARE) or surname == 2
    return 2 if known and 1 <= len(given) <= 2 and GIVEN.issuperset(given) else 0


def _is_led(pieces: Sequence[Piece], at: int, ends: Collection[int]) -> bool:
    before = piece_at(pieces, at - 1)
    if before is not None and before.text == ":":
        before = piece_at(pieces, at - 2)
    return before is not None and (
        bool(before.tags & {"who", "role", "dept"})
        or before.text in LABELS
        or _joins_person(pieces, at - 1, ends)
    )


def _joins_person(pieces: Sequence[Piece], at: int, ends: Collection[int]) -> bool:
    """Whether a mark stands between someone and the next: 李明、陈静."""
    return at > 0 and pieces[at].text in {"、", ",", "/"} and pieces[at - 1].end in ends


def follows_chinese(pieces: Sequence[Piece], run: Run) -> bool:
    """Whether a first name stands after a firm or a word for meeting: 启航教育的Tina."""
    link, firm = piece_at(pieces, run.first - 1), piece_at(pieces, run.first - 2)
    if link is None or link.kind != "han" or run.last - run.first > TWO_WORDS:
        return False
    if link.text != "的":
        return "who" in link.tags and run.capital
    return firm is not None and (
        firm.kind == "name"
        or (firm.kind == "word" and run.capital)
        or bool(firm.tags & {"suffix", "brand", "place", "dept"})
    )
