"""The pipeline: what happens around every handler, outermost first.

explain errors → one transaction → identify → limit → dispatch (find the command, check the role,
run its handler). The inbox has deduplicated before; the reply leaves after the commit.
"""

import json
import traceback
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import structlog
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errands import Away, Errand
from bot.messages import Incoming
from bot.runtime.cleaning import clean_incoming
from bot.runtime.dispatch import Answer, apology, identify, refusal
from bot.runtime.errands import Job
from bot.runtime.post import owe
from bot.runtime.progress import Card
from bot.runtime.turn import Runtime, Turn
from services.errors import Refusal
from storage.holds import hold
from storage.inbox import finish, next_update
from storage.journal import Author
from storage.models import Update, UpdateState
from storage.outbox import Claim
from storage.work import Work

log = structlog.get_logger(__name__)
PASSING = ("08", "40", "53", "55P03", "57P")
"""PostgreSQL's codes for a lost connection, a transaction in another's way, a server that is full
or restarting: what may simply be run again (postgresql.org/docs/15/errcodes-appendix.html)."""


class DatabaseBusy(Exception):
    """The database failed in passing; the update is still new and will be tried again."""


@dataclass(frozen=True)
class Handled:
    """The update that was answered, if there was one, and the replies claimed for sending.

    With a job it is held instead, and answered when the job is done.
    """

    update_id: int | None = None
    claims: tuple[Claim, ...] = ()
    job: Job | None = None


Proceed = Callable[[Turn], Awaitable[Answer]]
Watch = Callable[[Incoming], None]


async def handle_next(
    runtime: Runtime, started: Watch = lambda _: None, this: int | None = None
) -> Handled:
    """Answer the next update, or ``this`` one. ``started`` is told what it says before that."""
    taken: list[tuple[int, str, Turn]] = []  # a rollback makes the row itself unreadable

    async def proceed(turn: Turn) -> Answer:
        taken.append((turn.update.id, turn.name, turn))
        started(turn.incoming)
        return await identify(turn)

    try:
        return await _in_transaction(runtime, this, proceed)
    except Away as away:
        return await _put_off(runtime, _job(*taken[0], away.errand))
    except Exception as error:
        if passes(error):
            raise DatabaseBusy(repr(error)) from error
        if not taken:
            raise
        return await _explain(runtime, taken[0][0], error)
    finally:
        structlog.contextvars.unbind_contextvars("update")


def _job(number: int, name: str, turn: Turn, errand: Errand) -> Job:
    """An errand for an update; how far it is may be said where its answer will stand."""
    place, person = turn.incoming.place, turn.work.author.person_id
    card = Card(name, place, person, number, turn.card) if place.private else None
    return Job(number, place, turn.adapter, errand, card)


async def _put_off(runtime: Runtime, job: Job) -> Handled:
    """Hold the update until its errand is done, unless somebody else does."""
    try:
        async with runtime.database.begin() as session:
            held = await hold(session, job.update_id)
    except Exception as error:
        if passes(error):
            raise DatabaseBusy(repr(error)) from error
        raise
    return Handled(job.update_id, job=job if held else None)


def passes(error: Exception) -> bool:
    """Whether the database alone was in the way, and only for now."""
    if isinstance(error, DBAPIError):
        code = str(getattr(error.orig, "sqlstate", None) or "")
        return (
            error.connection_invalidated
            or code.startswith(PASSING)
            or "database is locked" in str(error.orig)
        )
    return isinstance(error, (OSError, PoolTimeoutError))


async def _explain(runtime: Runtime, update_id: int, error: Exception) -> Handled:
    """Say a refusal as it is written, and anything else with a reference.

    When even that fails the update is put aside: it must not stop those behind it.
    """
    for way in _ways(runtime, error):
        try:
            return await _in_transaction(runtime, update_id, way)
        except Exception as worse:
            if passes(worse):
                raise DatabaseBusy(repr(worse)) from worse
            log.exception("answer_failed")
    async with runtime.database.begin() as session:
        await finish(session, update_id, UpdateState.QUARANTINED, _where(error))
    return Handled(update_id)


def _ways(runtime: Runtime, error: Exception) -> Iterator[Proceed]:
    """How it may be said, the best first; each when the one before it failed."""
    if isinstance(error, Refusal):
        yield lambda turn: refusal(turn, error)
    reference = _reference(runtime, error)
    yield lambda turn: apology(turn, reference)
    yield lambda turn: apology(turn, reference, alone=True)


def _where(error: Exception) -> str:
    """What kind of error it was and where, without its text: that may quote a person."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"


def _reference(runtime: Runtime, error: Exception) -> str:
    reference = runtime.new_token()[:8]
    log.error("update_failed", reference=reference, exc_info=error)
    return reference


async def _in_transaction(runtime: Runtime, update_id: int | None, proceed: Proceed) -> Handled:
    """The update's row, the changes it makes and the replies it is owed: all or nothing."""
    async with runtime.database.begin() as session:
        update = await _next(runtime, session, update_id)
        if update is None:
            return Handled()
        structlog.contextvars.bind_contextvars(update=update.id)
        turn = await _open(runtime, session, update)
        if turn is None:
            return Handled(update.id)
        answer = await proceed(turn)
        await finish(session, update.id, UpdateState.DONE, answer.error, forget=answer.overheard)
        claims = await owe(turn, answer.owed)
    outcome = "failed" if answer.error else "done"
    runtime.metrics.updates_done.labels(update.platform, outcome).inc()
    log.info("update_done", command=turn.work.author.command, outcome=outcome)
    return Handled(update.id, tuple(claims))


async def _next(runtime: Runtime, session: AsyncSession, update_id: int | None) -> Update | None:
    """The next update: of a chat that was answered much just now only if no other waits."""
    turns, now, without = runtime.turns, runtime.monotonic(), runtime.awaited
    if update_id is not None:
        return await next_update(session, update_id, without=without)
    update = None
    if behind := turns.behind(now):
        update = await next_update(session, without=without, behind=behind)
        if update is None:
            turns.alone()
    update = update or await next_update(session, without=without)
    if update:
        turns.took(update.chat, now)
    return update


async def _open(runtime: Runtime, session: AsyncSession, update: Update) -> Turn | None:
    """The turn of an update, or None when there is nothing to answer or it can't be read."""
    try:
        adapter = runtime.adapters[f"{update.platform}:{update.bot}"]
        incoming = adapter.read(json.loads(update.payload))
        incoming = incoming and clean_incoming(incoming)
    except Exception as error:  # one bad update must never stop the others
        log.error("update_quarantined", reason=_where(error))  # noqa: TRY400 - its text quotes what was written
        await finish(session, update.id, UpdateState.QUARANTINED, _where(error))
        runtime.metrics.updates_quarantined.labels(update.platform).inc()
        return None
    if incoming is None:
        await finish(session, update.id, UpdateState.DONE, forget=True)
        return None
    now = runtime.now()
    work = Work(session, Author(now, None, "", update.id, source=update.platform))
    return Turn(runtime, session, update, adapter, incoming, work, now)
