"""Upkeep: what the bot does for itself at night."""

from datetime import datetime, time, timedelta

import structlog

from bot.jobs import Daily, job
from services import retention
from services.retention import Kind
from storage import calls, inbox, outbox
from storage.work import Work

log = structlog.get_logger(__name__)


@job("clean-up", every=Daily(time(3, 30)))
async def clean_up(work: Work, now: datetime) -> None:
    """Forget answered updates, sent messages, expired buttons and abandoned drafts."""
    session, days = work.session, await retention.settings(work)
    ago = {kind: now - timedelta(days=days[kind]) for kind in days}
    log.info(
        "cleaned_up",
        messages=await outbox.forget_before(session, ago[Kind.MESSAGES]),
        updates=await inbox.forget_before(session, ago[Kind.UPDATES]),
        buttons=await calls.forget_calls_before(session, now),
        drafts=await calls.forget_drafts_before(session, ago[Kind.FORMS]),
    )
