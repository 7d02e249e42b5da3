"""Weighs whether a number is money: its own marks, and the words beside it."""

import re
from decimal import Decimal
from enum import IntEnum

from services.understanding import money_words_en as en
from services.understanding import money_words_zh as zh
from services.understanding.amount_numbers import Reading
from services.understanding.amount_reading import NO_MAGNITUDE
from services.understanding.word_patterns import backward, before, listed

LOOK_BACK = 44
TEN = 10
SMALLEST = 100
"""A smaller number without a currency or a magnitude is no amount unless it is called one."""
LARGEST = 10**9
FIRST_YEAR, LAST_YEAR = 1900, 2099
HAN = "\u4e00-\u9fff"
ONE_HAN = re.compile(f"[{HAN}]")


class Evidence(IntEnum):
    """How sure it is that a number is money."""

    NONE = 0
    """It is something else: 15%, 20 units, room 305."""
    ALONE = 1
    """It is an amount only where nothing but an amount was asked for: 80, 5w, 3M."""
    BARE = 2
    """It may be an amount, though nothing says so: Acme 3000."""
    MONEY = 3


def _word(english: str, chinese: str) -> str:
    return f"(?:{listed(english)}(?![a-z])|{listed(chinese)})"


def _word_back(english: str, chinese: str) -> str:
    return f"(?:(?<![a-z]){backward(english)}(?![a-z])|{backward(chinese)})"


LOOSE = {"角", "毛", "c", "p"}
ARTICLES = {Decimal(1), Decimal("0.01")}
"""What a dollar and a cent are, if they are an amount."""
PROVERBIAL = ("my ", "our ")
"""Before two cents these make them an opinion."""
SIGNS_BEFORE = {"$", "¥", "€", "£", " ", "币", "元", "金"}
"""What a currency before a number may end with."""
NOT_BEFORE = ("分之", "第", "负", "减", "减去", "零下", "minus ", "negative ", "#", "№", "_", "^")
OTHER_AFTER = re.compile(r" ?[%‰°℃‱]|[⁄_]| ?(?:个百分点|折|成(?![交本立功效为了员])|倍)")
GLUED_AFTER = re.compile(r"[a-z@]|[-/.,:'][0-9]|-[a-z]| [0-9]| ?[*x×/] ?[0-9]")
DIGIT_BEFORE = re.compile("(?: |-|/| ?[*x×] ?)[0-9]")
_UNLESS = "|".join(f"{word}(?! ?[{after}])" for word, after in zh.COUNTED_UNLESS.items())
COUNTED = re.compile(
    f" ?(?:{listed(zh.COUNTED)}|{_UNLESS}|(?<![万亿])级"
    f"|{listed(zh.GROUPS)}(?=[数量群规]|[^{HAN}]|$))"
)
MEASURED = re.compile(rf"[ -]?{listed(en.MEASURES)}s?(?![a-z'])")
PLURAL = re.compile(rf" (?!{listed(en.NO_COUNT)}(?![a-z]))[a-z]+(?<!s)s(?![a-z'])")
CUE_AFTER = re.compile(f" ?(?:(?>{_word(en.CUES, zh.CUES)})(?! ?:? ?[0-9$¥€£])|{zh.EACH_AFTER})")
FOLLOWED = re.compile(f" ?(?:$|[^a-z0-9{HAN} ]|{_word(en.FOLLOWS, zh.FOLLOWS)})")
_CUE = _word_back(en.CUES, zh.CUES)
LABELLED = re.compile(f"[是为号:# ]*(?:si )?{_word_back(en.LABELS, zh.LABELS)}")
CUED = re.compile(
    rf"(?:[ :=~(\-]|(?<![a-z]){backward(en.FILLERS)}(?![a-z])|[{HAN}]){{0,10}}?"
    rf"(?:{backward('is,was,at,of,to,around,about')}(?: [a-z']+){{1,5}}? )?{_CUE}"
)
NAMED = re.compile(f" ?(?:[:=是为] ?|{backward('is,was,of,is only,is just,only')} )?{_CUE}")
NUMBERED = re.compile(f" ?:? ?{_word_back(en.NUMBERED, zh.NUMBERED)}")
BARE_UNITS = {"百万", "千万", "百亿", "千亿"}
BARE_UNIT_AFTER = re.compile(listed(zh.BARE_UNIT_AFTER))
PASSED = {"过", "破", "超", "近", "约"}
"""Before 百万 these make it an amount."""
IDIOM = re.compile("[别不要得记注小当莫勿可]")
"""After 千万 these make it a plea: 千万别忘了."""
LASTING = re.compile(f" {backward(en.LASTING)}(?![a-z])")
LASTED = re.compile(f" {listed(en.LASTED)}(?![a-z])")
PHRASES = (" in ", "thanks ")
"""Before a million these make it a phrase."""
PHONE = re.compile("1[3-9][0-9]{9}|[0-9]{3,4}-(?!000)[0-9]{4}(?<!00)")


def weigh(text: str, source: str, reading: Reading, *, chinese: bool) -> Evidence:
    """How sure it is that a reading is money, given what stands around it."""
    if _other(text, reading) or (reading.sign and _no_currency(text, reading)):
        return Evidence.NONE
    if reading.sign:
        return Evidence.ALONE if _loose(text, reading) else Evidence.MONEY
    if COUNTED.match(text, reading.end) or MEASURED.match(text, reading.end):
        return Evidence.NONE
    if reading.scale not in NO_MAGNITUDE:
        return _by_magnitude(text, source, reading, chinese=chinese)
    return _bare(text, reading)


