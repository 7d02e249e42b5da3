import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest

from bot.adapters.telegram import Telegram, poll
from bot.adapters.telegram.polling import PART
from bot.messages import Message, Reachable
from bot.runtime.health import Health
from tests.acceptance.fakes import ANA, TOKEN, Control
from tests.adapters.telegram.conftest import FakeInbox, until


@pytest.fixture
def health() -> Health:
    return Health(time.monotonic)


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Telegram, "poll_hold", 1)
    monkeypatch.setattr("bot.adapters.telegram.polling.FIRST_PAUSE", 0.02)
    monkeypatch.setattr("bot.adapters.telegram.polling.CONFLICT_PAUSE", 0.2)


@asynccontextmanager
async def polling(telegram: Telegram, inbox: FakeInbox, health: Health) -> AsyncIterator[None]:
    task = asyncio.create_task(poll(telegram, inbox, health))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def said(telegram: Telegram, inbox: FakeInbox) -> list[str]:
    found = (telegram.read(json.loads(row.payload)) for row in inbox.rows.values())
    return [one.text for one in found if isinstance(one, Message)]


def offsets(control: Control) -> list[int]:
    calls = control.calls("getUpdates")
    return [int(call["params"]["offset"]) for call in calls if "offset" in call["params"]]


async def test_what_people_say_is_in_the_inbox_before_it_is_confirmed(
    telegram: Telegram, control: Control, inbox: FakeInbox, health: Health
) -> None:
    texts = [f"visited {n}" for n in range(250)]
    for text in texts[:150]:
        control.says(text)
    async with polling(telegram, inbox, health):
        await until(lambda: len(inbox.rows) == 150)
        for text in texts[150:]:
            control.says(text)
        await until(lambda: not control.pending)

    assert said(telegram, inbox) == texts
    assert {row.chat for row in inbox.rows.values()} == {f"telegram:123456:{ANA}"}
    assert offsets(control) == sorted(offsets(control))
    assert set(offsets(control)) <= set(inbox.cursors)
    assert control.violations == []


async def test_a_whole_answer_is_one_commit(
    telegram: Telegram, control: Control, inbox: FakeInbox, health: Health
) -> None:
    for n in range(100):
        control.says(str(n))
    async with polling(telegram, inbox, health):
        await until(lambda: len(inbox.rows) == 100)

    assert inbox.takes == 1


async def test_presses_and_blocking_come_too(
    telegram: Telegram, control: Control, inbox: FakeInbox, health: Health
) -> None:
    async with polling(telegram, inbox, health):
        await until(lambda: control.server.bot().waiter)
        control.server.set_chat_status(ANA, "blocked")
        await until(lambda: inbox.rows)

    [row] = inbox.rows.values()
    assert isinstance(telegram.read(json.loads(row.payload)), Reachable)


async def test_it_goes_on_where_the_inbox_says(
    telegram: Telegram, control: Control, inbox: FakeInbox, health: Health
) -> None:
    first = control.says("old")["update_id"]
    control.says("new")
    inbox.cursors.append(first + 1)
    async with polling(telegram, inbox, health):
        await until(lambda: not control.pending)

    assert said(telegram, inbox) == ["new"]


async def test_nothing_is_confirmed_that_could_not_be_committed(
    telegram: Telegram, control: Control, inbox: FakeInbox, health: Health
) -> None:
    inbox.fails = 3
    first = control.says("hello")["update_id"]
    async with polling(telegram, inbox, health):
        await until(lambda: inbox.takes == 3)
        assert control.pending == 1
        assert offsets(control) == []
        await until(lambda: not control.pending)

    assert said(telegram, inbox) == ["hello"]
    assert inbox.cursors == [first + 1]


FAULTS: list[dict[str, Any]] = [
    {"kind": "error", "status": 500},
    {"kind": "error", "status": 502, "body": "<html>"},
    {"kind": "error", "status": 200, "body": "not JSON"},
    {"kind": "error", "status": 200, "body": "{}"},
    {"kind": "error", "status": 200, "body": "[]"},
    {"kind": "error", "status": 200, "body": '{"ok":true,"result":true}'},
    {"kind": "error", "status": 200, "body": '{"ok":true,"result":[5,{"x":1}]}'},
    {"kind": "error", "status": 401},
    {"kind": "error", "status": 404, "description": "Not Found"},
    {"kind": "reset"},
    {"kind": "lost"},
    {"kind": "slow_response", "seconds": 0.3},
    {"kind": "delay", "seconds": 0.3},
    {"kind": "hang", "seconds": 0.3},
    {"kind": "flood", "retry_after": 1},
]


@pytest.mark.parametrize("fault", FAULTS, ids=str)
async def test_no_fault_loses_doubles_or_stops_anything(
    telegram: Telegram, control: Control, inbox: FakeInbox, health: Health, fault: dict[str, Any]
) -> None:
    control.says("before")
    async with polling(telegram, inbox, health):
        await until(lambda: not control.pending)
        control.breaks(**fault, method="getUpdates", times=2)
        control.says("during")
        await asyncio.sleep(0.1)
        control.says("after")
        await until(lambda: not control.pending)

    assert said(telegram, inbox) == ["before", "during", "after"]
    assert offsets(control) == sorted(offsets(control))
    assert control.violations == []


