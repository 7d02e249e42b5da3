"""Why a row is left out, in both languages."""

from dataclasses import dataclass
from enum import StrEnum

from services.tables.noun import Words, titled


class Why(StrEnum):
    """What keeps a row from being taken in."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    TOO_LONG = "too long"
    TOO_FINE = "too fine"
    UNKNOWN = "unknown"
    AMBIGUOUS = "ambiguous"
    TWICE = "twice"
    NOT_YOURS = "not yours"
    OF_ANOTHER = "of another"
    ROLE_ABOVE = "role above"
    HQ_ONLY = "HQ only"
    YOURSELF = "yourself"
    IN_FUTURE = "in the future"
    BACKWARD = "backward"
    NO_PARENT = "no parent"
    CLOSED_UNIT = "closed unit"
    IN_USE = "in use"
    CHANGED = "changed"
    OVERLAP = "overlap"
    OVER = "over"
    TOO_LONG_AWAY = "too long away"
    DEPUTY = "deputy"


SAID: dict[Why, Words] = {
    Why.MISSING: titled("{column} is missing.", "缺少“{column}”。"),
    Why.UNREADABLE: titled(
        "{column}: “{text}” can't be read.", "“{column}”里的“{text}”看不懂。"
    ),
    Why.TOO_LONG: titled(
        "{column} has more than {most} characters.", "“{column}”超过 {most} 个字。"
    ),
    Why.TOO_FINE: titled(
        "{column}: {text} has more decimals than {currency} has.",
        "“{column}”里的 {text} 小数位太多，{currency} 没有这么小的单位。",
    ),
    Why.UNKNOWN: titled(
        "{column}: “{text}” isn't known here.", "“{column}”里的“{text}”没有找到。"
    ),
    Why.AMBIGUOUS: titled(
        "{column}: “{text}” may be {candidates}.", "“{column}”里的“{text}”可能是：{candidates}。"
    ),
    Why.TWICE: titled("The same as row {row}.", "与第 {row} 行重复。"),
    Why.NOT_YOURS: titled(
        "It is for people or units outside your own team.", "不在你的团队范围内。"
    ),
    Why.OF_ANOTHER: titled("{account} belongs to {owner}.", "{account}由{owner}负责。"),
    Why.ROLE_ABOVE: titled(
        "Managers and HQ are for HQ to change.", "经理和总部人员只能由总部来改。"
    ),
    Why.HQ_ONLY: titled("{column}: only HQ changes that.", "“{column}”只有总部能改。"),
    Why.YOURSELF: titled(
        "Your own role, unit and access are changed by others.",
        "你自己的角色、部门和权限要由别人来改。",
    ),
    Why.IN_FUTURE: titled("{column}: {text} is still ahead.", "“{column}”里的 {text} 还没到。"),
    Why.BACKWARD: titled("It ends before it begins.", "结束早于开始。"),
    Why.NO_PARENT: titled(
        "The unit above it, {text}, doesn't exist.", "上级部门“{text}”不存在。"
    ),
    Why.CLOSED_UNIT: titled("The unit {text} is closed.", "部门“{text}”已关闭。"),
    Why.IN_USE: titled(
        "{text} can't be closed: somebody or something is still in it.",
        "“{text}”还不能关闭：里面还有人员、客户或下级部门。",
    ),
    Why.CHANGED: titled(
        "It was changed by somebody else in the meantime.", "这期间已被别人改动。"
    ),
    Why.OVER: titled("Those days are over.", "这些日子已经过去。"),
    Why.TOO_LONG_AWAY: titled(
        "That is too long, or too far ahead.", "时间太长，或者离现在太远。"
    ),
    Why.DEPUTY: titled(
        "{name} can't stand in: only an active colleague of at least the same role can.",
        "{name}不能代理：只能由在职、角色不低于本人的同事代理。",
    ),
    Why.OVERLAP: titled(
        "They are away in these days already.", "这几天已有请假。"
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one row is left out. ``details`` fill the sentence; ``column`` is a column's name."""

    why: Why
    details: tuple[tuple[str, str], ...] = ()
    column: str = ""

    def say(self, language: str, columns: dict[str, str]) -> str:
        """The sentence in a language; ``columns`` are the headings by the columns' names."""
        filled = dict(self.details) | {"column": columns.get(self.column, self.column)}
        return SAID[self.why][language].format_map(filled)


class NotTaken(Exception):
    """A row can't be taken in, and why; never shown, only kept with the row."""

    def __init__(self, why: Why, column: str = "", **details: str) -> None:
        super().__init__(why)
        self.reason = Reason(why, tuple(details.items()), column)
