"""Amounts that are the whole of a text, as a form gets them."""

from decimal import Decimal

import pytest

from services.understanding.amounts import find_amounts, read_amount
from services.understanding.facts import Amount, Spotted
from services.understanding.plain import plain
from tests.services.understanding.amounts_told import CHINESE, ENGLISH, found, read, table

MAGNITUDES = """
50k | 50000
50K | 50000
50 k | 50000
1000k | 1000000
1,000k | 1000000
10.5k | 10500
1.250k | 1250
1.2m | 1200000
1.2M | 1200000
.5m | 500000
3mil | 3000000
3 mill | 3000000
3 million | 3000000
2 millions | 2000000
5 mn | 5000000
5mln | 5000000
1,2 Mio. € | 1200000 EUR
$50MM | 50000000 USD
2.5bn | 2500000000
$2B | 2000000000 USD
1tn | 1000000000000
50 grand | 50000
a grand | 1000
half a million | 500000
half a mil | 500000
a quarter million | 250000
quarter of a million dollars | 250000 USD
three quarters of a million | 750000
2 and a half million | 2500000
one and a half million | 1500000
a million and a half | 1500000
one point two million | 1200000
two hundred and fifty thousand pounds | 250000 GBP
fifty-five k | 55000
twelve hundred | 1200
twenty-five hundred euros | 2500 EUR
a hundred k | 100000
a couple of grand | ~2000
3 lakh | 300000
3.5 lakhs | 350000
12 Lacs | 1200000
3 lakh 50 thousand | 350000
2 crore | 20000000
2cr | 20000000
2.5 lakh crore | 2500000000000
1.2 crore 50 lakh | 17000000
2k5 | 2500
65 thou | 65000
sixty-five thou | 65000
one quarter of a million | 250000
a half a million | 500000
two-and-a-half million | 2500000
1/2 million | 500000
3/4 of a million | 750000
1 1/2 million dollars | 1500000 USD
½ million | 500000
2½ million | 2500000
¾ of a million | 750000
2½ | 2.5
two thirds of a million | -
3 thousand 5 hundred | 3500
$2 million five hundred thousand | 2500000 USD
ten thousand, five hundred dollars | 10500 USD
one million, two hundred and thirty-four thousand, five hundred and sixty-seven | 1234567
ten thousand, fifty thousand | -
10 Mrd. EUR | 10000000000 EUR
$1.2T | 1200000000000 USD
1.2T | -
5 g | -
6 figs | -
zero dollars | 0 USD
a dollar and a half | 1.5 USD
two and a half dollars | 2.5 USD
million dollars | 1000000 USD
a few million dollars | -
"""

SEPARATORS = """
3000 | 3000
3,000 | 3000
3.000 | 3000
1.250 | 1250
1,25 | 1.25
49.99 | 49.99
0.125 | 0.125
1,234.50 | 1234.5
1.234,50 | 1234.5
36.000 € | 36000 EUR
36.000,50 € | 36000.5 EUR
€ 2.500,- | 2500 EUR
15.000,- EUR | 15000 EUR
1 234 567 | 1234567
1’234’567 | 1234567
CHF 1'250.50 | 1250.5 CHF
10 000,50 € | 10000.5 EUR
50 000 | 50000
1,000,000 | 1000000
₹45,00,000 | 4500000 INR
¥3，000 | 3000 CNY
￥１２，８００ | 12800 CNY
￥１２，８００．５０ | 12800.5 CNY
１，２３４，５６７ | 1234567
￥12，800 | 12800 CNY
CNY１２８００ | 12800 CNY
$.50 | 0.5 USD
1,2345 | -
1,000,00 | -
1_000_000 | -
10^6 | -
"""

CURRENCIES = """
$50k | 50000 USD
US$50k | 50000 USD
USD 50,000 | 50000 USD
50k USD | 50000 USD
50kUSD | 50000 USD
$15 million USD | 15000000 USD
50,000 dollars | 50000 USD
15k US dollars | 15000 USD
50 bucks | 50 USD
$15,000 CAD | 15000 CAD
£500 | 500 GBP
GBP 500 | 500 GBP
50 quid | 50 GBP
€1.5k | 1500 EUR
500 euros | 500 EUR
HK$500 | 500 HKD
1.2m HKD | 1200000 HKD
S$80k | 80000 SGD
A$500 | 500 AUD
AUD$15k | 15000 AUD
C$500 | 500 CAD
NT$ 300,000 | 300000 TWD
JPY 5000 | 5000 JPY
500 yen | 500 JPY
¥3,000 | 3000 CNY
￥3000 | 3000 CNY
¥5,000,000 JPY | 5000000 JPY
RMB250k | 250000 CNY
250KRMB | 250000 CNY
CNY500 | 500 CNY
250 thousand yuan | 250000 CNY
₹3.5 lakh | 350000 INR
INR 4.5 Cr | 45000000 INR
Rs. 500 | 500 INR
Rs. 1.2L | 120000 INR
500 rupees | 500 INR
₩5000 | 5000 KRW
5 million won | 5000000 KRW
฿500 | 500 THB
RM 50,000 | 50000 MYR
RM50k | 50000 MYR
Rp 5.000.000 | 5000000 IDR
20k dirhams | 20000 AED
5000 kr | 5000
5000 Kč | 5000 CZK
5000 zł | 5000 PLN
5000 Swedish kronor | 5000 SEK
5000 norwegian krone | 5000 NOK
5000 South African rand | 5000 ZAR
5000 Pakistani rupees | 5000 PKR
5000 dinars | 5000
euros 500 | 500 EUR
Dollars: 500 | 500 USD
100 cad | 100 CAD
R450k | 450000 ZAR
N18.5m | 18500000 NGN
40 $k | -
"""

