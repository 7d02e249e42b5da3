import pytest

from tests.services.understanding.sentences.telling import follow_up, told

DUE = [
    ("follow up Friday", "2025-03-14"),
    ("fu fri", "2025-03-14"),
    ("f/u next tues 10am", "2025-03-18T10:00"),
    ("visited acme, follow up in two weeks", "2025-03-26"),
    ("met Tom yesterday, call him Monday", "2025-03-17"),
    ("I'll send the quote by Friday", "2025-03-14"),
    ("send quote tomorrow", "2025-03-13"),
    ("next meeting is March 24 at 11", "2025-03-24T11:00"),
    ("next visit 8 April 10:30", "2025-04-08T10:30"),
    ("they want the quote by Friday", "2025-03-14"),
    ("asked me to come back on the 25th", "2025-03-25"),
    ("meeting set for 18 March at 11am", "2025-03-18T11:00"),
    ("demo scheduled for 20 March 3pm", "2025-03-20T15:00"),
    ("touch base next week", "2025-03-17"),
    ("met Ana. Try again Thursday", "2025-03-13"),
    ("back there on the 25th", "2025-03-25"),
    ("remind me to call Acme tomorrow at 9am", "2025-03-13T09:00"),
    ("don't forget: card for Mr Goh on the 21st", "2025-03-21"),
    ("call Acme tomorrow 9am", "2025-03-13T09:00"),
    ("Had coffee with Leila last week. Lunch with her on 24 March 12:30", "2025-03-24T12:30"),
    ("visited Acme, need to resubmit in 5 days", "2025-03-17"),
    ("Book in: lunch with Karen, Fri 21 March, 12:30", "2025-03-21T12:30"),
    ("下周二下午3点回访", "2025-03-18T15:00"),
    ("周五前发POC方案", "2025-03-14"),
    ("让我们月底前提交方案", "2025-03-31"),
    ("约了3月24日早上9点", "2025-03-24T09:00"),
    ("下周三上午10点再过去演示", "2025-03-19T10:00"),
    ("两周后再联系", "2025-03-26"),
    ("提醒我周五下午3点发合同", "2025-03-14T15:00"),
    ("明天下午2点去送样", "2025-03-13T14:00"),
    ("拜访了华东医院 周一下午3点再跑一趟", "2025-03-17T15:00"),
    ("见了王总，周四给他报价", "2025-03-13"),
    ("客户要求3月20号前把参数发过去", "2025-03-20"),
    ("约好了下周一早上九点半装机", "2025-03-17T09:30"),
    ("11月7号跟", "2025-11-07"),
    ("明天约了张小姐，下午三点", "2025-03-13T15:00"),
    ("改约下周一上午9:30见", "2025-03-17T09:30"),
    ("下次：3月25日", "2025-03-25"),
]
NONE = [
    "visited Acme yesterday",
    "visited Acme on Friday",
    "contract expires in June",
    "they will decide by end of month",
    "their budget year starts in April",
    "he's on leave until Monday",
    "installed since 2019",
    "board meets on 5 June",
    "no follow up needed before June",
    "KIV till Q4",
    "FYI Brightwave is moving to Denver in October",
    "opening a new branch in May",
    "昨天拜访了华东医院",
    "合同年底到期",
    "他们4月份才开始新预算年度",
    "客户计划五月份招标",
    "月底出结果",
    "2019年装的设备",
    "无需跟进",
    "今天去合肥京东方做了季度保养",
    "大疆新仓10月启用",
    "客户年底要换供应商",
]


@pytest.mark.parametrize(("text", "due"), DUE)
def test_when_the_next_step_is_due(text: str, due: str) -> None:
    assert follow_up(text) == due


@pytest.mark.parametrize("text", NONE)
def test_times_of_anything_else(text: str) -> None:
    assert follow_up(text) == ""


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("visited Acme. Send the quote by Friday", "Send the quote"),
        ("met Tom, follow up in two weeks", ""),
        ("拜访了华东医院，下周四上午10点再去送报价", "再去送报价"),
    ],
)
def test_what_the_next_step_is(text: str, step: str) -> None:
    assert told(text).next_step == step


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("visited Acme yesterday", "2025-03-11"),
        ("Met May Chen, the VP of Ops at Brightwave, on Tuesday", "2025-03-11"),
        ("Visited Acme on Friday, follow up Friday", "2025-03-07"),
        ("called Acme this morning, call back tomorrow", "2025-03-12"),
        ("signed today: Acme 50k", "2025-03-12"),
        ("周二拜访了扬子化工，下周二再去", "2025-03-11"),
        ("昨天下午见了王总", "2025-03-11"),
        ("上周五去了华东医院", "2025-03-07"),
    ],
)
def test_when_it_happened(text: str, day: str) -> None:
    found = told(text).happened
    assert found
    assert found.local.date().isoformat() == day


@pytest.mark.parametrize("text", ["remind me to call Acme tomorrow", "提醒我明天联系王总", "hi"])
def test_what_is_to_be_done_has_not_happened(text: str) -> None:
    assert told(text).happened is None
