"""Upkeep: what the bot does for itself at night."""

from datetime import datetime, time, timedelta

import structlog

from bot.jobs import Daily, job
from storage import calls, inbox, outbox
from storage.work import Work

log = structlog.get_logger(__name__)
UPDATES_FOR = timedelta(hours=48)
"""A platform may send an update again for a day; twice that is safe."""
MESSAGES_FOR = timedelta(days=30)
DRAFTS_FOR = timedelta(days=7)


@job("clean-up", every=Daily(time(3, 30)))
async def clean_up(work: Work, now: datetime) -> None:
    """Forget answered updates, sent messages, expired buttons and abandoned drafts."""
    session = work.session
    log.info(
        "cleaned_up",
        messages=await outbox.forget_before(session, now - MESSAGES_FOR),
        updates=await inbox.forget_before(session, now - UPDATES_FOR),
        buttons=await calls.forget_calls_before(session, now),
        drafts=await calls.forget_drafts_before(session, now - DRAFTS_FOR),
    )
