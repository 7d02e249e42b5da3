"""Copies: `backup` and `restore`."""

import argparse
from collections.abc import Iterable, Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from bot.command_line.setting_up import Stop, configured
from bot.phrases import marked
from bot.runtime.turn import utc_now
from storage.archive import BackupError, Manifest
from storage.audit import NAMED, Audit
from storage.backup import back_up
from storage.engine import Database, connect
from storage.exclusive import hold
from storage.journal import Author
from storage.migrate import is_current
from storage.restore import Erased, Restored, erased_in, is_empty, restore
from storage.work import Work

BACKED_UP = marked("Backed up to {file}")
LISTED = 20
"""How many of what is to be erased again are listed."""
AGAIN = (
    "Since this backup was made, what follows was erased; it is back now and has to be erased"
    " again, in chat, with /erase:"
)
UNKNOWN = (
    "Whatever was erased after that is back. If anything was, erase it again in chat, with"
    " /erase; a newer backup lists it: --erasures FILE"
)


async def run_backup(options: argparse.Namespace) -> None:
    """Write a copy of the database into a file, while the bot runs."""
    target = Path(options.file)
    database = connect(configured().database_url.get_secret_value())
    try:
        if not await is_current(database):
            raise Stop("The database is not up to date. First run: salesbot migrate")
        made = await _back_up(database, target, force=options.force)
    except BackupError as error:
        raise Stop(str(error)) from None
    finally:
        await database.close()
    print(f"{target} has {_rows(made)}, as of {made.made_at}.")  # noqa: T201 - it is what was asked for
    if made.head:
        print(f"The head of the journal is {made.head}")  # noqa: T201 - likewise


async def _back_up(database: Database, target: Path, *, force: bool = False) -> Manifest:
    """Write the copy, and note in the journal that there is one."""
    now = utc_now()
    made = await back_up(database, target, now, force=force)
    async with database.begin() as session:
        work = Work(session, Author(now, None, "backup", source="terminal"))
        await work.note(BACKED_UP, file=str(target))
    return made


def _rows(made: Manifest) -> str:
    return f"{sum(each.rows for each in made.tables.values()):,} rows"


async def run_restore(options: argparse.Namespace) -> None:
    """Put a copy back, in the place of what there is."""
    database = connect(configured().database_url.get_secret_value())
    try:
        async with AsyncExitStack() as stack:
            if database.is_sqlite and not await stack.enter_async_context(
                hold(database, "process")
            ):
                raise Stop("A salesbot runs on this database. Stop it first.")
            await _restore(database, options)
    except BackupError as error:
        raise Stop(str(error)) from None
    finally:
        await database.close()


async def _restore(database: Database, options: argparse.Namespace) -> None:
    source = Path(options.file)
    known = erased_in(Path(options.erasures)) if options.erasures else set[Erased]()
    if not await is_empty(database):
        if not options.force:
            raise Stop(
                "The database is not empty. With --force it is backed up, then replaced by the"
                " backup; or set DATABASE_URL to an empty one."
            )
        kept = Path("data/backups") / f"before-restore-{utc_now():%Y%m%dT%H%M%SZ}.zip"
        await back_up(database, kept, utc_now())
        print(f"What was there is in {kept}")  # noqa: T201 - it has to be known
    done = await restore(database, source, utc_now(), erased=known)
    names = await _names(database, done.back[:LISTED])
    print("\n".join(_told(done, names)))  # noqa: T201 - it is what was asked for


async def _names(database: Database, erased: Sequence[Erased]) -> list[str]:
    """What they are called again who have to be erased again."""
    found = []
    async with database.read() as session:
        audit = Audit(session)
        for noun, key in erased:
            named = await audit.names(noun, [key]) if noun in NAMED else {}
            found.append(f"  {noun} {key} {named.get(key, '')}".rstrip())
    return found


def _told(done: Restored, names: Sequence[str]) -> Iterable[str]:
    """What was put back, and what is left to do."""
    yield f"{_rows(done.manifest)} are back, as of {done.manifest.made_at}."
    yield _chain(done)
    if done.dropped:
        yield (
            f"{done.dropped:,} messages were owed then. They may have been sent since, so they are"
            " not sent again; reminders that are still ahead are kept."
        )
    if not done.back:
        yield UNKNOWN
        return
    yield AGAIN
    yield from names
    if len(done.back) > LISTED:
        yield f"  and {len(done.back) - LISTED:,} more"


def _chain(done: Restored) -> str:
    if done.journal.wrong:
        return (
            f"The journal is as it was in the backup, and was tampered with: {done.journal.wrong}"
        )
    return f"The journal is whole: {done.journal.sealed:,} changes are sealed."
