"""What `salesbot check` finds out about the journal and its copies."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.finding import Finding
from storage.engine import Database
from storage.models import Change
from storage.verifying import Verified, find_head, verify

BACKUP = "backup"
OLD = timedelta(days=7)
"""How old the newest backup may be."""
TAMPERED = (
    "Find out who changes the database beside Salesbot. Compare with the heads that were printed"
    " before: salesbot check --head HASH"
)


async def journal(database: Database, kept: str, now: datetime) -> AsyncIterator[Finding]:
    """Whether the chain holds, ``kept``, a head of before, is in it, and there is a copy."""
    async with database.read() as session:
        yield _chain(await verify(session))
        if kept:
            yield await _head(session, kept)
        yield await _backup(session, now)


def _chain(found: Verified) -> Finding:
    if found.wrong:
        return Finding("journal", ok=False, says=str(found.wrong), do=TAMPERED)
    says = f"{found.sealed:,} {_changes(found.sealed)} sealed"
    if found.newer:
        says += f", {found.newer:,} newer not yet"
    return Finding("journal", ok=True, says=says + (f"; head {found.head}" if found.head else ""))


def _changes(count: int) -> str:
    return "change" if count == 1 else "changes"


async def _head(session: AsyncSession, kept: str) -> Finding:
    """An older head that is still in the chain proves all that came before it."""
    link = await find_head(session, kept.strip().lower())
    if link is None:
        return Finding(
            "head",
            ok=False,
            says=f"{kept} is not in the journal: the end was cut off, or it is another's",
            do="Compare with a backup of that time: its manifest.json has the head of then.",
        )
    says = f"is link {link.id:,} of the chain, sealed {link.at:%Y-%m-%d %H:%M} UTC"
    return Finding("head", ok=True, says=says)


async def _backup(session: AsyncSession, now: datetime) -> Finding:
    newest = await session.scalar(select(func.max(Change.at)).where(Change.command == BACKUP))
    since = newest or await session.scalar(select(func.min(Change.at)))
    says = f"the newest is of {newest:%Y-%m-%d %H:%M} UTC" if newest else "there is none yet"
    if since is None or now - since <= OLD:
        return Finding("backup", ok=True, says=says)
    return Finding("backup", ok=False, says=says, do="salesbot backup FILE, and again every day")
