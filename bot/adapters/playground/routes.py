"""The playground's part of the web server: the page, its sockets and its files."""

import json
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from aiohttp import WSMsgType, web

from bot.adapters.playground import files, history, receive
from bot.adapters.playground.client import Playground
from storage.inbox import Arrival
from storage.models import Person

PAGE = Path(__file__).parent / "page"
FRAME_LIMIT = 1024 * 1024
HEARTBEAT = 20.0
LANGUAGES = ("en", "zh")
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}

HOME = frozenset({"127.0.0.1", "localhost", "::1"})
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Commands = Callable[[int, str], Sequence[tuple[str, str]]]
"""For a role and a language: each command's name and what it does, in that language."""


class Inbox(Protocol):
    """Where updates are committed."""

    async def take(self, platform: str, bot: str, arrivals: Sequence[Arrival]) -> int:
        """Commit updates; those known already are left out."""


def routes(playground: Playground, inbox: Inbox, commands: Commands) -> list[web.RouteDef]:
    """All that the playground answers to; `Playground.close` belongs to the server's shutdown."""
    desk = _Desk(playground, inbox, commands)
    return [
        web.get("/", _at_home(desk.page)),
        web.get("/page/{name}", _at_home(desk.asset)),
        web.get("/people", _at_home(desk.people)),
        web.get("/ws", _at_home(desk.phone)),
        web.post("/files", _at_home(desk.upload)),
        web.get("/files/{ref}", _at_home(desk.file)),
    ]


class _Desk:
    """The handlers of the routes."""

    def __init__(self, playground: Playground, inbox: Inbox, commands: Commands) -> None:
        self.playground = playground
        self.inbox = inbox
        self.commands = commands
        self.assets = {path.name: path for path in PAGE.iterdir() if path.suffix in TYPES}

    async def page(self, _request: web.Request) -> web.Response:
        return self._static("index.html")

    async def asset(self, request: web.Request) -> web.Response:
        return self._static(request.match_info["name"])

    async def people(self, _request: web.Request) -> web.Response:
        async with self.playground.database.read() as session:
            return web.json_response(await history.people(session), headers=HEADERS)

    async def upload(self, request: web.Request) -> web.Response:
        _same_host(request)
        return await files.upload(self.playground, request)

    async def file(self, request: web.Request) -> web.Response:
        return await files.serve(self.playground, request)

    async def phone(self, request: web.Request) -> web.WebSocketResponse:
        """Show one person's phone for as long as the page is open."""
        _same_host(request)
        person = await self._person(request.query.get("person", ""))
        chat = str(person.id)
        socket = web.WebSocketResponse(heartbeat=HEARTBEAT, max_msg_size=FRAME_LIMIT, timeout=2)
        await socket.prepare(request)
        self.playground.plug(chat, socket)  # before the history is read: twice beats never
        try:
            await socket.send_json(self._hello(person))
            async with self.playground.database.read() as session:
                past = await history.conversation(session, receive.place(chat).key)
            await socket.send_json({"type": "history", "messages": past})
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    await self._receive(person, socket, frame.data)
        except ConnectionError:
            pass  # the page was closed while we wrote to it
        finally:
            self.playground.unplug(chat, socket)
        return socket

    async def _receive(self, person: Person, socket: web.WebSocketResponse, text: str) -> None:
        """Commit what a page sent, then say so; nonsense is refused, so that it is not resent."""
        identifier = None
        try:
            frame = json.loads(text)
            identifier = frame["id"]
            payload = {
                **frame["payload"],
                "id": identifier,
                "person": str(person.id),
                "name": person.name,
            }
            receive.read(payload)
        except (ValueError, TypeError, KeyError) as nonsense:
            await socket.send_json({"type": "refused", "id": identifier, "why": str(nonsense)})
            return
        at = self.playground.now()
        place = receive.place(str(person.id))
        arrival = Arrival(external_id=identifier, chat=place.key, payload=json.dumps(payload))
        await self.inbox.take(place.platform, place.bot, [arrival])
        event = history.mine(payload, at) if payload["kind"] == "message" else {"id": identifier}
        await self.playground.push(place.chat, {**event, "type": "committed"})

    async def _person(self, text: str) -> Person:
        if not receive.PERSON.fullmatch(text):
            raise web.HTTPBadRequest(text="whose phone?")
        async with self.playground.database.read() as session:
            person = await history.person(session, int(text))
        if person is None:
            raise web.HTTPNotFound(text="nobody has this phone")
        return person

    def _hello(self, person: Person) -> dict[str, Any]:
        commands = {
            language: [list(command) for command in self.commands(person.role, language)]
            for language in LANGUAGES
        }
        return {"type": "hello", "language": person.language, "commands": commands}

    def _static(self, name: str) -> web.Response:
        if name not in self.assets:
            raise web.HTTPNotFound
        path = self.assets[name]
        return web.Response(
            body=path.read_bytes(),
            content_type=TYPES[path.suffix],
            charset="utf-8",
            headers=HEADERS,
        )


def _at_home(handler: Handler) -> Handler:
    """Answer this machine's own browser alone.

    A name that points at 127.0.0.1 makes any site's page the same host (DNS rebinding).
    """

    async def answer(request: web.Request) -> web.StreamResponse:
        if urlsplit(f"//{request.host}").hostname not in HOME:
            raise web.HTTPForbidden(text="open http://127.0.0.1 instead")
        return await handler(request)

    return answer


def _same_host(request: web.Request) -> None:
    """Refuse other sites' pages: whoever gets through may speak as anybody."""
    origin = urlsplit(request.headers.get("Origin", ""))
    if not origin.netloc or origin.netloc != request.host:
        raise web.HTTPForbidden(text="only this page may do that")
