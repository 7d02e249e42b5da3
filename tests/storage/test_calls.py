"""What is kept of buttons that know where somebody was."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from storage.calls import forget_places, spend, store_calls, stored_call
from storage.engine import Database
from storage.models import StoredCall
from tests.talk import MONDAY

POINT = {"account": "7", "point": "31.2304,121.4737 2026-03-02T02:00:00+00:00"}


def call(token: str, answers: dict[str, str], **more: Any) -> dict[str, Any]:
    return {
        "token": token,
        "card": "card",
        "command": "learnplace",
        "answers": answers,
        "label": "Acme is here",
        "person_id": None,
        "single_use": True,
        "expires_at": MONDAY + timedelta(minutes=15),
        "used_at": None,
        "review": "",
    } | more


async def kept(database: Database) -> dict[str, dict[str, str]]:
    async with database.read() as session:
        rows = await session.scalars(select(StoredCall).order_by(StoredCall.token))
        return {row.token: row.answers for row in rows}


@pytest.fixture
async def card(database: Database) -> None:
    rows = [
        call("a", POINT),
        call("b", {"account": "7", "note": 'the "point" is'}),
        call("c", POINT, card="another"),
    ]
    async with database.begin() as session:
        await store_calls(session, rows)


@pytest.mark.usefixtures("card")
async def test_a_press_of_any_button_of_a_card_forgets_the_place(database: Database) -> None:
    async with database.begin() as session:
        pressed = await stored_call(session, "b")
        assert pressed
        await spend(session, pressed, MONDAY)
    found = await kept(database)
    assert found == {"a": {}, "b": {"account": "7", "note": 'the "point" is'}, "c": POINT}
    async with database.read() as session:
        spent = await session.get_one(StoredCall, "a")
    assert spent.used_at == MONDAY


@pytest.mark.usefixtures("card")
async def test_what_can_not_be_pressed_any_more_is_gone(database: Database) -> None:
    async with database.begin() as session:
        assert await forget_places(session, MONDAY) == 0
        later = MONDAY + timedelta(minutes=16)
        assert await forget_places(session, later) == 2
    assert list(await kept(database)) == ["b"]
