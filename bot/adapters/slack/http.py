"""Slack over HTTP: who sent it is checked before anything in it is read."""

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

import structlog
from aiohttp import web

from bot.adapters.slack.connection import described
from bot.adapters.slack.envelope import (
    COMMAND,
    EVENT,
    INTERACTION,
    Answer,
    Dispatch,
    Envelope,
    retries,
)

log = structlog.get_logger(__name__)

PATH = "/slack/events"
LARGEST = 1024 * 1024
OLDEST = 5 * 60
MOST_FIELDS = 100
STAMP, SIGNATURE, RETRY = (
    "X-Slack-Request-Timestamp",
    "X-Slack-Signature",
    "X-Slack-Retry-Num",
)


@dataclass(frozen=True)
class Requests:
    """Takes an app's events, commands and interactions, all at one URL."""

    signing_secret: str = field(repr=False)
    dispatch: Dispatch = field(repr=False)
    now: Callable[[], datetime]

    def routes(self) -> list[web.RouteDef]:
        return [web.post(PATH, self.receive)]

    async def receive(self, request: web.Request) -> web.Response:
        """Answer 200 only to what is kept, or can never be understood."""
        try:
            body = await _body(request)
        except web.RequestPayloadError:  # packed wrong
            return web.Response(status=400)
        if body is None:
            return web.Response(status=413)
        if not self._signed(request.headers, body):
            return web.Response(status=401)
        match _read(request, body):
            case Envelope() as envelope:
                return await self._hand_on(envelope)
            case str(text):
                return web.Response(text=text)
            case _:  # sending it again would not help
                log.warning(
                    "slack.request_not_understood", type=request.content_type, size=len(body)
                )
                return web.Response()

    def _signed(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether Slack signed this body within the last minutes; malformed headers say no."""
        stamp = headers.get(STAMP, "")
        if not (self.signing_secret and stamp.isascii() and stamp.isdigit() and len(stamp) < 16):  # noqa: PLR2004 - longer is no time
            return False
        if abs(self.now().timestamp() - int(stamp)) > OLDEST:
            return False
        said = b"v0:" + stamp.encode() + b":" + body
        right = "v0=" + hmac.new(self.signing_secret.encode(), said, hashlib.sha256).hexdigest()
        given = headers.get(SIGNATURE, "").encode(errors="surrogateescape")
        return hmac.compare_digest(given, right.encode())

    async def _hand_on(self, envelope: Envelope) -> web.Response:
        """Have it kept; anything but 200 makes Slack send an event again."""
        try:
            answer = await self.dispatch(envelope)
            return _response(answer) if answer.acknowledge else web.Response(status=500)
        except Exception as error:
            log.warning("slack.not_kept", kind=envelope.kind, reason=described(error))
            return web.Response(status=500)


def _response(answer: Answer) -> web.Response:
    match answer.payload:
        case None:
            return web.Response()
        case str(text):
            return web.Response(text=text)
        case payload:
            return web.json_response(payload)


def _read(request: web.Request, body: bytes) -> Envelope | str | None:
    """The envelope, or what to answer at once; None when it makes no sense."""
    found = _event(body) if request.content_type == "application/json" else _form(body)
    match found:
        case str(kind), dict(payload):
            retry = retries(request.headers.get(RETRY))
            return Envelope(request.headers[SIGNATURE], kind, payload, retry)
        case _:
            return found if isinstance(found, str) else None


def _event(body: bytes) -> tuple[str, Any] | str | None:
    match _parsed(body):
        case {"type": "url_verification", "challenge": str(challenge)}:
            return challenge
        case {"type": str(), **_more} as event:
            return EVENT, event
        case _:
            return None


def _form(body: bytes) -> tuple[str, Any] | str | None:
    try:
        fields = dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        return None
    match fields:
        case {"payload": text}:
            return INTERACTION, _parsed(text)
        case {"ssl_check": _}:
            return ""
        case {"command": _}:
            return COMMAND, fields
        case _:
            return None


def _parsed(text: str | bytes) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


async def _body(request: web.Request) -> bytes | None:
    """Read the body, or None when it is larger than anything of Slack's."""
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > LARGEST:
            return None
    return bytes(body)
