"""Emoji are read as people see them."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.slack.emoji import seen


def written(*emoji: Mapping[str, object]) -> list[object]:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}, *emoji]}
    return [{"type": "rich_text", "elements": [section]}]


TADA = {"type": "emoji", "name": "tada", "unicode": "1f389"}
THUMB = {"type": "emoji", "name": "+1", "unicode": "1f44d-1f3fb", "skin_tone": 2}
OWN = {"type": "emoji", "name": "acme-logo"}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("went well :tada:", "went well 🎉"),
        ("ok:+1::skin-tone-2:", "ok👍🏻"),
        ("see :acme-logo:", "see :acme-logo:"),
        ("at 10:30: call", "at 10:30: call"),
        ("ratio 1:tada:2", "ratio 1🎉2"),
    ],
)
def test_emoji_are_themselves(text: str, read: str) -> None:
    assert seen(text, written(TADA, THUMB, OWN)) == read


def test_without_the_signs_the_names_stay() -> None:
    assert seen(":tada:", None) == ":tada:"
    assert seen(":tada:", []) == ":tada:"
    assert seen(":tada:", written({**TADA, "unicode": "no code"})) == ":tada:"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["type", "elements", "name", "unicode"]), inner)
    ),
    max_leaves=20,
)


@given(st.text(), JSON)
def test_whatever_stands_beside_it_a_text_is_read(text: str, blocks: object) -> None:
    assert isinstance(seen(text, blocks), str)
