"""Amounts in what people write about their days."""

import pytest

from tests.services.understanding.amounts_told import CHINESE, ENGLISH, found, read, table

ENGLISH_SENTENCES = """
visited Acme, met Li Wei, demo went well, follow up in two weeks, deal to proposal 50k | 50000
Deal is worth about $120k, closing end of Q3 | ~120000 USD
Moved Acme deal to negotiation, 1.2m, expected close 30 June | 1200000
Quote sent: EUR 36.500,00 for 20 units | 36500 EUR
budget for the project is 3000 | 3000
acme deal 3000 | 3000
Acme 3000 | ?3000
quote 2500 to Globex | 2500
amount: 82500 | 82500
They have a budget of twelve thousand | 12000
won 50k deal with Acme | 50000
Acme 50k won | 50000
met 3 people from 3M, order 5k | 5000
closed 3M deal today | 3000000
call back at 3, deal 20k | 20000
meeting 3pm re 15k renewal | 15000
15 min call, 40k deal | 40000
30m chat about 40k deal | ~40000
deposit 30% = 15k | 15000
15% off 50k | 50000
20% discount on $3,000 | 3000 USD
invoice 88231 for $4,500 | 4500 USD
PO 88231 for 4,500 | 4500
order #4711 5k | 5000
order 5000 | 5000
in 2025 they spent 2m | 2000000
2025 budget is 300k | 300000
FY26 target 3.5 million | 3500000
Q3 500k | 500000
Q3 40k, Q4 60k | 40000; 60000
24 months at 2k per month | 2000
500-person firm 40k | 40000
4K TV order 20k | 20000
24/7 support 3k | 3000
3 days, 40k | 40000
Room 12, 40k | 40000
12/5: 40k | 40000
40k on 2025-12-05 | 40000
phone +44 20 7946 0958, 40k | 40000
deal-50k | 50000
Acme - 50k | 50000
1. Acme 50k | 50000
Deal 3: 40k | 40000
50k.Next step demo | 50000
no 50k deal this time | 50000
$50k (€45k) | 50000 USD; 45000 EUR
20k + 2k shipping | 20000; 2000
a couple grand | ~2000
worth 50 thousand. | 50000
Their budget is only 30, we are at 42 | 30
deal closed at 5,000 won | 5000 KRW
cost RM 305 | 305 MYR
competitor quoted 28k vs our 31k | 28000; 31000
Need approval for 12% discount (list 80k -> 70.4k) | ?80000; 70400
wants 6 pumps, approx £4.2k each so ~£25k total | ?~4200 GBP; ~25000 GBP
monitors at 7.9k/unit | 7900
PO 4500012345 received, EUR 18.450,75 | 18450.75 EUR
need 400k more to hit quota | 400000
upgrade from 50 to 80 seats, 8k | 8000
he owes us 12,5 k | 12500
ten thousand, fifty thousand | 10000; 50000
quoted ten thousand, five hundred attended | 10500
Q3 1/2 million | 500000
on 1/2 a million deal | 500000
pay in euros 3 months after | -
"""

CHINESE_SENTENCES = """
拜访了华东医院王主任，演示顺利，下周二下午3点回访，商机推进到报价 5万 | 50000
报价5万客户嫌贵 | 50000
预算三十万左右 | ~300000
签了个50万的单子 | 500000
今天签了两单，一共12万 | 120000
客户砍价到9万5 | 95000
便宜了3块 | 3 CNY
定金30%，尾款7万 | 70000
打八折后4万 | 40000
毛利率30%，毛利5万 | 50000
5万毛利 | 50000
下午3点见王总，谈5万的合同 | 50000
3月5号签了5万 | 50000
2025年预算120万 | 1200000
Q3目标五百万 | 5000000
去年做了3个亿 | 300000000
预算10w+ | ~100000
客户预算2M | 2000000
5万月底付 | 50000
5万3月底签 | 50000
5万分三期 | 50000
5万张总同意了 | 50000
5万款到了 | 50000
20万年费 | 200000
周三五万 | 50000
星期五5万 | 50000
手机号13912345678，报价5万 | 50000
货号88231，单价500 | 500
报价3000左右 | ~3000
3000报价 | 3000
送礼500 | ?500
3万一台 | 30000
3000一台 | 3000
400块钱一晚 | 400 CNY
住宿费480/晚 | 480
最近5万 | 50000
签约5万 | 50000
千万级项目 | ~10000000
百万大单 | ~1000000
一期50万，二期80万 | 500000; 800000
两百家医院，预算80万 | 800000
每台两万五，四台十万 | 25000; 100000
合同5万，500台 | 50000
张三说5万，李四说 6 万 | 50000; 60000
月薪15k | 15000
15万分3期 | 150000
3、华东签约8万 | 80000
王总说最多给到45万，再多没有了 | 450000
比竞品贵3万 | 30000
预付款24万，到货款48万，尾款8万 | 240000; 480000; 80000
先付30%也就是24万 | 240000
客单价80 | 80
预算大概三四十 | ~30..40
26年Q1 200万 | 2000000
tel:021-66668888转801 报价3万 | ?801; 30000
今天和Acme的Jack聊了，他们budget大概50k USD，下周给quotation | ~50000 USD
PO已下，amount 128,000 RMB | 128000 CNY
8.8折后88万 | 880000
合同总额壹佰贰拾捌万元整（¥1,280,000.00） | 1280000 CNY; 1280000 CNY
80万3年 | 800000
200元一位 | 200 CNY
"""


@pytest.mark.parametrize(("text", "expected"), table(ENGLISH_SENTENCES))
def test_an_english_sentence(text: str, expected: str) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(("text", "expected"), table(CHINESE_SENTENCES))
def test_a_chinese_sentence(text: str, expected: str) -> None:
    assert found(text, CHINESE) == expected


SEVERAL = """
20 units at $500 each | 500 USD | 500 USD
20 units at $500 each, total 10k | ?500 USD; 10000 | 10000
4 units x 12k = 48k | ?12000; 48000 | 48000
40k this year, 60k next year, total 100k | 40000; 60000; 100000 | 100000
40k this year and 40k next year | 40000; 40000 | 40000
40k or 45k | 40000; 45000 | -
raised the quote from 50k to 60k | ?50000; 60000 | 60000
upsell from 50k to 60k | 50000..60000 | 50000..60000
12k down to 9.9k | ?12000; 9900 | 9900
price dropped to 45k from 50k | 45000; ?50000 | 45000
40k -> 45k | ?40000; 45000 | 45000
60k instead of 50k | 60000; ?50000 | 60000
not 50k but 60k | ?50000; 60000 | 60000
deal value now 75k (was 60k) | 75000; ?60000 | 75000
20台，每台500元，合计1万元 | ?500 CNY; 10000 CNY | 10000 CNY
单价2.5万×4台=10万 | ?25000; 100000 | 100000
从5万涨到6万 | ?50000; 60000 | 60000
不是5万是6万 | ?50000; 60000 | 60000
原价5万，现价4万 | ?50000; 40000 | 40000
定金1万，尾款9万 | 10000; 90000 | -
今年目标1200万，完成800万 | 12000000; 8000000 | -
50000（五万） | ?50000; 50000 | 50000
"""


@pytest.mark.parametrize(
    ("text", "each", "clear"),
    [(*row[0].rsplit("|", 1), row[1]) for row in table(SEVERAL)],
)
def test_which_of_several_amounts_is_meant(text: str, each: str, clear: str) -> None:
    scene = ENGLISH if text.isascii() else CHINESE
    assert (found(text.strip(), scene), read(text.strip(), scene)) == (each.strip(), clear)
