from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.times import wall
from services.understanding import words_en, words_zh
from services.understanding.facts import Grain, Moment, Scene, Toward
from services.understanding.plain import plain
from services.understanding.reading import read_whole

SHANGHAI = ZoneInfo("Asia/Shanghai")
# Thursday 19 November 2026, 14:20 in Shanghai
NOW = datetime(2026, 11, 19, 6, 20, tzinfo=UTC)


def read(
    text: str, now: datetime = NOW, zone: ZoneInfo = SHANGHAI, language: str = "en"
) -> Moment | None:
    scene = Scene(now, zone, language)
    span = read_whole(plain(text), scene)
    return span.moment(scene, Toward.PAST) if span else None


def said(text: str, language: str = "en", now: datetime = NOW) -> str | None:
    moment = read(text, now, language=language)
    if moment is None:
        return None
    exactly = moment.grain is not Grain.DAY
    return f"{moment.local:%Y-%m-%d %H:%M}" if exactly else f"{moment.local:%Y-%m-%d}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("now", "2026-11-19 14:20"),
        ("Just now", "2026-11-19 14:20"),
        ("刚才", "2026-11-19 14:20"),
        ("剛剛", "2026-11-19 14:20"),
        ("today", "2026-11-19"),
        ("今天", "2026-11-19"),
        ("yesterday", "2026-11-18"),
        ("昨天", "2026-11-18"),
        ("the day before yesterday", "2026-11-17"),
        ("前天", "2026-11-17"),
        ("大前天", "2026-11-16"),
        ("tomorrow", "2026-11-20"),
        ("3 days ago", "2026-11-16"),
        ("a week ago", "2026-11-12"),
        ("two weeks ago", "2026-11-05"),
        ("3d ago", "2026-11-16"),
        ("三天前", "2026-11-16"),
        ("十二天之前", "2026-11-07"),
        ("两周前", "2026-11-05"),
        ("一个星期前", "2026-11-12"),
        ("2 hours ago", "2026-11-19 12:20"),
        ("an hour ago", "2026-11-19 13:20"),
        ("half an hour ago", "2026-11-19 13:50"),
        ("20 min ago", "2026-11-19 14:00"),
        ("20m ago", "2026-11-19 14:00"),
        ("两小时前", "2026-11-19 12:20"),
        ("两个小时前", "2026-11-19 12:20"),
        ("半小时前", "2026-11-19 13:50"),
        ("一个半小时前", "2026-11-19 12:50"),
        ("二十五分钟前", "2026-11-19 13:55"),
        ("3 days ago at 3pm", "2026-11-16 15:00"),
        ("3天前下午", "2026-11-16 15:00"),
    ],
)
def test_words_relative_to_now(text: str, expected: str) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Monday", "2026-11-16"),
        ("Mon", "2026-11-16"),
        ("on tues.", "2026-11-17"),
        ("thursday", "2026-11-19"),
        ("Friday", "2026-11-13"),
        ("last Friday", "2026-11-13"),
        ("last Monday", "2026-11-09"),
        ("this Monday", "2026-11-16"),
        ("this Friday", "2026-11-20"),
        ("周五", "2026-11-13"),
        ("週五", "2026-11-13"),
        ("星期五", "2026-11-13"),
        ("礼拜五", "2026-11-13"),
        ("星期天", "2026-11-15"),
        ("上周五", "2026-11-13"),
        ("上周一", "2026-11-09"),
        ("上个星期一", "2026-11-09"),
        ("上上周一", "2026-11-02"),
        ("本周一", "2026-11-16"),
        ("Friday 3pm", "2026-11-13 15:00"),
        ("Thursday 3pm", "2026-11-12 15:00"),
        ("Thursday 2pm", "2026-11-19 14:00"),
        ("Thursday evening", "2026-11-12 19:00"),
        ("周三五点", "2026-11-18 17:00"),
        ("上周五下午三点半", "2026-11-13 15:30"),
    ],
)
def test_weekdays_are_the_latest_and_last_ones_of_the_week_before(
    text: str, expected: str
) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-03", "2026-11-03"),
        ("2026-11-03 15:30", "2026-11-03 15:30"),
        ("2026-11-03T09:05", "2026-11-03 09:05"),
        ("2026/11/3", "2026-11-03"),
        ("2027-01-03", "2027-01-03"),
        ("3 May", "2026-05-03"),
        ("May 3", "2026-05-03"),
        ("3rd of May", "2026-05-03"),
        ("May 3rd, 2025", "2025-05-03"),
        ("3 May 2025", "2025-05-03"),
        ("3-May-2025", "2025-05-03"),
        ("Sept. 4", "2026-09-04"),
        ("3 may 9:30", "2026-05-03 09:30"),
        ("May 3 3pm", "2026-05-03 15:00"),
        ("5月3日", "2026-05-03"),
        ("5月3号", "2026-05-03"),
        ("五月三號", "2026-05-03"),
        ("２０２５年５月３日", "2025-05-03"),
        ("二〇二五年五月三日", "2025-05-03"),
        ("去年12月31日", "2025-12-31"),
        ("5月3日下午3点", "2026-05-03 15:00"),
        ("11/18", "2026-11-18"),
        ("11/18/2025", "2025-11-18"),
        ("Wed 18 Nov", "2026-11-18"),
        ("Fri 20 Nov 2026", "2026-11-20"),
        ("11月18日（周三）", "2026-11-18"),
        ("20 Nov", "2026-11-20"),
    ],
)
def test_dates(text: str, expected: str) -> None:
    assert said(text) == expected


