"""Rules for now, the same time of another day, and offsets in hours and minutes."""

from typing import Final

from services.understanding.counts import unit_count
from services.understanding.grammar import rule
from services.understanding.said import Read, Said, Tokens
from services.understanding.words_en import COUNTS

MINUTES: Final = {"hour": 60.0, "minute": 1.0, "quarter_hour": 15.0, "second": 1 / 60}
AHEAD: Final = frozenset(("in", "within", "过", "再", "after"))


@rule("now")
def now(_t: Tokens, i: int) -> Read | None:
    """Now, 现在: so often no time that it is one only by itself."""
    return Said(minutes=0.0, weak=True), i + 1


@rule(words=("just", "right"))
def just_now(t: Tokens, i: int) -> Read | None:
    """Just now, right now."""
    return (Said(minutes=0.0), i + 2) if t[i + 1].kind == "now" else None


@rule("shift", words=("same", "同"))
def same_time(t: Tokens, i: int) -> Read | None:
    """Same time tomorrow, 明天同一时间, 下周这个时候."""
    words = tuple(token.text for token in t[i : i + 3])
    if words[:2] in {("same", "time"), ("this", "time")}:
        return Said(same=True, weak=True), i + 2
    if words == ("同", "一", "时"):
        return Said(same=True, weak=True), i + 3 + (t[i + 3].text == "间")
    if words[0] in {"这个", "这"} and words[1] in {"时", "点"}:
        return Said(same=True, weak=True), i + 2 + (words[2] in {"候", "间"})
    return None


@rule("number", "two", "dotted", "tens", "unit", "half_word", words=COUNTS)
def minutes_from_now(t: Tokens, i: int) -> Read | None:
    """Two hours ago, 20分钟后, an hour and a half from now, in 45 min."""
    found = unit_count(t, i)
    if found is None or found[1] not in MINUTES:
        return None
    amount, unit, j = found
    minutes = amount * MINUTES[unit]
    if t[j].kind == "ago" or t[j].text in {"前", "earlier", "back"}:
        return Said(minutes=-minutes), j + 1
    if t[j].kind in {"later", "within"}:
        return Said(minutes=minutes), j + 1
    if t[j].text == "from" and t[j + 1].text == "now":
        return Said(minutes=minutes), j + 2
    before = t[i - 1].text if i else ""
    if before in AHEAD or (before == "about" and i > 1):
        return Said(minutes=minutes), j
    return None
