"""Socket Mode against a server that misbehaves."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from bot.adapters.slack.connection import Connection, Oddity, asked_to_wait, described, read
from bot.adapters.slack.socket import SWITCHED_OFF, Socket, Timing
from bot.runtime.adapter import RetryLater
from tests.adapters.slack.peer import (
    QUICK,
    Keeper,
    Peer,
    event,
    fine,
    hello,
    new_health,
    peer,
    refuses,
    running,
)
from tests.adapters.telegram.conftest import until


def socket_to(server: Peer, keeper: Keeper | None = None, **more: Any) -> Socket:
    more = {"timing": QUICK} | more
    return Socket(server.open_url, keeper or Keeper(), new_health(), **more)


async def stopped(socket: Socket, when: Callable[[], object]) -> None:
    async with running(socket):
        await until(when)


async def silent(peer: Peer, websocket: web.WebSocketResponse) -> None:
    await peer.listen(websocket)


async def dropped(peer: Peer, websocket: web.WebSocketResponse) -> None:
    """Gone without a word, right after the greeting."""
    await hello(peer, websocket)
    assert websocket._req is not None
    assert websocket._req.transport is not None
    websocket._req.transport.abort()


async def garbage(peer: Peer, websocket: web.WebSocketResponse) -> None:
    frames: list[Any] = ["", "not JSON", "[" * 100_000, [], 7, {"type": 7}, {"type": "news"}]
    frames += [{"type": "events_api"}, {"type": "events_api", "envelope_id": 1, "payload": {}}]
    frames += [{"type": "events_api", "envelope_id": "1", "payload": "text"}]
    for frame in frames:
        await peer.say(websocket, frame)
    await websocket.send_bytes(b"\xff")
    await hello(peer, websocket)
    await peer.say(websocket, event("after"))
    await peer.listen(websocket)


@pytest.mark.parametrize(
    ("script", "dead"),
    [(fine, 3), (silent, 0), (dropped, 0), (refuses("too_many_websockets"), 0), (None, 0)],
)
async def test_every_try_has_a_url_of_its_own(script: Any, dead: int) -> None:
    async def closed(peer: Peer, websocket: web.WebSocketResponse) -> None:
        await websocket.close()

    scripts = [script or closed, script or closed, fine]
    async with peer(*scripts, dead=dead) as server, running(socket_to(server)):
        await until(lambda: server.open and not server.open[-1].closed and server.urls >= 3)

    assert server.tried == sorted(set(server.tried))


async def test_pauses_grow_and_are_over_when_a_connection_has_lived() -> None:
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        await asyncio.sleep(0.001)

    async def after(peer: Peer, websocket: web.WebSocketResponse) -> None:
        await hello(peer, websocket)
        await websocket.close()

    async with peer(after, after, fine, dead=7) as server:
        socket = socket_to(
            server,
            timing=Timing(),
            sleep=sleep,
            chance=lambda: 1.0,
            monotonic=count(0.0, 61.0).__next__,
        )
        async with running(socket):
            await until(lambda: len(server.open) == 3)

    assert pauses == [1, 2, 4, 8, 16, 30, 30, 0, 0]


@pytest.mark.parametrize(("chance", "pause"), [(0.0, 0.5), (1.0, 1.0)])
def test_pauses_differ_from_process_to_process(chance: float, pause: float) -> None:
    socket = socket_to(Peer(), timing=Timing(), chance=lambda: chance)

    assert socket._failed("whatever") == pause


@pytest.mark.parametrize(
    ("reason", "lived", "pauses"),
    [
        ("refresh_requested", 5, [0, 0]),
        ("warning", 5, [0, 0]),
        ("refresh_requested", 0.5, [1, 2]),
        ("closed", 5, [1, 2]),
        ("closed", 61, [0, 0]),
        ("too_many_websockets", 0, [1, 2]),
        ("link_disabled", 9999, [60, 60]),
    ],
)
def test_how_long_to_wait_depends_on_how_it_ended(
    reason: str, lived: float, pauses: list[float]
) -> None:
    socket = socket_to(Peer(), timing=Timing(), chance=lambda: 1.0)

    assert [socket._ended(reason, lived) for _ in pauses] == pauses


async def test_socket_mode_switched_off_is_said_and_tried_again_slowly() -> None:
    async with peer(refuses("link_disabled"), fine) as server:
        with capture_logs() as logs:
            async with running(socket_to(server)):
                await until(lambda: len(server.open) == 2)

    [said] = [line for line in logs if line["log_level"] == "error"]
    assert (said["todo"], said["again_in"]) == (SWITCHED_OFF, QUICK.disabled)


async def test_garbage_is_skipped_and_logged_once() -> None:
    keeper = Keeper()
    with capture_logs() as logs:
        async with peer(garbage) as server, running(socket_to(server, keeper)):
            await until(lambda: server.acknowledged == ["after"])

    skipped = [line["what"] for line in logs if line["event"] == "slack.frame_skipped"]
    assert skipped == ["no frame of Slack's", "news", "events_api", "binary"]
    assert server.urls == 1


async def test_a_frame_that_is_too_large_costs_the_connection_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def huge(peer: Peer, websocket: web.WebSocketResponse) -> None:
        await hello(peer, websocket)
        await peer.say(websocket, "x" * 2000)
        await peer.listen(websocket)

    monkeypatch.setattr("bot.adapters.slack.socket.LARGEST", 1000)
    async with peer(huge, fine) as server, running(socket_to(server)):
        await until(lambda: len(server.open) == 2)


async def test_a_peer_that_no_longer_answers_is_noticed() -> None:
    async def deaf(peer: Peer, websocket: web.WebSocketResponse) -> None:
        await hello(peer, websocket)
        await asyncio.sleep(60)

    timing = replace(QUICK, heartbeat=0.1)
    async with peer(deaf, fine) as server, running(socket_to(server, timing=timing)):
        await until(lambda: len(server.open) == 2)


async def test_the_answer_goes_where_the_question_came_from() -> None:
    keeper = Keeper(stuck={"first"})

    async def leaving(peer: Peer, websocket: web.WebSocketResponse) -> None:
        await hello(peer, websocket)
        await peer.say(websocket, event("first"))
        await peer.say(websocket, {"type": "disconnect", "reason": "warning"})
        await peer.listen(websocket)

    async with peer(leaving, fine) as server, running(socket_to(server, keeper)):
        await until(lambda: len(server.open) == 2)
        keeper.let_go.set()
        await until(lambda: server.heard)

    assert server.heard == [(1, {"envelope_id": "first"})]


async def test_where_that_one_is_closed_the_answer_goes_to_the_newest() -> None:
    keeper = Keeper(stuck={"first"})

    async def asks(peer: Peer, websocket: web.WebSocketResponse) -> None:
        await hello(peer, websocket)
        await peer.say(websocket, event("first"))
        await websocket.close()

    async with peer(asks, fine) as server:
        socket = socket_to(server, keeper)
        async with running(socket):
            await until(lambda: len(server.open) == 2 and len(socket.connections) == 1)
            keeper.let_go.set()
            await until(lambda: server.heard)

    assert server.heard == [(2, {"envelope_id": "first"})]


async def test_a_successor_that_is_refused_does_not_end_the_one_before() -> None:
    async def leaving(peer: Peer, websocket: web.WebSocketResponse) -> None:
        await hello(peer, websocket)
        await peer.say(websocket, {"type": "disconnect", "reason": "warning"})
        await peer.listen(websocket)

    timing = replace(QUICK, overlap=0.0)
    scripts = leaving, refuses("too_many_websockets")
    async with peer(*scripts) as server, running(socket_to(server, timing=timing)):
        await until(lambda: len(server.open) > 3)
        assert not server.open[0].closed


async def test_more_than_can_be_held_is_left_to_slack(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [str(n) for n in range(5)]
    keeper = Keeper(stuck=set(names))

    async def flood(peer: Peer, websocket: web.WebSocketResponse) -> None:
        await hello(peer, websocket)
        for name in [*names, "done"]:
            await peer.say(websocket, event(name))
        await peer.say(websocket, {"type": "news"})
        await peer.listen(websocket)

    monkeypatch.setattr("bot.adapters.slack.socket.MOST_IN_HAND", 3)
    with capture_logs() as logs:
        async with peer(flood) as server, running(socket_to(server, keeper)):
            await until(lambda: any(line["event"] == "slack.frame_skipped" for line in logs))
            keeper.let_go.set()
            await until(lambda: len(server.heard) == 3)

    assert server.acknowledged == names[:3]


async def test_it_is_healthy_while_a_connection_lives() -> None:
    timing = replace(QUICK, heartbeat=0.05, silence=0.3)
    async with peer() as server:
        socket = socket_to(server, timing=timing)
        async with running(socket):
            await until(lambda: server.open)
            await asyncio.sleep(0.5)
            assert socket.health.late() == [], "pongs are signs of life"
    assert socket.health.limits == {}


@pytest.mark.parametrize("script", [silent, refuses("link_disabled")])
async def test_it_is_not_healthy_without_a_greeting(script: Any) -> None:
    timing = replace(QUICK, heartbeat=0.05, silence=0.3)
    async with peer(script) as server:
        socket = socket_to(server, timing=timing)
        async with running(socket):
            await until(socket.health.late)


async def test_a_stop_waits_for_what_is_in_hand_only_so_long() -> None:
    async def asks(peer: Peer, websocket: web.WebSocketResponse) -> None:
        await hello(peer, websocket)
        await peer.say(websocket, event("stuck"))
        await peer.listen(websocket)

    keeper = Keeper(stuck={"stuck"})
    timing = replace(QUICK, farewell=0.1)
    async with peer(asks) as server:
        await stopped(socket_to(server, keeper, timing=timing), lambda: keeper.kept)
        assert server.heard == []
        assert server.open[0].closed


@pytest.mark.parametrize("script", [fine, silent])
async def test_no_url_and_no_word_is_logged(script: Any) -> None:
    async def asks(peer: Peer, websocket: web.WebSocketResponse) -> None:
        await hello(peer, websocket)
        await peer.say(websocket, event("private words"))
        await websocket.close()

    keeper = Keeper(raises=1)
    timing = replace(QUICK, hello=0.1)
    with capture_logs() as logs:
        async with peer(script, asks, fine, dead=1) as server:
            socket = socket_to(server, keeper, timing=timing)
            async with running(socket):
                await until(lambda: server.open)
                await server.open[0].close()
                await until(lambda: len(server.open) == 3)

    assert {"slack.not_connected", "slack.not_kept"} <= {line["event"] for line in logs}
    assert "WSServerHandshakeError 401" in str(logs)
    for secret in ("secret-ticket", server.address, "private words"):
        assert secret not in str(logs)


async def test_what_cannot_be_acknowledged_is_said() -> None:
    keeper = Keeper(stuck={"first"})

    async def asks(peer: Peer, websocket: web.WebSocketResponse) -> None:
        await hello(peer, websocket)
        await peer.say(websocket, event("first"))
        await websocket.close()

    with capture_logs() as logs:
        async with peer(asks, silent) as server:
            timing = replace(QUICK, first=60, longest=60)
            socket = socket_to(server, keeper, timing=timing)
            async with running(socket):
                await until(lambda: keeper.kept and not socket.connections)
                keeper.let_go.set()
                await until(lambda: any(x["event"] == "slack.not_acknowledged" for x in logs))


async def test_a_connection_that_breaks_as_it_is_told_is_closed() -> None:
    class Broken:
        closed = False

        async def send_str(self, _: str) -> None:
            raise ConnectionResetError

    broken: Any = Broken()

    assert not await Connection(broken).tell("{}")


def test_the_name_of_an_oddity_is_cut() -> None:
    assert read('{"type": "' + "x" * 99 + '"}') == Oddity("x" * 40)


def test_what_slack_asks_for_is_read_from_any_error() -> None:
    assert asked_to_wait(RetryLater(12)) == 12
    assert asked_to_wait(OSError()) == 0
    assert described(OSError("wss://secret")) == "OSError"