def test_a_date_without_a_year_is_the_latest_but_for_a_slip_of_the_thumb() -> None:
    january = datetime(2027, 1, 5, tzinfo=UTC)
    assert said("28 Dec", now=january) == "2026-12-28"
    assert said("6 Jan", now=january) == "2027-01-06"
    assert said("29 Feb", now=datetime(2028, 3, 1, tzinfo=UTC)) == "2028-02-29"
    assert said("29 Feb") == "2024-02-29"


def test_a_number_that_is_no_month_is_a_day() -> None:
    assert said("18/11", "en") == "2026-11-18"
    assert said("11/18", "zh") == "2026-11-18"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2pm", "2026-11-19 14:00"),
        ("3pm", "2026-11-18 15:00"),
        ("11 a.m.", "2026-11-19 11:00"),
        ("12am", "2026-11-19 00:00"),
        ("12pm", "2026-11-19 12:00"),
        ("3:30 pm", "2026-11-18 15:30"),
        ("3.30pm", "2026-11-18 15:30"),
        ("13:05", "2026-11-19 13:05"),
        ("1:30", "2026-11-19 13:30"),
        ("01:30", "2026-11-19 01:30"),
        ("at 1", "2026-11-19 13:00"),
        ("at 9", "2026-11-19 09:00"),
        ("at 3", "2026-11-18 15:00"),
        ("@ 11am", "2026-11-19 11:00"),
        ("10 o'clock", "2026-11-19 10:00"),
        ("noon", "2026-11-19 12:00"),
        ("9点", "2026-11-19 09:00"),
        ("下午一点", "2026-11-19 13:00"),
        ("下午3点", "2026-11-18 15:00"),
        ("一点半", "2026-11-19 13:30"),
        ("上午十点", "2026-11-19 10:00"),
        ("十点一刻", "2026-11-19 10:15"),
        ("十点钟", "2026-11-19 10:00"),
        ("15点20分", "2026-11-18 15:20"),
        ("10点5分", "2026-11-19 10:05"),
        ("中午12点半", "2026-11-19 12:30"),
        ("中午一点", "2026-11-19 13:00"),
        ("晚上8点", "2026-11-18 20:00"),
        ("凌晨2点", "2026-11-19 02:00"),
    ],
)
def test_a_time_without_a_day_is_the_latest(text: str, expected: str) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("this morning", "2026-11-19 09:00"),
        ("morning", "2026-11-19 09:00"),
        ("in the morning", "2026-11-19 09:00"),
        ("早上", "2026-11-19 09:00"),
        ("上午", "2026-11-19 10:00"),
        ("今天上午", "2026-11-19 10:00"),
        ("今早", "2026-11-19 09:00"),
        ("中午", "2026-11-19 12:00"),
        ("this afternoon", "2026-11-19 14:20"),
        ("下午", "2026-11-19 14:20"),
        ("晚上", "2026-11-18 19:00"),
        ("今晚", "2026-11-19 19:00"),
        ("tonight", "2026-11-19 19:00"),
        ("last night", "2026-11-18 20:00"),
        ("昨晚", "2026-11-18 19:00"),
        ("yesterday evening", "2026-11-18 19:00"),
        ("yesterday afternoon at 4", "2026-11-18 16:00"),
        ("yesterday 3pm", "2026-11-18 15:00"),
        ("3pm yesterday", "2026-11-18 15:00"),
        ("yesterday at 3:30 pm", "2026-11-18 15:30"),
        ("昨天下午3点", "2026-11-18 15:00"),
        ("昨天下午15:30", "2026-11-18 15:30"),
        ("昨天下午 03:30", "2026-11-18 15:30"),
        ("昨天的上午十点", "2026-11-18 10:00"),
        ("today 3pm", "2026-11-19 15:00"),
        ("noon yesterday", "2026-11-18 12:00"),
        ("yesterday at 7", "2026-11-18 07:00"),
        ("yesterday evening at 7", "2026-11-18 19:00"),
    ],
)
def test_parts_of_the_day(text: str, expected: str) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3-may-25", "2025-05-03"),
        ("May the 3rd", "2026-05-03"),
        ("the 3rd of May, 2025", "2025-05-03"),
    ],
)
def test_other_spellings_of_a_month_date(text: str, expected: str) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "at", "on the", "a", "9", "50k", "Acme", "may", "May 2025",
        "yesterday Acme", "Acme yesterday", "yesterday 3", "yesterday today", "3pm 4pm",
        "Monday Tuesday", "Fri 18 Nov", "周五 11月18日", "afternoon 10am", "yesterday morning 3pm",
        "25:00", "12:60", "13am", "31 June", "32 May", "13月1日", "2月30日", "周八",
        "下午25点", "周总", "三一",
        "7天酒店", "明天集团", "3M", "几天前", "两三天前", "三五天前", "三点五",
        "few days ago", "next week", "上周", "上个月", "周末", "3 days",
        "may 3 4 2025", "1 2 may 3 4", "1/2/3", "138 0013 8000", "昨天拜访了华东医院",
        "today" * 30, "\ud800", "\0", "²",
    ],
)  # fmt: skip
def test_what_is_not_wholly_understood_is_not_guessed(text: str) -> None:
    assert said(text) is None
    assert said(text, "zh") is None


