"""Running errands beside the workers, while their update is held."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import structlog

from bot.errands import Errand
from bot.messages import File, Place, Reply
from bot.runtime.adapter import Adapter
from bot.runtime.progress import Card, show
from bot.runtime.whole import whole
from storage.holds import LEASE, extend, keep_fetched, let_go

if TYPE_CHECKING:
    from bot.runtime.turn import Runtime

log = structlog.get_logger(__name__)
TYPING = 4.0
HOLD_ON = LEASE / 3_000
AGAIN = 1.0
TRIES = 5


class Failed(Exception):
    """An errand came to nothing; the text says why, and quotes nobody."""


class Source(Protocol):
    """Somebody who runs one kind of errand."""

    @property
    def at_once(self) -> int:
        """How many of them may run at the same time."""

    @property
    def seconds(self) -> float:
        """How long one may take, waiting for its turn included: its chat waits as long."""

    async def fetch(self, errand: Any, desk: "Desk") -> str:
        """The result; raises `Failed`."""


class Files(Protocol):
    """Who has the files that people send."""

    async def download(self, file: File) -> bytes:
        """The bytes of one."""


@dataclass(frozen=True)
class Job:
    """An errand for an update that is held; ``card`` is where it may show how far it is."""

    update_id: int
    place: Place
    adapter: Adapter
    errand: Errand
    card: Card | None = None


@dataclass(frozen=True)
class Desk:
    """What whoever runs an errand has at hand: files, the update's number, a card to write on."""

    runtime: "Runtime"
    job: Job

    async def download(self, file: File) -> bytes:
        """The bytes of a file that somebody sent."""
        return await self.job.adapter.download(file)

    async def show(self, said: Reply, step: str) -> None:
        """Say on the card how far it is; a ``step`` is shown once, and what fails is let be."""
        if self.job.card:
            try:
                await show(self.runtime, self.job.card, said, step)
            except Exception as error:  # the work itself goes on
                log.warning("progress_not_shown", reason=type(error).__name__)


@dataclass
class Runner:
    """A process's errands. A job that dies with its process is given to the next one."""

    sources: Mapping[str, Source] = field(default_factory=dict)
    _rooms: dict[str, asyncio.Semaphore] = field(default_factory=dict)
    _running: set[asyncio.Task[None]] = field(default_factory=set)

    def start(self, runtime: "Runtime", job: Job) -> None:
        """Run an errand; its update is answered when it is back."""
        task = asyncio.create_task(self._run(runtime, job))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    @property
    def busy(self) -> bool:
        """Whether anything runs."""
        return bool(self._running)

    async def idle(self) -> None:
        """Until all that was started has ended."""
        while self._running:
            await asyncio.wait(self._running)

    async def stop(self) -> None:
        """Give up what is running, so that somebody else can begin it anew at once."""
        for task in self._running:
            task.cancel()
        await self.idle()

    async def _run(self, runtime: "Runtime", job: Job) -> None:
        beside = [asyncio.create_task(each) for each in (_hold_on(runtime, job), _type(job))]
        try:
            result = await self._result(runtime, job)
        except asyncio.CancelledError:
            await whole(_let_go(runtime, job))
            raise
        finally:
            for each in beside:
                each.cancel()
        await whole(_keep(runtime, job, result))

    async def _result(self, runtime: "Runtime", job: Job) -> str | None:
        """What came of it; whatever goes wrong, the update must be answered."""
        name = job.errand.name
        source = self.sources[name]
        room = self._rooms.setdefault(name, asyncio.Semaphore(source.at_once))
        outcome, result = "failed", None
        try:
            async with asyncio.timeout(source.seconds), room:
                result = await source.fetch(job.errand, Desk(runtime, job))
            outcome = "done"
        except TimeoutError:
            outcome = "late"
            log.warning("errand_late", errand=name, seconds=source.seconds)
        except Failed as why:
            log.warning("errand_failed", errand=name, reason=str(why))
        except Exception as error:  # its text may quote what was said
            log.warning("errand_failed", errand=name, reason=type(error).__name__)
        runtime.metrics.errands.labels(name, outcome).inc()
        return result


async def _type(job: Job) -> None:
    """Show that somebody is at it, until cancelled."""
    while job.place.private:
        await job.adapter.typing(job.place)
        await asyncio.sleep(TYPING)


async def _hold_on(runtime: "Runtime", job: Job) -> None:
    """Take the hold anew before it ends, until cancelled."""
    while True:
        await asyncio.sleep(HOLD_ON)
        await whole(_extend(runtime, job))


async def _extend(runtime: "Runtime", job: Job) -> None:
    try:
        async with runtime.database.begin() as session:
            await extend(session, job.update_id)
    except Exception:  # the next time may go well, and nothing is lost if it doesn't
        log.exception("hold_not_extended", update=job.update_id)


async def _keep(runtime: "Runtime", job: Job, result: str | None) -> None:
    """Keep the result with the update, which is then the next of its chat."""
    for _ in range(TRIES):
        try:
            async with runtime.database.begin() as session:
                kept = await keep_fetched(session, job.update_id, {job.errand.name: result})
                await runtime.wake.announce(session, "inbox", int(kept))
        except Exception:  # in the end the hold lapses, and it is fetched once more
            log.exception("errand_not_kept", update=job.update_id)
            await asyncio.sleep(AGAIN)
        else:
            return


async def _let_go(runtime: "Runtime", job: Job) -> None:
    with suppress(Exception):  # then the hold lapses
        async with runtime.database.begin() as session:
            await let_go(session, job.update_id)
