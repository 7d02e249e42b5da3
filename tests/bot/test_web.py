import asyncio
import logging
import socket
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientConnectionError, ClientSession, web
from prometheus_client import CollectorRegistry
from prometheus_client.parser import text_string_to_metric_families

from bot.metrics import Metrics
from bot.runtime.health import Health
from bot.web import ListenError, make_app, serve


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def health(clock: Clock) -> Health:
    return Health(clock)


@pytest.fixture
async def client() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


def app(health: Health, *routes: web.RouteDef) -> web.Application:
    return make_app(health, CollectorRegistry(), routes)


async def test_health_is_fine_while_every_part_beats(
    health: Health, clock: Clock, client: ClientSession
) -> None:
    health.expect("poll", 60)
    clock.now += 5
    async with serve(app(health), "127.0.0.1", 0) as port:
        answer = await client.get(f"http://127.0.0.1:{port}/healthz")
        assert answer.status == 200
        assert await answer.json() == {"status": "ok", "ages": {"poll": 5.0}}


async def test_a_silent_part_is_named(health: Health, clock: Clock, client: ClientSession) -> None:
    health.expect("poll", 60)
    health.expect("work", 600)
    clock.now += 61
    async with serve(app(health), "127.0.0.1", 0) as port:
        answer = await client.get(f"http://127.0.0.1:{port}/healthz")
        assert answer.status == 503
        assert await answer.json() == {
            "status": "late",
            "late": ["poll"],
            "ages": {"poll": 61.0, "work": 61.0},
        }
        health.beat("poll")
        assert (await client.get(f"http://127.0.0.1:{port}/healthz")).status == 200


async def test_metrics_are_what_prometheus_reads(
    health: Health, clock: Clock, client: ClientSession
) -> None:
    registry = CollectorRegistry()
    Metrics(registry).updates_received.labels(platform="telegram").inc()
    health.expect("poll", 60)
    clock.now += 7
    async with serve(make_app(health, registry, []), "127.0.0.1", 0) as port:
        answer = await client.get(f"http://127.0.0.1:{port}/metrics")
        assert answer.headers["Content-Type"].startswith("text/plain; version=")
        families = {f.name: f for f in text_string_to_metric_families(await answer.text())}
        assert families["updates_received"].samples[0].value == 1
        assert families["poll_age_seconds"].samples[0].value == 7
        accept = {"Accept": "application/openmetrics-text; version=1.0.0"}
        answer = await client.get(f"http://127.0.0.1:{port}/metrics", headers=accept)
        assert answer.headers["Content-Type"].startswith("application/openmetrics-text")


async def test_routes_given_are_served(health: Health, client: ClientSession) -> None:
    async def hook(request: web.Request) -> web.Response:
        return web.Response(text=await request.text())

    async with serve(app(health, web.post("/telegram", hook)), "127.0.0.1", 0) as port:
        answer = await client.post(f"http://127.0.0.1:{port}/telegram", data="hello")
        assert await answer.text() == "hello"
        assert (await client.get(f"http://127.0.0.1:{port}/nowhere")).status == 404


async def test_nothing_listens_afterwards(health: Health, client: ClientSession) -> None:
    async with serve(app(health), "127.0.0.1", 0) as port:
        pass
    with pytest.raises(ClientConnectionError):
        await client.get(f"http://127.0.0.1:{port}/healthz")


async def test_it_stops_although_a_page_listens(
    health: Health, client: ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.CLOSING_SECONDS", 0.05)

    async def events(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        await asyncio.Event().wait()
        return answer

    async with asyncio.timeout(5):
        async with serve(app(health, web.get("/events", events)), "127.0.0.1", 0) as port:
            await client.get(f"http://127.0.0.1:{port}/events")


async def test_a_taken_port_is_told(health: Health) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ListenError, match=f"port {port} of 127.0.0.1 is taken"):
            async with serve(app(health), "127.0.0.1", port):
                pass


@pytest.mark.parametrize("host", ["203.0.113.1", "no such host", "a" * 70])
async def test_a_wrong_address_is_told(health: Health, host: str) -> None:
    with pytest.raises(ListenError, match="is not an address of this machine"):
        async with serve(app(health), host, 0):
            pass


async def test_requests_are_not_logged(
    health: Health, client: ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "aiohttp.access")
    async with serve(app(health), "127.0.0.1", 0) as port:
        await client.get(f"http://127.0.0.1:{port}/healthz")
    assert not [record for record in caplog.records if record.name == "aiohttp.access"]