def test_the_far_ends_of_time_are_no_error() -> None:
    for now in (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)):
        for text in ("yesterday", "tomorrow", "9 weeks ago", "3 May", "now", "9 hours ago"):
            read(text, now)


joints = "ago days at on last this pm am 3 15:30 2026 11/19 周五 上 点 半 分 月 日 号 天前 - ,"
words = st.sampled_from(sorted({*words_en.WORDS, *words_zh.WORDS, *joints.split()}))
moments = st.datetimes(
    datetime(1950, 1, 1),  # noqa: DTZ001 - the strategy attaches the zone
    datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
zones = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)


@given(
    st.text(max_size=120)
    | st.lists(words, max_size=6).map(" ".join)
    | st.lists(words).map("".join),
    moments,
    zones,
    st.sampled_from(["en", "zh"]),
)
@example("29 feb", datetime(2026, 1, 1, tzinfo=UTC), SHANGHAI, "en")
def test_no_text_is_an_error(text: str, now: datetime, zone: ZoneInfo, language: str) -> None:
    moment = read(text, now, zone, language)
    assert moment is None or moment.at.tzinfo is not None


latest = st.sampled_from(
    ["Monday", "周日", "sat", "3pm", "at 9", "23:59", "下午3点", "早上", "晚上", "noon",
     "monday morning", "周五下午3点", "at 3", "just now", "today",
     "yesterday", "2 hours ago", "3天前"]
)  # fmt: skip


@given(latest, moments, zones)
def test_weekdays_and_clock_times_are_never_to_come(
    text: str, now: datetime, zone: ZoneInfo
) -> None:
    moment = read(text, now, zone)
    assert moment is not None
    # A day that never was (Apia skipped one in 2011) moves to the next, which may be today.
    assert moment.at <= now or (moment.grain is Grain.DAY and _changes(moment, zone))
    assert moment.at > now - timedelta(days=9, hours=2)


def _changes(moment: Moment, zone: ZoneInfo) -> bool:
    around = (moment.at + timedelta(hours=hours) for hours in (-26, 26))
    return len({at.astimezone(zone).utcoffset() for at in around}) > 1


@given(moments, zones)
def test_a_day_is_a_day_whatever_the_hour(now: datetime, zone: ZoneInfo) -> None:
    today = read("today", now, zone)
    before = read("yesterday", now, zone)
    assert today
    assert before
    assert today.value == wall(now, zone).date()
    assert before.value == wall(now, zone).date() - timedelta(days=1)


@given(st.dates(datetime(2000, 1, 1).date(), datetime(2099, 12, 31).date()))  # noqa: DTZ001
def test_every_way_to_write_a_date_means_the_same(day: Any) -> None:
    name = f"{day:%B}"
    forms = [
        f"{day:%Y-%m-%d}",
        f"{day.day} {name} {day.year}",
        f"{name} {day.day}, {day.year}",
        f"{day:%b} {day.day} {day.year}",
        f"{day:%a} {day.day} {day:%b} {day.year}",
        f"{day.year}年{day.month}月{day.day}日",
    ]
    if day.day > 12 or day.day == day.month:
        forms.append(f"{day.month}/{day.day}/{day.year}")
    read = {said(form) for form in forms}
    assert len(read) == 1
    assert str(read.pop()).startswith(f"{day:%Y-%m-%d}")


MARCH = datetime(2026, 3, 15, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12/3", "2026-03-12"), ("3/12", "2026-03-12"), ("11/3/2026", "2026-03-11"),
        ("12/3 3pm", "2026-03-12"), ("3/3", "2026-03-03"), ("13/3", "2026-03-13"),
    ],
)  # fmt: skip
def test_of_two_readings_of_a_date_the_recent_one_is_meant(text: str, expected: str) -> None:
    found = read(text, MARCH)
    assert found
    assert (f"{found.local:%Y-%m-%d}", found.others) == (expected, ())


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("2/3", "2026-02-03", "2026-03-02"), ("1/2 9am", "2026-01-02", "2026-02-01"),
        ("7/8", "2025-07-08", "2025-08-07"),
    ],
)  # fmt: skip
def test_two_readings_of_a_date_are_both_told(text: str, one: str, other: str) -> None:
    found = read(text, MARCH)
    assert found
    assert [f"{each.local:%Y-%m-%d}" for each in (found, *found.others)] == [one, other]


def test_in_chinese_the_month_comes_first() -> None:
    found = read("12/3", MARCH, language="zh")
    assert found
    assert (f"{found.local:%Y-%m-%d}", found.others) == ("2025-12-03", ())
