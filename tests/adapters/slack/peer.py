"""What the tests of receiving share: a keeper of envelopes, and a server that misbehaves."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from bot.adapters.slack.envelope import Answer, Envelope
from bot.adapters.slack.socket import Socket, Timing
from bot.runtime.health import Health
from tests.adapters.telegram.conftest import until

QUICK = Timing(
    hello=0.5, first=0.02, longest=0.1, settled=0.3, overlap=0.3, disabled=0.2, farewell=1
)


@dataclass
class Keeper:
    """Keeps envelopes, but for the first: so many ``fails``, then so many ``raises``."""

    fails: int = 0
    raises: int = 0
    answer: dict[str, Any] | str | None = None
    kept: list[Envelope] = field(default_factory=list)
    stuck: set[str] = field(default_factory=set)
    """The ids of envelopes, or texts of events, that it never gets done with."""
    let_go: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, envelope: Envelope) -> Answer:
        self.kept.append(envelope)
        if {envelope.id, text(envelope)} & self.stuck:
            await self.let_go.wait()
        if self.raises:
            self.raises -= 1
            raise OSError("the disk is full")
        if self.fails:
            self.fails -= 1
            return Answer(acknowledge=False)
        return Answer(acknowledge=True, payload=self.answer)

    @property
    def texts(self) -> list[str]:
        return [text(one) for one in self.kept]


def text(envelope: Envelope) -> str:
    return str(envelope.payload.get("event", {}).get("text", ""))


def new_health() -> Health:
    return Health(time.monotonic)


@asynccontextmanager
async def running(socket: Socket) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(socket.run())
    try:
        yield task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


Script = Callable[["Peer", web.WebSocketResponse], Awaitable[None]]


async def hello(peer: "Peer", websocket: web.WebSocketResponse) -> None:
    await peer.say(websocket, {"type": "hello"})


async def fine(peer: "Peer", websocket: web.WebSocketResponse) -> None:
    """What a connection is like when nothing is wrong."""
    await hello(peer, websocket)
    await peer.listen(websocket)


def refuses(reason: str) -> Script:
    """Slack says why it wants no connection, and closes."""

    async def script(peer: "Peer", websocket: web.WebSocketResponse) -> None:
        await peer.say(websocket, {"type": "disconnect", "reason": reason})
        await websocket.close()

    return script


def event(name: str, **more: Any) -> dict[str, Any]:
    payload = {"event": {"type": "message", "text": name}}
    return {"type": "events_api", "envelope_id": name, "payload": payload} | more


@dataclass
class Peer:
    """A server that follows one script per connection, the last of them again and again."""

    scripts: list[Script] = field(default_factory=lambda: [fine])
    dead: int = 0
    """So many URLs are refused."""
    autoping: bool = True
    urls: int = 0
    tried: list[int] = field(default_factory=list)
    """Which URLs were opened, dead ones too."""
    open: list[web.WebSocketResponse] = field(default_factory=list)
    """All connections there were, closed ones too."""
    heard: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    """Which connection said what."""
    address: str = ""

    async def open_url(self) -> str:
        self.urls += 1
        return f"{self.address}/{self.urls}?ticket=secret-ticket"

    async def serve(self, request: web.Request) -> web.StreamResponse:
        number = int(request.match_info["number"])
        self.tried.append(number)
        if number <= self.dead:
            return web.Response(status=401)
        websocket = web.WebSocketResponse(autoping=self.autoping)
        await websocket.prepare(request)
        self.open.append(websocket)
        await self.scripts[min(len(self.open), len(self.scripts)) - 1](self, websocket)
        return websocket

    async def say(self, websocket: web.WebSocketResponse, frame: Any) -> None:
        await websocket.send_str(frame if isinstance(frame, str) else json.dumps(frame))

    async def listen(self, websocket: web.WebSocketResponse) -> None:
        number = self.open.index(websocket) + 1
        async for frame in websocket:
            if frame.type is WSMsgType.TEXT:
                self.heard.append((number, json.loads(frame.data)))

    @property
    def acknowledged(self) -> list[str]:
        return [frame["envelope_id"] for _, frame in self.heard]


def socket_to(server: "Peer", keeper: Keeper | None = None, **more: Any) -> Socket:
    more = {"timing": QUICK} | more
    return Socket(server.open_url, keeper or Keeper(), new_health(), **more)


async def stopped(socket: Socket, when: Callable[[], object]) -> None:
    async with running(socket):
        await until(when)


async def silent(peer: Peer, websocket: web.WebSocketResponse) -> None:
    await peer.listen(websocket)


@asynccontextmanager
async def peer(*scripts: Script, dead: int = 0, autoping: bool = True) -> AsyncIterator[Peer]:
    server = Peer(list(scripts) or [fine], dead, autoping)
    app = web.Application()
    app.router.add_get("/{number}", server.serve)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.address = f"ws://127.0.0.1:{runner.addresses[0][1]}"
    yield server
    await runner.cleanup()
