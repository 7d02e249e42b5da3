import re

from hypothesis import given
from hypothesis import strategies as st

from services.understanding.word_patterns import backward, before, either

WORDS = st.lists(st.text("abc.$元", min_size=1, max_size=4), min_size=1, unique=True)


@given(WORDS)
def test_each_word_fits_and_nothing_else(words: list[str]) -> None:
    pattern = re.compile(either(words))
    assert all(pattern.fullmatch(word) for word in words)
    assert not any(pattern.fullmatch(word + "x") for word in words)


@given(WORDS, st.text("abc.$元"))
def test_the_longest_word_that_fits_is_taken(words: list[str], text: str) -> None:
    found = re.match(either(words), text)
    fits = [word for word in words if text.startswith(word)]
    assert (found[0] if found else None) == max(fits, key=len, default=None)


def test_what_stands_before_a_place_is_matched_backward() -> None:
    text = "about 50k"
    assert before(text, 6, 4) == " tuo"
    assert re.match(f" {backward('at,about')}", before(text, 6, 20))
    assert before(text, 0, 20) == ""
