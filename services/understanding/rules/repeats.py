"""Rules for what comes again and again: every Monday, weekdays, 每周一, 每月1号."""

from typing import Final

from services.understanding.counts import nth_zh, unit_count
from services.understanding.days import MonthDay
from services.understanding.festivals import FIXED, Holiday
from services.understanding.grammar import item, rule
from services.understanding.lexer import Token
from services.understanding.repeats import Repeat
from services.understanding.said import Read, Said, Tokens
from services.understanding.words_zh import ENDS

WORKDAYS: Final = (0, 1, 2, 3, 4)
WEEKEND: Final = (5, 6)
REPEATED: Final = frozenset(("day", "week", "month", "quarter", "year"))
OTHERS: Final = {"fortnight": ("week", 2), "half": ("month", 6)}
"""Units that are several of another one."""
MONTH: Final = 31
MIDDLE: Final = 15
NAMES: Final = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
"""What 三 and 五 are after 每周一."""
COUNTED: Final = frozenset(("hour_mark", "unit", "month_mark", "minute_mark", "number", "tens"))
"""What makes a number of 三 that is no weekday: 每周一三点."""


def _weekdays(t: Tokens, i: int) -> tuple[tuple[int, ...], int]:
    """Monday, Wednesday and Friday; 周一周四; 周一三五; Monday to Thursday."""
    found: list[int] = []
    while t[i].kind in {"weekday", "weekdays"}:
        found.append(t[i].value)
        more, i = ([], i + 1) if t[i].text.isascii() else _names(t, i + 1)
        found += more
        if t[i].text in {"to", "-", "到", "至", "through"} and t[i + 1].kind == "weekday":
            last = t[i + 1].value
            found += [day % 7 for day in range(found[-1] + 1, last + 1 + 7 * (last < found[-1]))]
            i += 2
            break
        j = i + (t[i].text in {",", "、", "和", "及", "&"})
        j += t[j].text in {"and", "和"}
        if t[j].kind not in ({"weekday"} if j == i else {"weekday", "weekdays"}):
            break
        i = j
    return tuple(dict.fromkeys(found)), i


def _names(t: Tokens, i: int) -> tuple[list[int], int]:
    """The other days of 周一三五 and 周一、三、五, unless they count something: 周一三家."""
    found: list[int] = []
    while True:
        listed = t[i].text in {"、", "和", "及"}
        name = t[i + listed].text
        days = [NAMES[each] for each in name if each in NAMES]
        after = t[i + listed + 1]
        alone = len(name) == 1 and not listed and after.kind == "han"
        if not days or len(days) < len(name) or alone or _counts(after):
            return found, i
        found += days
        i += listed + 1


def _counts(after: Token) -> bool:
    return after.kind in COUNTED and not (after.kind == "number" and after.text.isascii())


@rule("every")
def every(t: Tokens, i: int) -> Read | None:
    """Every other Friday, every two weeks on Monday, 每两周周五, 隔周五, 每月1号."""
    interval, j = t[i].value, i + 1
    apart = "隔" in {t[i].text, t[j].text}
    if t[j].text in {"other", "second", "隔"}:
        interval, j = 2, j + 1
    if t[j].kind in {"weekday", "weekdays"}:
        days, end = _weekdays(t, j)
        return Said(repeat=Repeat("week", interval, days)), end
    working = t[j].text in {"business", "working"} and t[j + 1].value == "day"
    if t[j].text in {"weekday", "workday", "工作日", "个工作日"} or working:
        return Said(repeat=Repeat("week", 1, WORKDAYS)), j + 1 + working
    if t[j].value == "weekend":
        return Said(repeat=Repeat("week", 1, WEEKEND)), j + 1
    if t[j].kind == "part":
        return Said(repeat=Repeat("day", interval)), j
    return _every_unit(t, j, interval, apart=apart) or _every_date(t, j)


def _every_unit(t: Tokens, j: int, interval: int, *, apart: bool) -> Read | None:
    """Every month, every two weeks, 每隔一周, 每日."""
    many = unit_count(t, j)
    if many and many[1] in REPEATED and many[0] >= 1 and many[0] == int(many[0]):
        return _unit(t, many[2], many[1], int(many[0]) + apart)
    unit = {"month_mark": "month", "day_mark": "day"}.get(t[j].kind, t[j].value)
    if t[j].kind in {"unit", "month_mark"} or t[j].text == "日":
        if unit in REPEATED:
            return _unit(t, j + 1, unit, interval)
        if unit in OTHERS:
            other, size = OTHERS[unit]
            whole = t[j].text == "half" and t[j + 1].text == "year"
            return _unit(t, j + 1 + whole, other, size * interval)
    return None


def _every_date(t: Tokens, j: int) -> Read | None:
    """Every 5 March, every 15th, 每月底, 每年底."""
    if t[j].text in ENDS:
        found = _edge(t[j].value, ENDS[t[j].text])
        return (Said(repeat=found), j + 1) if found else None
    if t[j].kind == "ordinal" and t[j].text[0].isdigit() and t[j].value <= MONTH:
        k = j + 1
        if t[k].text == "of" and t[k + 1].text in {"the", "each", "every"}:
            k += 3 * (t[k + 2].text == "month")
        if t[k].kind not in {"unit", "weekday", "month"} and t[k].text != "of":
            return Said(repeat=Repeat("month", 1, day=t[j].value)), k
    return _date(t, j, 1)


