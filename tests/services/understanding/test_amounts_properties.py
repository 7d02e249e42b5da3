"""What holds for every amount and for every text."""

import time
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from services.understanding.amounts import find_amounts, read_amount
from services.understanding.facts import Scene, Spotted
from services.understanding.plain import plain
from tests.services.understanding.amounts_told import CHINESE, ENGLISH
from tests.services.understanding.number_writing import cheque, in_chinese, in_english

SCENES = st.sampled_from([ENGLISH, CHINESE])
TRICKY = st.text(
    "0123456789.,' -~:/%#+()万亿千百十拾几半多余来个点零一二两三五元块毛角分折kmw$¥€£至到、½，"
    "角廿美cp¼¢/０１"
)
VOCABULARY = (
    "a an and half quarter of one two ten fifty hundred thousand million lakh point k m b w "
    "between to from about over total each deal usd rmb won no. room % 50 3,000 - "
    "dollar dollars cents fifty thou 1/2 quarter third 20c 50p thousand,"
)
WORDS = st.lists(st.sampled_from(VOCABULARY.split())).map(" ".join)
RUBBISH = (
    "1,|万|1万|5万 |1.|1-|1 |1 000 |几|半|一|十|1个半|$|+1|a |one |ten-|one hundred and |"
    "and a half |3 million |about |报价3000 |5到|1，|5元5|is |deal |=|http://|x|1'|(|千万|50k x|"
    "五、|40 or |a dollar |1/2 |one thousand, |one thousand, two hundred |廿|½|½ million |euros |"
    "5 dollars |5 dollars and |十点五|1个多|1，000|１，|million |million dollars |third of a "
)
WHOLE = st.integers(1, 10**12)
SMALL = st.integers(1, 999_999)


def value(text: str) -> Decimal | None:
    amount = read_amount(plain(text), CHINESE)
    return amount.value if amount and amount.highest is None else None


@given(WHOLE)
def test_digits_in_every_style(number: int) -> None:
    grouped = f"{number:,}"
    styles = [f"¥{number}", f"${grouped}", grouped.replace(",", ".") + " €"]
    styles += [grouped.replace(",", "'") + " CHF", f"{grouped.replace(',', ' ')} EUR"]
    styles += [f"{grouped}.50 USD", grouped.replace(",", ".") + ",50 EUR"]
    read = [value(style) for style in styles]
    assert read == [number] * 5 + [number + Decimal("0.5")] * 2


@given(WHOLE)
def test_chinese_numerals(number: int) -> None:
    assert value(f"{in_chinese(number)}元") == number


@given(WHOLE)
def test_numerals_as_on_cheques(number: int) -> None:
    assert value(f"人民币{cheque(number)}元整") == number


@given(SMALL)
def test_english_words(number: int) -> None:
    assert value(f"{in_english(number)} dollars") == number


@given(st.integers(1, 9999), st.integers(1, 9))
def test_the_last_unit_may_be_left_out(big: int, small: int) -> None:
    assert value(f"{big}万{small}") == big * 10**4 + small * 1000
    assert value(f"{big}万{small}千") == big * 10**4 + small * 1000
    assert value(f"{big}万零{small}元") == big * 10**4 + small


@given(st.integers(1, 99_999), st.sampled_from(["k", "m", "万", "亿", "w", "千万", " lakh"]))
def test_hundredths_of_a_magnitude_are_exact(hundredths: int, magnitude: str) -> None:
    sizes = {"k": 1000, "m": 10**6, "万": 10**4, "亿": 10**8, "w": 10**4, "千万": 10**7}
    text = f"¥{hundredths // 100}.{hundredths % 100:02}{magnitude}"
    assume(magnitude != "千万" or hundredths < 1000)  # nobody says 10.5 千万
    size = sizes.get(magnitude, 10**5)
    read = value(text)
    assert read is not None
    assert Fraction(read) == Fraction(hundredths * size, 100)


@given(st.integers(1, 500), st.integers(1, 499))
def test_both_ends_of_a_range_share_its_magnitude(low: int, more: int) -> None:
    for text, size in ((f"{low}-{low + more}k", 1000), (f"{low}到{low + more}万", 10**4)):
        amount = read_amount(plain(text), CHINESE)
        assert amount is not None
        assert amount.value == low * size
        assert amount.highest == (low + more) * size


CLAUSES = ["met the team", "good demo", "拜访了客户", "很顺利", "next visit soon", "下次再谈"]


@given(
    st.sampled_from(
        ["$50k", "5万", "about 3,000 EUR", "三十万左右", "50-60k", "¥1,250.50", "3块5"]
    ),
    st.lists(st.sampled_from(CLAUSES), max_size=4),
    st.lists(st.sampled_from(CLAUSES), max_size=4),
    st.sampled_from([". ", "; ", "。", "\n", "！"]),
)
def test_text_around_changes_nothing(
    amount: str, left: list[str], right: list[str], between: str
) -> None:
    text = between.join([*left, amount, *right])
    [alone] = find_amounts(plain(amount), CHINESE)
    [within] = find_amounts(plain(text), CHINESE)
    assert (within.amount, within.sure) == (alone.amount, alone.sure)
    assert plain(text).original(within.start, within.end) == amount


@given(st.one_of(st.text(), TRICKY, WORDS), SCENES)
def test_any_text_can_be_read(text: str, scene: Scene) -> None:
    source = plain(text)
    spans = find_amounts(source, scene)
    ends = [0, *(end for each in spans for end in (each.start, each.end)), len(source.text)]
    assert ends == sorted(ends)
    assert all(each.start < each.end and each.amount.value >= 0 for each in spans)
    read_amount(source, scene)


@given(st.one_of(TRICKY, WORDS), st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9))))
def test_nothing_is_read_where_it_is_hidden(text: str, places: list[tuple[int, int]]) -> None:
    source = plain(text)
    last = len(source.text)
    hidden = [Spotted(start, min(start + long, last)) for start, long in places if start < last]
    spans = find_amounts(source, CHINESE, hidden)
    covered = {at for each in hidden for at in range(each.start, each.end)}
    assert not any(at in covered for each in spans for at in range(each.start, each.end))


@pytest.mark.parametrize("rubbish", RUBBISH.split("|"))
def test_time_grows_with_the_length_alone(rubbish: str) -> None:
    def seconds(length: int) -> float:
        source = plain((rubbish * length)[:length])
        fastest = 1.0
        for _ in range(5):
            start = time.process_time()
            find_amounts(source, CHINESE)
            read_amount(source, CHINESE)
            fastest = min(fastest, time.process_time() - start)
        return fastest

    assert seconds(80_000) < 16 * seconds(10_000) + 0.005
