"""A tax number is eighteen characters, the last of which follows from the others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.errors import WrongTaxNumber
from services.tax_numbers import DIGITS, check_digit, folded

ALIBABA = "91330100799655058B"
bodies = st.text(DIGITS, min_size=17, max_size=17)


@pytest.mark.parametrize(
    "written",
    [
        ALIBABA,
        ALIBABA.lower(),
        "9133 0100 7996 5505 8B",
        "91330100-799655058-B",
        "９１３３０１００７９９６５５０５８Ｂ",
        f" {ALIBABA}\n",
    ],
)
def test_it_has_one_form(written: str) -> None:
    assert folded(written) == ALIBABA


@pytest.mark.parametrize("real", ["91440300708461136T", "91110000802100433B"])
def test_numbers_of_real_companies_are_right(real: str) -> None:
    assert folded(real) == real


@pytest.mark.parametrize(
    "written", ["", "91330100799655058", ALIBABA + "0", "91330100799655058O", "I" * 18, "税号"]
)
def test_what_is_none_is_refused(written: str) -> None:
    with pytest.raises(WrongTaxNumber):
        folded(written)


@given(bodies)
def test_the_last_follows_from_the_others(body: str) -> None:
    assert folded(body + check_digit(body)) == body + check_digit(body)


@given(bodies, st.integers(0, 17), st.sampled_from(DIGITS))
def test_any_one_wrong_character_is_noticed(body: str, place: int, other: str) -> None:
    right = body + check_digit(body)
    wrong = right[:place] + other + right[place + 1 :]
    if wrong != right:
        with pytest.raises(WrongTaxNumber):
            folded(wrong)
