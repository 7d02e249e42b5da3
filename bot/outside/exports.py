"""Writing all that somebody may see into a file, while no transaction that writes is open."""

import json
from dataclasses import dataclass
from typing import ClassVar

from bot.errands import ExportTables
from bot.runtime.errands import Desk, Source
from services.sight import sight
from services.tables.exporting import Format, export
from storage.imports import EXPORT
from storage.journal import Author
from storage.work import Work


def export_sources() -> dict[str, Source]:
    """Who runs the errand."""
    return {ExportTables.name: Exporting()}


@dataclass(frozen=True)
class Exporting:
    """Reads by the hundreds and keeps the file; run again for the same message, it replaces it."""

    at_once: ClassVar[int] = 2
    seconds: ClassVar[float] = 300.0

    async def fetch(self, errand: ExportTables, desk: Desk) -> str:
        """Under which name the file is kept, its rows by noun, and what its reader might see."""
        runtime, now = desk.runtime, desk.runtime.now()
        ref = f"{EXPORT}{desk.job.update_id}"
        place = desk.job.adapter.platform
        author = Author(now, errand.person_id, "export", desk.job.update_id, source=place)
        async with runtime.database.read() as session:
            work = Work(session, author)
            person = await work.people.get(errand.person_id)
            seen, form = await sight(work, person), Format(errand.form)
            done = await export(work, person, language=errand.language, form=form, now=now)
        async with runtime.database.begin() as session:
            await Work(session, author).imports.keep(ref, errand.form, done.content, now)
        return json.dumps({"ref": ref, "rows": done.rows, "seen": seen})
