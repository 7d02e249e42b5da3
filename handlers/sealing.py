"""Sealing: every few minutes what was done is added to the chain that shows tampering."""

from datetime import datetime
from secrets import token_bytes

import structlog

from bot.jobs import Often, long_job
from storage.engine import Database
from storage.seals import head, seal

log = structlog.get_logger(__name__)
AT_ONCE = 25_000
"""Entries, some ten seconds of work: the other jobs wait for it."""


@long_job("seal", every=Often(5))
async def seal_journal(database: Database, now: datetime) -> None:
    """Seal what is not sealed yet, and say the newest head where it outlives the database."""
    sealed = await seal(database, now, token_bytes, AT_ONCE)
    if sealed:
        async with database.read() as session:
            newest = await head(session)
        log.info("journal_sealed", changes=sealed, head=newest.hash if newest else "")
