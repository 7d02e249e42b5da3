"""Rules for days so many units away: two weeks ago, 三天后, in a month, a week from Friday."""

from typing import Final

from services.understanding.counts import unit_count
from services.understanding.days import Ago, Day, Leaning, Weekday
from services.understanding.facts import Toward
from services.understanding.grammar import item, rule
from services.understanding.said import Read, Said, Tokens
from services.understanding.words_en import COUNTS

UNITS: Final = frozenset(
    ("day", "week", "fortnight", "month", "quarter", "half", "year", "workday", "weekend")
)
AHEAD: Final = frozenset(("in", "within", "过", "再过", "after"))
NEARLY: Final = frozenset("about around approx exactly just roughly another".split())
FOLLOW_UPS: Final = frozenset("up followup revisit callback recheck".split())
BEFORE: Final = frozenset(("before", "prior"))
FROM: Final = BEFORE | {"from", "after", "following"}


@rule("number", "dotted", "tens", "half_word", "unit", words=COUNTS)
def offset(t: Tokens, i: int) -> Read | None:
    """Two weeks ago, 三天后, 10 business days from now, a week from Friday."""
    found = unit_count(t, i)
    if found is None or found[1] not in UNITS:
        return None
    amount, unit, j = found
    if two := _two_counts(t, i, found):
        return two
    if t[j].kind in {"later", "within"} and t[j].text != "后的":
        return Said(day=Ago(amount, unit)), j + 1
    if t[j].kind == "ago" or t[j].text in {"earlier", "back"}:
        today = t[j + 1].kind == "relative" and t[j + 1].value == 0
        return Said(day=Ago(-amount, unit)), j + 1 + today
    if t[j].text == "out" or (t[j].text == "time" and _is_wait(t, i, j, amount)):
        return Said(day=Ago(amount, unit)), j + 1
    if t[j].text == "'" and t[j + 1].text == "time":
        return Said(day=Ago(amount, unit)), j + 2
    if t[j].kind in {"end", "mark"} and _follows_up(t, i):
        return Said(day=Ago(amount, unit)), j
    return _from_a_day(t, j, amount, unit) or _in(t, i, j, Ago(amount, unit))


def _is_wait(t: Tokens, i: int, j: int, amount: float) -> bool:
    """In 3 days time; 3 days time."""
    return t[i - 1].text == "in" or (amount > 1 and t[j + 1].kind in {"end", "mark"})


def _follows_up(t: Tokens, i: int) -> bool:
    """Whether what is counted is how long to wait: follow-up: 2 weeks."""
    before = t[i - 2] if i > 1 and t[i - 1].text == ":" else t[i - 1]
    return i > 0 and before.text in FOLLOW_UPS


def _two_counts(t: Tokens, i: int, first: tuple[float, str, int]) -> Read | None:
    """In a week and two days, 一年零三个月后."""
    amount, unit, j = first
    k = j + (t[j].text in {"and", ",", "又"})
    more = unit_count(t, k) if k > j or t[j].text.startswith("零") else None
    if more is None or more[1] not in UNITS:
        return None
    end = _end_of_two(t, i, more[2])
    if end is None:
        return None
    return Said(day=Ago(end[0] * more[0], more[1], Ago(end[0] * amount, unit))), end[1]


def _end_of_two(t: Tokens, i: int, j: int) -> tuple[int, int] | None:
    """Whether two counts together are ahead or ago, and where that is said."""
    if t[j].kind == "ago":
        return -1, j + 1
    if t[j].kind == "later":
        return 1, j + 1
    if t[j].text == "from" and t[j + 1].kind == "now":
        return 1, j + 2
    return (1, j) if i and t[i - 1].text in {"in", "within"} else None


def _from_a_day(t: Tokens, j: int, amount: float, unit: str) -> Read | None:
    """Two weeks from Monday, a week on Friday, three days before Christmas."""
    if unit in {"week", "fortnight"} and (on := _on_a_day(t, j)):
        return Said(day=Ago(amount, unit, on[0])), on[1]
    if t[j].text not in FROM:
        return None
    sign = -1 if t[j].text in BEFORE else 1
    k = j + 1 + (t[j + 1].text in {"the", "to"})
    if t[k].kind == "now":
        return Said(day=Ago(sign * amount, unit)), k + 1
    base = item(t, k)
    if base is None or base[0].day is None or base[0].clock:
        return None
    day = base[0].day
    if t[j].text == "from" and isinstance(day, Weekday):
        day = Leaning(day, Toward.FUTURE)
    return Said(day=Ago(sign * amount, unit, day)), base[1]


def _on_a_day(t: Tokens, j: int) -> tuple[Day, int] | None:
    """A week on Friday, two weeks today."""
    k = j + (t[j].text == "on")
    if t[k].kind == "relative":
        return Ago(t[k].value, "day"), k + 1
    if t[k].kind == "weekday" and k > j:
        return Leaning(Weekday(t[k].value), Toward.FUTURE), k + 1
    return None


def _in(t: Tokens, i: int, j: int, day: Day) -> Read | None:
    """In two weeks, in about a month, 过三天."""
    before = t[i - 1].text if i else ""
    nearly = before in NEARLY and t[i - 2].text in {"in", "after"}
    return (Said(day=day), j) if before in AHEAD or nearly else None
