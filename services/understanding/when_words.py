"""The words in which people say when something happened, in English and Chinese."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

# House conventions, as data


@dataclass(frozen=True)
class Part:
    """A part of the day: when it begins, its usual hour, and what its hours mean on a clock."""

    begins: int
    usual: int
    hours: Mapping[int, int]


MORNING = Part(5, 9, {hour: hour for hour in range(1, 12)})
FORENOON = Part(7, 10, MORNING.hours)
NOON = Part(11, 12, {11: 11, 12: 12, 1: 13, 2: 14, 13: 13, 14: 14})
AFTERNOON = Part(
    12, 15, {12: 12} | {h: h + 12 for h in range(1, 12)} | {h: h for h in range(13, 19)}
)
EVENING = Part(17, 19, {h: h + 12 for h in range(5, 12)} | {h: h for h in range(17, 24)})
DAWN = Part(0, 3, {12: 0} | {hour: hour for hour in range(6)})
HALVES = {
    "a": {12: 0} | {hour: hour for hour in range(12)},
    "p": {12: 12} | {h: h + 12 for h in range(1, 12)} | {h: h for h in range(13, 24)},
}
BARE = {hour: hour + 12 for hour in range(1, 7)} | {hour: hour for hour in range(7, 13)}
"""Salespeople work by day: a bare 1 to 6 is the afternoon, 7 to 11 the morning."""

PARTS = {
    "morning": MORNING, "早上": MORNING, "早晨": MORNING, "清晨": MORNING, "早": MORNING,
    "上午": FORENOON, "noon": NOON, "midday": NOON, "中午": NOON,
    "afternoon": AFTERNOON, "下午": AFTERNOON, "午后": AFTERNOON,
    "evening": EVENING, "night": EVENING, "晚上": EVENING, "傍晚": EVENING, "夜里": EVENING,
    "晚": EVENING, "凌晨": DAWN,
}  # fmt: skip
DAYS = {
    "today": 0, "yesterday": -1, "day before yesterday": -2, "tomorrow": 1,
    "day after tomorrow": 2, "今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "前天": -2,
    "大前天": -3, "明天": 1, "后天": 2,
}  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHORT_WEEKDAYS = {"tues": 1, "thur": 3, "thurs": 3} | {w[:3]: n for n, w in enumerate(WEEKDAYS)}
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
SHORT_MONTHS = {"sept": 9} | {month[:3]: n for n, month in enumerate(MONTHS, 1)}
COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
WEEKS = {"last": -1, "this": 0, "next": 1, "上上": -2, "上": -1, "这": 0, "本": 0, "下": 1}
YEARS = {"前年": -2, "去年": -1, "今年": 0}

# What is read


@dataclass(frozen=True)
class Scene:
    """What words are relative to."""

    today: date
    language: str
    day_first: bool = False
    """How 12/3 is read, where both readings are dates."""


@dataclass(frozen=True)
class Day:
    """A day; ``weekday`` when only its name was said, so that another week may be meant."""

    date: date
    weekday: bool = False


@dataclass(frozen=True)
class Clock:
    """A time of day: 3pm is sure, 03:00 as good as sure, 3:00 open to what is usual."""

    hour: int
    minute: int
    style: Literal["sure", "padded", "bare"]


Item = Day | Clock | Part
Reader = Callable[[re.Match[str], Scene], tuple[Item, ...]]


def _any(words: Mapping[str, object]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def count(text: str) -> int:
    """Read a number, in digits or as a word."""
    return COUNTS.get(text) or int(text)


def _ago(found: re.Match[str], scene: Scene) -> tuple[Item, ...]:
    days = count(found["n"]) * (7 if found["unit"].strip("个")[0] in "w周" else 1)
    return (Day(scene.today - timedelta(days=days)),)


def _named_day(found: re.Match[str], scene: Scene) -> tuple[Item, ...]:
    return (Day(scene.today + timedelta(days=DAYS[found["day"]])),)


def _short_day(found: re.Match[str], scene: Scene) -> tuple[Item, ...]:
    offset = {"今": 0, "昨": -1, "前": -2, "this": 0, "last": -1}[found["day"]]
    return (Day(scene.today + timedelta(days=offset)),)


def _tonight(_: re.Match[str], scene: Scene) -> tuple[Item, ...]:
    return (Day(scene.today), EVENING)


def _weekday(found: re.Match[str], scene: Scene) -> tuple[Item, ...]:
    name = found["name"]
    number = int(name) - 1 if name.isdigit() else SHORT_WEEKDAYS.get(name)
    number = WEEKDAYS.index(name) if number is None else number
    ahead = number - scene.today.weekday()
    if found["week"]:
        return (Day(scene.today + timedelta(days=ahead + 7 * WEEKS[found["week"]])),)
    return (Day(scene.today - timedelta(days=-ahead % 7), weekday=True),)


def _date(found: re.Match[str], scene: Scene) -> tuple[Item, ...]:
    given = found.groupdict()
    month = given["month"]
    number = int(month) if month.isdigit() else SHORT_MONTHS.get(month) or MONTHS.index(month) + 1
    day, year = int(given["day"]), given.get("year")
    if given.get("which"):
        return (Day(date(scene.today.year + YEARS[given["which"]], number, day)),)
    if year:
        return (Day(date(int(year) % 100 + 2000, number, day)),)
    return (Day(nearest(number, day, scene.today)),)


def _slashed(found: re.Match[str], scene: Scene) -> tuple[Item, ...]:
    month, day, year = int(found["month"]), int(found["day"]), found["year"]
    day_first = scene.day_first and day <= len(MONTHS)
    if (day_first or month > len(MONTHS)) and scene.language != "zh":
        month, day = day, month  # 19/11 can only be a day first, which nobody writes in Chinese
    if year:
        return (Day(date(int(year) % 100 + 2000, month, day)),)
    return (Day(nearest(month, day, scene.today)),)


def nearest(month: int, day: int, today: date) -> date:
    """Find a date of this year or, when that is long to come, of last year.

    Always the past would turn tomorrow's date, a slip of the thumb, into a day a year ago.
    """
    found = []
    for year in (today.year, today.year - 1):
        try:
            found.append(date(year, month, day))
        except ValueError:  # 29 February
            continue
    return min(found, key=lambda each: abs(each - today))


def _clock(found: re.Match[str], _: Scene) -> tuple[Item, ...]:
    given = found.groupdict()
    hour, minute, half = int(given["hour"]), int(given.get("minute") or 0), given.get("half")
    if given.get("quarter"):
        minute = 15 * int(given["quarter"])
    if half:
        return (Clock(HALVES[half][hour], minute, "sure"),)
    return (Clock(hour, minute, "padded" if given["hour"].startswith("0") else "bare"),)


def _half_past(found: re.Match[str], _: Scene) -> tuple[Item, ...]:
    return (Clock(int(found["hour"]), 30, "bare"),)


def _part(found: re.Match[str], _: Scene) -> tuple[Item, ...]:
    return (PARTS[found["part"]],)


_END = r"(?![a-z0-9])"
_AMPM = r" ?(?P<half>[ap])\.?m\.?(?![a-z0-9])"
_MONTH = f"(?P<month>{_any(dict.fromkeys(MONTHS) | SHORT_MONTHS)})"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>20\d\d)(?![\d:])"
_N = rf"(?P<n>\d{{1,3}}|{_any(COUNTS)})"
_BEFORE = "(?:之前|以前|前)"
_NAME = f"(?P<name>{_any(dict.fromkeys(WEEKDAYS) | SHORT_WEEKDAYS)})"

_ISO = r"(?P<year>20\d\d)(?P<s>[-/.])(?P<month>\d\d?)(?P=s)(?P<day>\d\d?)(?:t(?=\d)|(?!\d))"
_YEAR_ZH = rf"(?:(?P<year>20\d\d|\d\d)年|(?P<which>{_any(YEARS)}))?"
_DATE_ZH = r"(?P<month>\d\d?)月(?P<day>\d\d?)(?:日|号|(?![\d:点时]))"
_MINUTE_ZH = r"整|钟|(?P<quarter>[13])刻|(?P<minute>[0-5]\d|\d(?=分))分?(?!\d)"
_PART_EN = _any({word: part for word, part in PARTS.items() if word.isascii()})
_PART_ZH = _any({word: part for word, part in PARTS.items() if not word.isascii()})
_DAY_EN = _any({word: days for word, days in DAYS.items() if word.isascii()})
_DAY_ZH = _any({word: days for word, days in DAYS.items() if not word.isascii()})

READERS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(pattern, re.ASCII), reader)
    for pattern, reader in (
        (rf"{_N} ?(?P<unit>d|days?|w|wks?|weeks?) ago{_END}", _ago),
        (rf"(?P<n>\d{{1,3}})(?P<unit>天|日|个?周){_BEFORE}", _ago),
        (rf"(?:the )?(?P<day>{_DAY_EN}){_END}", _named_day),
        (rf"(?P<day>{_DAY_ZH})", _named_day),
        (r"(?P<day>[今昨前])(?=早|晚|上午|下午|中午|凌晨)", _short_day),
        (rf"(?P<day>this) (?=(?:morning|afternoon|evening){_END})", _short_day),
        (rf"(?P<day>last) (?=night{_END})", _short_day),
        (rf"tonight{_END}", _tonight),
        (rf"(?:(?P<week>last|this|next) )?{_NAME}\.?{_END}", _weekday),
        (r"(?:(?P<week>上上|上|这|本|下)个?)?周(?P<name>[1-7])(?!\d)", _weekday),
        (_ISO, _date),
        (_YEAR_ZH + _DATE_ZH, _date),
        (r"(?P<month>\d\d?)/(?P<day>\d\d?)(?:/(?P<year>20\d\d))?(?![\d/:])", _slashed),
        (rf"{_DAY}(?: of)?[ -]?{_MONTH}\.?(?:,?[ -]{_YEAR})?{_END}", _date),
        (rf"{_MONTH}\.? ?{_DAY}(?:,? {_YEAR})?(?![\d:a-z]| ?[ap]\.?m)", _date),
        (rf"(?:at |@ ?)?(?P<hour>\d\d?)(?:[:.](?P<minute>[0-5]\d))?{_AMPM}", _clock),
        (r"(?:at |@ ?)?(?P<hour>\d\d?):(?P<minute>[0-5]\d)(?![\d:a-z])", _clock),
        (rf"(?:at |@ ?)(?P<hour>\d\d?)(?: ?o'clock)?(?![\d:./]){_END}", _clock),
        (rf"(?P<hour>\d\d?) ?o'clock{_END}", _clock),
        (rf"(?P<hour>\d\d?)[点时](?:{_MINUTE_ZH})?(?![\d半])", _clock),
        (r"(?P<hour>\d\d?)点半", _half_past),
        (rf"(?P<part>{_PART_EN}){_END}", _part),
        (rf"(?P<part>{_PART_ZH})", _part),
    )
)
SEPARATOR = re.compile(r"[ ,()@]+|(?:on|at|in|of|the)(?= )|的")
NOW = re.compile(r"(?:right |just )?now|刚才|刚刚|刚|现在")
TIME_AGO = re.compile(
    rf"{_N} ?(?P<unit>h|hrs?|hours?|m|mins?|minutes?) ago"
    rf"|(?P<zh>\d{{1,4}})个?(?P<unit_zh>小时|钟头|分钟?){_BEFORE}"
    rf"|(?P<whole>\d{{1,4}})个半(?:小时|钟头){_BEFORE}"
    rf"|(?P<half>half an hour ago|半个?(?:小时|钟头){_BEFORE})",
    re.ASCII,
)
