"""Runs of Chinese characters: names have no spaces around them, but kinds at their ends."""

from collections.abc import Sequence

from services.understanding.plain import Plain
from services.understanding.sentences.lexicon import Tags
from services.understanding.sentences.pieces import Piece
from services.understanding.sentences.run import Run, is_brand, made
from services.understanding.sentences.tag_groups import ACTIVE

INNER: Tags = frozenset(("suffix", "part", "place", "dept", "brand"))
LOOK_AHEAD = 6
FIRST_CHARACTERS = frozenset("中天和同为向对在顺成大小新高老华")
"""Words of one character with which names begin, too, after what leads to a name."""
OPENING = frozenset("正")
"""And at the head of a clause."""
LAST_CHARACTERS = frozenset("里美大新高明光长安方金兴成达通顺华丰好家盛业")
"""And with which they end."""
MIDDLES = frozenset(
    "会议 培训 采购 检测 物流 服务 设备 技术 工程 管理 咨询 装修 维修 安装 销售 生产 加工 运营 "
    "建筑 投资 贸易 信息 材料 包装 医疗 经营 实验 安全 环保 能源 数据 软件 系统 保养 测试 研发 "
    "推广 租赁 产业 文化 艺术 教育".split()
)
"""Words inside the names of organisations: 明达设备安装公司."""
HARD = frozenset("了的是在和跟与给把被让也都就还很不没说要会想我他她你们这那吗呢吧")
QUIET: Tags = frozenset(("stop", "part", "place", "discount", "suffix", "weak"))
"""Tags of characters that names may begin with."""
ENDS: Tags = frozenset(
    (
        "of",
        "they",
        "done",
        "talked",
        "there",
        "who",
        "good",
        "bad",
        "fair",
        "conj",
        "deal",
        "move",
        "won",
        "lost",
    )
)


class HanRuns:
    """Looks for runs of Chinese in the pieces of one text."""

    def __init__(self, text: Plain, pieces: Sequence[Piece]) -> None:
        self.text = text
        self.pieces = pieces

    def at(self, at: int) -> Run | None:
        """The run that begins with a piece."""
        if not self._begins(at):
            return None
        last = at
        while last < len(self.pieces):
            piece = self.pieces[last]
            if last > at and piece.start != self.pieces[last - 1].end:
                break
            if piece.kind == "word" and not piece.tags and not piece.text.isdigit():
                last += 1
                continue
            if not self._is_inner(at, last):
                break
            last += 1
        return made(self.text, self.pieces, at, last, capital=False) if last > at else None

    def _begins(self, at: int) -> bool:
        piece = self.pieces[at]
        if is_brand(piece):
            return True
        if not piece.tags or piece.tags & {"part", "place", "brand"}:
            return "there" not in piece.tags
        if piece.tags & {"suffix", "dept"} and len(piece.text) > 1:
            return True
        return len(piece.text) == 1 and self._may_begin(at) and self._reaches_suffix(at, at)

    def _may_begin(self, at: int) -> bool:
        """Whether a name is due: after 去 or 和, or one of its own opens a clause."""
        before = self.pieces[at - 1] if at else None
        if before is not None and before.end == self.pieces[at].start and before.kind != "mark":
            led = bool(before.tags & (ACTIVE | {"who", "where", "aside"}))
            leads = bool(self.pieces[at].tags & {"who", "where"})
            return led and (not leads or self.pieces[at].text in FIRST_CHARACTERS)
        return self.pieces[at].tags <= QUIET or self.pieces[at].text in OPENING

    def _is_inner(self, first: int, at: int) -> bool:
        piece = self.pieces[at]
        if is_brand(piece):
            return True
        if piece.kind == "word":
            return "suffix" in piece.tags if at > first else "place" in piece.tags
        if piece.kind != "han":
            return False
        if not piece.tags or piece.tags & {"part", "place", "brand"}:
            return True
        if "suffix" in piece.tags:
            return "stop" not in piece.tags or self._is_suffix(at) or self._suffix_follows(at)
        if "dept" in piece.tags and at > first:
            return True
        if piece.text == "和" and at > first:
            return self._is_peaceful(at)
        if at > first and piece.text in MIDDLES and self._suffix_follows(at):
            return True
        if len(piece.text) != 1 or piece.text in HARD:
            return False
        return self._reaches_suffix(first, at) or (at > first and self._is_last_character(at))

    def _is_last_character(self, at: int) -> bool:
        """Whether a name ends with a character that is a word elsewhere: 益海嘉里的采购."""
        piece, before = self.pieces[at], self.pieces[at - 1]
        after = self.pieces[at + 1] if at + 1 < len(self.pieces) else None
        ends = after is None or after.kind in {"mark", "name"} or after.text == "的"
        return piece.text in LAST_CHARACTERS and ends and not before.tags and len(before.text) > 1

    def _is_peaceful(self, at: int) -> bool:
        """Whether 和 is a character of a name, not what joins two: 佳和超市."""
        before = self.pieces[at - 1]
        return not before.tags and len(before.text) == 1 and self._suffix_follows(at)

    def _is_suffix(self, at: int) -> bool:
        """Whether a word ends a name here."""
        piece = self.pieces[at]
        if "suffix" not in piece.tags:
            return False
        if "stop" not in piece.tags or len(piece.text) == 1:
            return True
        after = self.pieces[at + 1] if at + 1 < len(self.pieces) else None
        if after is None or after.kind != "han" or after.start > piece.end:
            return True
        return bool(after.tags & ENDS)

    def _suffix_follows(self, at: int) -> bool:
        after = self.pieces[at + 1] if at + 1 < len(self.pieces) else None
        return after is not None and "suffix" in after.tags

    def _reaches_suffix(self, first: int, at: int) -> bool:
        """Whether a character that is a word elsewhere is inside a name: 成达机械, 先导智能."""
        if self.pieces[at].text in HARD:
            return False
        for k in range(at + 1, min(at + LOOK_AHEAD, len(self.pieces))):
            piece = self.pieces[k]
            if piece.start != self.pieces[k - 1].end or piece.kind != "han":
                return False
            if "suffix" in piece.tags and k > at:
                return self._is_suffix(k) and (k > at + 1 or at > first)
            if (
                piece.tags
                and not piece.tags & INNER
                and (len(piece.text) > 1 or piece.text in HARD)
            ):
                return False
        return False