@pytest.mark.parametrize("body", ["not JSON", '{"ok":true,"result":[{"x":1}]}', '{"ok":true}'])
async def test_a_malformed_answer_does_not_spin(
    telegram: Telegram, control: Control, inbox: FakeInbox, health: Health, body: str
) -> None:
    control.breaks("error", status=200, body=body, method="getUpdates")
    async with polling(telegram, inbox, health):
        await asyncio.sleep(1)

    assert 2 <= len(control.calls("getUpdates")) <= 7


async def test_only_a_successful_poll_is_a_sign_of_life(
    telegram: Telegram, control: Control, inbox: FakeInbox, health: Health
) -> None:
    async with polling(telegram, inbox, health):
        await until(lambda: PART in health.beats)
        control.breaks("error", status=500, method="getUpdates")
        await asyncio.sleep(1.5)
        deaf = health.ages()[PART]
        control.heals()
        await until(lambda: health.ages()[PART] < deaf)

    assert deaf > 0.4
    assert health.ages() == {}, "polling is someone else's now"


async def test_an_update_that_cant_be_read_stops_no_other(
    telegram: Telegram, control: Control, inbox: FakeInbox, health: Health
) -> None:
    control.says("before")
    bot = control.server.bot()
    strange = bot.next_update_id
    control.says("spoilt")
    bot.updates[strange].body["message"] = {"date": "soon", "chat": 5}
    control.says("after")
    async with polling(telegram, inbox, health):
        await until(lambda: not control.pending)

    assert len(inbox.rows) == 3
    with pytest.raises((TypeError, KeyError)):
        telegram.read(json.loads(inbox.rows[str(strange)].payload))


async def test_an_update_without_an_id_is_skipped(
    telegram: Telegram, control: Control, inbox: FakeInbox, health: Health
) -> None:
    good = {"update_id": 5, "message": {"chat": {"id": 7}}}
    body = json.dumps({"ok": True, "result": [{"message": {}}, good, None]})
    control.breaks("error", status=200, body=body, method="getUpdates", times=1)
    async with polling(telegram, inbox, health):
        await until(lambda: inbox.cursors)

    assert (list(inbox.rows), inbox.cursors) == (["5"], [6])


async def test_an_old_update_that_comes_again_does_not_move_the_offset_back(
    telegram: Telegram, control: Control, inbox: FakeInbox, health: Health
) -> None:
    control.says("hello")
    async with polling(telegram, inbox, health):
        await until(lambda: not control.pending)
        [cursor] = inbox.cursors
        old = {"update_id": cursor - 5, "message": {"chat": {"id": 7}}}
        body = json.dumps({"ok": True, "result": [old]})
        control.breaks("error", status=200, body=body, method="getUpdates", times=1)
        await until(lambda: len(inbox.cursors) == 2)

    assert inbox.cursors == [cursor, cursor]


async def test_two_pollers_take_turns_until_one_stops_and_lose_nothing(
    telegram: Telegram, control: Control, inbox: FakeInbox, health: Health
) -> None:
    other = await Telegram.connect(TOKEN, control.server.url)
    async with polling(telegram, inbox, health):
        async with polling(other, inbox, Health(time.monotonic)):
            for n in range(20):
                control.says(str(n))
                await asyncio.sleep(0.03)
        control.says("last")
        await until(lambda: not control.pending)
    await other.close()

    assert said(telegram, inbox) == [*map(str, range(20)), "last"]
    assert 409 in {call["status"] for call in control.calls("getUpdates")}


async def test_a_webhook_of_earlier_days_is_removed_and_what_it_held_back_is_kept(
    telegram: Telegram, control: Control, inbox: FakeInbox, health: Health
) -> None:
    await telegram.api.set_webhook("https://example.com/hook")
    control.server.config.webhook_routes["https://example.com"] = "http://127.0.0.1:9"
    control.says("waiting")
    control.breaks("error", status=500, method="deleteWebhook", times=2)
    async with polling(telegram, inbox, health):
        await until(lambda: not control.pending)

    assert said(telegram, inbox) == ["waiting"]


async def test_it_stops_at_once(
    telegram: Telegram, control: Control, inbox: FakeInbox, health: Health
) -> None:
    async with polling(telegram, inbox, health):
        await until(lambda: control.server.bot().waiter)
        began = time.monotonic()

    assert time.monotonic() - began < 0.2


async def test_only_the_kinds_that_are_read_are_asked_for(
    telegram: Telegram, control: Control, inbox: FakeInbox, health: Health
) -> None:
    async with polling(telegram, inbox, health):
        await until(lambda: control.server.bot().waiter)

    kinds = {"message", "edited_message", "callback_query", "my_chat_member"}
    assert control.server.bot().allowed == kinds
