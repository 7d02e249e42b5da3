"""What of a run is the name of a firm: no department, no mere place, no mere kind."""

from collections.abc import Sequence
from typing import Final

from services.understanding.plain import Plain
from services.understanding.sentences.lexicon import HAN
from services.understanding.sentences.pieces import Piece
from services.understanding.sentences.run import Run

MAIN: Final = frozenset(
    "医院 公司 有限公司 集团 大学 学院 银行 酒店 学校 中学 小学 研究院 研究所 股份".split()
)
DEPARTMENT: Final = frozenset("部系科处室组")
LONG_WORD: Final = 3
PUBLIC: Final = tuple(
    "大道 市场 广场 街道 大厦 园区 机场 车站 路 区 镇 县 商圈 工业区 展览馆".split()
)
"""Where one goes that is no customer: 江南市场, 光明区."""
WHOLE: Final = frozenset("集团 集团公司 总公司 投资集团 控股集团".split())
"""What kinds of firms make a name of together: 交投集团."""
PRACTICES: Final = frozenset("门诊 门诊部 财务".split())
"""Departments that are firms where nothing else says what the firm is."""
CIVIC: Final = tuple("医院 保健院 院 局 委 大学 中心小学 实验小学 实验中学".split())
OURS: Final = frozenset("我们公司 我司 我们 公司".split())
GENERIC: Final = frozenset(
    "公司 集团 工厂 厂 店 门店 医院 酒店 学校 银行 分公司 总公司 子公司 办公室 总部 市场 中心 "
    "园区 药店 超市 商场 仓库 物业 政府 广场 大厦 餐厅 饭店 技术 软件 设备 部队 市区 机场".split()
)
WEAK_AFTER_PLACE: Final = frozenset(
    "公司 分公司 工厂 厂 办事处 总部 店 门店 市场 区 市 省 县 路".split()
)


class CompanyNames:
    """Trims runs to the names in them."""

    def __init__(self, text: Plain, pieces: Sequence[Piece]) -> None:
        self.text = text
        self.pieces = pieces

    def trimmed(self, run: Run) -> tuple[int, int, bool] | None:
        """The name alone: without the department after it, and not just a place or a kind."""
        first, last = run.first, run.last
        if not any(
            HAN.search(self.text.text, each.start, each.end) for each in self.pieces[first:last]
        ):
            return self._trimmed_latin(run)
        while (
            last > first
            and "dept" in self.pieces[last - 1].tags
            and not self._ends_name(first, last - 1)
        ):
            last -= 1
        while (
            last > first
            and self.pieces[last - 1].kind == "word"
            and ("suffix" not in self.pieces[last - 1].tags)
        ):
            last -= 1
        last = self._after_brand(run, first, last)
        ends = [k for k in range(first, last) if is_organisation(self.pieces[k])]
        mains = [k for k in ends if self.pieces[k].text in MAIN]
        if mains and mains[-1] + 1 < last and self._department_follows(run.last):
            last, ends = mains[-1] + 1, mains
        if ends and ends[-1] + 1 < last and len(self.pieces[ends[-1]].text) > 1:
            last = ends[-1] + 1
        body = self.pieces[first:last]
        if not body or not self._says_whom(body):
            return None
        start, end = body[0].start, body[-1].end
        return start, end, bool(ends)

    def _after_brand(self, run: Run, first: int, last: int) -> int:
        """Where a well-known name ends that words follow which nobody knows: 沃尔玛退场了."""
        brands = [k for k in range(first, last) if "brand" in self.pieces[k].tags]
        if not brands or self._is_named_so(run):
            return last
        rest = self.pieces[brands[-1] + 1 : last]
        ends = any(each.tags & {"suffix", "part", "place"} for each in rest)
        return last if ends else brands[-1] + 1

    def _is_named_so(self, run: Run) -> bool:
        """Whether what follows leaves no doubt where a name ends: 中信建投的陆总."""
        after = piece_at(self.pieces, run.last)
        return after is not None and (
            after.text == "的" or after.kind == "name" or "there" in after.tags
        )

    def _department_follows(self, at: int) -> bool:
        after = piece_at(self.pieces, at)
        return after is not None and after.text[:1] in DEPARTMENT

    def _ends_name(self, first: int, at: int) -> bool:
        """Whether a department is the firm itself: 皓齿门诊."""
        if is_organisation(self.pieces[at]):
            return True
        return at > first and self.pieces[at].text in PRACTICES and not self.pieces[at - 1].tags

    def _says_whom(self, body: Sequence[Piece]) -> bool:
        text = self.text.text[body[0].start : body[-1].end]
        if text in GENERIC or len(text) < 2 or text.startswith(tuple(OURS)):
            return False
        if all("place" in piece.tags for piece in body):
            return False
        if all("weak" in piece.tags or "dept" in piece.tags for piece in body):
            return False
        if self._is_definite(body[0]):
            return True
        if len(body) > 1 and body[-1].text in WHOLE and "weak" not in body[0].tags:
            return True
        if all("suffix" in piece.tags and "brand" not in piece.tags for piece in body):
            return False
        placed = "place" in body[0].tags and len(body) == 2
        return not (placed and body[1].text in WEAK_AFTER_PLACE)

    def _is_definite(self, piece: Piece) -> bool:
        """Whether a kind is the name as well, as there is but one in a town: 人民医院."""
        return (
            "suffix" in piece.tags
            and piece.tags.isdisjoint({"weak", "stop", "dept"})
            and len(piece.text) >= LONG_WORD
            and piece.text.endswith(CIVIC)
        )

    def _trimmed_latin(self, run: Run) -> tuple[int, int, bool] | None:
        words = self.pieces[run.first : run.last]
        if all("place" in piece.tags or "dept" in piece.tags for piece in words):
            return None
        end = run.end
        if run.owner and not self._keeps_owner(run):
            end -= 2
        after = piece_at(self.pieces, run.last)
        if (
            after
            and after.text == "."
            and after.start == end
            and words[-1].text.endswith(("co", "inc", "ltd", "corp"))
        ):
            end = after.end
        suffix = run.suffix or any("suffix" in piece.tags for piece in words)
        return run.start, end, suffix

    def _keeps_owner(self, run: Run) -> bool:
        after = piece_at(self.pieces, run.last)
        return (
            after is None
            or after.kind != "word"
            or bool(after.tags & {"conj", "done", "good", "bad"})
        )

    def is_famous(self, run: Run) -> bool:
        """Whether a well-known name is part of it."""
        return any(
            piece.kind == "name" or "brand" in piece.tags
            for piece in self.pieces[run.first : run.last]
        )

    def is_public(self, end: int) -> bool:
        """Whether it is where one goes, and nobody who buys."""
        return self.text.text.endswith(PUBLIC, 0, end) or self.text.text.startswith(PUBLIC, end)


def is_organisation(piece: Piece) -> bool:
    """Whether a piece is what names of organisations end with, and no department."""
    if piece.kind == "name":
        return True
    return "suffix" in piece.tags and ("dept" not in piece.tags or "weak" not in piece.tags)


def piece_at(pieces: Sequence[Piece], at: int) -> Piece | None:
    """A piece, if there is one at that place."""
    return pieces[at] if 0 <= at < len(pieces) else None