def _edge(unit: str, which: str) -> Repeat | None:
    """每月底, 每年初, 每季度末."""
    day = {"start": 1, "end": -1, "middle": MIDDLE}[which]
    match unit:
        case "month":
            return Repeat("month", 1, day=day)
        case "year" if which != "middle":
            return Repeat("year", 1, day=day, month=1 if which == "start" else 12)
        case "quarter" if which != "middle":
            return Repeat("quarter", 1, day=day)
    return None


def _date(t: Tokens, j: int, interval: int) -> Read | None:
    """A date of every year: 5 March, 3月5日, 国庆节; what the moon decides has no rule."""
    found = item(t, j)
    day = found[0].day if found else None
    if found is None or found[0].clock:
        return None
    if isinstance(day, MonthDay) and day.year is None:
        return Said(repeat=Repeat("year", interval, day=day.day, month=day.month)), found[1]
    if isinstance(day, Holiday) and day.name in FIXED:
        month, number = FIXED[day.name]
        return Said(repeat=Repeat("year", interval, day=number, month=month)), found[1]
    return None


def _unit(t: Tokens, j: int, unit: str, interval: int) -> Read | None:
    """A rule of a unit, with the day that may follow: 每周一, every month on the 1st."""
    k = j + (t[j].text in {"on", "的", ","})
    k += t[k].text == "the"
    if unit == "week" and t[k].kind in {"weekday", "weekdays"}:
        days, end = _weekdays(t, k)
        return Said(repeat=Repeat("week", interval, days)), end
    if unit == "month" and (found := _day_of_month(t, k)):
        return Said(repeat=Repeat("month", interval, *found[0])), found[1]
    if unit == "year" and (dated := item(t, k)) and dated[0].day:
        return _date(t, k, interval)
    return Said(repeat=Repeat(unit, interval)), j


def _day_of_month(t: Tokens, k: int) -> tuple[tuple[tuple[int, ...], int, int, int], int] | None:
    """Weekdays, day, month and number in the month, and where they end."""
    token = t[k]
    if token.kind == "ordinal" and t[k + 1].kind == "weekday":
        return ((t[k + 1].value,), 0, 0, token.value), k + 2
    if token.kind == "ordinal" and token.value <= MONTH:
        return ((), token.value, 0, 0), k + 1
    if token.kind == "number" and t[k + 1].kind == "day_mark" and _is_day(token):
        return ((), token.value, 0, 0), k + 2
    if token.text == "last" and t[k + 1].kind == "weekday":
        return ((t[k + 1].value,), 0, 0, -1), k + 2
    if token.text in {"底", "末"} or (token.text == "last" and t[k + 1].text == "day"):
        return ((), -1, 0, 0), k + 1 + (token.text == "last")
    if token.kind == "edge" and token.value == "month":
        edge = _edge("month", ENDS[token.text])
        return (((), edge.day, 0, 0), k + 1) if edge else None
    which = nth_zh(t, k)
    if which and t[which[1]].text == "天":
        return ((), which[0], 0, 0), which[1] + 1
    if which and t[which[1]].kind == "weekday":
        return ((t[which[1]].value,), 0, 0, which[0]), which[1] + 1
    return None


def _is_day(token: Token) -> bool:
    return isinstance(token.value, int) and 1 <= token.value <= MONTH


@rule("weekdays")
def plural(t: Tokens, i: int) -> Read | None:
    """Mondays and Thursdays."""
    days, j = _weekdays(t, i)
    return Said(repeat=Repeat("week", 1, days)), j


@rule("workdays", words=("weekdays",))
def on_weekdays(t: Tokens, i: int) -> Read | None:
    """Weekdays at 9."""
    if t[i].text in {"weekdays", "工作日"}:
        return Said(repeat=Repeat("week", 1, WORKDAYS), weak=t[i].text == "工作日"), i + 1
    return None


@rule("repeated")
def repeated(t: Tokens, i: int) -> Read | None:
    """Daily, monthly on the 1st."""
    unit, size = OTHERS.get(t[i].value, (t[i].value, 1))
    found = _unit(t, i + 1, unit, size)
    if found is None:
        return None
    said, j = found
    weak = j == i + 1 and t[j].text not in {"at", "@"} and t[j].kind not in {"clock", "part"}
    return (Said(repeat=said.repeat, weak=True) if weak else said), j


@rule("ordinal", "shift", "edge")
def nth_of_each(t: Tokens, i: int) -> Read | None:
    """The first Monday of every month, the 1st of every month, end of each month."""
    if t[i].kind != "ordinal" and t[i].text not in {"last", "end"}:
        return None
    nth = t[i].value if t[i].kind == "ordinal" else -1
    j = i + 1
    weekday = t[j].value if t[j].kind == "weekday" else None
    j += weekday is not None or t[j].text == "day"
    if t[j].text not in {"of", "in"} or t[j + 1].kind != "every" or t[j + 2].text != "month":
        return None
    if weekday is not None:
        return Said(repeat=Repeat("month", 1, (weekday,), nth=nth)), j + 3
    return Said(repeat=Repeat("month", 1, day=nth)), j + 3
