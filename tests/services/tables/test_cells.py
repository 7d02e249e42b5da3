"""What stands in a cell, read as what its column holds."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.tables import cells, paths
from services.tables.moments import day, moment, month_first, told
from services.tables.money import Sum, amount, major_units, minor_units
from services.tables.nouns import NOUNS
from services.tables.reasons import NotTaken, Why
from services.tables.table import Cell, text_cell
from services.tables.writing import harmless

SHANGHAI = ZoneInfo("Asia/Shanghai")
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)


def read(noun: str, column: str, cell: Cell) -> object:
    return cells.read(NOUNS[noun].column(column), cell)


@pytest.mark.parametrize(
    ("noun", "column", "cell", "value"),
    [
        ("accounts", "tier", "重点客户", "A"),
        ("accounts", "tier", " a ", "A"),
        ("accounts", "lifecycle", "新客户", "new"),
        ("accounts", "point", "31.23，121.47", (31.23, 121.47)),
        ("accounts", "tax_number", "de 123-456-789", "DE123456789"),
        ("accounts", "phone", 13800138000.0, "13800138000"),
        ("accounts", "code", 7, "7"),
        ("people", "role", "Sales Rep", "1"),
        ("people", "active", "离职", False),
        ("people", "active", True, True),
        ("people", "zone", "asia/shanghai", "Asia/Shanghai"),
        ("people", "quiet_from", "21：30", time(21, 30)),
        ("people", "groups", 'Retail、"a; b"，Key', ("Retail", "a; b", "Key")),
        ("deals", "currency", "人民币", "CNY"),
        ("deals", "currency", "eur", "EUR"),
        ("deals", "closes", "2026/3/5", date(2026, 3, 5)),
        ("visits", "distance", "1,250", 1250),
        ("visits", "outcome", "顺利", "positive"),
        ("visits", "note", "", None),
    ],
)
def test_a_cell_is_read(noun: str, column: str, cell: Cell, value: object) -> None:
    assert read(noun, column, cell) == value


@pytest.mark.parametrize(
    ("noun", "column", "cell", "why"),
    [
        ("accounts", "tier", "Z", Why.UNREADABLE),
        ("accounts", "point", "91, 0", Why.UNREADABLE),
        ("accounts", "point", "here", Why.UNREADABLE),
        ("accounts", "tax_number", "91350100M000100Y44", Why.UNREADABLE),
        ("accounts", "name", "x" * 121, Why.TOO_LONG),
        ("people", "zone", "Moon/Base", Why.UNREADABLE),
        ("people", "active", "maybe", Why.UNREADABLE),
        ("deals", "currency", "shells", Why.UNREADABLE),
        ("deals", "amount", "-5", Why.UNREADABLE),
        ("deals", "amount", True, Why.UNREADABLE),
        ("deals", "amount", "about 50k to 60k", Why.UNREADABLE),
        ("deals", "closes", "2026-02-30", Why.UNREADABLE),
        ("visits", "distance", "1.5", Why.UNREADABLE),
    ],
)
def test_a_cell_that_makes_no_sense_says_why(noun: str, column: str, cell: Cell, why: Why) -> None:
    with pytest.raises(NotTaken) as caught:
        read(noun, column, cell)
    assert caught.value.reason.why is why
    assert caught.value.reason.column == column


@given(st.lists(TEXT.map(str.strip).filter(bool), unique=True))
def test_several_texts_in_one_cell_come_apart_as_they_were(texts: list[str]) -> None:
    assert cells.parts(cells.joined(tuple(texts))) == tuple(texts)


@given(st.lists(TEXT.map(str.strip).filter(bool), max_size=4))
def test_a_path_comes_apart_as_it_was(names: list[str]) -> None:
    assert paths.split(paths.joined(names)) == names


@given(st.text("=+-@'\t abc1", min_size=1, max_size=6))
def test_no_text_is_a_formula_and_it_is_read_back_as_it_was(text: str) -> None:
    kept = text_cell(harmless(text.strip()))
    assert not harmless(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert kept == (text.strip() or None)


@given(st.integers(0, 10**15), st.sampled_from(["CNY", "JPY", "KWD", "USD"]))
def test_sums_are_written_and_read_exactly(minor: int, currency: str) -> None:
    written = amount(major_units(minor, currency))
    assert minor_units(written.value, currency, "amount") == minor


@given(st.integers(0, 10**14))
def test_a_spreadsheet_keeps_a_sum_to_the_cent(minor: int) -> None:
    assert minor_units(amount(minor / 100).value, "CNY", "amount") == minor


def test_sums_as_people_write_them() -> None:
    assert amount("¥3,000") == Sum(Decimal(3000), "CNY")
    assert amount("36.000 €") == Sum(Decimal(36000), "EUR")
    assert amount("1.2m").value == Decimal(1_200_000)


@pytest.mark.parametrize(
    ("cell", "month", "found"),
    [
        ("2026-03-02", None, date(2026, 3, 2)),
        ("2.3.2026", None, date(2026, 3, 2)),
        ("3/2/2026", True, date(2026, 3, 2)),
        ("3/2/2026", False, date(2026, 2, 3)),
        ("14/3/26", None, date(2026, 3, 14)),
        ("5 Sept 2026", None, date(2026, 9, 5)),
        ("March 5, 2026", None, date(2026, 3, 5)),
        ("20260305", None, date(2026, 3, 5)),
        (46_083, None, date(2026, 3, 2)),
        (date(2026, 3, 2), None, date(2026, 3, 2)),
    ],
)
def test_days_in_the_orders_people_write(cell: Cell, month: bool | None, found: date) -> None:
    assert day(cell, month_first=month) == found


@pytest.mark.parametrize(
    "cell", ["3/2/2026", "soon", "2026-13-01", 5, 1.5, True, "2026-03-02 25:00"]
)
def test_what_is_no_day_is_none(cell: Cell) -> None:
    with pytest.raises(ValueError):
        moment(cell)


def test_a_column_says_its_order() -> None:
    assert month_first(["3/2/2026", "3/14/2026"]) is True
    assert month_first(["3/2/2026", "14/3/2026"]) is False
    assert month_first(["3/2/2026", None]) is None


@given(
    st.datetimes(datetime.fromisoformat("1990-01-01"), datetime.fromisoformat("2090-01-01")),
    st.sampled_from(["Asia/Shanghai", "America/New_York", "Asia/Kathmandu", "UTC"]),
)
def test_an_instant_is_written_and_read_exactly(at: datetime, zone: str) -> None:
    there = at.replace(tzinfo=UTC)
    read_back, all_day = moment(told(there, ZoneInfo(zone))).placed(SHANGHAI)
    assert (read_back, all_day) == (there, False)
