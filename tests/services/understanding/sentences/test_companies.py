import pytest

from tests.services.understanding.sentences.telling import account, told

ENGLISH = [
    ("visited Acme yesterday", "Acme"),
    ("visited acme yesterday, met li wei", "acme"),
    ("Visited Acme, met Li Wei, demo went well", "Acme"),
    ("visited the Acme plant", "Acme"),
    ("met Tom at Globex", "Globex"),
    ("met tom from globex demo went well", "globex"),
    ("call with Tom at Northwind", "Northwind"),
    ("call with Acme", "Acme"),
    ("Acme: demo went well", "Acme"),
    ("Acme - demo went well", "Acme"),
    ("lunch @Acme", "Acme"),
    ("moved the Acme deal to proposal", "Acme"),
    ("Acme's order is confirmed", "Acme"),
    ("popped into Bella's Kitchen", "Bella's Kitchen"),
    ("dropped by Carter & Sons Plumbing", "Carter & Sons Plumbing"),
    ("visited Bank of China", "Bank of China"),
    ("stopped by st lukes", "st lukes"),
    ("St. Mary's Hospital went well", "St. Mary's Hospital"),
    ("visited 3M", "3M"),
    ("meeting at Monday.com today", "Monday.com"),
    ("lunch with Mr. Zhou at Tomorrow Group", "Tomorrow Group"),
    ("First Mercy Clinic signed", "First Mercy Clinic"),
    ("visited New Hope Hospital", "New Hope Hospital"),
    ("Hotel Sai Palace signed", "Hotel Sai Palace"),
    ("WON mercy general!!! 118k", "mercy general"),
    ("lost keppel fresh to kuehne nagel", "keppel fresh"),
    ("Globex signed", "Globex"),
    ("Brightwave wants a trial", "Brightwave"),
    ("remind me to call Petra at Alpenglow", "Alpenglow"),
    ("send the quote to Marlow Interiors by Friday", "Marlow Interiors"),
    ("Spoke with Mr. Iyer (Coral Cafe)", "Coral Cafe"),
    ("Telephone call with Mr. Novak, Chemtrade Brno", "Chemtrade Brno"),
    ("Had a demo of the X200 at Pinnacle Labs", "Pinnacle Labs"),
    ("Opened a new account today, Café Lumière", "Café Lumière"),
    ("when did i last visit Bluestar Denim", "Bluestar Denim"),
    ("who is the decision maker at desert rose?", "desert rose"),
    ("visited Acme quick chat", "Acme"),
    ("visited acme they liked it", "acme"),
    ("visited orchard primary school", "orchard primary school"),
    ("visited the office", ""),
    ("went to Shanghai", ""),
    ("visited their warehouse", ""),
    ("met Sarah, good chat", ""),
    ("they use Grundfos now", ""),
    ("demo went well", ""),
    ("remind me to send the NDA tomorrow", ""),
    ("hi there", ""),
]
CHINESE = [
    ("拜访了华东医院王主任", "华东医院"),
    ("拜访了中石化谈合作", "中石化"),
    ("去华山医院见了王主任", "华山医院"),
    ("今天去了趟悦来大酒店", "悦来大酒店"),
    ("在明天集团讲标", "明天集团"),
    ("7天酒店的店长不在", "7天酒店"),
    ("三一重工 商机转到已确认", "三一重工"),
    ("和瑞金设备科小陈通了电话", "瑞金"),
    ("市六院骨科张主任出差", "市六院"),
    ("拜访和睦家医院", "和睦家医院"),
    ("去同济医院送样", "同济医院"),
    ("今天拜访先导智能", "先导智能"),
    ("给常州星宇车灯报价", "常州星宇车灯"),
    ("与镇江中联树脂钱经理电话沟通", "镇江中联树脂"),
    ("拜访江苏恒立涂料有限公司，", "江苏恒立涂料有限公司"),
    ("扬子精细化工项目进入商务谈判", "扬子精细化工"),
    ("客户：深圳华强电子有限公司", "深圳华强电子有限公司"),
    ("提醒我给悦来大酒店换滤芯", "悦来大酒店"),
    ("华山医院中标了", "华山医院"),
    ("鼎丰机械推进到商务谈判", "鼎丰机械"),
    ("见了中信建投的陆总", "中信建投"),
    ("沃尔玛退场了", "沃尔玛"),
    ("拜访ABC公司", "ABC公司"),
    ("今天去 Sunrise Foods 见 Mr Tan", "Sunrise Foods"),
    ("周大福那边谈好了", "周大福"),
    ("见了大学同学，现在在康宁药业的采购部", "康宁药业"),
    ("拜訪台中的鼎泰精密", "鼎泰精密"),
    ("金輝貿易搬去觀塘", "金輝貿易"),
    ("去了两趟同济大学", "同济大学"),
    ("南京大学化学系周老师要两台旋蒸", "南京大学"),
    ("去了上海", ""),
    ("在客户公司开会", ""),
    ("去工厂看了看", ""),
    ("见了王主任，聊得不错", ""),
    ("目前用西门子", ""),
    ("明早去江南市场看货", ""),
    ("今天主要在公司整理资料", ""),
    ("提醒我明天发合同", ""),
    ("和经理开会", ""),
]


@pytest.mark.parametrize(("text", "name"), [*ENGLISH, *CHINESE])
def test_the_customer(text: str, name: str) -> None:
    assert account(text) == name


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("visited Acme yesterday", True),
        ("拜访了华东医院", True),
        ("visited Acme and visited Globex", False),
    ],
)
def test_whether_the_customer_is_sure(text: str, sure: bool) -> None:
    assert told(text).sure is sure


@pytest.mark.parametrize("text", ["met Tom at Globex", "拜访了华东医院王主任，演示顺利"])
def test_the_words_are_kept(text: str) -> None:
    assert told(text).evidence["account"] in text
