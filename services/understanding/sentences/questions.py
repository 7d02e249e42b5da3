"""Questions: whether a message is one, what about, and over which time."""

from collections.abc import Sequence
from typing import Final

from services.understanding.facts import Question, Scene, Topic, Toward
from services.understanding.plain import Plain
from services.understanding.sentences.clauses import Clause
from services.understanding.sentences.companies import Customer
from services.understanding.sentences.lexicon import Tags
from services.understanding.sentences.pieces import Piece
from services.understanding.sentences.tag_groups import ACTIVE
from services.understanding.times import TimeSpan

TOPICS: Final = (
    ("about_help", Topic.HELP),
    ("about_quota", Topic.QUOTA),
    ("about_pipeline", Topic.PIPELINE),
    ("about_account", Topic.ACCOUNT),
    ("about_today", Topic.TODAY),
    ("about_visits", Topic.VISITS),
    ("about_sales", Topic.SALES),
)
ABOUT: Final[Tags] = frozenset(
    (
        "about_help",
        "about_quota",
        "about_pipeline",
        "about_account",
        "about_today",
        "about_visits",
        "about_sales",
    )
)
GREETING: Final = frozenset(
    "hi hello hey so and ok please pls bot 你好 您好 请问 请 那 帮我 麻烦 我想 想".split()
)
NEEDS_MARK: Final = frozenset(
    "is are has does can was were do when which who could would should any list find what how "
    "where why show".split()
)
WH: Final = frozenset("what which who when where why how whose".split())
STATED: Final[Tags] = frozenset(
    ("not", "remind", "good", "bad", "fair", "talked", "conj", "aside")
)
"""What is in no clause that asks and does nothing else."""
ASKED: Final[Tags] = frozenset(("talked",))
POLITE: Final = frozenset(
    ("can you", "could you", "would you", "can we", "can i", "will you", "can u")
)
LAST_ASKED: Final = frozenset("谁 哪些 哪家 哪几家 什么 啥 哪儿 哪里 多少".split())
LISTS: Final = frozenset(
    "待办 待办事项 待办清单 待办列表 日程 行程 todo todos to-do to-dos to-do-list agenda schedule "
    "tasks reminders".split()
) | {"to do", "to do list", "todo list", "to-do list"}
UNCOUNTED: Final = frozenset(
    "who whose most least best worst top never without not haven't hasn't didn't no call calls "
    "phone 谁 最多 最少 最好 最差 排名 没 没有 未 还没 没去 没拜访 没见 没跑 电话".split()
)
"""What is asked of visits that a plain count does not tell."""
AHEAD: Final = frozenset((Topic.TODAY, Topic.PIPELINE))
LONGEST: Final = 3
"""How many clauses a question has at most, unless it ends with its mark."""
TEAMS: Final = frozenset("team region 团队 我们组 大区 全国 公司".split())


def is_question(text: Plain, clauses: Sequence[Clause]) -> bool:
    """Whether a message asks for something."""
    if not clauses:
        return False
    if _is_list(clauses):
        return True
    marked = text.text.rstrip(" .!。~)").endswith("?")
    first = _first(clauses[0])
    if first is not None and "ask" in first.tags and first.kind == "word":
        return _asks(clauses, first, marked=marked)
    if _asks_in_chinese(text, clauses, marked=marked):
        return True
    short = len(clauses) <= LONGEST and not any(
        clause.has(frozenset(("good", "bad"))) for clause in clauses
    )
    if not marked or not short or _reports(clauses[0]):
        return False
    return any(clause.has(ABOUT | {"ask"}) for clause in clauses)


def _reports(clause: Clause) -> bool:
    """Whether it begins with what was done, as a mark at its end changes nothing."""
    return "done" in clause.pieces[0].tags and bool(clause.pieces[0].tags & ACTIVE)


def _is_list(clauses: Sequence[Clause]) -> bool:
    """Whether a message only names the list of what is to be done: 本周待办."""
    pieces = [piece for piece in clauses[0].pieces if piece.kind not in {"time", "mark"}]
    listed = [piece for piece in pieces if piece.text in LISTS]
    return (
        len(clauses) == 1
        and len(listed) == 1
        and all(piece.text in LISTS or piece.tags & {"own", "we", "of", "det"} for piece in pieces)
    )


