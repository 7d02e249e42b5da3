"""Numbers in digits and in English words, which are read whole or not at all."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.understanding.numerals import read_digits, read_number, read_words
from tests.services.understanding.amounts_told import table
from tests.services.understanding.number_writing import in_english

IN_DIGITS = """
0 | 0
7 | 7
3000 | 3000
3,000 | 3000
3.000 | 3000
1.25 | 1.25
1,25 | 1.25
1,5 | 1.5
0.125 | 0.125
12345.678 | 12345.678
1,234.50 | 1234.50
1.234,50 | 1234.50
1,234,567.89 | 1234567.89
1.234.567 | 1234567
1 234 567 | 1234567
1 234 567,89 | 1234567.89
1'234'567.5 | 1234567.5
1,23,456 | 123456
12,34,567 | 1234567
"""

IN_WORDS = """
zero | 0
one | 1
nineteen | 19
twenty | 20
ninety-nine | 99
ninety nine | 99
a hundred | 100
one hundred and five | 105
five hundred twenty three | 523
twelve hundred | 1200
three thousand five hundred | 3500
fifty-five thousand | 55000
three hundred and fifty thousand | 350000
a hundred thousand | 100000
hundred thousand | 100000
one million two hundred thousand | 1200000
one billion two million three thousand four | 1002003004
a | 1
half | 0.5
half a million | 500000
a quarter million | 250000
three quarters of a million | 750000
two and a half | 2.5
one and three quarters | 1.75
two and a half million | 2500000
a million and a half | 1500000
one point five | 1.5
one point two five million | 1250000
2 and a half million | 2500000
2.5 million | 2500000
a couple | 2
a couple of thousand | 2000
a dozen | 12
half a dozen | 6
two dozen | 24
fifty grand | 50000
3 lakh 50 thousand | 350000
2 crore | 20000000
"""

NONE = [
    *(
        "007",
        "00",
        "1,2,3",
        "1,2345",
        "1234,567",
        "1.2.3",
        "2025.4.8",
        "1.234,567,890",
        "5.",
        ",5",
    ),
    *("", " ", "thousand", "million", "several", "twenty ten", "five five", "two fifty thousand"),
    *(
        "thousand million",
        "100 million 50 billion",
        "zero million",
        "point five",
        "half point one",
    ),
    *("a few", "dozens of", "one two three", "x", "-5", "1e6", "٣", "१२"),
]


@pytest.mark.parametrize(("text", "expected"), table(IN_DIGITS + IN_WORDS))
def test_a_number(text: str, expected: str) -> None:
    assert read_number(text) == Decimal(expected)


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_number(text: str) -> None:
    assert read_number(text) is None


def test_a_number_may_stand_between_spaces() -> None:
    assert read_number(" 3,000 ") == Decimal(3000)


def test_before_a_magnitude_a_point_is_decimal_and_a_comma_is_not() -> None:
    assert read_digits("1.250", scaled=True) == Decimal("1.25")
    assert read_digits("1,250", scaled=True) == Decimal(1250)


def test_after_a_zero_nothing_separates_thousands() -> None:
    assert read_digits("0.500") == Decimal("0.5")
    assert read_digits("0,500") is None


@pytest.mark.parametrize("text", ["9" * 16, "1" * 100_000, "1," * 50_000 + "1", "one " * 50_000])
def test_endless_numbers_are_none(text: str) -> None:
    assert read_number(text) is None


@given(st.integers(1, 999_999))
def test_every_number_in_words(number: int) -> None:
    assert read_words(in_english(number)) == number


@given(st.integers(0, 10**12), st.integers(0, 99))
def test_every_number_with_decimals(whole: int, cents: int) -> None:
    expected = Decimal(f"{whole}.{cents:02}")
    assert read_digits(f"{whole:,}.{cents:02}") == expected
    assert read_digits(f"{whole:,}".replace(",", ".") + f",{cents:02}") == expected


@given(st.text())
def test_any_text_can_be_asked_about(text: str) -> None:
    number = read_number(text)
    assert number is None or number.is_finite()