def is_counted(text: str, start: int, end: int) -> bool:
    """Whether a number is plainly a quantity, as most are: told before all of it is read."""
    return bool(COUNTED.match(text, end)) and text[start - 1 : start] not in SIGNS_BEFORE


def _other(text: str, reading: Reading) -> bool:
    """Whether the characters around a number make it something else than a sum."""
    start, end = reading.start, reading.end
    left, right = text[start - 1 : start], text[end : end + 1]
    marked = bool(reading.sign) or reading.scale not in NO_MAGNITUDE
    if text.endswith(NOT_BEFORE, 0, start) or OTHER_AFTER.match(text, end):
        return True
    if left == "-":
        return _minus(text, start)
    if (
        start == reading.first
        and reading.written == "number"
        and left.isascii()
        and left.isalnum()
    ):
        return True
    if text[end - 1].isdigit() and "a" <= right <= "z":
        return True  # 500jt
    if left == "/" and text[start - 2 : start - 1].isdigit():
        return True  # 1.5/2 million
    if marked:
        return False
    return left in {".", "/", "@", "'", "*", "×"} or bool(GLUED_AFTER.match(text, end))


def _minus(text: str, start: int) -> bool:
    """Whether the dash before an amount makes it negative, or the end of a name: x-200."""
    left = text[max(0, start - 2) : start - 1]
    if left == "-" or ONE_HAN.match(left) or NAMED.match(before(text, start - 1, LOOK_BACK)):
        return False
    return not left.isalnum() or text[start].isdigit()


def _no_currency(text: str, reading: Reading) -> bool:
    """Whether what looks like a currency is another word: 三块屏, 三元锂, 50 pounds of beef."""
    after, small = (
        text[reading.end : reading.end + 1],
        reading.low < SMALLEST and not reading.scale,
    )
    match reading.sign:
        case "块":
            han = bool(ONE_HAN.match(after))
            return after in set(zh.PIECES) or (small and han and after not in zh.AFTER_YUAN)
        case "元":
            return reading.written == "zh" and reading.low < TEN and after in set(zh.OTHER_YUAN)
        case "刀":
            return reading.written == "zh" and not reading.scale
        case "cents":
            return text.endswith(PROVERBIAL, 0, reading.start)
        case "pound" | "pounds":
            return text.startswith(" of ", reading.end)
        case _:
            return False


def _loose(text: str, reading: Reading) -> bool:
    """Whether a currency is also a common word or letter: 五角, 50p, a pound."""
    if reading.sign in LOOSE:
        return not (_cued(text, reading) and FOLLOWED.match(text, reading.end))
    article = text.startswith(("a ", "an "), reading.first) and reading.low in ARTICLES
    return article and text.endswith(reading.sign, 0, reading.end)


def _by_magnitude(text: str, source: str, reading: Reading, *, chinese: bool) -> Evidence:
    start, end = reading.start, reading.end
    if PLURAL.match(text, end) or (text[start:end] == "千万" and IDIOM.match(text, end)):
        return Evidence.NONE
    if reading.written == "words" and text.endswith(PHRASES, 0, start):
        return Evidence.NONE
    if reading.scale == "w" and not chinese:
        return Evidence.ALONE
    if not _weak(text, source, reading) or _cued(text, reading):
        return Evidence.MONEY
    return Evidence.NONE if reading.scale in {"mm", "t"} else Evidence.ALONE


def _weak(text: str, source: str, reading: Reading) -> bool:
    """Whether the magnitude may be something else: 3M, 30m, 2b, 千万."""
    start, end = reading.first, reading.end
    match reading.scale:
        case "b" | "l" | "mm" | "t":
            return True
        case "m":
            lasting = LASTING.match(before(text, start, LOOK_BACK))
            spaced = " " in text[start:end]
            metres = spaced or ONE_HAN.search(text)
            return bool(metres or lasting or LASTED.match(text, end)) or source == "3M"
        case _:
            alone = text[start:end] in BARE_UNITS and text[start - 1 : start] not in PASSED
            return alone and not BARE_UNIT_AFTER.match(text, end)


def _bare(text: str, reading: Reading) -> Evidence:
    """What a number is that has neither a currency nor a magnitude."""
    end, value = reading.end, reading.low
    back = before(text, reading.first, LOOK_BACK)
    if DIGIT_BEFORE.match(back) or PLURAL.match(text, end) or LABELLED.match(back):
        return Evidence.NONE
    if value < 1 and reading.written != "number":
        return Evidence.NONE  # half of them
    if value < SMALLEST or reading.written == "words":
        return Evidence.MONEY if _named(text, reading) else Evidence.ALONE
    if PHONE.fullmatch(text, reading.first, end):
        return Evidence.NONE
    if not reading.grouped and value % 10 and NUMBERED.match(back):
        return Evidence.NONE
    year = not reading.grouped and FIRST_YEAR <= value <= LAST_YEAR and value % 50
    followed = FOLLOWED.match(text, end) or CUE_AFTER.match(text, end)
    if year or value > LARGEST or not followed:
        return Evidence.ALONE
    return Evidence.MONEY if reading.grouped or _cued(text, reading) else Evidence.BARE


def _named(text: str, reading: Reading) -> bool:
    """Whether a small number is called an amount by the word before it: 预算80."""
    if reading.written == "zh" and reading.low < TEN:
        return False
    back = before(text, reading.start, LOOK_BACK)
    named = NAMED.match(back) and not NUMBERED.match(back)
    return bool(named and FOLLOWED.match(text, reading.end))


def _cued(text: str, reading: Reading) -> bool:
    """Whether a word beside a number says that it is money."""
    if CUE_AFTER.match(text, reading.end):
        return True
    return bool(CUED.match(before(text, reading.start, LOOK_BACK)))
