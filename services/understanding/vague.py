"""Times that leave the day open: last week, 上个月, or 10.30, which is a time or a date."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WEEKS = {"last": 1, "this": 0, "上上": 2, "上": 1, "这": 0, "本": 0}
WEEK = (
    "(?P<week>last|this) week"
    "|(?P<zh>上上|上|这|本)个?(?:周|星期|礼拜|週)(?![一二三四五六日天末1-7])"
)
OTHERS = (
    "last month|this month|the other day|a few days ago|a couple of days ago|some days ago"
    "|recently|上上?个月|这个月|本月|前几天|前两天|前些天|前段时间|最近"
)
DOTTED = r"(?P<hour>[01]?\d|2[0-3])\.(?P<minute>[0-5]\d)"
VAGUE = re.compile(rf"(?:{WEEK}|{OTHERS}|{DOTTED})(?![a-z0-9])", re.IGNORECASE)
WORKDAYS = 5


@dataclass(frozen=True)
class Vague:
    """What was said, the days that it may mean, and the clock that it may be."""

    said: str
    days: Sequence[date] = ()
    clock: str = ""


def read_vague(text: str, today: date) -> Vague | None:
    """The open time with which a text begins."""
    found = VAGUE.match(text)
    if found is None:
        return None
    if found["hour"]:
        return Vague(found[0], clock=f"{found['hour']}:{found['minute']}")
    week = found["week"] or found["zh"]
    if not week:
        return Vague(found[0])
    monday = today - timedelta(days=today.weekday() + 7 * WEEKS[week.lower()])
    days = (monday + timedelta(days=ahead) for ahead in range(WORKDAYS))
    return Vague(found[0], tuple(day for day in days if day <= today))
