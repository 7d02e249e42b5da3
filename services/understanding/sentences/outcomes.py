"""How it went: words of praise, doubt and refusal, and what turns them round."""

from collections.abc import Collection, Sequence
from typing import Final

from services.understanding.sentences.clauses import Clause
from services.understanding.sentences.lexicon import Tag, Tags
from services.understanding.sentences.pieces import Piece
from services.understanding.sentences.tag_groups import ACTIVE, TASK
from storage.kinds import Outcome

JUDGED: Final[Tags] = frozenset(("good", "bad", "fair", "worry"))
TELLING: Final[Tags] = JUDGED | {"wish", "too", "rival_next"}
TURNS: Final = frozenset(
    "but however though although yet still 但 但是 不过 可是 只是 然而 可".split()
)
OVERALL: Final = frozenset(
    "overall all in all generally 整体 总体 总的来说 整体来说 总体来说 感觉 总之".split()
)
WEIGHT: Final = {(False, False): 2, (False, True): 4, (True, False): 6, (True, True): 6}
MILD: Final = 1
"""How much a word counts: after a turn more, and most of all when it sums up."""
FACES: Final[dict[Tag, Outcome]] = {
    "smile": Outcome.POSITIVE, "frown": Outcome.NEGATIVE, "shrug": Outcome.NEUTRAL,
}  # fmt: skip
WANTING: Final = frozenset(
    (
        *"want wants wanted need needs asked asks requested requests asking".split(),
        *"想要 要 需要 想 要求 希望".split(),
        *("asked for", "asking for", "asks for", "would like", "would love"),
    )
)
WANTED: Final = frozenset(
    "sample samples trial trials unit units pcs sets copies licenses brochure brochures catalog "
    "catalogue more info details pricing price prices list listing pilot poc visit tour "
    "training order sows rates specs datasheet 样品 样机 试用 试样 资料 合同 报价单 订货 下单 "
    "体验 套餐 一套 一台 两台".split()
)
ANEW: Final[Tags] = frozenset(("we", "they", "wish", "conj", "follow", "send"))
"""Where it is no longer told how the competitor does."""
UNITS: Final = frozenset(
    "% percent pct day days week weeks month months year years hour hours pts points minute "
    "minutes min mins".split()
)
PRESENT: Final = (
    "现在用",
    "目前用",
    "现用",
    "现有",
    "在用",
    "currently us",
    "they use",
    "they are using",
    "existing",
)
SUFFERED: Final = frozenset(("不", "被", "没法", "无法"))
TAKING: Final = frozenset("take takes taking order orders ordering ordered".split())
THEY: Final = frozenset("he she they he'll she'll they'll he's she's they're".split())
TO_DO: Final[Tags] = frozenset(("plan", "base", "remind"))
NOT_GOOD: Final = frozenset("最 先 再 约 说 讲 准备 安排 一下 还是 也".split())
COUNTED: Final = frozenset(("want", "wants", "wanted", "would like", "needs", "need"))
NUMBERS: Final = frozenset(
    "one two three four five six seven eight nine ten another more both several".split()
)
FAR: Final = 3
"""How many words a negation reaches over."""
PLEASANTRIES: Final[Tags] = frozenset(("hello",))
AHEAD: Final[Tags] = frozenset(("follow", "remind"))
HARMLESS: Final = frozenset(
    "问题 差 顺 稳 肯定 支持 配合 接受 同意 难 high 低 高 贵 issues problems ok okay 正常 ok了 "
    "主动 通过 确认".split()
)


def outcome(clauses: Sequence[Clause], future: Collection[int] = ()) -> tuple[Outcome | None, str]:
    """How it went, and the words that say so."""
    votes: list[tuple[str, Piece]] = []
    turned = rivals = False
    weighed: list[str] = []
    for at, clause in enumerate(clauses):
        if "unreached" in clause.tags and _is_instead(clauses[at + 1 :]):
            continue
        if at in future and clause.has(TO_DO) and clause.tags.isdisjoint({"they", "done"}):
            continue
        turned = turned or clause.says(TURNS)
        anew = clause.has(ANEW) or ("good" in clause.tags and "not" not in clause.tags)
        theirs = rivals and not anew
        found = (
            _votes(clause) if (clause.has(TELLING) or clause.says(TAKING)) and not theirs else []
        )
        rivals = theirs or ("rival_next" in clause.tags and _is_about_now(clause))
        if not found:
            continue
        overall = clause.says(OVERALL)
        votes.extend(found)
        worried = any("worry" in piece.tags for _, piece in found)
        for vote, piece in found:
            if worried and vote == "negative" and "worry" not in piece.tags:
                continue  # what they worry about has not come
            mild = "worry" in piece.tags or vote == "neutral"
            weighed.extend([vote] * (MILD if mild and not overall else WEIGHT[overall, turned]))
    if not votes:
        return _by_face(clauses)
    judged = _balance(weighed)
    for vote, piece in votes:
        if vote == judged:
            return Outcome(judged), piece.text
    return Outcome(judged), votes[0][1].text


def _is_instead(after: Sequence[Clause]) -> bool:
    """Whether somebody else was met: Ann wasn't in so I talked to her deputy."""
    return any(
        "done" in clause.tags and clause.tags & ACTIVE and "unreached" not in clause.tags
        for clause in after
    )


def _is_about_now(clause: Clause) -> bool:
    """Whether it tells whose goods they have: 目前用力士乐, they use Zeiss."""
    return "they" in clause.tags or any(each.text.startswith(PRESENT) for each in clause.pieces)


def _by_face(clauses: Sequence[Clause]) -> tuple[Outcome | None, str]:
    """Where no word tells, a face may."""
    for clause in clauses:
        for tag, judged in FACES.items():
            if tag in clause.tags:
                return judged, next(piece.text for piece in clause.pieces if tag in piece.tags)
    return None, ""


