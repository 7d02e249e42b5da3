"""Work: answering the updates of the inbox."""

import asyncio
from dataclasses import dataclass

import structlog

from bot.messages import Incoming, Place
from bot.runtime.delivery import Delivery
from bot.runtime.pipeline import DatabaseBusy, Handled, handle_next
from bot.runtime.turn import Runtime
from bot.runtime.whole import whole

log = structlog.get_logger(__name__)
IDLE = 1.0
SLOW = 1.0
"""Seconds after which the person is shown that an answer is being made."""
TYPING = 4.0


@dataclass
class Worker:
    """One of a process's several hands."""

    runtime: Runtime
    delivery: Delivery

    async def run(self) -> None:
        """Answer updates until cancelled; wait when there are none."""
        while True:
            try:
                handled = await whole(self.step())
            except DatabaseBusy as error:
                log.warning("database_busy", error=str(error))
                await asyncio.sleep(IDLE * (0.5 + self.runtime.chance()))
                continue
            except Exception:
                log.exception("worker_failed")
                await asyncio.sleep(IDLE)
                continue
            self.runtime.health.beat("work")
            if handled.update_id is None:
                await self.runtime.wake.wait("inbox", IDLE)

    async def express(self, updates: asyncio.Queue[int]) -> None:
        """Answer the updates for which somebody waits, until cancelled.

        One that can't be answered now is answered by whoever is next, when its hold ends.
        """
        while True:
            number = await updates.get()
            try:
                await whole(self.step(number))
            except DatabaseBusy as error:
                log.warning("database_busy", error=str(error))
            except Exception:
                log.exception("worker_failed")

    async def step(self, this: int | None = None) -> Handled:
        """Answer one update and hand its replies to delivery, or run what it waits for."""
        slow: list[asyncio.TimerHandle | asyncio.Task[None]] = []

        def show(place: Place) -> None:
            slow.append(asyncio.create_task(self._type(place)))

        def started(incoming: Incoming) -> None:
            if incoming.place.private:
                loop = asyncio.get_running_loop()
                slow.append(loop.call_later(SLOW, show, incoming.place))

        try:
            handled = await handle_next(self.runtime, started, this)
        finally:
            for each in slow:
                each.cancel()
        if handled.claims:
            self.delivery.submit(handled.claims)
        if handled.job:
            self.runtime.runner.start(self.runtime, handled.job)
        return handled

    async def _type(self, place: Place) -> None:
        """Show it until cancelled; the platforms forget it after five seconds."""
        adapter = self.runtime.adapters[f"{place.platform}:{place.bot}"]
        while True:
            await adapter.typing(place)
            await asyncio.sleep(TYPING)
