"""Chinese words about time, and what each may mean."""

from typing import Final, Literal

from services.understanding.words_en import Words

_NAMES = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6} | {
    str(number): number - 1 for number in range(1, 8)
}
_WEEKS = ("周", "星期", "礼拜")


def _words(kind: str, entries: dict[str, object]) -> Words:
    return {each: (kind, value) for words, value in entries.items() for each in words.split()}


WORDS: Final[Words] = (
    {f"{week}{name}": ("weekday", number) for week in _WEEKS for name, number in _NAMES.items()}
    | {f"拜{name}": ("weekday", _NAMES[name]) for name in "一二三四五六"}
    | {"周": ("unit", "week"), "星期": ("unit", "week"), "礼拜": ("unit", "week")}
    | {f"{week}末": ("unit", "weekend") for week in _WEEKS}
    | {f"个{week}": ("unit", "week") for week in _WEEKS}
    | _words(
        "relative",
        {
            "今天 今日 今儿 今儿个 本日": 0, "明天 明日 明儿 明儿个 翌日 次日": 1,
            "昨天 昨日 昨儿 昨儿个": -1,
            "前天 前日 前儿": -2, "后天 后日 后儿 后儿个": 2, "大前天 大前儿 大前日": -3,
            "大后天 大后儿 大后日": 3,
        },
    )
    | _words("relative_short", {"今": 0, "明": 1, "昨": -1, "当": 0})
    | _words(
        "part",
        {
            "早上 早晨 清晨 清早 一早 一大早 大清早 早间 大早上": "morning", "早": "morning_short",
            "上午 午前 前晌": "forenoon", "中午 正午 晌午 午间": "noon",
            "下午 午后 后晌": "afternoon", "午饭后 饭后 午餐后": "after_lunch",
            "傍晚 黄昏": "dusk", "晚上 晚间 夜里 夜晚 夜间": "evening", "晚": "evening_short",
            "凌晨 拂晓": "dawn", "半夜 深夜 大半夜": "late", "午夜 子夜": "midnight",
            "午": "noon_short",
        },
    )
    | _words("tonight", {"今晚 今夜 今儿晚上": 0})
    | _words(
        "unit",
        {
            "秒 秒钟": "second", "分钟": "minute", "小时 个小时 钟头 个钟头 个钟": "hour",
            "刻钟": "quarter_hour",
            "天": "day", "个月": "month", "个季度": "quarter", "季度": "quarter", "季": "quarter",
            "年": "year",
            "工作日 个工作日 个交易日": "workday", "半年": "half", "年度": "year",
            "财年 财务年度 会计年度": "fiscal",
        },
    )
    | _words("month_mark", {"月 月份": 0})
    | _words("day_mark", {"日 号 號": 0})
    | _words("hour_mark", {"点 点钟 时": 0})
    | _words("minute_mark", {"分": 0})
    | _words("year_to", {"今年": 0, "去年": -1, "前年": -2, "明年": 1, "后年": 2, "大前年": -3,
        "上年": -1,
        "本年 本年度 今年度 当年": 0, "去年度 上年度 上一年": -1,
        "下年 下年度 明年度 来年 翌年": 1})
    | _words("shift", {"这 本 这个 本个 当 当前 这一 这一个": 0, "上 上个 上一 上一个": -1,
        "下 下个 下一 下一个": 1, "上上 上上个": -2, "下下 下下个": 2, "上上上": -3, "下下下": 3})
    | _words("rolling", {"最近 近 过去 近来 前": -1, "未来 接下来 今后 往后 后": 1, "最近的": -1,
        "过去的": -1, "未来的": 1,
        "近期": 0})
    | _words("ago", {"前 之前 以前": -1})
    | _words("later", {"后 之后 以后 过后": 1})
    | _words("within", {"内 之内 以内": 1})
    | _words("zone", {
        "北京时间": "Asia/Shanghai", "香港时间": "Asia/Hong_Kong",
        "东京时间 日本时间": "Asia/Tokyo",
        "新加坡时间": "Asia/Singapore", "伦敦时间 英国时间": "Europe/London",
        "巴黎时间 柏林时间 德国时间 法国时间": "Europe/Paris",
        "纽约时间 美东时间 美国东部时间": "America/New_York",
        "美西时间 美国西部时间 洛杉矶时间": "America/Los_Angeles", "悉尼时间": "Australia/Sydney",
        "格林威治时间 世界时间 世界时": "UTC", "印度时间": "Asia/Kolkata",
        "迪拜时间": "Asia/Dubai",
    })
    | _words("since", {"以来 至今 到现在 到目前 到今天 迄今 起": 1})
    | _words("from", {"从 自 由": 1})
    | _words("to", {"到 至": 1})
    | _words("half_word", {"半": 1})
    | _words("half_year", {"上半年": 1, "下半年": 2, "前半年": 1, "后半年": 2})
    | _words("third", {"上旬": 1, "中旬": 2, "下旬": 3})
    | _words("third_of", {"月上旬 月份上旬": 1, "月中旬 月份中旬": 2, "月下旬 月份下旬": 3})
    | _words("and_half", {"个半": 1})
    | _words("quarter_mark", {"刻": 0})
    | _words("half_month", {"上半月": 1, "下半月": 2})
    | _words("edge", {"月底 月末": "month", "月初": "month", "月中": "month",
        "年底 年末 岁末": "year",
        "年初 开年": "year", "年中": "year", "季末 季度末 季度底": "quarter",
        "季初 季度初": "quarter", "周初": "week",
        "季底": "quarter", "年内": "year", "月内": "month"})
    | _words("edge_mark", {"底 末 末尾 结束 底部": "end", "初": "start", "中": "middle"})
    | _words("every", {"每 每个 每逢": 1, "隔": 2})
    | _words("now", {"现在 此刻 目前 刚才 刚刚": 0})
    | _words("ordinal_mark", {"第": 0})
    | _words("sharp", {"整 钟": 0})
    | _words("about", {"左右 前后 上下 许": 0})
    | _words("holiday", {
        "元旦 元旦节": "new_year", "春节 大年初一 过年": "spring_festival",
        "除夕 年三十": "new_years_eve_zh",
        "元宵节 元宵": "lantern", "清明 清明节": "qingming",
        "五一 劳动节 五一节 五一劳动节": "may_day",
        "端午 端午节": "dragon_boat", "七夕 七夕节": "qixi", "中秋 中秋节": "mid_autumn",
        "重阳节 重阳": "chongyang",
        "国庆 国庆节 十一国庆": "national_day", "圣诞节 圣诞": "christmas",
        "平安夜": "christmas_eve",
        "妇女节 三八妇女节": "womens_day", "儿童节 六一儿童节 六一": "childrens_day",
        "教师节": "teachers_day",
        "情人节": "valentines", "双十一 双11": "singles_day", "感恩节": "thanksgiving",
        "万圣节": "halloween_zh",
        "母亲节": "mothers_day", "父亲节": "fathers_day", "建军节 八一建军节": "army_day",
        "愚人节": "april_fools", "植树节": "arbor_day", "青年节 五四青年节": "youth_day",
        "建党节": "party_day",
        "护士节": "nurses_day", "医师节": "doctors_day", "光棍节": "singles_day",
        "消费者权益日": "consumer_day", "冬至": "winter_solstice", "跨年夜 跨年": "new_years_eve",
        "双十二": "double_twelve",
    })
    | _words("workdays", {"工作日": 0})
    | _words("span", {"全年 全天 一整天 整天 一整年 整年 当天 当日 那天 这天 这一天 那一天": 0})
)  # fmt: skip
ENDS: Final[dict[str, Literal["start", "middle", "end"]]] = {"月底": "end", "月末": "end",
    "年底": "end", "年末": "end", "岁末": "end", "季末": "end",
    "季度末": "end", "年内": "end", "月内": "end", "季度底": "end", "季底": "end", "月初": "start",
    "年初": "start", "开年": "start",
    "季初": "start", "季度初": "start", "周初": "start", "月中": "middle",
    "年中": "middle"}  # fmt: skip
"""Which end of its unit each of the ``edge`` words is."""

NUMERALS: Final = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {
    "零": 0, "两": 2, "俩": 2, "廿": 20, "卅": 30, "十": 10, "百": 100, "千": 1_000,
}  # fmt: skip
