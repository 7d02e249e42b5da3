"""Socket Mode: our own loop, so that no envelope is dropped when Slack changes the connection.

slack_sdk's client tries one expired URL for ever, closes the old connection with envelopes in
hand, and handles messages in no order.
"""

import asyncio
import json
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import structlog
from aiohttp import ClientSession, ClientWSTimeout, WSMessage, WSMsgType

from bot.adapters.slack.connection import (
    Connection,
    Goodbye,
    Hello,
    Oddity,
    asked_to_wait,
    described,
    read,
)
from bot.adapters.slack.envelope import Answer, Dispatch, Envelope
from bot.runtime.health import Health

log = structlog.get_logger(__name__)

LARGEST = 16 * 1024 * 1024
MOST_IN_HAND = 1000
"""So many may wait for the database; what comes beyond is for Slack to send again."""
MOST_ODDITIES = 20
ANNOUNCED = {"warning", "refresh_requested"}
DISABLED, TOO_MANY = "link_disabled", "too_many_websockets"
SWITCHED_OFF = (
    "Socket Mode is switched off for this app: switch it on at api.slack.com/apps,"
    " or use HTTP with SLACK_SIGNING_SECRET"
)


@dataclass(frozen=True)
class Timing:
    """Seconds: how long things may take, and how long to wait between two tries."""

    hello: float = 10.0
    heartbeat: float = 10.0
    """Silence after which we ping; after half as much again the peer counts as dead."""
    overlap: float = 30.0
    """How long a replaced connection is still read."""
    first: float = 1.0
    longest: float = 30.0
    settled: float = 60.0
    """A connection that lived longer is replaced at once."""
    disabled: float = 60.0
    linger: float = 0.1
    """How long what Slack has sent before we stopped is still taken."""
    farewell: float = 3.0
    closing: float = 1.0
    silence: float = 90.0
    """Without a living connection for so long, the bot counts as deaf."""


