import asyncio
import json
from typing import Any

import pytest

from bot.adapters.slack.chats import Chats
from bot.adapters.slack.client import Slack
from bot.messages import Message, Place
from tests.acceptance.slack import ANA, Control
from tests.adapters.slack.odd import Says, error, odd_slack
from tests.adapters.slack.payloads import command
from tests.adapters.slack.taking import TAKEN, Door

OWN = Says({"ok": True, "channel": {"id": "D1"}})


async def test_each_person_s_own_chat_is_asked_for_once() -> None:
    async with odd_slack() as (slack, odd):
        odd.says("conversations.open", OWN)
        chats = Chats(slack.api)
        found = [await chats.is_apart(each, "U1") for each in ("D9", "D1", "D9", "C1", "G1")]

        assert found == [True, False, True, False, False]
        assert odd.calls("conversations.open") == [{"users": "U1"}]


@pytest.mark.parametrize(
    "answer", [error("missing_scope"), Says(), Says({"ok": True}), Says(cut=True), Says("x")]
)
async def test_where_it_is_not_known_it_is_taken_for_that(answer: Says) -> None:
    async with odd_slack() as (slack, odd):
        odd.says("conversations.open", answer)
        chats = Chats(slack.api)
        assert [await chats.is_apart("D9", "U1") for _ in range(2)] == [False, False]
        assert len(odd.calls("conversations.open")) == 1, "a busy Slack is not asked again"


async def test_slack_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.adapters.slack.chats.ASKING_SECONDS", 0.01)

    async def hangs(**_given: Any) -> None:
        await asyncio.Event().wait()

    async with odd_slack() as (slack, _odd), asyncio.timeout(10):
        monkeypatch.setattr(slack.api, "conversations_open", hangs)
        assert not await Chats(slack.api).is_apart("D9", "U1")


async def test_as_slack_names_them(slack: Slack, slack_control: Control) -> None:
    opened: Any = await slack.api.conversations_open(users=ANA)
    chats = Chats(slack.api)

    assert not await chats.is_apart(opened["channel"]["id"], ANA)
    assert await chats.is_apart("D0000000000", ANA)
    assert slack_control.violations == []


@pytest.mark.parametrize(
    ("channel", "place"),
    [
        ("D1", Place("slack", "T1", "U1")),
        (
            "D9",
            Place("slack", "T1", "D9", private=False, only=f"U1 {command('me')['response_url']}"),
        ),
    ],
)
async def test_a_command_is_answered_where_it_was_given(
    door: Door, channel: str, place: Place
) -> None:
    door.odd.says("conversations.open", OWN)
    assert await door.takes(command("me", channel_id=channel)) == TAKEN

    [row] = await door.rows()
    found = door.slack.read(json.loads(row.payload))
    assert isinstance(found, Message)
    assert found.place == place
