import pytest

from services.understanding.facts import Vocabulary
from tests.services.understanding.sentences.telling import told

REACHED = [
    ("deal to proposal 50k", "proposal"),
    ("moved Acme to negotiation", "negotiation"),
    ("Acme now in negotiation", "negotiation"),
    ("stage: qualified", "qualified"),
    ("mark Acme as lost", "lost"),
    ("update sterling dental to won 18.4k", "won"),
    ("Acme -> proposal", "proposal"),
    ("we're at proposal stage with Acme", "proposal"),
    ("sent them the quote today", "proposal"),
    ("emailed Acme the revised proposal", "proposal"),
    ("we quoted Acme 27,450", "proposal"),
    ("submitted our tender to the council", "proposal"),
    ("quote's gone over", "proposal"),
    ("still negotiating terms", "negotiation"),
    ("contract is with their legal", "negotiation"),
    ("haggling over the price", "negotiation"),
    ("they signed!", "won"),
    ("got the PO from Acme", "won"),
    ("deal closed with Hotel Sai Palace", "won"),
    ("closed won: Helix", "won"),
    ("WON mercy general", "won"),
    ("contract signed today", "won"),
    ("lost Acme to Globex", "lost"),
    ("they went with Globex", "lost"),
    ("deal is dead", "lost"),
    ("closed lost", "lost"),
    ("new lead: Tri-State Packaging", "lead"),
    ("I'd call it qualified", "qualified"),
    ("商机推进到报价", "proposal"),
    ("进入商务谈判", "negotiation"),
    ("阶段改成已签约", "won"),
    ("改为丢单", "lost"),
    ("已报价，等回复", "proposal"),
    ("报价单已发出", "proposal"),
    ("提交了方案", "proposal"),
    ("标书已经交了", "proposal"),
    ("合同条款还在谈", "negotiation"),
    ("在走合同审批", "negotiation"),
    ("签了！36万", "won"),
    ("中标了", "won"),
    ("合同签了", "won"),
    ("客户下单了", "won"),
    ("丢单了，选了竞品", "lost"),
    ("输给博世了", "lost"),
    ("没中标", "lost"),
    ("項目已報價", "proposal"),
    ("新线索：扬州亚威", "lead"),
    ("需求已确认", "qualified"),
]
OPEN = [
    "will send the quote Friday",
    "they want a quote by Friday",
    "hope to close by month end",
    "expected to sign next week",
    "need to prepare the proposal",
    "didn't win it yet",
    "they are not ready to sign",
    "send proposal tomorrow",
    "visited Acme, demo went well",
    "met the lead engineer",
    "需要报价",
    "下周发报价",
    "月底签约",
    "争取签下来",
    "预计下月签合同",
    "让我们出方案",
    "客户想要报价单",
    "还没签",
    "他们已经和蔡司签了三年",
    "拜访了华东医院，演示顺利",
]


@pytest.mark.parametrize(("text", "stage"), REACHED)
def test_a_stage_that_is_reached(text: str, stage: str) -> None:
    assert told(text).stage == stage


@pytest.mark.parametrize("text", OPEN)
def test_what_is_only_wished_is_not_reached(text: str) -> None:
    assert told(text).stage is None


OWN = Vocabulary(stages={"trial": ("Trial", "试用"), "po": ("PO issued", "已下采购单")})


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("moved Acme to trial", "trial"),
        ("Acme deal to PO issued", "po"),
        ("推进到试用", "trial"),
        ("阶段改为已下采购单", "po"),
        ("they liked the trial", None),
    ],
)
def test_the_companys_own_stages(text: str, stage: str | None) -> None:
    assert told(text, OWN).stage == stage
