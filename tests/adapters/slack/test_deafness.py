"""What the operator sees of a Socket Mode that hears nothing: health and the log."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from bot.adapters.slack.socket import SWITCHED_OFF
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


async def test_socket_mode_switched_off_is_said_and_tried_again_slowly() -> None:
    async with peer(refuses("link_disabled"), fine) as server:
        with capture_logs() as logs:
            async with running(socket_to(server)):
                await until(lambda: len(server.open) == 2)

    [said] = [line for line in logs if line["log_level"] == "error"]
    assert (said["todo"], said["again_in"]) == (SWITCHED_OFF, QUICK.disabled)


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


async def test_it_stands_by_in_good_health_where_others_hear() -> None:
    timing = replace(QUICK, silence=0.3)
    async with peer(refuses("too_many_websockets")) as server:
        socket = socket_to(server, timing=timing)
        async with running(socket):
            await until(lambda: server.urls > 8)
            assert socket.health.late() == []
