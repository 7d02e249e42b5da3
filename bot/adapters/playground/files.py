"""Files that go up to the bot and come back down."""

from urllib.parse import quote

from aiohttp import web

from bot.adapters.playground.client import Playground
from bot.adapters.playground.receive import UNSPEAKABLE
from bot.messages import File

LIMIT = 10 * 1024 * 1024
SHOWN = frozenset(("image/png", "image/jpeg", "image/gif", "image/webp"))
"""Pictures without scripts; all else is only ever downloaded."""


async def upload(playground: Playground, request: web.Request) -> web.Response:
    """Keep the body of a request as a file named in its query."""
    name = UNSPEAKABLE.sub("", request.query.get("name", "")).strip()[:200]
    content = await _body(request)
    if not name or not content:
        raise web.HTTPBadRequest(text="a file needs a name and content")
    ref = await playground.keep(File(name, request.content_type, content=content))
    kept = {"ref": ref, "name": name, "mime": request.content_type, "size": len(content)}
    return web.json_response(kept, status=web.HTTPCreated.status_code)


async def serve(playground: Playground, request: web.Request) -> web.Response:
    """Give back a kept file in such a way that it can do nothing on our page."""
    blob = await playground.find(request.match_info["ref"])
    if blob is None:
        raise web.HTTPNotFound
    shown = blob.mime in SHOWN
    manner = "inline" if shown else "attachment"
    return web.Response(
        body=blob.content,
        content_type=blob.mime if shown else "application/octet-stream",
        headers={
            "Content-Disposition": f"{manner}; filename*=UTF-8''{quote(blob.name, safe='')}",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cache-Control": "private, max-age=86400, immutable",
        },
    )


async def _body(request: web.Request) -> bytes:
    """Read at most the limit, whatever length the request claims."""
    content = bytearray()
    async for chunk in request.content.iter_chunked(64 * 1024):
        content += chunk
        if len(content) > LIMIT:
            raise web.HTTPRequestEntityTooLarge(LIMIT, len(content))
    return bytes(content)
