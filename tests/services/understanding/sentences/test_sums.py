from decimal import Decimal

import pytest

from tests.services.understanding.sentences.telling import told

CASES = [
    ("deal to proposal 50k", "50000", ""),
    ("deal to proposal 50000", "50000", ""),
    ("send quote 62k", "62000", ""),
    ("won Acme $118k", "118000", "USD"),
    ("quoted Acme £27,450", "27450", "GBP"),
    ("capital budget ~$185k", "185000", "USD"),
    ("报价28万", "280000", ""),
    ("合同额：350万", "3500000", ""),
    ("签了！¥36万", "360000", "CNY"),
    ("每台3200 总共3.8万", "38000", ""),
    ("roughly 36.000 € per year", "36000", "EUR"),
]
NONE = [
    "kent is giving at Rs 9,500 per piece",
    "paying S$4.20/kg",
    "wants 4 units",
    "they asked for 5% off",
    "credit note of £214.80 going out today",
    "gate 4, until 15:00",
    "对手报价每吨9800元",
    "他们现在用Salesforce，一年60万续费",
    "要了50盒",
    "收货地址改为六合区化工大道18号",
]


@pytest.mark.parametrize(("text", "value", "currency"), CASES)
def test_the_deals_value(text: str, value: str, currency: str) -> None:
    found = told(text).amount
    assert found
    assert (found.value, found.currency) == (Decimal(value), currency)


@pytest.mark.parametrize("text", NONE)
def test_sums_of_anything_else(text: str) -> None:
    assert told(text).amount is None
