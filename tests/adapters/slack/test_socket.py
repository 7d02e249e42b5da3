"""Socket Mode against the strict stand-in of Slack."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.envelope import COMMAND, EVENT, INTERACTION
from bot.adapters.slack.socket import Socket
from tests.acceptance.fakes import load
from tests.adapters.slack.peer import QUICK, Keeper, new_health, running
from tests.adapters.telegram.conftest import until

ANA = "U0ALICE"


@pytest.fixture
async def slack() -> AsyncIterator[Any]:
    module = load("fake_slack")
    async with module.FakeSlack() as server:
        server.config.echo_bot_messages = False
        server.config.rate_limits = False
        yield server


@pytest.fixture
def keeper() -> Keeper:
    return Keeper()


@pytest.fixture
def socket(slack: Any, keeper: Keeper) -> Socket:
    client = AsyncWebClient(
        token=slack.app_token, base_url=slack.base_url, timeout=2, retry_handlers=[]
    )

    async def open_url() -> str:
        answer = await client.apps_connections_open(app_token=slack.app_token)
        return str(answer["url"])

    return Socket(open_url, keeper, new_health(), timing=QUICK)


def says(slack: Any, text: str) -> Any:
    """Write as Ana; gives the delivery to the app."""
    sent = slack.user_message(user=ANA, channel="C0GENERAL", text=text)
    return slack.deliveries[sent["deliveries"][0]]


async def connected(slack: Any, count: int = 1) -> None:
    await until(lambda: len(slack.connections) == count)


async def test_what_people_say_comes_in_order_and_is_acknowledged(
    slack: Any, socket: Socket, keeper: Keeper
) -> None:
    texts = [f"visited {n}" for n in range(100)]
    async with running(socket):
        await connected(slack)
        sent = [says(slack, text) for text in texts]
        await until(lambda: all(one.state == "acked" for one in sent))

    assert keeper.texts == texts
    assert {one.kind for one in keeper.kept} == {EVENT}
    assert slack.violation_counts == {}


async def test_commands_and_presses_are_answered_on_the_envelope(
    slack: Any, socket: Socket, keeper: Keeper
) -> None:
    async with running(socket):
        await connected(slack)
        keeper.answer = "Looking that up"
        used = await slack.command(command="/quote", text="x", channel="C0GENERAL")
        keeper.answer = {"options": []}
        pressed = await slack.shortcut(callback_id="help", user=ANA)

    assert [one.kind for one in keeper.kept] == [COMMAND, INTERACTION]
    assert used["delivery"]["response"] == {"text": "Looking that up"}
    assert pressed["delivery"]["response"] == {"options": []}


@pytest.mark.parametrize("trouble", ["fails", "raises"])
async def test_what_was_not_kept_is_sent_again(
    slack: Any, socket: Socket, keeper: Keeper, trouble: str
) -> None:
    slack.config.update({"retry_scale": 0.001, "ack_seconds": 0.2})
    setattr(keeper, trouble, 2)
    async with running(socket):
        await connected(slack)
        sent = says(slack, "hello")
        await until(lambda: sent.state == "acked")

    assert [one.retry for one in keeper.kept] == [0, 1, 2]
    assert len({one.payload["event_id"] for one in keeper.kept}) == 1


async def test_one_that_hangs_holds_up_nobody(slack: Any, socket: Socket, keeper: Keeper) -> None:
    keeper.stuck = {"visited 0"}
    async with running(socket):
        await connected(slack)
        sent = [says(slack, f"visited {n}") for n in range(20)]
        await until(lambda: all(one.state == "acked" for one in sent[1:]))
        assert sent[0].state == "pending"
        keeper.let_go.set()
        await until(lambda: sent[0].state == "acked")


async def test_nothing_is_lost_or_doubled_when_connections_are_refreshed(
    slack: Any, socket: Socket, keeper: Keeper
) -> None:
    slack.config.update({"connection_seconds": 0.5, "retry_scale": 0.001})
    texts = [f"visited {n}" for n in range(200)]
    sent = []
    async with running(socket):
        await connected(slack)
        for text in texts:
            sent.append(says(slack, text))
            await asyncio.sleep(0.01)
        await until(lambda: all(one.state == "acked" for one in sent))
        assert min(slack.connections) > 3, "it was not refreshed often enough to tell"

    assert sorted(keeper.texts) == sorted(texts)
    assert slack.violation_counts == {}


async def test_the_connection_that_is_refreshed_is_read_until_slack_closes_it(
    slack: Any, socket: Socket, keeper: Keeper
) -> None:
    keeper.stuck = {"slow"}
    async with running(socket):
        await connected(slack)
        sent = says(slack, "slow")
        await until(lambda: keeper.kept)
        await slack.disconnect("refresh_requested")
        await connected(slack, 2)
        keeper.let_go.set()
        await until(lambda: sent.state == "acked")
        await connected(slack, 1)

    assert [attempt["connection"] for attempt in sent.attempts] == [1]
    assert slack.violation_counts == {}


async def test_a_warning_is_enough_to_open_another_and_let_go_of_the_old(
    slack: Any, socket: Socket
) -> None:
    async with running(socket):
        await connected(slack)
        await slack.disconnect("warning")
        await connected(slack, 2)
        await until(lambda: list(slack.connections) == [2])


async def test_a_connection_that_is_cut_is_replaced_and_the_event_comes_again(
    slack: Any, socket: Socket, keeper: Keeper
) -> None:
    slack.config.retry_scale = 0.001
    slack.config.retry_delays = [100.0] * 50
    slack.add_fault(kind="cut", method="events_api", times=1)
    async with running(socket):
        await connected(slack)
        sent = says(slack, "hello")
        await until(lambda: sent.state == "acked")

    assert set(keeper.texts) == {"hello"}
    assert (sent.attempts[0]["connection"], sent.attempts[-1]["connection"]) == (1, 2)


async def test_it_waits_for_its_turn_where_there_are_too_many(slack: Any, socket: Socket) -> None:
    slack.config.max_connections = 1
    other = replace(socket, dispatch=Keeper())
    async with running(other) as first:
        await connected(slack)
        async with running(socket):
            await until(lambda: slack.violation_counts["too_many_websockets"])
            first.cancel()
            await until(lambda: 2 in slack.connections)


async def test_slack_asks_to_wait_before_the_next_url(slack: Any, socket: Socket) -> None:
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        await asyncio.sleep(0.01)

    slack.add_fault(kind="ratelimited", method="apps.connections.open", times=1, retry_after=7)
    async with running(replace(socket, sleep=sleep)):
        await connected(slack)

    assert pauses[0] == 7


async def test_on_a_clean_stop_what_is_in_hand_is_acknowledged(
    slack: Any, socket: Socket, keeper: Keeper
) -> None:
    keeper.stuck = {"slow"}
    async with running(socket) as task:
        await connected(slack)
        sent = says(slack, "slow")
        await until(lambda: keeper.kept)
        task.cancel()
        await asyncio.sleep(0.1)
        late = says(slack, "late")
        keeper.let_go.set()
        await until(lambda: sent.state == "acked")

    assert keeper.texts == ["slow"], "nothing new is taken"
    assert late.state == "pending"
    assert slack.connections == {}
