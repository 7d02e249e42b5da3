"""How much one person may send: files enough for any day of work, and no more."""

from datetime import timedelta

from services.errors import TooManyFiles
from storage.work import Work

DAY = timedelta(days=1)
FILES = 200
BYTES = 500 * 1024**2
"""What one person may send in 24 hours: tables and attachments, and bytes of tables."""


async def require_room(work: Work, files: int = 1) -> None:
    """Refuse more files than whoever acts here may send within a day."""
    person_id = work.author.person_id
    if person_id is None or not files:
        return
    sent = await work.imports.sent(person_id, work.author.at - DAY)
    if sent.files + files > FILES or sent.bytes > BYTES:
        raise TooManyFiles(files=FILES, megabytes=BYTES // 1024**2)
