"""Every name of a currency is read where it may stand."""

import pytest

from services.understanding import currencies
from services.understanding import currency_names as names
from tests.services.understanding.amounts_told import CHINESE, found

BEFORE = {**names.OTHER_CODES, **{code: code.upper() for code in names.CODES.split()}}
BEFORE |= {sign: code for code, each in names.SIGNS.items() for sign in each.split()}
BEFORE |= {name: code for code, each in names.CHINESE.items() for name in each.split()}
AFTER = {name: code for code, each in names.CHINESE_AFTER.items() for name in each.split()}
AFTER |= {name: code for code, each in names.ENGLISH.items() for name in each.split(",")}
AFTER |= BEFORE
CENTS = {name: code for code, each in names.CENTS.items() for name in each.split(",")}
CENTS |= {name: code for code, each in names.CHINESE_CENTS.items() for name in each.split()}


@pytest.mark.parametrize("name", BEFORE)
def test_a_currency_before_a_number(name: str) -> None:
    assert found(f"quote {name} 5,500", CHINESE) == f"5500 {BEFORE[name]}".strip()


@pytest.mark.parametrize("name", AFTER)
def test_a_currency_after_a_number(name: str) -> None:
    assert found(f"for 5,500 {name}", CHINESE) == f"5500 {AFTER[name]}".strip()


@pytest.mark.parametrize("name", CENTS)
def test_the_hundredths_of_a_currency(name: str) -> None:
    assert found(f"for 50 {name}", CHINESE) == f"0.5 {CENTS[name]}"


@pytest.mark.parametrize("code", names.CAPITALS)
def test_a_code_that_is_a_word_counts_in_capitals_only(code: str) -> None:
    assert found(f"{code} 5,500") == f"5500 {currencies.NAMES[code]}"
    assert found(f"{code.lower()} 5,500") == ("-" if code == "RM" else "5500")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$15,000 CAD", "15000 CAD"),
        ("¥5,000,000 JPY", "5000000 JPY"),
        ("usd $50k", "50000 USD"),
        ("人民币¥5万元", "50000 CNY"),
        ("RMB 50k USD 8k", "50000 CNY; 8000 USD"),
        ("50k €60k", "50000; 60000 EUR"),
        ("plus$50k", "50000 USD"),
    ],
)
def test_which_of_two_currencies_is_meant(text: str, expected: str) -> None:
    assert found(text) == expected


@pytest.mark.parametrize("text", ["hrs 550", "tours 550 rooms", "acme550won", "三元锂", "一刀切"])
def test_what_only_looks_like_a_currency(text: str) -> None:
    assert " " not in found(text, CHINESE)
