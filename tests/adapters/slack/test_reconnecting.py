"""Socket Mode against a server that misbehaves."""

import asyncio
from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from aiohttp import WSMsgType, web
from structlog.testing import capture_logs

from bot.adapters.slack.socket import Timing
from tests.adapters.slack.peer import (
    QUICK,
    Keeper,
    Peer,
    event,
    fine,
    hello,
    peer,
    refuses,
    running,
    silent,
    socket_to,
)
from tests.adapters.telegram.conftest import until


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
        await until(lambda: all(one.closed for one in server.open[:-1]))

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


async def test_a_connection_without_a_greeting_is_closed() -> None:
    timing = replace(QUICK, hello=0.1, overlap=60)
    async with peer(silent) as server, running(socket_to(server, timing=timing)):
        await until(lambda: len(server.open) > 1 and server.open[0].closed)


def test_after_a_connection_that_lived_pauses_are_short_again() -> None:
    socket = socket_to(Peer(), timing=Timing(), chance=lambda: 1.0)
    steps = [("closed", 0), ("closed", 0), ("closed", 61), ("closed", 0)]

    assert [socket._ended(reason, lived) for reason, lived in steps] == [1, 2, 0, 1]


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


async def test_pings_are_answered() -> None:
    answers: list[Any] = []

    async def pings(peer: Peer, websocket: web.WebSocketResponse) -> None:
        await hello(peer, websocket)
        await websocket.ping(b"7")
        answers.append(await websocket.receive())

    async with peer(pings, autoping=False) as server, running(socket_to(server)):
        await until(lambda: answers)

    assert (answers[0].type, answers[0].data) == (WSMsgType.PONG, b"7")


async def test_a_peer_that_no_longer_answers_is_noticed() -> None:
    async def deaf(peer: Peer, websocket: web.WebSocketResponse) -> None:
        await hello(peer, websocket)
        await asyncio.sleep(60)

    timing = replace(QUICK, heartbeat=0.1)
    async with peer(deaf, fine) as server, running(socket_to(server, timing=timing)):
        await until(lambda: len(server.open) == 2)


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
