"""Upkeep: what the bot does for itself at night."""

from datetime import datetime, time, timedelta

import structlog

from bot.jobs import Daily, job
from services import retention
from services.retention import Kind
from storage import calls, imports, inbox, outbox
from storage.work import Work

log = structlog.get_logger(__name__)
TABLES_FOR = timedelta(days=2)
"""A table that was begun and left: what it says may have changed by then."""


@job("clean-up", every=Daily(time(3, 30)))
async def clean_up(work: Work, now: datetime) -> None:
    """Forget answered updates, sent messages, expired buttons, abandoned drafts and tables."""
    session, days = work.session, await retention.settings(work)
    ago = {kind: now - timedelta(days=days[kind]) for kind in days}
    log.info(
        "cleaned_up",
        messages=await outbox.forget_before(session, ago[Kind.MESSAGES]),
        updates=await inbox.forget_before(session, ago[Kind.UPDATES]),
        buttons=await calls.forget_calls_before(session, now),
        tables=await imports.drop_before(session, now - TABLES_FOR),
        table_files=await imports.forget_tables_before(session, now - TABLES_FOR),
        files=await imports.forget_blobs_before(session, ago[Kind.MESSAGES]),
        drafts=await calls.forget_drafts_before(session, ago[Kind.FORMS]),
    )
