"""A process of the bot: its roles, started together and stopped cleanly."""

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass, field

import structlog

from bot.jobs import AnyJob
from bot.runtime.delivery import Delivery
from bot.runtime.schedule import Clock
from bot.runtime.turn import Runtime
from bot.runtime.worker import Worker
from storage.holds import let_go
from storage.lanes import ensure_lanes, now_ms
from storage.outbox import release

log = structlog.get_logger(__name__)
WORKERS = 8
WORKERS_ON_SQLITE = 2
"""SQLite has one writer: more hands would only keep the records of what was sent waiting."""
RESTART = 1.0
DRAIN = 10.0
STALLED = 60.0

Loop = Callable[[], Awaitable[None]]
Receiver = Loop


@dataclass(frozen=True)
class Roles:
    """What a process does; all of it by default."""

    receive: bool = True
    work: bool = True
    deliver: bool = True

    @classmethod
    def parse(cls, text: str) -> "Roles":
        """Read ``receive,work,deliver``; ValueError names what is unknown."""
        names = {name.strip() for name in text.split(",") if name.strip()}
        if unknown := names - {"receive", "work", "deliver"}:
            raise ValueError(f"unknown roles: {', '.join(sorted(unknown))}")
        return cls("receive" in names, "work" in names, "deliver" in names)

    @property
    def topics(self) -> list[str]:
        """What this process wants to be woken for."""
        return ["inbox"] * self.work + ["outbox"] * self.deliver


@dataclass(frozen=True)
class Process:
    """Everything that runs in one process. ``receivers`` bring updates in until cancelled."""

    runtime: Runtime
    roles: Roles
    jobs: Sequence[AnyJob]
    receivers: Sequence[Receiver]
    express: asyncio.Queue[int] = field(default_factory=asyncio.Queue)
    """The updates that are answered at once, by their numbers: their senders wait for it."""

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Run while inside; on the way out stop taking work, send what is in hand, record it."""
        delivery = Delivery(self.runtime)
        await self._begin(delivery)
        clock = Clock(self.runtime, self.jobs).running() if self.roles.work else nullcontext()
        recording = asyncio.create_task(delivery.keep_records())
        self._expect()
        taking: list[asyncio.Task[None]] = []
        try:
            async with clock:
                taking += (asyncio.create_task(steadily(loop)) for loop in self._loops(delivery))
                yield
        finally:
            await _cancel(taking)
            await self.runtime.runner.stop()
            await delivery.drain(DRAIN)
            await _cancel([recording])
            await delivery.flush()

    async def _begin(self, delivery: Delivery) -> None:
        """Make the lanes, read the database's clock, free what a process before us had in hand.

        The last on SQLite only, where we are alone; elsewhere the lease says when it is free.
        """
        async with self.runtime.database.begin() as session:
            await ensure_lanes(session, self.runtime.paces)
            if self.runtime.database.is_sqlite:
                await release(session)
                await let_go(session)
            delivery.set_clock(await now_ms(session))

    def _loops(self, delivery: Delivery) -> Iterator[Loop]:
        runtime = self.runtime
        yield lambda: runtime.wake.listen(runtime.database)
        if self.roles.receive:
            yield from self.receivers
        if self.roles.work:
            count = WORKERS_ON_SQLITE if runtime.database.is_sqlite else WORKERS
            yield from (Worker(runtime, delivery).run for _ in range(count))
            for _ in range(count):
                yield lambda: Worker(runtime, delivery).express(self.express)
        if self.roles.deliver:
            yield delivery.run

    def _expect(self) -> None:
        for part, wanted in (
            ("work", self.roles.work),
            ("deliver", self.roles.deliver),
            ("clock", self.roles.work),
        ):
            if wanted:
                self.runtime.health.expect(part, STALLED)


async def steadily(loop: Loop) -> None:
    """Run a loop until it ends by itself; one that fails starts again."""
    while True:
        try:
            return await loop()
        except Exception:
            log.exception("loop_failed")
        await asyncio.sleep(RESTART)


async def _cancel(tasks: Sequence[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    for task in tasks:
        with suppress(asyncio.CancelledError):
            await task


def stop_asked() -> asyncio.Event:
    """Set when somebody asks the process to stop (SIGTERM, or Ctrl-C), from now on."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    return stopped


async def until_signalled() -> None:
    """Until somebody asks the process to stop."""
    await stop_asked().wait()
    log.info("stopping")
