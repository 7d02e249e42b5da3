"""What holds no time, though its words look like it, and what is hidden from the grammar."""

import pytest

from services.understanding.facts import Spotted
from tests.services.understanding.saying import CHINESE, ENGLISH, words

ENGLISH_WORDS = """
may I come in | we may call them | he sat down | they sat and talked | in the sun
march on | march forward | the march of time | April said hello | June is our contact
August Müller | Jan called | tom said | mon ami | eve of battle
a second opinion | second thoughts | second floor | just a sec | wait a minute | one second
once in a while | first of all | first impression | for the first time | first class
last but not least | at last | at least 5 | last chance | last name | the last time | last mile
next time | next steps | next to the door | past due | now and then | from now on | now or never
in time | on time | this time | every time | every customer | each of them | each unit
day to day | one day | some day | the other day | these days | day | week | month | year | days
years of experience | 10 years old | a half | half of them | half price
a quarter of the budget | quarter pounder | an hour | two hours | 5 minutes | happy hour
a two hour meeting | 30 days payment terms | net 30 days | a 12 month contract | 90-day trial
3 year warranty | 24 hours | 24-hour hotline | office hours | working days | 1-2 weeks
early bird | too late | late payment | start of production | end of story | dead end | end user
mid market | mid-size company | daily business | weekly report | monthly fee | annual review
fall behind | spring water | winter tires | good morning | good afternoon | night shift
afternoon tea | morning meeting went well | had lunch with Tom | weekend warrior
"""
ENGLISH_NUMBERS = """
24/7 support | 24/7 | 1/2 the price | 3/4 of them | two thirds | 10% | at 5% | by 10%
version 2.3.1 | version 3.11 | v2.5 | 1.2.3 | 192.168.1.1 | 12:34:56:78 | 3.14 | 12.5 kg
call 555-1234 | phone 138-0013-8000 | +1 212 555 0100 | 13800138000
it costs 300 | $3.50 | price 12.50 each | 50k | ratio 1:2 | score 3-1 | 1 2 3 | one two three
room 305 | table for 5 | 5 people | 3 units | 2 to 3 boxes | 3-4 people | at 20 units
order no 2025 | PO 20250 | model 2025 | invoice 12345 | iPhone 15 | ISO 9001 | windows 11
1st class | 2nd hand | 3rd party | H1N1 | 3M | 7-Eleven | Q&A | he's 30 | a.m. | I am 5
"""
CHINESE_WORDS = """
有一点 | 一点 | 有一点贵 | 差一点 | 差点 | 一点点 | 一点儿 | 快一点 | 第一点 | 一刻
半天 | 一天 | 两天 | 一年 | 两周 | 三个月 | 几天 | 好几天 | 三五天 | 一半 | 半价 | 半成品
周总 | 周总说 | 周先生 | 周到 | 周边 | 周期 | 周转 | 年轻 | 年货 | 年会 | 月饼 | 月亮 | 月结
日本 | 日报 | 日常 | 号码 | 时候 | 时间 | 小时候 | 点餐 | 点头 | 分公司 | 分店 | 分开 | 秒杀
天气 | 天津 | 天猫 | 今麦郎 | 明白 | 明显 | 明确 | 明总 | 后来 | 后台 | 后面 | 前台 | 前任
之前 | 以前 | 以后 | 之后 | 前 | 后 | 早 | 早餐 | 晚餐 | 晚安 | 早安 | 午餐 | 晚饭 | 中午饭
上午好 | 下午好 | 晚上好 | 早上好 | 下午茶 | 春节快乐 | 中秋节快乐
上海 | 上班 | 上次 | 上级 | 上门 | 下单 | 下次 | 下班 | 下面 | 本公司 | 本人 | 本来 | 本田
这个 | 这个客户 | 这家 | 那天 | 当时 | 当地 | 当面 | 最近 | 最近怎么样 | 近况 | 过去 | 过期
未来 | 将来 | 从来 | 由于 | 到位 | 到货 | 至少 | 起步 | 内部 | 以内 | 初步 | 底价 | 末端 | 中国
几点 | 几点了 | 什么时候 | 星期几 | 几号 | 哪天 | 每家 | 每个客户 | 每次 | 每人 | 隔壁
四季酒店 | 十分满意 | 十分感谢 | 满分
"""
CHINESE_NUMBERS = """
两点建议 | 三点意见 | 3点要求 | 三点原因 | 三五个人 | 一二三 | 三七开 | 百分之五 | 三分之一
3号楼 | 三号线 | 2号门 | 1号店 | 5号仓库 | 十号桌 | 7号厂房 | 13月1日
第一次 | 第二次 | 第三家 | 一次 | 两次 | 三家 | 5家 | 10台 | 100万 | 5万 | 三十万 | 1万2
三个月的账期 | 账期60天 | 质保三年 | 一年质保 | 24小时 | 24小时热线 | 7天酒店 | 五分钟 | 十分 | 8分
13800138000 | 电话138-0013-8000 | 021-12345678 | 版本2.3.1 | 版本3.11 | 24/7
3.5折 | 8折 | 八折 | 9.5折 | 价格3.50 | 25% | 1/3的客户 | 2025型号 | 型号2025 | 发票12345
合同号20251 | 订单20250 | 一百二十 | 第3名 | 第三方
"""


def texts(rows: str) -> list[str]:
    return [text for row in rows.strip().splitlines() for text in row.split(" | ")]


@pytest.mark.parametrize("text", texts(ENGLISH_WORDS) + texts(ENGLISH_NUMBERS))
def test_no_time_in_english(text: str) -> None:
    assert words(text, ENGLISH) == []


@pytest.mark.parametrize("text", texts(CHINESE_WORDS) + texts(CHINESE_NUMBERS))
def test_no_time_in_chinese(text: str) -> None:
    assert words(text, CHINESE) == []


@pytest.mark.parametrize(
    ("text", "name", "left"),
    [
        ("7天后回访", "7天", []),
        ("明天集团，明天上午", "明天集团", ["明天上午"]),
        ("Saw May on Friday", "May", ["Friday"]),
        ("周五和三一见面，下周一再去", "三一", ["周五", "下周一"]),
        ("next Friday Ltd, next Monday", "Friday Ltd", ["next Monday"]),
        ("at 3 M on Tuesday", "3 M", ["Tuesday"]),
        ("5 March Brothers in June", "March Brothers", ["June"]),
    ],
)
def test_nothing_is_read_in_or_across_a_name(text: str, name: str, left: list[str]) -> None:
    start = text.index(name)
    hidden = [Spotted(start, start + len(name))]
    assert words(text, ENGLISH, hidden) == left
    assert name not in " ".join(words(text, ENGLISH, hidden))


def test_names_may_overlap_and_come_in_any_order() -> None:
    hidden = [Spotted(9, 18), Spotted(0, 6), Spotted(3, 8)]
    assert words("tomorrow, next week or Friday", ENGLISH, hidden) == ["Friday"]
