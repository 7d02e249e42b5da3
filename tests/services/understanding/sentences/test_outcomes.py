import pytest

from tests.services.understanding.sentences.telling import told

POSITIVE = [
    "demo went well",
    "they loved it",
    "she is keen",
    "very interested",
    "not bad, they liked it a lot",
    "went down a treat",
    "wants 4 units",
    "asked for a proforma",
    "wants to try it for two weeks",
    "he approved the samples",
    "no objections",
    "couldn't be happier",
    "good call with Acme",
    "impressed with the new ventilator",
    "Acme 👍",
    "the buyer is sold on it",
    "they said yes",
    "happy with the price",
    "keen on the solar bundle",
    "faulty cable but he still loves it and wants a demo",
    "演示顺利",
    "客户很感兴趣",
    "对方非常满意",
    "聊得不错",
    "认可我们的方案",
    "没有问题",
    "同意了",
    "反馈很好",
    "想要两套",
    "有采购意向",
    "价格可以接受",
    "老板点头了",
    "整体还不错",
    "設備運行正常，客戶滿意",
]
NEGATIVE = [
    "not interested",
    "didn't go well",
    "they pushed back on price",
    "too expensive",
    "he said no",
    "no budget",
    "price too high",
    "she complained about late deliveries",
    "waste of time",
    "landlord's a no",
    "they don't like it",
    "good meeting but too expensive and no budget",
    "ghosted again",
    "doesn't want the machine",
    "not happy with the last delivery",
    "wasn't there",
    "Acme 😡",
    "不感兴趣",
    "不太顺利",
    "没谈成",
    "客户嫌贵",
    "价格太高",
    "拒绝了",
    "没预算",
    "态度冷淡",
    "要求退货",
    "颜色太深",
    "堆头被撤下来了",
    "色泽不均匀",
    "白跑一趟",
    "吃了闭门羹",
    "放鸽子了",
    "觀望之後拒絕了",
]
NEUTRAL = [
    "so-so",
    "went ok",
    "nothing decided",
    "needs to think about it",
    "mixed reactions",
    "non-committal",
    "no decision yet",
    "KIV",
    "还行",
    "一般",
    "考虑考虑",
    "再看看",
    "反应一般",
    "没表态",
    "要请示领导",
    "对API有顾虑，整体还行",
]
SILENT = [
    "visited Acme yesterday",
    "hopefully it goes well",
    "remind me to make a good impression",
    "call Acme tomorrow 9am",
    "demo at Acme on Friday",
    "拜访了华东医院王主任",
    "希望顺利",
    "明天上午联系王总",
    "下周二下午3点回访",
    "争取谈妥",
]
CASES = [
    *((text, "positive") for text in POSITIVE),
    *((text, "negative") for text in NEGATIVE),
    *((text, "neutral") for text in NEUTRAL),
    *((text, None) for text in SILENT),
]


@pytest.mark.parametrize(("text", "outcome"), CASES)
def test_how_it_went(text: str, outcome: str | None) -> None:
    assert told(text).outcome == outcome


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("他们现在用的机器换得太勤了", None),
        ("目前用力士乐，交期不稳，想找备选", "positive"),
    ],
)
def test_what_they_think_of_others(text: str, outcome: str | None) -> None:
    assert told(text).outcome == outcome


@pytest.mark.parametrize(
    ("text", "outcome"), [("won the Acme deal", "positive"), ("丢单了", "negative")]
)
def test_a_closed_deal_tells_by_itself(text: str, outcome: str) -> None:
    assert told(text).outcome == outcome


@pytest.mark.parametrize("text", ["met Tom, demo went well", "见了王总，演示顺利"])
def test_the_words_are_kept(text: str) -> None:
    assert told(text).evidence["outcome"] in text
