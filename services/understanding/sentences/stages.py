"""How far a deal has come: said outright, or by what has happened."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from services.understanding.facts import Vocabulary
from services.understanding.plain import plain
from services.understanding.sentences.clauses import Clause
from services.understanding.sentences.lexicon import NONE, Tags
from services.understanding.sentences.pieces import Piece

KEYS: Final = ("lost", "won", "negotiation", "proposal", "qualified", "lead")
"""The furthest first."""
NAMES: Final[Tags] = frozenset(("lost", "won", "negotiation", "proposal", "qualified", "lead"))
REACHED: Final[dict[str, str]] = {f"to_{key}": key for key in KEYS}
TELLING: Final = frozenset((*KEYS, *REACHED, "sent", "quote", "worth", "paper"))
NOT_YET: Final[Tags] = frozenset(("plan", "wish", "not", "close", "remind", "follow"))
AROUND: Final[Tags] = frozenset(("move", "deal"))
INTO: Final = frozenset("to into as in at 到 为 成 入 至".split())
MOVED: Final = frozenset(
    "move moved moving push pushed advance advanced update updated change changed set mark "
    "marked put upgrade upgraded bump bumped progress progressed shift shifted flip flipped "
    "take took bring brought get got 把 将 移 推 改".split()
)
EARLY: Final[Tags] = frozenset(("lead", "qualified"))
MERELY: Final = frozenset("just only now fully well pre already more merely still".split())
PREFERRED: Final = frozenset("picked chose chosen selected opted picks chooses".split())
HANDED: Final = frozenset("发给 发 给 寄给 递给 交给 送给 传给 发到 送到 寄到".split())
PRICED: Final = frozenset(("报价", "报价是", "报价为"))
CLOSING: Final = frozenset("成交 签约 中标 签单 赢单 关单 丢单 输单 丢标 败单".split())
ARRIVED: Final = tuple("收到 到了 来了 下来了 已收到 拿到了".split())
NEAR: Final = 4


def stage(
    clauses: Sequence[Clause], vocabulary: Vocabulary, text: str, future: Collection[int]
) -> tuple[str | None, str]:
    """The stage that a deal has reached, and the words that say so."""
    own = _own(vocabulary.stages, text) if vocabulary.stages else None
    if own:
        return own
    found: list[tuple[str, str]] = []
    for k, clause in enumerate(clauses):
        if k not in future and not clause.tags.isdisjoint(TELLING):
            found.extend(_named(clause) or _happened(clause))
    if not found:
        return None, ""
    return found[-1] if found[-1][0] else (None, "")


def _own(stages: Mapping[str, Sequence[str]], text: str) -> tuple[str, str] | None:
    """A stage of the company's own, by any of its names, after a word that leads to one."""
    best: tuple[int, str, str] | None = None
    for key, names in stages.items():
        for name in names:
            folded = plain(name).text
            at = text.find(folded) if folded else -1
            if at >= 0 and _leads(text[:at]) and (best is None or len(folded) > best[0]):
                best = (len(folded), key, folded)
    return (best[1], best[2]) if best else None


LEADS: Final = (
    "to ",
    "in ",
    "into ",
    "at ",
    "stage ",
    "stage: ",
    "as ",
    "now ",
    "到",
    "到了",
    "为",
    "成",
    "入",
    "阶段",
    "阶段:",
    "-> ",
    "->",
    "→",
    "deal ",
    "于",
)


def _leads(before: str) -> bool:
    return before.rstrip("\"' ").endswith(tuple(each.strip() for each in LEADS))


def _named(clause: Clause) -> list[tuple[str, str]]:
    """A stage's own name, where a word says that a deal moved to it or is in it."""
    found: list[tuple[str, str]] = []
    for at, piece in enumerate(clause.pieces):
        if piece.tags.isdisjoint(NAMES):
            continue
        if (_led(clause, at) or _is_closing(clause, at)) and not _is_denied(clause, at):
            key = next(key for key in KEYS if key in piece.tags)
            found.append((key, piece.text))
    return found[-1:]


def _is_closing(clause: Clause, at: int) -> bool:
    """Whether a clause ends with how a deal did, or tells its sum: 雇主责任险成交."""
    if clause.pieces[at].text not in CLOSING or any(
        piece.tags & NOT_YET for piece in clause.pieces
    ):
        return False
    after = clause.pieces[at + 1] if at + 1 < len(clause.pieces) else None
    return at + clause.first > 0 and (
        after is None or after.kind in {"mark", "amount"} or "smile" in after.tags
    )


def _led(clause: Clause, at: int) -> bool:
    before = clause.pieces[max(0, at - NEAR) : at]
    if (
        _stands_alone(clause, at)
        or _is_called(clause, at)
        or clause.pieces[at].text.endswith(("stage", "阶段"))
    ):
        return True
    if (
        before
        and before[-1].text in INTO
        and any(piece.text in MOVED for piece in clause.pieces[:at])
    ):
        return True
    for piece in reversed(before):
        if piece.tags & AROUND:
            return True
        if piece.kind == "mark" and piece.text not in ":->→\"'":
            return False
        if piece.tags & {"done", "sent", "who", "visit", "call"}:
            return False
    after = clause.pieces[at + 1] if at + 1 < len(clause.pieces) else None
    return after is not None and after.text in {"stage", "阶段"}


