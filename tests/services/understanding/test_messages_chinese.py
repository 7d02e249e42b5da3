"""Whole Chinese messages: whom they are about, what for, and what comes next."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from services.understanding.facts import Facts, Intent, Scene
from services.understanding.messages import understand
from storage.kinds import Outcome

ZONE = ZoneInfo("Asia/Shanghai")
WEDNESDAY = datetime(2026, 6, 3, 18, 0, tzinfo=ZONE)
SCENE = Scene(WEDNESDAY, ZONE, "zh")


def read(text: str) -> Facts:
    return understand(text, SCENE)


@pytest.mark.parametrize(
    ("text", "account"),
    [
        ("今天去鸿运来饭店送了样品", "鸿运来饭店"),
        ("跑了趟旺角茶餐厅，生意淡", "旺角茶餐厅"),
        ("去了泰和超市，货架换了", "泰和超市"),
        ("去了趟嘉禾城，没见到人", "嘉禾城"),
        ("把安踏的合同额改成38万", "安踏"),
        ("得力那个单子丢了", "得力"),
        ("老王超市要20箱啤酒，明天上午送", "老王超市"),
        ("今天去了小陈理发店", "小陈理发店"),
        ("拜访李记牛肉面馆，老板很热情", "李记牛肉面馆"),
        ("去了妇幼保健院，主任不在", "妇幼保健院"),
        ("国庆前把方案递上去给交投集团", "交投集团"),
        ("问了宏图农资的赵姐，暂时不补货", "宏图农资"),
        ("微信上问了徐工集团的小唐", "徐工集团"),
        ("在客户现场（中电物资）做了演示", "中电物资"),
        ("拜访失败 永辉超市采购没空", "永辉超市"),
        ("昨晚和中芯国际的周总开了会", "中芯国际"),
        ("今天見了台大醫院的陳主任", "台大醫院"),
        ("刚和吉利的陈工微信聊了", "吉利"),
        ("拜仿光明医院，聊得不错", "光明医院"),
        ("今天去了南京云锦丝绸，跟翟总聊了聊", "南京云锦丝绸"),
        ("在中北大学见了郝老师", "中北大学"),
        ("跟鼎新包装的李姐确认了交期", "鼎新包装"),
        ("昨天给永信财务发了邮件", "永信财务"),
        ("拜访了欧亚重工，看了新车间", "欧亚重工"),
        ("上周五跑了永康诊所", "永康诊所"),
        ("和平安产险的廖经理见了面", "平安产险"),
        ("听说立讯要在越南建厂", "立讯"),
        ("拜访了科力software，聊得不错", "科力software"),
    ],
)
def test_a_customer_is_found_wherever_it_stands(text: str, account: str) -> None:
    found = read(text).account
    assert found is not None
    assert found.best == account


@pytest.mark.parametrize(
    "text",
    [
        "竞品情报：美的在华北降价8%",
        "后天下午提醒我给常熟的老顾打电话问钢板",
        "记一下，陈院长不抽烟",
        "今天没出去，在公司整理报表",
        "客户反馈：三号机又漏油了，很不满意",
    ],
)
def test_nobody_is_taken_for_a_customer(text: str) -> None:
    assert read(text).account is None


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("上午走访三只松鼠，采购李莉对新包装很感兴趣", ["李莉"]),
        ("与重庆长安汽车股份有限公司采购部王磊谈了账期", ["王磊"]),
        ("备注：宏发电器的财务换成周敏了", ["周敏"]),
        ("去山海民宿回访，老板娘阿芳很满意", ["阿芳"]),
        ("刚拜访永发五金，老板娘陈太说太贵", ["陈太"]),
        ("去了佳美超市，刘径理说卖得好", ["刘径理"]),
        ("今天去了老张家超市，跟张姐聊了聊", ["张姐"]),
        ("堆头被康师傅占了，店长小马没办法", ["小马"]),
        ("拜访福耀玻璃，接待的是小郝和老彭", ["小郝", "老彭"]),
        ("采购周一给答复", []),
        ("和周敏、赵磊在锦绣印刷开会", ["周敏", "赵磊"]),
        ("跟启航教育的Tina通了电话", ["Tina"]),
        ("今天和Siemens的Frank见面，聊得不错", ["Frank"]),
        ("拜访三河棉业刘建国处长", ["刘建国处长"]),
        ("上门拜访宏远物业陈建国，聊得不错", ["陈建国"]),
        ("跟新疆雪莲羊绒的艾尼瓦尔见了面", ["艾尼瓦尔"]),
        ("见了卢支书，他说村里要订化肥", ["卢支书"]),
        ("拜访了恒盛鞋业丁总，他儿子丁浩也在", ["丁总", "丁浩"]),
        ("前天去的常山染料，高工说不达标", ["高工"]),
        ("财务高兴得很", []),
    ],
)
def test_people_are_named_by_role_shop_or_surname(text: str, people: list[str]) -> None:
    assert [person.text for person in read(text).contacts] == people


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("跟许总开了个腾讯会议，他说太贵", Intent.CALL),
        ("金龙鱼经销商刘老板电话里说不想再进货了", Intent.CALL),
        ("去了拓斯达，没见到人，前台收了名片", Intent.VISIT),
        ("上午在华腾结构厂，采购钱科长要样品，下午五点前给他回话", Intent.VISIT),
        ("记一下 戴总喜欢喝普洱", Intent.NOTE),
        ("备注：安踏的采购换成杨总了", Intent.NOTE),
        ("中粮面业的仓库收货时间是早上7点到11点", Intent.NOTE),
        ("大润发合同生效，金额26万8", Intent.DEAL),
        ("雇主责任险成交，保费2万3", Intent.DEAL),
        ("把康师傅那个单子的金额改成43万", Intent.DEAL),
        ("明天上午9点半跟马科长通电话 别忘了", Intent.REMINDER),
        ("华东区上周赢了几单", Intent.QUESTION),
        ("海悦酒店的联系人是谁", Intent.QUESTION),
        ("请问这个月我拜访了多少家", Intent.QUESTION),
        ("深圳的客户有哪些", Intent.QUESTION),
        ("我明天都见谁", Intent.QUESTION),
        ("昨天的拜访记录存上了没", Intent.QUESTION),
        ("大同煤业的单子现在谁跟的？多少钱", Intent.QUESTION),
        ("于经理下个月退休，接班的是小陈", Intent.NOTE),
        ("李工喜欢喝普洱 不喜欢微信 打电话好点", Intent.NOTE),
        ("听说大宇机床换采购了", Intent.NOTE),
        ("恒瑞鲜花 丢单 给了同行", Intent.DEAL),
        ("天宇精机，PO收到了，15万", Intent.DEAL),
        ("月底前别忘了催一下宏图广告的尾款 还差三万二", Intent.REMINDER),
        ("7月8日上午10点，去鼎盛建材答疑", Intent.REMINDER),
        ("周五下午两点去科信软件见杨总", Intent.REMINDER),
    ],
)
def test_what_a_message_is_for(text: str, intent: Intent) -> None:
    assert read(text).intent is intent


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("跟永安门窗聊了聊，三天后再去", "2026-06-06"),
        ("预算2万4 后天上午带样机过去", "2026-06-05T10:00:00+08:00"),
        ("用的是别家的 三个月后再看", "2026-09-03"),
        ("礼拜四之前回复佢", "2026-06-04"),
        ("别忘了 元月三号 给老客户寄台历", "2027-01-03"),
        ("拜访了何厂长，说月底前搞好。到时候复尺", "2026-06-30"),
        ("仓库收货时间改成早8点到下午4点", None),
        ("海尔中央空调8月1号起全线涨5%", None),
        ("现在用的是别家，合同到明年4月", None),
        ("他一周后出差，没说什么", None),
        ("万通电机说9月再谈", "2026-09-01"),
        ("见了小周 说预算砍了一半 8月再说", "2026-08-01"),
        ("拜访了吴总，答应端午后6月22日带样品过去", "2026-06-22"),
        ("前台说黄经理出差到6月5号 我6号再去", "2026-06-06"),
        ("中午和马总吃饭 聊得不错 下个月报价", "2026-07-01"),
        ("我们入围了 6月18号上午9点开标", "2026-06-18T09:00:00+08:00"),
        ("周末在展会上碰到了冯小姐，加了微信，周五寄目录", "2026-06-05"),
    ],
)
def test_the_next_step_is_the_reps_own(text: str, due: str | None) -> None:
    found = read(text).follow_up
    assert (found.value.isoformat() if found else None) == due


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("去了康达养老院，经费批下来了", Outcome.POSITIVE),
        ("拜访丰收农资，刘哥说卖得巴适", Outcome.POSITIVE),
        ("见了钱经理，他没说不行，也没答应", Outcome.NEUTRAL),
        ("见了何厂长，没啥意见", Outcome.NEUTRAL),
        ("拜访老韩，他说不想再进货", Outcome.NEGATIVE),
        ("拜访沈院长，他说手感比西诺德好", Outcome.POSITIVE),
        ("见了王主任，试用没有任何问题", Outcome.POSITIVE),
        ("拜访同仁医院，试剂没到货有点生气", Outcome.NEGATIVE),
    ],
)
def test_how_it_went(text: str, outcome: Outcome) -> None:
    assert read(text).outcome is outcome


@pytest.mark.parametrize(
    ("text", "stage", "amount"),
    [
        ("他说用友报32万，我们报价45万", "proposal", 450_000),
        ("报价发给锦泰机械了，一共8万7", "proposal", 87_000),
        ("张家港宏盛那单定了 总价462万", "won", 4_620_000),
        ("大润发合同生效，金额26万8", "won", 268_000),
        ("嘉禾影城那单黄了", "lost", None),
        ("恒瑞鲜花 丢单 给了同行", "lost", None),
        ("金盛石化 赢单 32万", "won", 320_000),
        ("先建个线索，昌盛门业的孙女士", "lead", None),
        ("宝鸡钛业的PO来了，金额90万", "won", 900_000),
        ("给蓝天科技的报价已经发出", "proposal", None),
        ("海尔那个项目还没签，别标成赢单，还在商务谈判", "negotiation", None),
        ("兴隆物业还没签合同", None, None),
        ("他们已经跟三一重工签了三年框架", None, None),
    ],
)
def test_how_far_a_deal_is(text: str, stage: str | None, amount: int | None) -> None:
    facts = read(text)
    assert facts.stage == stage
    assert (facts.amount.value if facts.amount else None) == amount


def test_what_is_to_be_remembered_tells_no_outcome() -> None:
    assert read("帮我记个提醒：下周四下午两点去中泰保险续签团险，找钱经理").outcome is None
