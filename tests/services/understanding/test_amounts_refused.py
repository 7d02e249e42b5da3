"""Numbers that are no money, and that a rep's messages are full of."""

import pytest

from tests.services.understanding.amounts_told import CHINESE, ENGLISH, found, read

ENGLISH_TEXTS = """
15% margin
15 percent
10-15%
-5k
minus 50k
13800138000
tel 13800138000
call +86 138 0013 8000
021-5555 1234
(021) 5555-1234
555-0123
call him at 555-1234
400-820-8820
my number is 5551234
2025-04-08
4/8
12.5.2025 meeting
3:30
10.30 meeting
at 3
8-10pm
9 to 5
Q3
H1
since 2019
in 2025
born in 1980
20 units
5 boxes
5 people
3 weeks
40 beds
120-bed hospital
3-year contract
3,000 units
1,200 employees
3,500 sqm warehouse
50k followers
20k pcs
10k users
50k+ users
two thousand users
300 sold
5km from here
500mm
220V
16GB
5k run on Saturday
a 4k monitor
2B pencils
2 grand pianos
300 pounds of beef
invoice #4711
invoice 88231 paid
no. 12
PO 88231
order 4711
quote 118
ticket 50231
serial 12345678
room 305 at 10am
rm 305
floor 12
A4
X200
S7-1200
v2.1
version 2.1
page 3-5
SKU88231
IP 192.168.1.1
https://acme.com/50k
bob50@acme.com
bob.50@acme.com
1e6
5 stars
24/7
1 on 1
50/50 split
ISO 9001
ISO9001
EN 60601
Boeing 747
top 500 company
Fortune 500
1st visit
50th anniversary
3rd floor
5'10
back in 5m
5m ago
30m away from the office
call lasted 15m
15m call with Acme
B2B
thanks a million
one in a million
a thousand thanks
a few thousand
several hundred thousand
tens of thousands
six figures
500jt
net 30
temperature 25°C
one of them
#50k
first half of the year
php developer 500 hours
"""

CHINESE_TEXTS = """
百分之十五
涨了15%
打8折
打八折
首付三成
优惠5个点
三分之一
手机13800138000
座机021-55551234
微信号abc12345
QQ 12345678
邮编100000
卡号6222021234567890123
身份证110101199001011234
3点
下午3点半
5号
2月
2025年
一季度
30 台
3个人
三家医院
20套
100件
5万台
1.2万件
5万人
5万多人
10万用户
10万+阅读
5万公里
1200平
5千克
5千瓦
三千多人
50来人
第3次拜访
第5000名
前3000名
一期项目
两单
订单号4711
订单88231
合同编号20250301
合同3份
发票4711
型号X200
货号88231
A4纸500张
房间305
3楼305室
3单元502
5栋303
尾号1234
7天酒店
世界500强
五百强
三一重工
三元锂电池
三元里
三块屏
订了500块屏
一刀切
100W充电器
60w灯
30M带宽
10M光纤
4K电视
五千年历史
三万年
万一不行
千万别忘了
千万不要
十分感谢
万分感谢
统一发货
十万火急
一起吃饭
之一
负5万
上百万的项目
几十万的单子
大概十几万
数十万
满1000减100
周五万科签约
二〇二五年
"""

IN_DOUBT = """
15%
20 units
13800138000
2025-04-08
3:30
no. 12
room 305
half
30 台
打8折
订单号4711
3点
几万
半
一下
百分之十五
555-1234
A4
Acme 3000
Acme 50k Globex 30k
-5k
60-50k
call 12 345 678
1.2.3
"""


def rows(lines: str) -> list[str]:
    return [line for line in lines.splitlines() if line]


@pytest.mark.parametrize("text", rows(ENGLISH_TEXTS))
def test_no_amount_is_found_in_english(text: str) -> None:
    assert found(text, ENGLISH) == "-"


@pytest.mark.parametrize("text", rows(CHINESE_TEXTS))
def test_no_amount_is_found_in_chinese(text: str) -> None:
    assert found(text, CHINESE) == "-"


@pytest.mark.parametrize("text", ["", " ", *rows(IN_DOUBT)])
def test_what_is_no_amount_or_in_doubt_is_not_read(text: str) -> None:
    assert read(text, ENGLISH if text.isascii() else CHINESE) == "-"
