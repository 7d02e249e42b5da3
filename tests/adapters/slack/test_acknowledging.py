"""Which envelopes are acknowledged, where, and which are left to Slack."""

from dataclasses import replace

import pytest
from aiohttp import WSCloseCode, web
from structlog.testing import capture_logs

from tests.adapters.slack.peer import (
    QUICK,
    Keeper,
    Peer,
    event,
    fine,
    hello,
    peer,
    running,
    silent,
    socket_to,
    stopped,
)
from tests.adapters.telegram.conftest import until


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


async def test_a_stop_waits_for_what_is_in_hand_only_so_long() -> None:
    async def asks(peer: Peer, websocket: web.WebSocketResponse) -> None:
        await hello(peer, websocket)
        await peer.say(websocket, event("stuck"))
        await peer.listen(websocket)

    keeper = Keeper(stuck={"stuck"})
    timing = replace(QUICK, farewell=0.1)
    async with peer(asks) as server:
        socket = socket_to(server, keeper, timing=timing)
        await stopped(socket, lambda: keeper.kept)
        assert (server.heard, socket._in_hand, socket._readers) == ([], set(), set())
        assert server.open[0].close_code == WSCloseCode.OK


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
