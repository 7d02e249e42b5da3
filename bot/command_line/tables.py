"""Tables at the terminal: `import` and `export`."""

import argparse
import asyncio
import io
import sys
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from bot.command_line.setting_up import Stop, configured
from bot.runtime.turn import utc_now
from bot.settings import Settings
from services.errors import Refusal
from services.names import fold
from services.tables.applying import apply
from services.tables.columns import Recognised, nouns_of
from services.tables.exporting import Format, export
from services.tables.nouns import NOUNS
from services.tables.planning import plan
from services.tables.plans import Outcome, Plan
from services.tables.reading import read
from services.tables.refusals import EmptyTable
from services.tables.table import Table
from storage.engine import Database, connect
from storage.journal import Author
from storage.migrate import is_current
from storage.models import Person, Role
from storage.work import Work

LANGUAGE = "en"
"""What is printed at the terminal, like all else there."""
SHOWN = 10
"""Rows that are left out, and matches, that are printed of a table."""
DONE = {
    Outcome.ADD: "added",
    Outcome.CHANGE: "changed",
    Outcome.SAME: "unchanged",
    Outcome.SKIP: "left out",
}


class _Rehearsed(Exception):
    """Ends a transaction in which everything was only tried."""


@dataclass(frozen=True)
class _Sent:
    """A table of a file, and what it was taken for."""

    file: str
    table: Table
    meant: Recognised


async def run_import(options: argparse.Namespace) -> None:
    """Say what would be done with some files, and do it if that is wanted."""
    settings = configured()
    sent = sorted(_all_sent(options.files), key=lambda each: [*NOUNS].index(each.meant.noun.name))
    database = connect(settings.database_url.get_secret_value())
    try:
        await _require_current(database)
        if not options.yes or options.dry_run:
            await _do(database, settings, options.as_name, sent, rehearse=True)
            if options.dry_run or not _agreed():
                _say("Nothing was changed.")
                return
        await _do(database, settings, options.as_name, sent, rehearse=False)
        _say("Done. To take it back: /undo in chat, for 30 days.")
    finally:
        await database.close()


async def run_export(options: argparse.Namespace) -> None:
    """Write everything into a folder."""
    settings = configured()
    form = Format(options.format)
    database = connect(settings.database_url.get_secret_value())
    try:
        await _require_current(database)
        async with database.read() as session:
            work = Work(session, Author(utc_now(), None, "export", source="terminal"))
            person = await _person(work, options.as_name)
            language = settings.company_language
            done = await export(work, person, language=language, form=form, now=utc_now())
        async with database.begin() as session:
            work = Work(session, Author(utc_now(), person.id, "export", source="terminal"))
            await work.note("Exported {rows} rows as {file}", rows=done.total, file=form)
    finally:
        await database.close()
    await asyncio.to_thread(_keep, Path(options.folder), form, done.content)
    for noun, count in done.rows.items():
        _say(f"{NOUNS[noun].titles[LANGUAGE]}: {count:,}")


def _keep(folder: Path, form: Format, content: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if form is Format.XLSX:
        (folder / "salesbot.xlsx").write_bytes(content)
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)


async def _require_current(database: Database) -> None:
    if not await is_current(database):
        raise Stop("The database is not up to date. First run: salesbot migrate")


def _all_sent(names: Sequence[str]) -> Iterator[_Sent]:
    """Every table of every file; Stop where one can't be read or isn't clear."""
    for name in names:
        path = Path(name)
        if not path.is_file():
            raise Stop(f"There is no file {name}.")
        for file, content in _files(path):
            try:
                tables = read(content, file)
            except EmptyTable:
                _say(f"{file}: no rows.")
                continue
            except Refusal as refusal:
                said = refusal.message.format_map(refusal.details)
                raise Stop(f"{file}: {said}") from None
            yield from (_Sent(file, table, _meant(file, table)) for table in tables)


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    """A file, or those of a ZIP such as an export is."""
    if path.suffix.lower() != ".zip":
        yield path.name, path.read_bytes()
        return
    with zipfile.ZipFile(path) as archive:
        for each in archive.namelist():
            if each.lower().endswith(".csv") and b"\n" in archive.read(each).strip():
                yield each, archive.read(each)