RANGES = """
50-60k | 50000..60000
50–60k | 50000..60000
50 - 60 k | 50000..60000
50k to 60k | 50000..60000
50 to 60 thousand dollars | 50000..60000 USD
fifty to sixty thousand | 50000..60000
between 50k and 60k | 50000..60000
between 50 and 60k | 50000..60000
$1-2m | 1000000..2000000 USD
$50k-$60k | 50000..60000 USD
USD 50k - USD 60k | 50000..60000 USD
$40-45,000 | 40000..45000 USD
800k-1m | 800000..1000000
800-1m | 800000..1000000
3000-5000 | 3000..5000
about 50-60k | ~50000..60000
60-50k | -
40k or 45k | -
10 or 15k | ~10000..15000
1.5/2 mil | -
$50k-€60k | -
"""

ABOUT = """
about 50k | ~50000
around $50k | ~50000 USD
roughly 3000 | ~3000
~50k | ~50000
~$50k? | ~50000 USD
approx. 50k | ~50000
c. 50k | ~50000
over 50k | ~50000
at least 50k | ~50000
up to $2m | ~2000000 USD
north of 2 mil | ~2000000
>100k | ~100000
around the 50k mark | ~50000
50k+ | ~50000
50k+ USD | ~50000 USD
50k-ish | ~50000
50k or so | ~50000
50k plus | ~50000
50k give or take | ~50000
10k max | ~10000
20k+VAT | 20000
in excess of $500 | ~500 USD
greater than 500k | ~500000
within 500k | ~500000
starting from $500 | ~500 USD
+/- 500k | ~500000
500-ish dollars | ~500 USD
$5 million-plus | ~5000000 USD
"""

ANSWERS = """
it's 50k | 50000
maybe 3000 I think | 3000
the budget is 3000 | 3000
make it 80 | 80
50k please | 50000
50k, thanks! | 50000
3M | 3000000
5w | 50000
2025 | 2025
0 | 0
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    table(MAGNITUDES + SEPARATORS + CURRENCIES + RANGES + ABOUT + ANSWERS),
)
def test_a_whole_text(text: str, expected: str) -> None:
    assert read(text) == expected


def test_what_was_read_is_exact() -> None:
    amount = read_amount(plain("$1,234,567.89"), ENGLISH)
    assert amount == Amount(Decimal("1234567.89"), "USD")
    assert str(read_amount(plain("1.5万"), CHINESE)) == str(Amount(Decimal(15000)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Deal is worth about $120k, closing Q3", "about $120k"),
        ("预算大概５０万元左右，下月招标", "大概５０万元左右"),
        ("between ＵＳＤ 50k and 60k", "ＵＳＤ 50k and 60k"),
        ("合同伍拾萬圓整", "伍拾萬圓整"),
        ("50k-ish deal", "50k-ish"),
        ("for 12元3角4分 each", "12元3角4分"),
    ],
)
def test_an_amount_is_shown_in_the_words_it_was_typed_in(text: str, words: str) -> None:
    source = plain(text)
    [span] = find_amounts(source, CHINESE)
    assert source.original(span.start, span.end) == words


@pytest.mark.parametrize(
    ("text", "hidden", "expected"),
    [
        ("7天酒店5万", "7天酒店", ["5万"]),
        ("周三五万", "周三", ["五万"]),
        ("paid 3M 50k", "3M", ["50k"]),
        ("May 5 300k", "May 5", ["300k"]),
        ("budget 2m ago", "2m", []),
        ("三十万", "三", ["十万"]),
    ],
)
def test_what_is_hidden_is_not_read(text: str, hidden: str, expected: list[str]) -> None:
    source = plain(text)
    start = text.index(hidden)
    spans = find_amounts(source, CHINESE, [Spotted(start, start + len(hidden))])
    assert [source.original(each.start, each.end) for each in spans] == expected


def test_what_is_hidden_twice_is_hidden_once() -> None:
    hidden = [Spotted(3, 8), Spotted(0, 5), Spotted(3, 4)]
    assert find_amounts(plain("50k 60k 70k"), ENGLISH, hidden)[0].amount.value == Decimal(70000)


def test_w_is_ten_thousand_in_chinese_only() -> None:
    assert found("quote 60w LED lamps, back in 5w") == "-"
    assert found("deal 10w", CHINESE) == "100000"
    assert found("Acme 10w", CHINESE) == "100000"
    assert found("Acme 10w") == "-"
    assert found("报价10w") == "100000"


def test_m_is_a_million_unless_the_text_is_chinese() -> None:
    assert found("Acme 1.2m", CHINESE) == "1200000"
    assert found("10M光纤", CHINESE) == "-"
    assert found("预算2M", CHINESE) == "2000000"


def test_a_company_called_3m_is_no_money() -> None:
    assert found("visited 3M today") == "-"
    assert found("visited 3m today") == "3000000"
    assert found("budget of 3M") == "3000000"
