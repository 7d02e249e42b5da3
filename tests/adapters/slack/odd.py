"""A server that answers as it is told to, for what no strict stand-in would say."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.adapters.slack.client import Slack
from bot.adapters.slack.receive import Me
from bot.messages import Place

HERE = Place("slack", "T1", "U1")


@dataclass(frozen=True)
class Says:
    """One answer."""

    body: Any = field(default_factory=lambda: {"ok": True, "channel": "D1", "ts": "1.2"})
    status: int = 200
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False
    """The connection ends instead."""


def error(code: str) -> Says:
    return Says({"ok": False, "error": code})


@dataclass
class Odd:
    """Answers by the last part of the path: each answer once, the last again and again."""

    answers: dict[str, list[Says]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    seen: list[dict[str, str]] = field(default_factory=list)
    """The headers of each request."""
    url: str = ""

    def says(self, name: str, *answers: Says) -> None:
        self.answers[name] = list(answers)

    def calls(self, name: str) -> list[dict[str, Any]]:
        return [body for asked, body in self.asked if asked == name]

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.asked]

    async def serve(self, request: web.Request) -> web.StreamResponse:
        name = request.path.rpartition("/")[2]
        self.seen.append(dict(request.headers))
        self.asked.append((name, await _body(request)))
        left = self.answers.get(name) or [Says()]
        answer = left.pop(0) if len(left) > 1 else left[0]
        if answer.cut and request.transport:
            request.transport.close()
        if isinstance(answer.body, dict | list):
            return web.json_response(answer.body, status=answer.status, headers=answer.headers)
        raw = answer.body if isinstance(answer.body, bytes) else str(answer.body).encode()
        headers = {"Content-Type": answer.kind} | answer.headers
        return web.Response(body=raw, status=answer.status, headers=headers)


async def _body(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        found: dict[str, Any] = await request.json()
        return found
    if request.content_type == "application/octet-stream":
        return {"bytes": await request.read()}
    return {**request.query, **await request.post()}


@asynccontextmanager
async def odd_slack() -> AsyncIterator[tuple[Slack, Odd]]:
    """An adapter whose Slack is odd."""
    odd = Odd()
    app = web.Application(client_max_size=2**26)
    app.router.add_route("*", "/{path:.*}", odd.serve)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    odd.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    slack = Slack("xoxb-1-secret", f"{odd.url}/api/", me=Me("T1", "UBOT", "BBOT", "salesbot"))
    slack.open()
    try:
        yield slack, odd
    finally:
        await slack.close()
        await runner.cleanup()
