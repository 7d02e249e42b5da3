"""Instants written as people write them, so that reading can be held against writing."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

Writer = Callable[[datetime], str]

DIGITS: Final = "〇一二三四五六七八九"
FULL_WIDTH: Final = {ord(each): ord(each) + 0xFEE0 for each in "0123456789:-/"}
TRADITIONAL: Final = str.maketrans("号点钟周后时", "號點鐘週後時")
ORDINAL_ENDS: Final = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
NUMBERS: Final = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS: Final = ["zero", "ten", "twenty", "thirty", "forty", "fifty"]


def plain_number(at: datetime, form: str) -> str:
    """A form in which no number is padded: %d is 5, not 05."""
    return at.strftime(form.replace("%d", str(at.day)).replace("%m", str(at.month)))


def half_day(at: datetime) -> str:
    """3pm, 3:30pm."""
    hour = at.hour % 12 or 12
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{hour}{minutes}{'pm' if at.hour >= 12 else 'am'}"


def ordinal(number: int) -> str:
    """5th, 21st."""
    return f"{number}{ORDINAL_ENDS.get(number, 'th')}"


def number_word(number: int) -> str:
    """Five, nineteen, twenty-one."""
    if number < len(NUMBERS):
        return NUMBERS[number]
    tens, ones = divmod(number, 10)
    return TENS[tens] + (f"-{NUMBERS[ones]}" if ones else "")


def hour_word(at: datetime) -> str:
    """Three, for three in the morning and in the afternoon."""
    return number_word(at.hour % 12 or 12)


def in_words(at: datetime) -> str:
    """Half past three pm, nine forty-two am, quarter to one pm."""
    half = "pm" if at.hour >= 12 else "am"
    match at.minute:
        case 0:
            return f"{hour_word(at)} {half}"
        case 15:
            return f"quarter past {hour_word(at)} {half}"
        case 30:
            return f"half past {hour_word(at)} {half}"
        case 45 if at.hour % 12 != 11:  # quarter to twelve am is anybody's guess
            return f"quarter to {hour_word(at + timedelta(hours=1))} {_half_after(at)}"
        case minute if minute < 10:
            return f"{hour_word(at)} oh {number_word(minute)} {half}"
        case minute:
            return f"{hour_word(at)} {number_word(minute)} {half}"


def _half_after(at: datetime) -> str:
    return "pm" if (at + timedelta(hours=1)).hour >= 12 else "am"


def numeral(number: int) -> str:
    """十五, 二十, 三十一."""
    tens, ones = divmod(number, 10)
    if not tens:
        return "零" if not ones else DIGITS[ones]
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")


def part_zh(at: datetime) -> str:
    """The part of the day that an hour is in."""
    for until, name in ((5, "凌晨"), (9, "早上"), (12, "上午"), (13, "中午"), (18, "下午")):
        if at.hour < until:
            return name
    return "晚上"


def spoken_zh(at: datetime) -> str:
    """下午三点半, 早上八点零五分, 晚上九点一刻."""
    hour = at.hour - 12 if at.hour > 12 else at.hour
    said = "两" if hour == 2 else numeral(hour)
    return f"{part_zh(at)}{said}点{_minutes_zh(at.minute)}"


def _minutes_zh(minute: int) -> str:
    if minute in {0, 15, 30, 45}:
        return {0: "", 15: "一刻", 30: "半", 45: "三刻"}[minute]
    return f"零{numeral(minute)}分" if minute < 10 else f"{numeral(minute)}分"


def digits_zh(at: datetime) -> str:
    """下午3点半, 早上8点05分."""
    hour = at.hour - 12 if at.hour > 12 else at.hour
    minutes = {0: "", 30: "半"}.get(at.minute, f"{at.minute:02}分")
    return f"{part_zh(at)}{hour}点{minutes}"


def long_clock_zh(at: datetime) -> str:
    """十五点三十分, 凌晨三点: from one to six it would be the afternoon."""
    part = "凌晨" if 1 <= at.hour <= 6 else ""
    minutes = f"{numeral(at.minute)}分" if at.minute else ""
    return f"{part}{numeral(at.hour)}点{minutes}"


def year_zh(at: datetime) -> str:
    """二〇二五年."""
    return "".join(DIGITS[int(each)] for each in str(at.year)) + "年"


def month_day_zh(at: datetime) -> str:
    """十二月五号."""
    return f"{numeral(at.month)}月{numeral(at.day)}号"


def weekday_zh(at: datetime) -> str:
    """五 of 周五."""
    return "一二三四五六日"[at.weekday()]


FULL: Final[Mapping[str, Writer]] = {
    "iso": lambda at: f"{at:%Y-%m-%d %H:%M}",
    "iso t": lambda at: f"{at:%Y-%m-%dT%H:%M}",
    "slashes": lambda at: f"{at:%Y/%m/%d %H:%M}",
    "compact": lambda at: f"{at:%Y%m%d %H:%M}",
    "dots": lambda at: f"{at:%d.%m.%Y %H:%M}",
    "day first": lambda at: plain_number(at, "%d %B %Y %H:%M"),
    "day first, at": lambda at: plain_number(at, "%d %B %Y at ") + half_day(at),
    "month first": lambda at: plain_number(at, "%B %d, %Y, %I:%M %p"),
    "short": lambda at: plain_number(at, "%b %d %Y ") + half_day(at),
    "short, at": lambda at: plain_number(at, "%d %b %Y at ") + half_day(at),
    "ordinal": lambda at: f"the {ordinal(at.day)} of {at:%B %Y at %H:%M}",
    "ordinal last": lambda at: f"{at:%B} {ordinal(at.day)}, {at:%Y} {half_day(at)}",
    "weekday": lambda at: plain_number(at, "%a %d %b %Y %H:%M"),
    "weekday, month": lambda at: plain_number(at, "%A, %B %d, %Y at ") + half_day(at),
    "clock first": lambda at: plain_number(at, "%H:%M on %d %B %Y"),
    "half day first": lambda at: half_day(at) + plain_number(at, " on %B %d, %Y"),
    "dashes": lambda at: plain_number(at, "%d-%b-%Y %H:%M"),
    "capitals": lambda at: plain_number(at, "%d %b %Y %I:%M %p").upper(),
    "words": lambda at: plain_number(at, "%d %B %Y, ") + in_words(at),
    "full width": lambda at: f"{at:%Y-%m-%d %H:%M}".translate(FULL_WIDTH),
    "中文": lambda at: plain_number(at, "%Y年%m月%d日") + f"{at:%H:%M}",
    "中文 半": lambda at: plain_number(at, "%Y年%m月%d日") + digits_zh(at),
    "中文 号": lambda at: plain_number(at, "%Y年%m月%d号 ") + spoken_zh(at),
    "中文 数字": lambda at: year_zh(at) + month_day_zh(at) + long_clock_zh(at),
    "中文 全角": lambda at: plain_number(at, "%Y年%m月%d日%H:%M").translate(FULL_WIDTH),
    "中文 星期": lambda at: (
        plain_number(at, "%Y年%m月%d日") + f"星期{weekday_zh(at)}{digits_zh(at)}"
    ),
    "繁體": lambda at: (plain_number(at, "%Y年%m月%d号") + digits_zh(at)).translate(TRADITIONAL),
}
"""With the year: these say one instant, whenever they are read."""

COMING: Final[Mapping[str, Writer]] = {
    "month first": lambda at: plain_number(at, "%b %d at ") + half_day(at),
    "day first": lambda at: plain_number(at, "%d %B ") + half_day(at),
    "ordinal": lambda at: f"{ordinal(at.day)} {at:%B} at {at:%H:%M}",
    "clock first": lambda at: half_day(at) + plain_number(at, ", %d %b"),
    "weekday": lambda at: plain_number(at, "%A %d %B ") + half_day(at),
    "words": lambda at: f"{at:%B} the {ordinal(at.day)}, {in_words(at)}",
    "中文": lambda at: plain_number(at, "%m月%d日") + digits_zh(at),
    "中文 数字": lambda at: month_day_zh(at) + long_clock_zh(at),
    "中文 口语": lambda at: month_day_zh(at) + spoken_zh(at),
    "中文 空格": lambda at: plain_number(at, "%m月%d号 ") + f"{at:%H:%M}",
    "中文 周": lambda at: plain_number(at, "%m月%d日(周") + f"{weekday_zh(at)}) {digits_zh(at)}",
    "繁體": lambda at: (plain_number(at, "%m月%d号") + digits_zh(at)).translate(TRADITIONAL),
}
"""Without the year: the next such day."""

WITHIN_A_WEEK: Final[Mapping[str, Writer]] = {
    "weekday": lambda at: f"{at:%A} {half_day(at)}",
    "short": lambda at: f"{at:%a} {at:%H:%M}",
    "on, at": lambda at: f"on {at:%A} at {half_day(at)}",
    "clock first": lambda at: f"{half_day(at)} on {at:%A}",
    "words": lambda at: f"{at:%A}, {in_words(at)}",
    "small": lambda at: f"{at:%a} {half_day(at)}".lower(),
    "周": lambda at: f"周{weekday_zh(at)}{digits_zh(at)}",
    "星期": lambda at: f"星期{weekday_zh(at)}{spoken_zh(at)}",
    "礼拜": lambda at: f"礼拜{weekday_zh(at)} {at:%H:%M}",
    "週": lambda at: f"周{weekday_zh(at)}{digits_zh(at)}".translate(TRADITIONAL),
}
"""By the weekday alone: the next such day, today included while the hour is still ahead."""

NEXT_WEEK: Final[Mapping[str, Writer]] = {
    "next": lambda at: f"next {at:%A} at {half_day(at)}",
    "next week": lambda at: f"{at:%A} next week, {half_day(at)}",
    "next short": lambda at: f"next {at:%a} {at:%H:%M}",
    "下周": lambda at: f"下周{weekday_zh(at)}{spoken_zh(at)}",
    "下个星期": lambda at: f"下个星期{weekday_zh(at)}{digits_zh(at)}",
    "下週": lambda at: f"下周{weekday_zh(at)}{digits_zh(at)}".translate(TRADITIONAL),
}
