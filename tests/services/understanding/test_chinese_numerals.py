"""Chinese numerals, which are read whole or not at all."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.understanding.chinese_numerals import read_apart, read_chinese
from services.understanding.numerals import read_number
from tests.services.understanding.amounts_told import table
from tests.services.understanding.number_writing import cheque, in_chinese

NUMBERS = """
零 | 0
〇 | 0
两 | 2
俩 | 2
九 | 9
十 | 10
十五 | 15
二十 | 20
二十五 | 25
一百 | 100
一百零五 | 105
一百一 | 110
一百一十 | 110
一百十五 | 115
一百五十 | 150
两百三 | 230
三千 | 3000
三千五 | 3500
三千零五 | 3005
三千零五十 | 3050
三千五百二 | 3520
一万二 | 12000
一万零五百 | 10500
一万五百 | 10500
十万零五百 | 100500
十万零五千 | 105000
三万五千 | 35000
十五万 | 150000
一百零五万 | 1050000
一千二百万 | 12000000
百万 | 1000000
千万 | 10000000
一亿 | 100000000
一亿二 | 120000000
一亿两千万 | 120000000
一亿零五十万 | 100500000
一万亿 | 1000000000000
二〇二五 | 2025
三六五 | 365
三点五 | 3.5
十二点零五 | 12.05
三点五万 | 35000
半 | 0.5
半亿 | 50000000
叁拾伍万陆仟 | 356000
壹佰贰拾叁 | 123
參拾萬 | 300000
1万2 | 12000
3千5 | 3500
3万5千 | 35000
1.5万 | 15000
2万3500 | 23500
1万零500 | 10500
1亿2000万 | 120000000
1千2百万 | 12000000
1.5千万 | 15000000
"""

NONE = [
    *("", "万", "千", "亿", "百", "几", "几万", "数万", "十几", "二十多万", "上百万", "好几百万"),
    *("三五", "五六万", "十十", "一万万", "万一", "一百百", "零万", "一点", "点五", "三点五十"),
    *(
        "1万20",
        "1万02",
        "1万0",
        "1.5万2",
        "12千",
        "1,000万",
        "一二",
        "三万半",
        "第一",
        "abc",
        "一个",
    ),
]


@pytest.mark.parametrize(("text", "expected"), table(NUMBERS))
def test_a_chinese_numeral(text: str, expected: str) -> None:
    assert read_chinese(text) == Decimal(expected)
    assert read_number(text) == Decimal(expected)


@pytest.mark.parametrize("text", NONE)
def test_what_is_vague_or_no_numeral(text: str) -> None:
    assert read_chinese(text) is None


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("五六万", 50_000, 60_000),
        ("两三百", 200, 300),
        ("三五千", 3000, 5000),
        ("十五六万", 150_000, 160_000),
        ("二三十万", 200_000, 300_000),
        ("一百二三十万", 1_200_000, 1_300_000),
        ("三千五六", 3500, 3600),
    ],
)
def test_two_numbers_said_in_one(text: str, low: int, high: int) -> None:
    assert read_apart(text) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    "text", ["", "五", "三五", "五五万", "六五万", "九十万", "一二三", "五六"]
)
def test_what_is_one_number_or_none(text: str) -> None:
    assert read_apart(text) is None


@given(st.integers(0, 10**12))
def test_every_number_said_in_full(number: int) -> None:
    assert read_chinese(in_chinese(number)) == number
    assert read_chinese(cheque(number)) == number


@given(st.integers(10, 19), st.sampled_from(["", "万", "亿"]))
def test_the_first_ten_needs_no_one(number: int, unit: str) -> None:
    text = in_chinese(number) + unit
    assert read_chinese(text.removeprefix("一")) == read_chinese(text)


@given(st.integers(1, 9), st.integers(1, 9), st.sampled_from(["百", "千", "万", "亿"]))
def test_the_last_unit_may_be_left_out(big: int, small: int, unit: str) -> None:
    size = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8}[unit]
    said = f"{in_chinese(big)}{unit}{in_chinese(small)}"
    assert read_chinese(said) == big * size + small * size // 10


@pytest.mark.parametrize("text", ["万" * 100_000, "一" * 100_000, "1万" * 50_000, "9" * 100_000])
def test_endless_numerals_are_none(text: str) -> None:
    assert read_chinese(text) is None


@given(st.text("零一二三十百千万亿点半两几多0123456789.壹拾佰"))
def test_any_numeral_can_be_asked_about(text: str) -> None:
    number = read_chinese(text)
    assert number is None or number.is_finite()