def _votes(clause: Clause) -> list[tuple[str, Piece]]:
    found = []
    for at, piece in enumerate(clause.pieces):
        tags = piece.tags
        keen = "wish" in tags and _is_interest(clause.pieces, at)
        if keen or _is_taken(clause.pieces, at) or _is_better(clause, at) or _is_fine(clause, at):
            found.append(("positive", piece))
            continue
        unlisted = _is_suffered(clause.pieces, at) or _is_too_much(clause.pieces, at)
        if tags.isdisjoint(JUDGED) and not unlisted:
            continue
        vote = "negative" if unlisted else _vote(clause, at)
        if _is_wished(clause, at) or (vote == "negative" and _is_of_rival(clause, at)):
            continue
        if _is_negated(clause.pieces, at):
            vote = {"positive": "negative", "negative": "neutral"}.get(vote, vote)
        found.append((vote, piece))
    return found


def _vote(clause: Clause, at: int) -> str:
    piece = clause.pieces[at]
    if piece.text in {"ok", "okay"} and any(each.kind == "han" for each in clause.pieces):
        return "positive"
    if piece.text == "fine" and len(clause.pieces) == 1:
        return "positive"
    return (
        "positive" if "good" in piece.tags else "neutral" if "fair" in piece.tags else "negative"
    )


def _is_fine(clause: Clause, at: int) -> bool:
    """Whether something is good, as the last word of it says: 手感好, 卖相好."""
    if clause.pieces[at].text != "好" or at + 1 < len(clause.pieces) or not at:
        return False
    before = clause.pieces[at - 1]
    return before.kind == "han" and before.tags <= {"stop"} and before.text not in NOT_GOOD


def _is_too_much(pieces: Sequence[Piece], at: int) -> bool:
    """Whether there is too much of something, in words that tell nothing else: 颜色太深."""
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    return pieces[at].text == "太" and after is not None and after.tags.isdisjoint(JUDGED)


def _is_suffered(pieces: Sequence[Piece], at: int) -> bool:
    """Whether something is not as it should be, in words that nobody knows: 色泽不匀, 被撤."""
    if pieces[at].text not in SUFFERED or at + 1 == len(pieces):
        return False
    after = pieces[at + 1]
    return after.kind == "han" and not after.tags and len(after.text) > 1


def _is_interest(pieces: Sequence[Piece], at: int) -> bool:
    """Whether they ask for what buyers ask for: wants 4 units, asked for a proforma."""
    if pieces[at].text not in WANTING or _is_negated(pieces, at):
        return False
    after = pieces[at + 1 : at + 1 + FAR]
    if (
        after
        and pieces[at].text in COUNTED
        and (after[0].text.isdigit() or after[0].text in NUMBERS)
    ):
        return len(after) < 2 or not (after[1].text in UNITS or after[1].tags & TASK)
    if pieces[at].text in {"想要", "想买", "想订"} and after:
        return not any(
            piece.tags & {"discount", "bad", "to_negotiation", "per"} for piece in after
        )
    if any(piece.tags & {"discount", "to_negotiation", "bad"} for piece in after[:1]):
        return False
    return any(piece.tags & {"quote", "demo"} or piece.text in WANTED for piece in after)


def _is_taken(pieces: Sequence[Piece], at: int) -> bool:
    """Whether they say how many they will have: she will take 500 cases."""
    if pieces[at].text not in TAKING:
        return False
    before, after = pieces[max(0, at - 2) : at], pieces[at + 1 : at + 3]
    return (
        any(each.text in THEY for each in before)
        and len(after) > 1
        and (after[0].text.isdigit() or after[0].text in NUMBERS)
        and after[1].text not in UNITS
        and not _is_negated(pieces, at)
        and not any("wish" in each.tags for each in before)
    )


def _is_better(clause: Clause, at: int) -> bool:
    """Whether ours is better than another's: 手感比西诺德好."""
    last = at == len(clause.pieces) - 1 and clause.pieces[at].text == "好"
    than = next((k for k in range(at) if clause.pieces[k].text == "比"), None)
    return (
        last
        and than is not None
        and not any(
            piece.tags & {"we", "own"} or piece.text == "以前" for piece in clause.pieces[than:at]
        )
    )


def _is_of_rival(clause: Clause, at: int) -> bool:
    """Whether it is what they have now that does not please them."""
    before = clause.pieces[:at]
    return any(piece.text.startswith(PRESENT) for piece in before) and not any(
        "we" in piece.tags for piece in before
    )


def _is_negated(pieces: Sequence[Piece], at: int) -> bool:
    for k in range(at - 1, max(-1, at - 1 - FAR), -1):
        piece = pieces[k]
        if piece.kind == "mark" or (piece.tags & JUDGED and "not" not in piece.tags):
            return False
        if "not" in piece.tags:
            return True
    return False


def _is_wished(clause: Clause, at: int) -> bool:
    """Whether it is hoped for, not said to be so."""
    before = clause.pieces[max(0, at - 3) : at]
    if any(
        piece.text
        in {"hope", "hopefully", "hoping", "if", "希望", "如果", "争取", "要是", "期待", "预计"}
        for piece in before
    ):
        return True
    if "remind" in clause.tags and "talked" not in clause.tags:
        return True
    return clause.has(AHEAD) and "plan" in clause.tags


def _balance(votes: Sequence[str]) -> str:
    good, bad = votes.count("positive"), votes.count("negative")
    if votes.count("neutral") > max(good, bad):
        return "neutral"
    if good > bad:
        return "positive"
    if bad > good:
        return "negative"
    return "neutral"
