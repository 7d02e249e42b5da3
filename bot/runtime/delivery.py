"""Delivery: sending what is owed, and recording how it ended."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import structlog

from bot.messages import reply
from bot.phrases import _, language, speaking
from bot.runtime.adapter import (
    Adapter,
    NotSent,
    Outgoing,
    Pace,
    Rejected,
    RetryLater,
    Uncertain,
    Unreachable,
)
from bot.runtime.encoding import Parcel, unpack
from bot.runtime.turn import PAGES, Runtime
from bot.runtime.whole import whole
from storage.models import DeliveryState, Priority
from storage.outbox import (
    LEFT,
    Claim,
    any_waiting,
    claim,
    judge,
    next_ready,
)
from storage.people import mark_unreachable
from storage.results import Result, record

log = structlog.get_logger(__name__)
TIMEOUT = 14.0
"""Seconds for one attempt; it must end before its lease does."""
IDLE = 1.0
SOON = 0.02
STALE = 500
"""A slot that is missed by so many milliseconds is given back: it is not ours any more."""
GIVE_UP = 12
SLOWEST = 600_000


LONG = 1_000
"""After a wait of so many milliseconds it is judged once more whether it may be sent."""


class Withheld(Exception):
    """Nothing is sent in place of a message that its reader may not see any more."""


def instead(job: Claim, parcel: Parcel) -> Parcel:
    """What is sent in its place: that there is nothing, to who asked, and to nobody else."""
    if job.withheld == LEFT or not (parcel.place.private or parcel.place.only):
        raise Withheld(job.withheld)
    is_page = job.lane.endswith(PAGES)
    if job.priority != Priority.REPLY and not is_page:
        raise Withheld(job.withheld)
    with speaking(parcel.language or language()):
        return replace(parcel, reply=reply(outdated() if is_page else _unsent()))


def outdated() -> str:
    """What stands on a page that shows what its reader may not see any more."""
    return _("What you may see has changed. Open this page again to see it as it is now.")


def _unsent() -> str:
    return _("What you may see has changed since you asked, so I didn't send it. Ask me again.")


@dataclass
class Delivery:
    """The sending half of a process."""

    runtime: Runtime
    _results: list[Result] = field(default_factory=list)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _sending: set[asyncio.Task[None]] = field(default_factory=set)
    _skew: float = 0.0

    def _now(self) -> int:
        """The database's clock, as this process last read it."""
        return int(self.runtime.monotonic() * 1000 + self._skew)

    def set_clock(self, database_ms: int, asked_at: float | None = None) -> None:
        """Learn the database's time, as it was when this process's own was ``asked_at``."""
        own = self.runtime.monotonic() if asked_at is None else asked_at
        self._skew = database_ms - own * 1000

    def submit(self, claims: Sequence[Claim]) -> None:
        """Send these, each at its slot."""
        for each in claims:
            task = asyncio.create_task(self._deliver(each))
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)

    async def run(self) -> None:
        """Claim and send until cancelled; a platform may be reached meanwhile."""
        while True:
            wait = await whole(self._take(self.runtime.paces))
            self.runtime.health.beat("deliver")
            if wait:
                await self.runtime.wake.wait("outbox", wait)

    async def _take(self, paces: Mapping[str, Pace]) -> float:
        """Send what may leave now; returns how long there will be nothing more."""
        async with self.runtime.database.begin() as session:
            asked_at = self.runtime.monotonic()  # a slow commit must not set our clock back
            now, claims = await claim(session, paces)
            ready = None if claims else await next_ready(session, paces)
        self.set_clock(now, asked_at)
        self.submit(claims)
        if claims:
            return 0.0
        return IDLE if ready is None else min(max((ready - now) / 1000, SOON), IDLE)

    async def keep_records(self) -> None:
        """Record results together as they come, until cancelled."""
        while True:
            await self._news.wait()
            self._news.clear()
            await whole(self.flush())

    async def flush(self) -> None:
        """Record what has ended so far; if the database fails, keep it for the next time."""
        batch, self._results[:] = self._results[:], []
        if not batch:
            return
        try:
            async with self.runtime.database.begin() as session:
                await record(session, batch)
                for each in batch:
                    if each.unreachable:
                        await mark_unreachable(session, each.claim.chat)
                if await any_waiting(session, {each.claim.chat for each in batch}):
                    await self.runtime.wake.announce(session, "outbox")
        except Exception:
            self._results[:0] = batch
            self._news.set()
            log.exception("results_not_recorded", count=len(batch))
            await asyncio.sleep(IDLE)

    async def drain(self, seconds: float) -> None:
        """Let what is being sent end, and record it: the last act before a clean stop."""
        if self._sending:
            await asyncio.wait(self._sending, timeout=seconds)
        await self.flush()

    async def _deliver(self, job: Claim) -> None:
        structlog.contextvars.bind_contextvars(update=job.update_id)
        wait = max(0, job.slot - self._now())
        await asyncio.sleep(wait / 1000)
        if wait > LONG:
            job = await self._judged(job)
        if self._now() > job.slot + STALE:
            result = Result(job, DeliveryState.PENDING, self._now(), tried=False)
        else:
            result = await self._attempt(job)
        self.runtime.metrics.deliveries.labels(job.lane.partition(":")[0], result.state).inc()
        self._results.append(result)
        self._news.set()

    async def _judged(self, job: Claim) -> Claim:
        """Whether its reader may still see it after a long wait; when in doubt, they may not."""
        try:
            async with self.runtime.database.read() as session:
                return await judge(session, job)
        except Exception:
            log.exception("delivery_not_judged", delivery=job.id)
            return replace(job, withheld="nobody knows whether they may see it")

    async def _attempt(self, job: Claim) -> Result:
        try:
            parcel = self._parcel(job)
            adapter = self.runtime.serving(job.lane)
        except Withheld:
            return Result(job, DeliveryState.FAILED, error=job.withheld)
        except Exception as error:  # written by another version, perhaps; it must not stay first
            log.exception("delivery_unreadable", delivery=job.id)
            return Result(job, DeliveryState.FAILED, error=type(error).__name__)
        return await self._sent(job, adapter, parcel)

    async def _sent(self, job: Claim, adapter: Adapter, parcel: Parcel) -> Result:
        outgoing = Outgoing(
            job.id,
            parcel.place,
            parcel.reply,
            parcel.edit,
            parcel.ack,
            job.attempt,
            parcel.window,
            parcel.language,
            parcel.spare,
        )
        try:
            async with asyncio.timeout(TIMEOUT):
                ref = await adapter.send(outgoing)
        except RetryLater as pause:
            return self._paused(job, pause)
        except Unreachable as error:
            log.info("person_unreachable", chat=job.chat)
            return Result(job, DeliveryState.FAILED, error=str(error), unreachable=True)
        except NotSent as error:
            return self._again(job, error)
        except (Uncertain, TimeoutError) as error:
            return self._again(job, error) if job.repeatable else self._uncertain(job, error)
        except Rejected as error:
            log.error("message_rejected", delivery=job.id, error=str(error))  # noqa: TRY400 - the platform's words say it all
            return Result(job, DeliveryState.FAILED, error=str(error))
        except Exception as error:
            log.exception("sending_failed", delivery=job.id)
            return self._again(job, error) if job.repeatable else self._uncertain(job, error)
        if job.priority == Priority.REPLY and job.attempt == 1:
            self.runtime.metrics.reply_seconds.observe(max(0, self._now() - job.owed_at) / 1000)
        return Result(job, DeliveryState.SENT, message_ref=ref)

    def _parcel(self, job: Claim) -> Parcel:
        """What is sent: as it was made, or instead of what its reader may not see any more."""
        parcel = unpack(job.payload)
        if not job.withheld:
            return parcel
        log.info("delivery_withheld", delivery=job.id, reason=job.withheld)
        self.runtime.metrics.withheld.labels(job.lane.partition(":")[0], job.withheld).inc()
        return instead(job, parcel)

    def _paused(self, job: Claim, pause: RetryLater) -> Result:
        """Hold the chat or the lane, its burst too: else that much may leave before its time.

        One message that asks for it again and again may be the reason, and holds only its chat.
        """
        chat_only = pause.chat_only or job.attempt >= GIVE_UP
        log.warning(
            "chat_paused" if chat_only else "lane_paused",
            lane=job.lane,
            seconds=pause.seconds,
            delivery=job.id,
            attempt=job.attempt,
        )
        until = self._now() + int(pause.seconds * 1000) + 100
        pace = self.runtime.paces[job.lane]
        gap, burst = pace.chat(job.chat) if chat_only else (pace.lane_gap, pace.lane_burst)
        held = until + gap * (burst - 1)
        if chat_only:
            return Result(job, DeliveryState.PENDING, until, chat_until=held)
        return Result(job, DeliveryState.PENDING, until, pause_until=held)

    def _again(self, job: Claim, error: BaseException) -> Result:
        """Try again after a wait that doubles, and give up after about 27 minutes."""
        if job.attempt >= GIVE_UP:
            log.error("delivery_given_up", delivery=job.id, error=repr(error))
            return Result(job, DeliveryState.FAILED, error=repr(error))
        wait = min(500 * 2**job.attempt, SLOWEST) * (0.75 + self.runtime.chance() / 2)
        log.warning("delivery_retried", delivery=job.id, error=repr(error), wait_ms=int(wait))
        return Result(job, DeliveryState.PENDING, self._now() + int(wait), error=repr(error))

    @staticmethod
    def _uncertain(job: Claim, error: BaseException) -> Result:
        log.warning("delivery_uncertain", delivery=job.id, error=repr(error))
        return Result(job, DeliveryState.UNCERTAIN, error=repr(error))