@dataclass(eq=False)
class Socket:
    """Keeps a connection to Slack open; what comes in goes through ``dispatch``."""

    open_url: Callable[[], Awaitable[str]] = field(repr=False)
    dispatch: Dispatch = field(repr=False)
    health: Health = field(repr=False)
    name: str = "slack"
    timing: Timing = Timing()
    proxy: str | None = field(default=None, repr=False)
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    chance: Callable[[], float] = random.random

    connections: list[Connection] = field(default_factory=list, init=False)
    """The open ones, newest last."""
    _in_hand: set[asyncio.Task[None]] = field(default_factory=set, init=False)
    _readers: set[asyncio.Task[None]] = field(default_factory=set, init=False)
    _oddities: set[str] = field(default_factory=set, init=False)
    _failures: int = field(default=0, init=False)
    _stopping: bool = field(default=False, init=False)

    async def run(self) -> None:
        """Stay connected until cancelled; then acknowledge what is in hand."""
        self._stopping = False
        self.health.expect(self.name, self.timing.silence)
        try:
            async with ClientSession(trust_env=True) as http:
                try:
                    while True:
                        await self.sleep(await self._turn(http))
                finally:
                    await self._farewell()
        finally:
            self.health.forget(self.name)

    async def _turn(self, http: ClientSession) -> float:
        """Be connected until another connection is needed; gives the seconds to wait before it."""
        try:
            connection = await self._connect(http)
        except Exception as error:  # whatever it is, the next URL may do
            return self._failed(described(error), asked_to_wait(error))
        since = self.monotonic()
        await connection.ending.wait()
        return self._ended(connection.reason, self.monotonic() - since)

    async def _connect(self, http: ClientSession) -> Connection:
        """Ask for a URL, which serves once, and open it; the connections before it may end."""
        async with asyncio.timeout(self.timing.hello):
            url = await self.open_url()
        async with asyncio.timeout(self.timing.hello):
            websocket = await http.ws_connect(
                url,
                autoping=False,  # its pings and pongs are signs of life that we want to see
                heartbeat=self.timing.heartbeat,
                timeout=ClientWSTimeout(ws_close=self.timing.closing),
                max_msg_size=LARGEST,
                proxy=self.proxy,
            )
        connection = Connection(websocket)
        self.connections.append(connection)
        self._start(self._readers, self._read(connection))
        await self._answered(connection)
        if not connection.ending.is_set():
            for other in self.connections:
                if other is not connection:
                    other.end_in(self.timing.overlap)
        return connection

    async def _answered(self, connection: Connection) -> None:
        """Wait until it is welcome, or refused, which is its end."""
        try:
            async with asyncio.timeout(self.timing.hello):
                await connection.answered.wait()
        except TimeoutError:
            await connection.websocket.close()
            raise

    def _ended(self, reason: str, lived: float) -> float:
        """Say how long to wait for the next connection."""
        if reason == DISABLED:
            log.error("slack.socket_mode_off", todo=SWITCHED_OFF, again_in=self.timing.disabled)
            return self.timing.disabled
        if reason == TOO_MANY:  # ten others hear what is said: we stand by, and are well
            self.health.beat(self.name)
        enough = self.timing.first if reason in ANNOUNCED else self.timing.settled
        if lived <= enough:
            return self._failed(reason)
        log.info("slack.reconnects", reason=reason, lived=round(lived))
        self._failures = 0
        return 0.0

    def _failed(self, reason: str, at_least: float = 0.0) -> float:
        """Log the trouble and say how long to wait it out."""
        step = self.timing.first * 2.0 ** min(self._failures, 10)
        pause = max(at_least, min(self.timing.longest, step) * (1 + self.chance()) / 2)
        self._failures += 1
        log.warning(
            "slack.not_connected", reason=reason, failures=self._failures, again_in=round(pause, 1)
        )
        return pause

    async def _read(self, connection: Connection) -> None:
        """Read until the connection is closed, or its time is over."""
        try:
            async with connection.limit:
                async for frame in connection.websocket:
                    await self._hear(connection, frame)
        except TimeoutError:
            log.info("slack.replaced")
        except Exception as error:  # whatever it is, another connection may do
            log.warning("slack.reading_failed", reason=described(error))
        finally:
            self.connections.remove(connection)
            connection.end("closed")
            await connection.websocket.close()

    async def _hear(self, connection: Connection, frame: WSMessage) -> None:
        match frame.type:
            case WSMsgType.TEXT:
                self._obey(connection, frame.data)
            case WSMsgType.PING:
                await connection.websocket.pong(frame.data)
            case WSMsgType.BINARY:
                self._skip("binary")
            case _:  # a pong, or an error that ends the reading by itself
                pass
        if connection.welcome:
            self.health.beat(self.name)

    def _obey(self, connection: Connection, text: str) -> None:
        match read(text):
            case Hello():
                connection.greet()
                log.info("slack.connected", connections=len(self.connections))
            case Goodbye(reason):
                connection.end(reason)
            case Envelope() as envelope:
                self._take(connection, envelope)
            case Oddity(what):
                self._skip(what)

    def _skip(self, what: str) -> None:
        """Log a kind of frame that we don't know, once."""
        if what not in self._oddities and len(self._oddities) < MOST_ODDITIES:
            self._oddities.add(what)
            log.warning("slack.frame_skipped", what=what)

    def _take(self, connection: Connection, envelope: Envelope) -> None:
        """Start on an envelope: in order of arrival, and without waiting for the ones before."""
        if self._stopping:
            return
        if len(self._in_hand) >= MOST_IN_HAND:
            log.warning("slack.too_much_in_hand", kind=envelope.kind)
            return
        self._start(self._in_hand, self._answer(connection, envelope))

    async def _answer(self, connection: Connection, envelope: Envelope) -> None:
        """Have an envelope kept, then acknowledge it."""
        try:
            answer = await self.dispatch(envelope)
            frame = _acknowledgement(envelope, answer)
        except Exception as error:  # not acknowledged, so that Slack sends it again
            log.warning("slack.not_kept", kind=envelope.kind, reason=described(error))
            return
        if answer.acknowledge:
            await self._tell(connection, frame)

    async def _tell(self, connection: Connection, frame: str) -> None:
        """Answer where the question came from, else on the newest connection."""
        for one in (connection, *reversed(self.connections)):
            if await one.tell(frame):
                return
        log.warning("slack.not_acknowledged")

    async def _farewell(self) -> None:
        """Take what was sent already, let it be acknowledged, close the connections."""
        await asyncio.sleep(self.timing.linger)
        self._stopping = True
        await _done(self._in_hand, self.timing.farewell)
        for task in self._in_hand:
            task.cancel()
        await asyncio.gather(*(one.websocket.close() for one in self.connections))
        await _done(self._in_hand | self._readers, self.timing.closing)

    @staticmethod
    def _start(tasks: set[asyncio.Task[None]], work: Any) -> None:
        task = asyncio.create_task(work)
        tasks.add(task)
        task.add_done_callback(tasks.discard)


def _acknowledgement(envelope: Envelope, answer: Answer) -> str:
    """The frame that acknowledges; a mere text is a message's, as it is over HTTP."""
    payload = {"text": answer.payload} if isinstance(answer.payload, str) else answer.payload
    frame: dict[str, Any] = {"envelope_id": envelope.id}
    return json.dumps(frame if payload is None else frame | {"payload": payload})


async def _done(tasks: set[asyncio.Task[None]], seconds: float) -> None:
    if tasks:
        await asyncio.wait(set(tasks), timeout=seconds)
