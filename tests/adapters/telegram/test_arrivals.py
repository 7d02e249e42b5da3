import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.telegram.arrivals import arrival, arrivals, number
from tests.adapters.telegram.updates import GROUP, change, message, press

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(["message", "callback_query", "chat", "id", "my_chat_member", "from"])


@pytest.mark.parametrize(
    ("update", "chat"),
    [
        (message("hi"), "telegram:123456:7001"),
        (message("hi", chat=GROUP), "telegram:123456:-1001234567890"),
        ({"update_id": 1, "edited_message": message("hi")["message"]}, "telegram:123456:7001"),
        (press(), "telegram:123456:7001"),
        (change("kicked"), "telegram:123456:7001"),
        ({"update_id": 1, "message": {"chat": {"id": "x"}}}, "telegram:123456:?"),
        ({"update_id": 1}, "telegram:123456:?"),
    ],
)
def test_the_chat_is_found_before_anything_is_parsed(update: dict[str, Any], chat: str) -> None:
    assert chat == arrival(update, "123456", NOW).chat


def test_the_payload_is_the_update_and_when_it_came() -> None:
    row = arrival(message("拜访了\0Acme \ud83d"), "123456", NOW)

    assert row.external_id == "9"
    assert {**message("拜访了\0Acme \ud83d"), "received": NOW.timestamp()} == json.loads(
        row.payload
    )
    assert row.payload.isascii(), "neither database can be upset by what is in it"


@pytest.mark.parametrize(
    "update", [{}, [], None, 5, {"update_id": "1"}, {"update_id": True}, {"update_id": -1},
               {"update_id": 2**70}, {"update_id": 1.0}]
)  # fmt: skip
def test_an_update_without_a_usable_id_is_left_out(update: Any) -> None:
    assert number(update) is None
    assert [row.external_id for row in arrivals([update, message("hi")], "1", NOW)] == ["9"]


@given(st.dictionaries(KEYS | st.text(), st.dictionaries(KEYS, JSON, max_size=4) | JSON))
def test_whatever_else_is_in_it_it_gets_a_row(body: dict[str, Any]) -> None:
    row = arrival({**body, "update_id": 3}, "1", NOW)

    assert row.external_id == "3"
    assert row.chat.startswith("telegram:1:")
