"""Rules for days by name: today, 大后天, Friday, next Friday, 下下周三, the day after tomorrow."""

from typing import Final

from services.understanding.counts import count
from services.understanding.days import Ago, Leaning, Weekday
from services.understanding.facts import Toward
from services.understanding.festivals import Holiday
from services.understanding.grammar import item, rule
from services.understanding.periods import Unit
from services.understanding.rules.holidays import holiday_at
from services.understanding.rules.inner import after_the
from services.understanding.said import Read, Said, Tokens
from services.understanding.words_en import WEAK

SHORT: Final = frozenset("mon tue tues wed thu thur thurs fri sat sun".split())
COMING: Final = frozenset(("coming", "upcoming"))
BEFORE: Final = frozenset(("before", "b4"))
BESIDE: Final = BEFORE | {"after", "following", "aft"}
SURE: Final = frozenset("on by until till before every from".split())
"""A weekday's short name is one after these: on sat, by sun."""
SURE_BEFORE: Final = frozenset(("clock", "month", "part", "two", "ordinal", "tonight"))


@rule("relative")
def relative(t: Tokens, i: int) -> Read | None:
    """Today, 大后天; tomorrow week."""
    if t[i + 1].text == "week":
        return Said(day=Ago(t[i].value + 7, "day")), i + 2
    j = i + 1 + (t[i + 1].kind == "span" and t[i + 1].text != "全年")
    return Said(day=Ago(t[i].value, "day"), weak=t[i].text in WEAK), j


@rule("relative_short", "shift")
def relative_part(t: Tokens, i: int) -> Read | None:
    """明早, 昨晚, 今上午; this morning, last night, this am, 当晚."""
    if t[i].text == "this" and t[i + 1].kind == "half":
        part = "forenoon" if t[i + 1].value == "am" else "afternoon"
        return Said(day=Ago(0, "day"), part=part), i + 2
    if t[i + 1].kind != "part":
        return None
    if t[i].kind == "relative_short":
        return Said(day=Ago(t[i].value, "day")), i + 1
    if t[i].text in {"this", "last", "当", "这"}:
        return Said(day=Ago(-1 if t[i].text == "last" else 0, "day")), i + 1
    return None


@rule("unit")
def chained(t: Tokens, i: int) -> Read | None:
    """The day after tomorrow, the week after this one, the day before Christmas."""
    if t[i + 1].text not in BESIDE:
        return None
    sign = -1 if t[i + 1].text in BEFORE else 1
    if t[i + 2].text == "this" and t[i + 3].text == "one":
        return Said(span=Unit(t[i].value, sign)), i + 4
    if t[i].value not in {"day", "week", "month", "weekend"}:
        return None
    base = item(t, after_the(t, i + 2))
    if base and base[0].day:
        return Said(day=Ago(sign, t[i].value, base[0].day)), base[1]
    return None


@rule("weekday")
def weekday_after_next(t: Tokens, i: int) -> Read | None:
    """Friday after next, Friday before last."""
    beside, which = t[i + 1].text, t[i + 2].text
    if beside in BESIDE and which == "next" and t[i + 3].kind != "unit":
        return Said(day=Weekday(t[i].value, 2)), i + 3
    if beside in BEFORE and which == "last":
        return Said(day=Weekday(t[i].value, -2)), i + 3
    return None


@rule("weekday")
def weekday(t: Tokens, i: int) -> Read | None:
    """Friday; Tuesday week; Friday next; Friday just gone."""
    number, after, beyond = t[i].value, t[i + 1], t[i + 2]
    if after.text == "next" and beyond.kind in {"end", "mark", "clock"}:
        return Said(day=Weekday(number, 1)), i + 2
    if after.text == "week" and beyond.kind != "unit":
        return Said(day=Weekday(number, extra=1)), i + 2
    j = i + 1
    if after.text == "." and t[i].text in SHORT:
        dated = beyond.kind == "number" and t[i + 3].kind in {"month", "half"}
        j += dated or beyond.kind in {"clock", "month", "ordinal"}
    if t[j].text == "just" and t[j + 1].text in {"gone", "past", "passed"}:
        return Said(day=Leaning(Weekday(number), Toward.PAST)), j + 2
    return Said(day=Weekday(number), weak=_is_weak(t, i, j)), j


def _is_weak(t: Tokens, i: int, j: int) -> bool:
    """Whether a weekday's short name is as likely a word: sat, sun, wed."""
    named = t[i].text.removesuffix("'s")
    if named not in WEAK or (i and t[i - 1].text in SURE) or t[j].kind in SURE_BEFORE:
        return False
    ends = t[j].kind in {"end", "mark"} or t[j].text in {"at", "@", "morning"}
    return named not in {"mon", "wed"} or not ends


@rule("shift")
def shifted_weekday(t: Tokens, i: int) -> Read | None:
    """Next Friday, 下下周三, this coming Monday, this past Monday, last Tuesday."""
    shift, j = t[i].value, i + 1
    if t[i].text == "next" and t[j].text == "to" and t[j + 1].text == "next":
        shift, j = 2, j + 2
    if leaning := _leaning(t, i, j):
        toward, j = leaning
        day = Leaning(Weekday(t[j].value), toward)
        return (Said(day=day), j + 1) if t[j].kind == "weekday" else None
    if t[j].kind == "weekday":
        return Said(day=Weekday(t[j].value, shift)), j + 1
    working = t[j].text in {"working", "business"} and t[j + 1].value == "day"
    if shift and (working or t[j].value == "workday" or t[j].kind == "workdays"):
        return Said(day=Ago(shift, "workday")), j + 1 + working
    if found := holiday_at(t, j):
        return Said(day=Holiday(found[0], shift=shift)), found[1]
    return None


def _leaning(t: Tokens, i: int, j: int) -> tuple[Toward, int] | None:
    """Where coming and past say that a weekday lies, and where it stands."""
    if t[i].text in COMING or t[j].text in COMING:
        return Toward.FUTURE, j + (t[j].text in COMING)
    if t[i].text == "past" or (t[i].text in {"this", "these"} and t[j].text == "past"):
        return Toward.PAST, j + (t[j].text == "past")
    return None


@rule("number", "tens")
def weekdays_from_now(t: Tokens, i: int) -> Read | None:
    """Three Fridays from now."""
    found = count(t, i)
    if found is None or found[0] != int(found[0]) or found[0] < 1:
        return None
    j = found[1]
    from_now = t[j + 1].text == "from" and t[j + 2].kind == "now"
    if t[j].kind not in {"weekday", "weekdays"} or not from_now:
        return None
    return Said(day=Weekday(t[j].value, extra=int(found[0]) - 1)), j + 3
