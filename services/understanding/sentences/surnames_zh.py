"""What Chinese people are called: surnames, titles, and what only looks like them."""

from types import MappingProxyType
from typing import Final

from services.understanding.sentences.word_lists import listed

_LISTED: Final = listed("zh_people")
DOUBLE: Final = frozenset(_LISTED["double"])
SINGLE: Final = "".join(_LISTED["single"])
OTHER_PEOPLES: Final = _LISTED["other peoples"]
"""Names of Mongols, Tibetans and Uyghurs, which have no surname."""
RARE: Final = frozenset("".join(_LISTED["rare"]))
"""Surnames that are common words, too: one needs a border before it."""
BORDERS: Final = frozenset("".join(_LISTED["borders"]) + " ")
"""What may stand before the name of a person who is called in full."""
FAMILIAR: Final = frozenset("".join(_LISTED["familiar"]))
"""Surnames after 小 and 老."""
GIVEN_FAMILIAR: Final = frozenset("".join(_LISTED["familiar given"]))
TITLES: Final = _LISTED["title"]
NOT_PEOPLE: Final = frozenset(_LISTED["not people"])
ROLES: Final = _LISTED["role"]
GIVEN: Final = frozenset("".join(_LISTED["given"]))
"""Characters that given names are made of."""
NOT_AFTER_FAMILIAR: Final = MappingProxyType(
    {
        "程": "序度",
        "周": "期末岁边",
        "林": "业",
        "叶": "片",
        "武": "器",
        "钟": "头",
        "马": "路达上甲",
        "田": "地",
        "白": "色的酒天",
        "任": "务何",
        "方": "案向面法便形",
        "石": "头材",
        "江": "湖南",
        "金": "额店属",
        "龙": "虾",
        "万": "元",
        "段": "落",
        "许": "可多",
        "何": "时",
        "易": "拉",
        "夏": "天",
        "明": "天星",
        "强": "度",
        "波": "动",
        "红": "书点包旗薯",
        "美": "女好",
        "雪": "花",
        "曾": "经",
        "陈": "列",
        "余": "额",
        "付": "款",
    }
)
"""What may not follow 小 and a surname, as it would be another word: 小程序."""
SHORT: Final = MappingProxyType(
    {
        "总": "价额部公结体共数量之算统理包计预院店行务则装线成经监裁工助",
        "工": "集股控厂作程业人艺地商期资具序会信行况种科学具装务钱本坊兵头整厅龄伤友棚",
        "董": "事",
        "姐": "妹夫",
        "哥": "们伦斯特",
        "局": "长部面域势",
        "处": "长理于方在罚分置",
        "科": "长技室研学目普大",
        "院": "长区子校所内感",
        "校": "长园区友内医",
        "导": "致入出航购演师",
        "秘": "书密",
        "律": "师所",
        "帅": "气",
        "叔": "叔",
        "队": "长伍",
        "所": "长有以属在说",
        "厂": "长家房区商里",
        "太": "贵高低慢快长短多少大小好坏差忙远近久难平阳空太极原湖和保古仓麻重轻吵花",
        "采购": "部员中计需单金价合经主总量方清意目流招",
        "会计": "师部事",
        "顾问": "公团费",
        "主任": "医护",
        "经理": "人部",
        "院长": "办",
    }
)
"""What may not follow a title, as it would be another word: 总价."""
NOT_BEFORE: Final = MappingProxyType(
    {
        "于": "关由对等位属基鉴至在便利过终源",
        "周": "这本上下每一两几三四半个多近",
        "方": "对甲乙我双院校资买卖供需第各官前后厂警军店客他地东南北西四三",
        "张": "一两几三多",
        "高": "提新最更",
        "石": "化",
        "时": "同当及平准小有",
        "金": "资现奖基定押五",
        "万": "十百千几多",
        "江": "浙龙珠松丽",
        "安": "公治西延保",
        "水": "自",
        "关": "有相机海",
        "管": "主分",
        "华": "中金",
        "路": "一线公铁",
        "文": "中英作",
        "常": "日正非异经",
        "明": "说证",
        "白": "明空",
        "任": "责主信",
        "马": "上",
        "边": "这那旁",
        "程": "工流过日",
        "段": "阶",
        "单": "订",
        "古": "蒙",
        "康": "健",
        "林": "园",
        "伍": "队",
    }
)
"""Before a surname these make another word of it: 对方总监."""
