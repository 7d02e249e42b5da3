"""What goes on with a day or a period that was said: 国庆节前一天, 三季度最后一天, Q3 to date."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from services.understanding.counts import nth_zh, spelled, unit_count
from services.understanding.days import Ago, Day, Span
from services.understanding.days_within import DayOf, Edge, Following, NthWeekday, NthWorkday
from services.understanding.periods import Unit, WeekOf
from services.understanding.periods_within import NthWeek, Rest, ToDate
from services.understanding.said import Read, Said, Tokens

DAYS: Final = frozenset(("day", "week", "month", "workday"))
AFTER: Final = frozenset(("后", "之后", "以后"))
BEFORE: Final = frozenset(("前", "之前"))
MORE: Final = ("再往后推", "往后推", "再过", "过")
"""Words for going on from a day: 明天起再过三天."""
REST: Final = ("剩下的时间", "剩余的时间", "剩余时间", "剩下", "剩余")
WHOLE: Final = frozenset(("一整年", "整年", "全年"))


def following(t: Tokens, said: Said, end: int) -> Read:
    """A phrase together with what goes on with it, and where that ends."""
    if said.clock:
        return said, end
    if said.day:
        return _day(t, said, said.day, end) or (said, end)
    return _span(t, said, said.span, end) if said.span else (said, end)


def _day(t: Tokens, said: Said, day: Day, end: int) -> Read | None:
    within = _nth_of(t, day.span, end) if isinstance(day, Edge) else None
    if within:
        return within
    end += t[end].kind == "span" and t[end].text != "全年"
    j = end + (t[end].text == "的")
    if week := _its_week(t, day, j):
        return week
    found = _nth_after(t, day, j) or _so_many(t, day, j)
    if found is None and t[j].kind == "relative" and t[j].value > 1 and j > end:  # 后天的后天
        found = Ago(t[j].value, "day", day), j + 1
    return (replace(said, day=found[0]), found[1]) if found else (said, end)


def _its_week(t: Tokens, day: Day, j: int) -> Read | None:
    """4月14日那一周."""
    if t[j].text not in {"那", "当"}:
        return None
    k = j + 1 + (t[j + 1].text == "一")
    if t[k].text not in {"周", "个星期", "星期"}:
        return None
    return Said(span=WeekOf(day)), k + 1


def _nth_after(t: Tokens, day: Day, j: int) -> tuple[Day, int] | None:
    """中秋节(后)第二天, 春节后第一个周一."""
    after = t[j].text in AFTER
    nth = nth_zh(t, j + after)
    if nth and t[nth[1]].text == "天":
        return Ago(nth[0] - 1, "day", day), nth[1] + 1
    if nth and after and t[nth[1]].kind == "weekday":
        return Following(day, nth[0], t[nth[1]].value), nth[1] + 1
    return None


def _so_many(t: Tokens, day: Day, j: int) -> tuple[Day, int] | None:
    """国庆节前一天, 元旦后三天, 明天起三天后, 后天之后再过三天."""
    sign = -1 if t[j].text in BEFORE else 1
    marked = t[j].text in AFTER or t[j].text in BEFORE
    k = j + (marked or t[j].text == "起")
    more = _spelled(t, k, MORE)
    found = unit_count(t, more or k)
    if found is None or found[1] not in DAYS:
        return None
    end = found[2] + (t[found[2]].text in AFTER)
    if not (marked or more) and end == found[2]:
        return None
    return Ago(sign * found[0], found[1], day), end


def _spelled(t: Tokens, i: int, words: Iterable[str]) -> int | None:
    """Where the first of some words that stands there ends."""
    return next((end for word in words if (end := spelled(t, i, word))), None)


def _span(t: Tokens, said: Said, span: Span, end: int) -> Read:
    if t[end].kind == "edge_mark":
        return replace(said, day=Edge(span, t[end].value), span=None), end + 1
    if t[end].text == "to" and t[end + 1].text == "date":
        return replace(said, span=ToDate(span)), end + 2
    if t[end].kind == "span" and t[end].text in WHOLE:
        return said, end + 1
    if rest := _spelled(t, end, REST):
        return replace(said, span=Rest(span)), rest
    if isinstance(span, Unit) and span.unit == "weekend" and (both := spelled(t, end, "两天")):
        return said, both
    return _nth_of(t, span, end) or (said, end)


def _nth_of(t: Tokens, span: Span, end: int) -> Read | None:
    """下个月第一个周一, 3月最后一天, 上个月倒数第二天, 2026年6月第二周, 月末最后一个工作日."""
    nth = nth_zh(t, end + (t[end].text == "的"))
    if nth is None:
        return None
    number, j = nth
    if t[j].kind == "weekday":
        return Said(day=NthWeekday(number, t[j].value, span)), j + 1
    if t[j].value == "workday" or t[j].kind == "workdays":
        return Said(day=NthWorkday(number, span)), j + 1
    if t[j].text in {"天", "日"}:
        return Said(day=DayOf(number, span)), j + 1
    if t[j].value == "week" and t[j].kind == "unit":
        return Said(span=NthWeek(number, span)), j + 1
    return None
