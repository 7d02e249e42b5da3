"""Taking in a table that was sent: whose it is, how much of it, and what is kept meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from services.access import scope_of
from services.errors import GoneImport, Refusal
from services.tables.applying import Applied
from services.tables.columns import headings_hash
from services.tables.concerned import Concerned
from services.tables.contents import Known
from services.tables.meaning import (
    Clues,
    Found,
    Meaning,
    Understood,
    loaded_found,
    orders_of,
    understood,
)
from services.tables.noun import Kind, Noun
from services.tables.nouns import NOUNS
from services.tables.table import folded
from storage.imports import KEPT, OPEN, REPORT
from storage.kinds import ImportState
from storage.models import Import, Person
from storage.work import Work

LOOKED_UP = 1_000


@dataclass(frozen=True)
class Planned:
    """What is to be done, as it is kept, its rows as a file, and what is said of it."""

    plan: bytes
    report: bytes
    summary: Mapping[str, Any]


def refusal(name: str, details: Mapping[str, Any]) -> Refusal:
    """A refusal by its name, as an errand brings it back."""
    known: list[type[Refusal]] = [Refusal]
    for each in known:
        known += each.__subclasses__()
    return next(each for each in known if each.__name__ == name)(**details)


def nouns_for(person: Person) -> tuple[Noun, ...]:
    """What somebody may take in."""
    return tuple(noun for noun in NOUNS.values() if noun.role <= person.role)


def sheets_of(row: Import) -> list[Found]:
    """What was read of each sheet of an import."""
    return [loaded_found(each) for each in row.found["sheets"]]


async def understand(work: Work, person: Person, row: Import, meaning: Meaning) -> Understood:
    """What an import means so far, for whoever sent it."""
    sheets = sheets_of(row)
    chosen = sheets[meaning.sheet or 0]
    before = await work.imports.meant(headings_hash(chosen.sheet.headings))
    known = await _known(work, person, chosen)
    clues = Clues(nouns_for(person), row.name, before, known)
    return understood(sheets, meaning, clues)


async def _known(work: Work, person: Person, found: Found) -> Known:
    """The names of accounts and people in the first rows that the company knows already."""
    texts = [folded(cell) for row in found.sample for cell in row if isinstance(cell, str)]
    keys = list(dict.fromkeys(texts))[:LOOKED_UP]
    seen = await work.accounts.by_keys(keys, await scope_of(work, person))
    names = await work.imports.colleagues()
    people = frozenset(map(folded, names))
    return {Kind.ACCOUNT: frozenset(each.key for each in seen), Kind.PERSON: people}


async def unfinished(work: Work, person: Person, but: int | None = None) -> list[Import]:
    """What somebody has begun and not finished, newest first, but for what an update began."""
    rows = await work.imports.unfinished(person.id)
    return [row for row in rows if but is None or row.found.get("update") != but]


def orders_in(row: Import, meaning: Meaning) -> dict[int, bool]:
    """Which columns of dates of an import have the month first."""
    return orders_of(sheets_of(row)[meaning.sheet or 0], meaning)


async def get(work: Work, import_id: int, person_id: int, *, lock: bool = True) -> Import:
    """One's own import, begun or done; a refusal where there is none."""
    row = await work.imports.get(import_id, person_id, lock=lock)
    if row is None or row.state == ImportState.DROPPED:
        raise GoneImport
    return row


async def keep_plan(
    work: Work, row: Import, meaning: Meaning, planned: Planned, now: datetime
) -> None:
    """Keep what is to be done, unless it is too late for that."""
    row = await get(work, row.id, row.person_id or 0)
    if row.state not in OPEN:
        raise GoneImport
    row.noun, row.mapping = meaning.noun, meaning.dump()
    row.found = {**row.found, "plan": planned.summary}
    row.plan_ref, row.state = f"{KEPT}{row.id}:plan", ImportState.PLANNED
    await work.imports.keep(row.plan_ref, row.name, planned.plan, now)
    await work.imports.keep(report_ref(row.id), row.name, planned.report, now)
    await work.imports.flush()


async def finish(work: Work, row: Import, done: Applied, now: datetime) -> None:
    """Note what was done, remember how the columns were meant, and forget what was read."""
    meaning = Meaning.load(row.mapping)
    headings = headings_hash(sheets_of(row)[meaning.sheet or 0].sheet.headings)
    lasting = replace(meaning, sheet=None, refused=(), remembered=False)
    await work.imports.remember(row.noun, headings, lasting.dump())
    row.state, row.change_id, row.done_at = ImportState.DONE, work.author.change_id, now
    await _forget(work, row, {"counts": done.counts, "tell": done.concerned.dump()})


async def to_be_told(work: Work, row: Import) -> Concerned:
    """Whom an import concerns that is done, once: the next time nobody."""
    found = dict(row.found)
    concerned = Concerned.load(found.pop("tell", {}))
    row.found = found
    await work.imports.flush()
    return concerned


async def drop(work: Work, row: Import) -> None:
    """Give up an import, and forget what was read."""
    if row.state in OPEN:
        row.state = ImportState.DROPPED
        await _forget(work, row, {})


async def _forget(work: Work, row: Import, more: Mapping[str, Any]) -> None:
    await work.imports.forget((row.rows_ref, row.plan_ref, report_ref(row.id)))
    row.found = {"size": row.found.get("size", 0), **more}
    row.mapping = {}
    await work.imports.flush()


def report_ref(import_id: int) -> str:
    """The name under which the rows of an import and what becomes of them are kept."""
    return f"{KEPT}{import_id}{REPORT}"
