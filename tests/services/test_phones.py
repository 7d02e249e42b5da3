"""One number, however it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.phones import comparable, digits


@pytest.mark.parametrize(
    "written",
    [
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "+86 138 0013 8000",
        "+86-13800138000",
        "0086 138 0013 8000",
        "86 138 0013 8000",
        "(+86) 138 0013 8000",
        "１３８００１３８０００",
        "138 0013 8000 / 139 0013 9000",
        "138 0013 8000 转 12",
    ],
)
def test_a_mainland_mobile_has_one_form(written: str) -> None:
    assert digits(written) == "13800138000"


@pytest.mark.parametrize(
    "written",
    [
        "021-5555 1234",
        "+86 21 5555 1234",
        "+86 (0)21 5555 1234",
        "0086-21-55551234",
        "(021) 5555-1234 ext 8",
        "021-55551234 x8",
        "021-55551234 分机 8",
    ],
)
def test_so_has_a_mainland_landline(written: str) -> None:
    assert digits(written) == "02155551234"


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("+44 20 7946 0018", "442079460018"),
        ("0044 20 7946 0018", "442079460018"),
        ("+44 (0)20 7946 0018", "442079460018"),
        ("+1 415 555 0100", "14155550100"),
        ("+852 2345 6789", "85223456789"),
        ("400-820-8820", "4008208820"),
        ("+86 400 820 8820", "4008208820"),
        ("86541234", "86541234"),
        ("+861", "01"),
        ("+86", "86"),
        ("", ""),
        ("call the desk", ""),
        ("²³", "23"),
    ],
)
def test_another_country_keeps_its_code(written: str, folded: str) -> None:
    assert digits(written) == folded


def test_a_short_number_tells_nobody_apart() -> None:
    assert comparable("10086") == ""
    assert comparable("555 1234") == "5551234"


@given(st.text(max_size=40))
def test_whatever_is_written_becomes_digits_and_stays_so(written: str) -> None:
    folded = digits(written)
    assert folded == "" or (folded.isascii() and folded.isdecimal())


@given(st.integers(13_000_000_000, 19_999_999_999), st.sampled_from(["", "+86", "0086", "86"]))
def test_a_mobile_is_the_same_with_any_prefix(number: int, prefix: str) -> None:
    assert digits(f"{prefix} {number}") == str(number)
