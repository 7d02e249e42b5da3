"""What a message says is kept whole: next steps, what did not take place, who else is named."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from services.understanding.facts import Facts, Intent, Scene, Topic
from services.understanding.messages import understand
from storage.kinds import Activity, Outcome

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 22, 8, 8, tzinfo=ZONE)
"""A Sunday."""


def read(text: str) -> Facts:
    return understand(text, Scene(NOW, ZONE))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Met Ann Lee at Acme, promised to send the samples by Friday", "send the samples"),
        ("remind me to ring Acme tomorrow 10am", "ring Acme"),
        ("remind me in 3 hours to check the valve at bluefin", "check the valve at bluefin"),
        ("remind me to *wave* <b>y</b> @all tomorrow", "*wave* <b>y</b> @all"),
        ("下周二开例会 提醒我准备合同", "准备合同"),
        ("下午四点提醒我去芯澜", "去芯澜"),
        ("提醒我下午两点开会", "开会"),
        ("芯澜 微信 采购说价格还要降3个点 我答应明天回复他", "回复他"),
        ("她要样品 明天发", "明天发"),
        ("visited Acme, follow up on Tuesday", ""),
    ],
)
def test_a_next_step_is_the_action_without_its_time(text: str, expected: str) -> None:
    assert read(text).next_step == expected


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (
            "芯澜 微信 采购说价格还要降3个点 我答应明天回复他",
            "采购说价格还要降3个点 我答应明天回复他",
        ),
        ("今天去了锡光 装机完成", "装机完成"),
        ("visited Acme, all well", "all well"),
        ("met *Bo* <b>x</b> today", "met *Bo* <b>x</b> today"),
    ],
)
def test_no_clause_is_cut_or_lost(text: str, note: str) -> None:
    assert read(text).note == note


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("visited Acme, all well", Outcome.POSITIVE),
        ("visited Acme, all fine", Outcome.POSITIVE),
        ("visited Acme, fine", Outcome.POSITIVE),
        ("visited Acme, meh", Outcome.NEUTRAL),
    ],
)
def test_few_words_tell_how_it_went(text: str, outcome: Outcome) -> None:
    assert read(text).outcome is outcome


@pytest.mark.parametrize(
    "text",
    [
        "Didn't visit Bolt yesterday, they cancelled",
        "cancelled my visit to Bolt today",
        "won't be able to see Bolt tomorrow",
        "couldn't make it to Bolt today",
        "the Bolt meeting was cancelled",
        "和禾妇幼取消了今天的拜访",
        "昨天没去成锡光",
        "没拜访锡光",
    ],
)
def test_what_did_not_take_place_is_no_visit(text: str) -> None:
    facts = read(text)
    assert facts.intent is Intent.NOTE
    assert facts.follow_up is None
    assert facts.note == text
    assert not facts.sure


@pytest.mark.parametrize(
    ("text", "step", "due"),
    [
        ("昨天没去成锡光 改到周三", "去锡光", "2026-11-25"),
        ("Bolt meeting cancelled, moved to Thursday", "visit Bolt", "2026-11-26"),
        ("visit to Bolt postponed to Friday", "visit Bolt", "2026-11-27"),
    ],
)
def test_what_was_put_off_is_to_be_done_then(text: str, step: str, due: str) -> None:
    facts = read(text)
    assert facts.intent is Intent.REMINDER
    assert facts.next_step == step
    assert facts.follow_up is not None
    assert str(facts.follow_up.value) == due
    assert not facts.sure


@pytest.mark.parametrize("text", ["昨天去锡光没见到王总", "去了锡光，王总取消了会议"])
def test_a_visit_where_nobody_was_met_is_one(text: str) -> None:
    assert read(text).intent is Intent.VISIT


@pytest.mark.parametrize(
    ("text", "happened"),
    [
        ("visited Bolt next Tuesday, great talk", "2026-11-24"),
        ("visited Bolt tomorrow 4pm, went well", "2026-11-23 16:00:00+08:00"),
        ("下周二拜访了锡光 谈得不错", "2026-11-24"),
        ("今天下午三点半见了Bolt Foods的Linda 聊得不错", "2026-11-22 15:30:00+08:00"),
    ],
)
def test_what_is_told_of_a_time_to_come_happened_then(text: str, happened: str) -> None:
    facts = read(text)
    assert facts.intent is Intent.VISIT
    assert facts.happened is not None
    assert str(facts.happened.value) == happened
    assert facts.follow_up is None
    assert not facts.sure


@pytest.mark.parametrize("text", ["明天下午去拜访锡光", "visit Bolt next Tuesday"])
def test_a_plan_is_no_past(text: str) -> None:
    assert read(text).intent is Intent.REMINDER


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("Visited Acme and Bolt Foods today, both happy", ["Bolt Foods"]),
        ("见了锡光和芯澜", ["芯澜"]),
        ("met Tom and Linda at Acme", []),
    ],
)
def test_several_customers_leave_a_doubt(text: str, others: list[str]) -> None:
    facts = read(text)
    assert [each.best for each in facts.others] == others
    assert facts.sure is not bool(others)


@pytest.mark.parametrize(
    ("text", "stage", "amount"),
    [
        ("visited Bolt Foods, asked for a discount; 4% off would do", None, None),
        ("visited Acme. If it goes well they'd take two units (about 90k)", None, None),
        ("visited Acme, they pay 11k for it", None, None),
        ("报价推进到15万", "proposal", 150_000),
        ("锡光涨到20万", None, 200_000),
    ],
)
def test_what_is_only_asked_or_thought_is_no_deal(
    text: str, stage: str | None, amount: int | None
) -> None:
    facts = read(text)
    assert facts.stage == stage
    assert (facts.amount and int(facts.amount.value)) == amount


@pytest.mark.parametrize("text", ["锡光报价5万", "锡光涨到20万", "锡光降到85万", "报价推进到15万"])
def test_a_sum_that_moved_is_a_deal(text: str) -> None:
    assert read(text).intent is Intent.DEAL


@pytest.mark.parametrize("text", ["Visited Acme, new filter installed", "今天去了锡光 装机完成"])
def test_an_installation_is_no_demo(text: str) -> None:
    assert read(text).activity is Activity.VISIT


def test_some_time_after_a_feast_is_no_day() -> None:
    facts = read("visit Bolt after Xmas")
    assert facts.intent is Intent.REMINDER
    assert facts.follow_up is None


def test_a_title_ends_before_the_department() -> None:
    found = read("今天去了云栈 周总工程部李经理都在").contacts
    assert [each.text for each in found] == ["周总", "李经理"]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("本周待办", Topic.TODAY),
        ("what do i have to do this week", Topic.TODAY),
        ("who do i need to call", Topic.TODAY),
        ("锡光的单子到哪一步了", Topic.PIPELINE),
        ("which customers have not been visited for 20 days", Topic.OTHER),
        ("谁最近没拜访客户", Topic.OTHER),
        ("林一帆这周拜访了谁", Topic.OTHER),
        ("how many calls last week?", Topic.OTHER),
        ("这个月谁拜访最多", Topic.OTHER),
        ("how many visits did Kim Shen make this month?", Topic.OTHER),
        ("how many visits last month", Topic.VISITS),
        ("本月拜访了多少家", Topic.VISITS),
    ],
)
def test_what_is_asked(text: str, topic: Topic) -> None:
    asked = read(text).question
    assert asked is not None
    assert asked.topic is topic
