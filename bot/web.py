"""The one web server: what the platforms call, the playground, health and metrics."""

import errno
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from aiohttp import web
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder

from bot.metrics import Ages
from bot.runtime.health import Health

CLOSING_SECONDS = 3.0
"""How long open requests may take to end; a page that listens for events never ends by itself."""


class ListenError(Exception):
    """The web server can't have its address; the text says why and what to do."""


def make_app(
    health: Health, registry: CollectorRegistry, routes: Iterable[web.RouteDef]
) -> web.Application:
    """Put the routes, ``/healthz`` and ``/metrics`` into one application."""
    registry.register(Ages(health.ages))

    async def healthz(_: web.Request) -> web.Response:
        ages = {part: round(age, 3) for part, age in health.ages().items()}
        late = health.late()
        if late:
            return web.json_response({"status": "late", "late": late, "ages": ages}, status=503)
        return web.json_response({"status": "ok", "ages": ages})

    async def metrics(request: web.Request) -> web.Response:
        encode, content_type = choose_encoder(request.headers.get("Accept", ""))
        return web.Response(body=encode(registry), headers={"Content-Type": content_type})

    app = web.Application()
    app.add_routes([web.get("/healthz", healthz), web.get("/metrics", metrics), *routes])
    return app


@asynccontextmanager
async def serve(app: web.Application, host: str, port: int) -> AsyncIterator[int]:
    """Listen while the context is open; gives the port, which 0 leaves to the machine."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=CLOSING_SECONDS)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except (OSError, UnicodeError) as error:
            raise ListenError(_why(error, host, port)) from error
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


def _why(error: Exception, host: str, port: int) -> str:
    match error:
        case OSError(errno=errno.EADDRINUSE):
            return f"port {port} of {host} is taken by another program; use another port"
        case OSError(errno=errno.EACCES):
            return f"port {port} is reserved for the system; use one from 1024 on"
        case _:
            return f"{host} is not an address of this machine; use 127.0.0.1, or 0.0.0.0 for all"
