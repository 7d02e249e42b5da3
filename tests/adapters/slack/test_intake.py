import asyncio
import json
import logging
from typing import Any

import pytest
from structlog.testing import capture_logs

from tests.adapters.slack.payloads import (
    HOOK,
    changed,
    command,
    event,
    form,
    home,
    in_channel,
    mention,
    message,
    press,
    shortcut,
    suggestion,
)
from tests.adapters.slack.taking import REFUSED, TAKEN, Door

KINDS = {
    "message": message(),
    "mention": mention(),
    "edit": changed("a", "b"),
    "home": home(),
    "command": command("me"),
    "press": press(),
    "shortcut": shortcut(),
    "on a message": shortcut({"text": "hello", "ts": "1.2"}),
}


@pytest.mark.parametrize("payload", KINDS.values(), ids=KINDS)
async def test_each_kind_is_kept_once_however_often_it_comes(
    door: Door, payload: dict[str, Any]
) -> None:
    answers = [await door.takes(payload) for _ in range(3)]

    assert answers == [TAKEN] * 3
    [row] = await door.rows()
    assert (row.platform, row.bot, row.state) == ("slack", "T1", "new")
    assert door.slack.read(json.loads(row.payload)) is not None


@pytest.mark.parametrize("payload", KINDS.values(), ids=KINDS)
async def test_what_is_not_kept_is_not_acknowledged(door: Door, payload: dict[str, Any]) -> None:
    door.inbox.failure = OSError("the disk is full")
    assert await door.takes(payload) == REFUSED
    door.inbox.failure = TimeoutError()
    assert await door.takes(payload) == REFUSED
    assert await door.rows() == []

    door.inbox.failure = None
    assert await door.takes(payload) == TAKEN
    assert len(await door.rows()) == 1


async def test_it_is_kept_before_slack_is_told(door: Door) -> None:
    async with door.database.engine.connect() as busy:
        await busy.exec_driver_sql("SELECT 1")  # begins, which is all that SQLite needs
        if not door.database.is_sqlite:
            await busy.exec_driver_sql("LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE")
        answer = asyncio.create_task(door.takes(message()))
        done, _ = await asyncio.wait([answer], timeout=0.2)
        assert not done
        await busy.rollback()

    assert await answer == TAKEN
    assert len(await door.rows()) == 1


async def test_a_mention_that_comes_twice_over_is_one_row(door: Door) -> None:
    await asyncio.gather(*map(door.takes, (in_channel("<@UBOT> me"), mention("<@UBOT> me"))))

    assert len(await door.rows()) == 1


async def test_the_order_of_a_chat_is_kept(door: Door) -> None:
    sent = [message(str(n), ts=f"1795338000.{n:06}") for n in range(60)]
    await asyncio.gather(*map(door.takes, sent))

    assert [each["event"]["text"] for each in await door.kept()] == [str(n) for n in range(60)]
    assert {row.chat for row in await door.rows()} == {"slack:T1:U1"}


async def test_a_page_that_is_looked_at_waits_for_no_talk(door: Door) -> None:
    for payload in (message(), home(), form()):
        task = asyncio.create_task(door.takes(payload))
        await asyncio.sleep(0)
        if payload["type"] == "view_submission":
            await task
    chats = {row.chat for row in await door.rows()}

    assert chats == {"slack:T1:U1", "slack:T1:U1#home:U1", "slack:T1:U1#view:V1"}


@pytest.mark.parametrize(
    "payload",
    [
        message(user="UBOT", bot_id="BBOT"),
        message(bot_id="B9"),
        changed("a", "b", user="UBOT"),
        changed("see acme.com", "see acme.com"),
        message(subtype="channel_join"),
        home(tab="messages"),
        press({"type": "button", "action_id": "link:1", "url": "https://example.com"}),
        event({"type": "reaction_added"}),
        event({"type": "app_uninstalled"}),
        {"type": "view_closed", "view": {"id": "V1"}},
        {"type": "interactive_message", "callback_id": "old"},
        {"type": "something new", "trigger_id": "1.2"},
        {"type": "ssl_check", "ssl_check": "1", "token": "x"},
        {},
        {"type": None, "event": [1]},
    ],
)
async def test_what_is_nothing_to_us_is_acknowledged_and_not_kept(
    door: Door, payload: dict[str, Any]
) -> None:
    assert await door.takes(payload) == TAKEN
    assert await door.rows() == []
    assert door.odd.asked == []


@pytest.mark.parametrize(
    "payload",
    [
        mention(user_team="T9"),
        press(user={"id": "U1", "name": "ana", "team_id": "T9"}),
        command("visit", team_id="T9"),
        form() | {"user": {"id": "U1", "team_id": "T9"}},
        suggestion("x", user={"id": "U1", "team_id": "T9"}),
    ],
)
async def test_nobody_of_another_company_is_taken_for_one_of_ours(
    door: Door, payload: dict[str, Any]
) -> None:
    assert await door.takes(payload) == TAKEN
    assert (await door.rows(), door.odd.asked, door.asked) == ([], [], [])


async def test_that_slack_dropped_events_is_said(door: Door) -> None:
    with capture_logs() as logs:
        assert await door.takes({"type": "app_rate_limited", "minute_rate_limited": 5}) == TAKEN

    assert [line["event"] for line in logs] == ["slack.events_dropped"]


@pytest.mark.parametrize(
    "payload",
    [
        message(user=None),
        message(ts="yesterday"),
        command(channel_id=None),
        press(actions=None),
        press(container=None),
        shortcut(user="U1"),
        home() | {"event": {"type": "app_home_opened", "tab": "home"}},
    ],
)
async def test_what_cannot_be_read_is_kept_beside_the_chats(
    door: Door, payload: dict[str, Any]
) -> None:
    with capture_logs() as logs:
        assert await door.takes(payload) == TAKEN

    [row] = await door.rows()
    assert row.chat == "slack:T1:?"
    assert "slack.unreadable" in [line["event"] for line in logs]
    with pytest.raises((KeyError, TypeError, ValueError, AttributeError)):
        door.slack.read(json.loads(row.payload))


async def test_one_that_no_database_holds_stops_no_others(door: Door) -> None:
    odd = message("half a pair \ud800 and a NUL \0", ts="1795338001.000100")
    answers = await asyncio.gather(door.takes(odd), door.takes(message()))

    assert set(answers) == {TAKEN}
    assert len(await door.rows()) == 2


CANARY = "Project Nightingale"


@pytest.mark.parametrize("level", [logging.INFO, logging.DEBUG])
async def test_what_people_write_is_in_no_line_of_the_log(
    door: Door, level: int, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("", "slack_bolt", "slack_sdk"):
        caplog.set_level(logging.WARNING if name else level, name)
    payloads = [message(CANARY), command(CANARY), message(CANARY, ts="soon"), suggestion(CANARY)]
    payloads += [shortcut({"text": CANARY, "ts": "x"}), {"type": CANARY, "text": CANARY}]
    door.options = ValueError(CANARY)
    with capture_logs() as logs:
        for failure in (ValueError(CANARY), None):
            door.inbox.failure = failure
            for payload in payloads:
                await door.takes(payload)

    assert "slack.not_kept" in [line["event"] for line in logs]
    for text in (json.dumps(logs, default=repr), caplog.text):
        assert CANARY not in text
        assert HOOK not in text