def _stands_alone(clause: Clause, at: int) -> bool:
    """Whether a clause is nothing but the stage: - qualified, just a lead."""
    return clause.pieces[at].tags & EARLY != NONE and all(
        piece.kind == "mark" or piece.tags & {"det", "conj"} or piece.text in MERELY
        for k, piece in enumerate(clause.pieces)
        if k != at
    )


def _is_called(clause: Clause, at: int) -> bool:
    """Whether a customer is said to be no more than that yet: is still only a lead for now."""
    after = clause.pieces[at + 1] if at + 1 < len(clause.pieces) else None
    if clause.pieces[at].tags.isdisjoint(EARLY) or not (
        after is None or after.kind == "mark" or after.tags & {"prep", "conj"}
    ):
        return False
    words = [piece.text for piece in clause.pieces[max(0, at - NEAR) : at]]
    while words and words[-1] in {"a", "an"} | MERELY:
        words.pop()
    return bool(words) and words[-1] in {"is", "it's", "they're", "are"}


def _is_denied(clause: Clause, at: int) -> bool:
    return any(
        piece.tags & {"plan", "wish", "not"} and "move" not in piece.tags
        for piece in clause.pieces[:at]
    )


def _happened(clause: Clause) -> list[tuple[str, str]]:
    if _is_handed(clause) or _is_priced(clause):
        return [
            ("proposal", next((each.text for each in clause.pieces if "quote" in each.tags), ""))
        ]
    if _is_ordered(clause):
        return [("won", "po")]
    if _is_sent(clause):
        return [
            ("proposal", next((each.text for each in clause.pieces if "sent" in each.tags), ""))
        ]
    if clause.tags.isdisjoint(REACHED):
        return []
    for at, piece in enumerate(clause.pieces):
        for tag, key in REACHED.items():
            if tag in piece.tags and not _is_ahead(clause, at) and not _is_choice(clause, at):
                if key == "won" and _is_with_another(clause, at):
                    return [("", "")]
                return [(key, piece.text)]
    return []


def _is_choice(clause: Clause, at: int) -> bool:
    """Whether they only chose among what is offered them: picked the blue desks."""
    after = clause.pieces[at + 1] if at + 1 < len(clause.pieces) else None
    return clause.pieces[at].text in PREFERRED and (
        after is None
        or ("det" in after.tags and after.text not in {"another", "other"})
        or after.text[:1].isdigit()
    )


def _is_sent(clause: Clause) -> bool:
    """Whether an offer has left: emailed them the revised quote, 把报价单发给了他们."""
    sent = next((at for at, piece in enumerate(clause.pieces) if "sent" in piece.tags), None)
    if sent is None or any(
        piece.tags & NOT_YET or ("send" in piece.tags and piece.text != "给")
        for piece in clause.pieces
    ):
        return False
    near = clause.pieces[max(0, sent - NEAR) : sent + NEAR + 1]
    return any("quote" in piece.tags for piece in near)


def _is_ordered(clause: Clause) -> bool:
    """Whether an order has come, by its English name: PO收到了."""
    at = next((k for k, piece in enumerate(clause.pieces) if piece.text == "po"), None)
    if at is None or any(piece.tags & NOT_YET for piece in clause.pieces):
        return False
    return "".join(piece.text for piece in clause.pieces[at + 1 :]).startswith(ARRIVED)


def _is_priced(clause: Clause) -> bool:
    """Whether a clause is nothing but what was asked for: 报价18万."""
    words = [
        piece
        for piece in clause.pieces
        if piece.kind not in {"mark", "time"} and "we" not in piece.tags
    ]
    return (
        len(words) > 1
        and words[0].text in PRICED
        and (words[1].kind == "amount" or _moves_to_sum(words[1:]))
        and not any(piece.tags & (NOT_YET | {"worry", "bad"}) for piece in words[2:])
    )


def _moves_to_sum(words: Sequence[Piece]) -> bool:
    """Whether a price is brought to a sum: 报价推进到12万."""
    return len(words) > 1 and "move" in words[0].tags and words[1].kind == "amount"


def _is_handed(clause: Clause) -> bool:
    """Whether an offer went to someone: 报价发给锦泰机械了."""
    at = next((k for k, piece in enumerate(clause.pieces) if "quote" in piece.tags), None)
    if at is None or any(piece.tags & NOT_YET for piece in clause.pieces):
        return False
    after = clause.pieces[at + 1 :]
    handed = next((k for k, piece in enumerate(after) if piece.text in HANDED), None)
    return handed is not None and any(
        piece.text in {"了", "过去了"} for piece in after[handed + 1 :]
    )


def _is_with_another(clause: Clause, at: int) -> bool:
    """Whether somebody else was chosen: 已经和蔡司签了, signed with Zeiss."""
    link = next((k for k in range(at) if clause.pieces[k].text in {"和", "跟", "与", "给"}), None)
    return (
        link is not None
        and 0 < at - link <= NEAR
        and all(
            piece.kind in {"han", "word", "name"} and not piece.tags & {"they", "we"}
            for piece in clause.pieces[link + 1 : at]
        )
        and any(
            "they" in piece.tags or piece.text in {"已经", "已"} for piece in clause.pieces[:at]
        )
    )


def _is_ahead(clause: Clause, at: int) -> bool:
    """Whether it is only planned, hoped for or denied."""
    before = clause.pieces[:at]
    return any(each.tags & NOT_YET and not each.tags & {"done", "move"} for each in before)
