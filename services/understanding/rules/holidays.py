"""Rules for holidays by name: Christmas Eve, 国庆节, 正月初三, 农历八月十五."""

from typing import Final

from services.understanding.counts import spelled
from services.understanding.days import Ago
from services.understanding.festivals import Holiday
from services.understanding.grammar import rule
from services.understanding.rules.inner import MONTHS
from services.understanding.said import Read, Said, Tokens
from services.understanding.words_en import HOLIDAYS

LUNAR: Final = {
    (1, 1): "spring_festival",
    (1, 15): "lantern",
    (5, 5): "dragon_boat",
    (7, 7): "qixi",
    (8, 15): "mid_autumn",
    (9, 9): "chongyang",
}
"""The days of the old calendar that people name; those of its first month follow its first."""
WISHES: Final = ("快乐", "愉快")
WEAK: Final = frozenset(("过年", "六一", "元宵", "重阳", "腊八", "cny"))
LONGEST: Final = max(len(names) for names in HOLIDAYS)
FIRST_WORDS: Final = {names[0] for names in HOLIDAYS}


def holiday_at(t: Tokens, i: int) -> tuple[str, int] | None:
    """The name of the holiday that words say, and where they end."""
    if t[i].kind == "holiday":
        return t[i].value, i + 1
    for length in range(LONGEST, 0, -1):
        words = tuple(token.text for token in t[i : i + length] if token.text not in {"-", "'"})
        if words in HOLIDAYS and t[i + length - 1].text not in {"-", "'"}:
            return HOLIDAYS[words], i + length
    return None


@rule("holiday", "month", "edge", "ordinal", words=FIRST_WORDS)
def holiday(t: Tokens, i: int) -> Read | None:
    """Christmas Eve, Good Friday, 国庆节; 春节快乐 is a wish."""
    found = holiday_at(t, i)
    if found is None:
        return None
    wished = any(spelled(t, found[1], wish) for wish in WISHES)
    return Said(day=Holiday(found[0]), weak=wished or t[i].text in WEAK), found[1]


@rule(words="双")
def doubled(t: Tokens, i: int) -> Read | None:
    """双11, 双12."""
    names = {11: "singles_day", 12: "double_twelve"}
    if t[i + 1].kind == "number" and t[i + 1].value in names:
        return Said(day=Holiday(names[t[i + 1].value])), i + 2
    return None


@rule(words="农阴正大")
def lunar(t: Tokens, i: int) -> Read | None:
    """农历八月十五, 正月初三, 大年初二: the days of the old calendar that people name."""
    j, month = i + 2 * (t[i].text in {"农", "阴"} and t[i + 1].text == "历"), 0
    if t[j].text in {"正", "大"} and t[j + 1].text in {"月初", "年初", "月", "年"}:
        month, j = 1, j + 2
    elif t[j].kind == "number" and t[j + 1].kind == "month_mark" and j > i:
        month, j = t[j].value, j + 2
    j += t[j].text == "初"
    if not month or t[j].kind != "number":
        return None
    if month == 1 and t[j].value <= MONTHS:
        return Said(day=Ago(t[j].value - 1, "day", Holiday("spring_festival"))), j + 1
    name = LUNAR.get((month, t[j].value))
    return (Said(day=Holiday(name)), j + 1) if name else None
