"""A process of the bot: its roles, started together and stopped cleanly."""

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import structlog

from bot.jobs import Job
from bot.runtime.delivery import Delivery
from bot.runtime.schedule import Clock
from bot.runtime.turn import Runtime
from bot.runtime.worker import Worker
from storage.lanes import now_ms

log = structlog.get_logger(__name__)
WORKERS = 8
DRAIN = 10.0
STALLED = 60.0

Receiver = Callable[[], Awaitable[None]]


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
    jobs: Sequence[Job]
    receivers: Sequence[Receiver]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Run while inside; on the way out stop taking work, send what is in hand, record it."""
        delivery = Delivery(self.runtime)
        async with self.runtime.database.read() as session:
            delivery.set_clock(await now_ms(session))
        taking = [*self._taking(delivery)]
        scheduler = Clock(self.runtime, self.jobs).start() if self.roles.work else None
        recording = asyncio.create_task(delivery.keep_records())
        self._expect()
        try:
            yield
        finally:
            if scheduler:
                scheduler.shutdown(wait=False)
            await _cancel(taking)
            await delivery.drain(DRAIN)
            await _cancel([recording])
            await delivery.flush()

    def _taking(self, delivery: Delivery) -> list[asyncio.Task[None]]:
        runtime = self.runtime
        loops: list[Awaitable[None]] = [runtime.wake.listen(runtime.database)]
        if self.roles.receive:
            loops += [receive() for receive in self.receivers]
        if self.roles.work:
            loops += [Worker(runtime, delivery).run() for _ in range(WORKERS)]
        if self.roles.deliver:
            loops.append(delivery.run())
        return [asyncio.ensure_future(loop) for loop in loops]

    def _expect(self) -> None:
        for part, wanted in (
            ("work", self.roles.work),
            ("deliver", self.roles.deliver),
            ("clock", self.roles.work),
        ):
            if wanted:
                self.runtime.health.expect(part, STALLED)


async def _cancel(tasks: Sequence[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    for task in tasks:
        with suppress(asyncio.CancelledError):
            await task


async def until_signalled() -> None:
    """Until somebody asks the process to stop (SIGTERM, or Ctrl-C)."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    await stopped.wait()
    log.info("stopping")