def _meant(file: str, table: Table) -> Recognised:
    found = nouns_of(table, NOUNS.values(), Path(file).stem)
    title = fold(table.sheet or Path(file).stem)
    named = [each for each in found if title in {fold(t) for t in each.noun.titles.values()}]
    meant = (named or found)[0]
    if meant.missing:
        columns = ", ".join(meant.noun.column(each).titles[LANGUAGE] for each in meant.missing)
        raise Stop(f"{file}: taken for {meant.noun.titles[LANGUAGE]}, it lacks: {columns}.")
    return meant


async def _person(work: Work, name: str | None) -> Person:
    """Who is answerable for it: somebody from HQ."""
    query = select(Person).where(Person.role == Role.HQ, Person.active).order_by(Person.id)
    known = list(await work.session.scalars(query))
    found = [each for each in known if name is None or fold(each.name) == fold(name)]
    if not found:
        who = f"Nobody from HQ is called {name}." if name else "Nobody from HQ is known yet."
        raise Stop(
            f"{who} First run: salesbot invite --role hq --name NAME, and join with its code"
        )
    return await work.people.get(found[0].id)


async def _do(
    database: Database,
    settings: Settings,
    name: str | None,
    sent: Sequence[_Sent],
    *,
    rehearse: bool,
) -> None:
    """Plan and do every table in one transaction, which a rehearsal takes back."""
    now, currency = utc_now(), settings.company_currency
    try:
        async with database.begin() as session:
            work = Work(session, Author(now, None, "import", source="terminal"))
            person = await _person(work, name)
            work.author.person_id = person.id
            for each in sent:
                mapping = dict(each.meant.sure)
                made = await plan(
                    work, person, each.meant.noun, mapping, each.table, now=now, currency=currency
                )
                if rehearse:
                    _print(each, made)
                done = await apply(work, person, made, now=now, currency=currency)
                if not rehearse:
                    _print_counts(each, done.counts)
            if rehearse:
                raise _Rehearsed
    except _Rehearsed:
        return


def _print_counts(sent: _Sent, counts: dict[str, int]) -> None:
    said = [f"{counts[each]:,} {word}" for each, word in DONE.items() if counts.get(each)]
    title = sent.meant.noun.titles[LANGUAGE]
    _say(f"{sent.file} → {title}: {', '.join(said) or 'nothing'}")


def _print(sent: _Sent, made: Plan) -> None:
    """A table's summary: how many rows come to what, why some are left out, what was guessed."""
    _print_counts(sent, {str(outcome): count for outcome, count in made.counts.items()})
    titles = {column.name: column.titles[LANGUAGE] for column in made.noun.columns}
    left_out = list(made.skipped)
    for step in left_out[:SHOWN]:
        why = step.reason.say(LANGUAGE, titles) if step.reason else ""
        _say(f"  row {step.number}, {step.label}: {why}")
    if len(left_out) > SHOWN:
        _say(f"  … and {len(left_out) - SHOWN:,} more rows")
    for match in made.matches[:SHOWN]:
        _say(f"  “{match.text}” is taken for {match.meant} ({match.likeness} %)")
    headings = [sent.table.headings[at] for at in sent.meant.unsure] + [
        sent.table.headings[at] for at in sent.meant.unknown
    ]
    if headings:
        _say(f"  columns not read: {', '.join(headings)}")


def _say(line: str) -> None:
    print(line)  # noqa: T201 - it is what was asked for


def _agreed() -> bool:
    """Whether somebody at the terminal says yes; without a terminal nobody does."""
    if not sys.stdin.isatty():
        _say("To do it, add --yes.")
        return False
    return input("Do it? [y/N] ").strip().lower() in {"y", "yes"}