def _first(clause: Clause) -> Piece | None:
    for piece in clause.pieces:
        if piece.text not in GREETING and piece.kind != "mark":
            return piece
    return None


def _asks(clauses: Sequence[Clause], first: Piece, *, marked: bool) -> bool:
    if first.text in POLITE and _then_logs(clauses, first):
        return False
    if marked:
        return not _sets_reminder(clauses)
    if any("remind" in clause.tags for clause in clauses) and first.text not in WH:
        return first.text.startswith("remind me wh")
    if first.text in NEEDS_MARK and first.text not in WH:
        return (
            len(clauses) == 1 and clauses[0].has(ABOUT) and first.text in {"show", "list", "find"}
        )
    return clauses[0].has(ABOUT) or len(clauses) == 1


def _then_logs(clauses: Sequence[Clause], first: Piece) -> bool:
    """Whether it only asks politely for something to be written down."""
    after = next(
        (
            piece
            for clause in clauses
            for piece in clause.pieces
            if piece.start > first.start and piece.text not in GREETING
        ),
        None,
    )
    return after is not None and bool(after.tags & {"log", "remind"})


def _sets_reminder(clauses: Sequence[Clause]) -> bool:
    first = clauses[0]
    return "remind" in first.tags and not any(piece.text in WH for piece in first.pieces)


def _asks_in_chinese(text: Plain, clauses: Sequence[Clause], *, marked: bool) -> bool:
    if len(clauses) > LONGEST or (not marked and any(map(_is_reminder, clauses))):
        return False
    for clause in clauses:
        for at, piece in enumerate(clause.pieces):
            if piece.kind != "han" or "ask" not in piece.tags:
                continue
            if any(
                each.tags & ASKED
                and "we" not in each.tags
                and each.kind != "name"
                and "about_visits" not in each.tags
                for each in clause.pieces[:at]
            ):
                continue
            if at + 1 < len(clause.pieces) and clause.pieces[at + 1].kind == "amount":
                continue
            alone = len(clauses) == 1
            if alone and at == 0 and piece.text == "谁":
                return True
            if alone and (clause.tags.isdisjoint(STATED) or _ends_asking(clause, at)):
                return True
            if text.text.startswith("?", clause.end):
                return True
            return marked or clause.has(ABOUT) or piece.text in {"吗", "呢"}
    return False


def _is_reminder(clause: Clause) -> bool:
    """Whether something is to be remembered: 别忘了, and not 有哪些提醒."""
    return any(
        "remind" in piece.tags and "about_today" not in piece.tags for piece in clause.pieces
    )


def _ends_asking(clause: Clause, at: int) -> bool:
    """Whether the last word asks: 我下周都约了谁."""
    return at == len(clause.pieces) - 1 and clause.pieces[at].text in LAST_ASKED


def question(
    text: Plain,
    clauses: Sequence[Clause],
    customer: Customer | None,
    spans: Sequence[TimeSpan],
    scene: Scene,
    *,
    named: bool = False,
) -> Question:
    """What is asked for; ``named`` is whether anyone else than the customer is."""
    topic = _topic(clauses, customer)
    if topic is Topic.VISITS and (named or any(each.says(UNCOUNTED) for each in clauses)):
        topic = Topic.ACCOUNT if customer else Topic.OTHER
    period = next(
        (
            found
            for span in spans
            if (found := span.period(scene, Toward.FUTURE if topic in AHEAD else Toward.PAST))
        ),
        None,
    )
    subject = customer.name.best if customer else _subject(text, clauses)
    return Question(topic, subject, period)


def _topic(clauses: Sequence[Clause], customer: Customer | None) -> Topic:
    counts = {tag: 0 for tag, _ in TOPICS}
    for clause in clauses:
        for piece in clause.pieces:
            for tag in counts:
                counts[tag] += tag in piece.tags
    for tag, topic in TOPICS:
        if counts[tag]:
            return topic
    return Topic.ACCOUNT if customer else Topic.OTHER


def _subject(text: Plain, clauses: Sequence[Clause]) -> str:
    for clause in clauses:
        for piece in clause.pieces:
            if piece.text in TEAMS or (
                "place" in piece.tags and piece.text not in {"home", "office", "家"}
            ):
                return text.original(piece.start, piece.end)
    return ""
