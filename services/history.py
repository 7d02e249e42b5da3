"""Undo: taking back what one person did in one go."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError

from services import soundness
from services.access import require, scope_of
from services.belonging import may_undo
from services.errors import (
    AlreadyUndone,
    ChangedSince,
    ImportTooOld,
    NothingToUndo,
    NotYoursToUndo,
    TooLateToUndo,
)
from services.tables import undoing as imports
from services.tables.concerned import Concerned
from storage.journal import MODELS, decode, encode
from storage.models import Base, Change, Entry, Person, Role
from storage.work import Work

UNDO_FOR = timedelta(hours=24)
RoleFor = Callable[[str], Role]
"""The role that a command needs, by the name under which the journal keeps it."""


def _anybody(_command: str) -> Role:
    return Role.REP


TOGETHER = frozenset({"accounts", "deals", "reminders"})
"""What changes hands by the hundreds, and back in one go: no two of its rows stand in the way."""
MERGE = "mergenow"
"""The command whose changes are taken back also where what they moved was changed since."""


@dataclass(frozen=True)
class Undone:
    """A change that was taken back, and the rows it had been about."""

    change: Change
    entries: Sequence[Entry]
    rows: int = 0
    """Of an import, how many rows of its file; it has too many entries to be looked at."""
    concerned: Concerned = field(default_factory=Concerned)
    """Whom an import concerned."""


async def newest(work: Work, person: Person, now: datetime) -> int | None:
    """The change that an undo without a number would take back."""
    change = await work.history.last(person.id, now - UNDO_FOR)
    return change.id if change else None


async def undo(
    work: Work,
    person: Person,
    change_id: int | None,
    *,
    now: datetime,
    within: timedelta = UNDO_FOR,
    anyones: bool = False,
    role_for: RoleFor = _anybody,
) -> Undone:
    """Take back a change of one's own, or the newest one of the last 24 hours.

    Every row must still be as the change left it: nothing that came later is overwritten. Who
    takes it back must still have the role to do it, and see the rows (`services.belonging`).
    ``within`` and ``anyones`` are for who has judged already that they may take it back.
    """
    if change_id is None:
        change_id = await newest(work, person, now)
    change = await work.history.get(change_id) if change_id else None
    if change is None or not (anyones or change.author_id == person.id):
        raise NothingToUndo
    origin = await work.history.origin(change)
    is_import = origin.command == imports.COMMAND
    if change.at < now - (imports.FOR if is_import else within):
        raise (ImportTooOld if is_import else TooLateToUndo)(at=change.at)
    undone_at = await work.history.undone_at(change.id)
    if undone_at:
        raise AlreadyUndone(at=undone_at)
    require(person, role_for(origin.command))
    work.author.undoes_id = change.id
    if is_import:
        return Undone(change, (), *await _import(work, person, change))
    entries = await work.history.entries(change.id)
    if any(entry.before is None and entry.after is None for entry in entries):
        raise ChangedSince  # what it was about was erased
    scope = await scope_of(work, person)
    await work.history.lock(entries)
    try:
        for entry in reversed(entries):
            if not (anyones or await may_undo(work, person, scope, entry)):
                raise NotYoursToUndo
            await _reverse(work, entry, tolerant=change.command == MERGE)
        await work.history.flush()
        await soundness.check(work, entries)
    except IntegrityError as error:
        raise ChangedSince from error
    return Undone(change, entries)


async def _import(work: Work, person: Person, change: Change) -> tuple[int, Concerned]:
    try:
        return await imports.undo(work, person, change)
    except IntegrityError as error:
        raise ChangedSince from error


async def _reverse(work: Work, entry: Entry, *, tolerant: bool) -> None:
    row = await work.history.row(entry)
    if tolerant and row is not None and entry.before and entry.after:
        await _moved_back(work, row, entry.before, entry.after)
        return
    if tolerant and row is None and entry.after:
        return  # it was removed since, and stays so
    if (row is None) != (entry.after is None) or not _is_still(row, entry):
        raise ChangedSince
    match row, entry.before:
        case None, dict(before):
            await work.history.add(_revived(entry, before))
        case Base(), None:
            await work.history.remove(row)
        case Base(), dict(before):
            for name, value in decode(MODELS[entry.noun], before).items():
                setattr(row, name, value)
            if entry.noun not in TOGETHER:
                await work.history.flush()


async def _moved_back(
    work: Work, row: Base, before: dict[str, object], after: dict[str, object]
) -> None:
    """Put a row back where it was, and leave what else became of it since."""
    still = {name for name, value in after.items() if encode(getattr(row, name)) == value}
    if "account_id" in after and "account_id" not in still:
        raise ChangedSince
    for name, value in decode(type(row), before).items():
        if name in still:
            setattr(row, name, value)
    await work.history.flush()


def _is_still(row: Base | None, entry: Entry) -> bool:
    return row is None or all(
        encode(getattr(row, name)) == value for name, value in (entry.after or {}).items()
    )


def _revived(entry: Entry, before: dict[str, object]) -> Base:
    model = MODELS[entry.noun]
    values = decode(model, before)
    key = values.pop("id")
    row = model(**values)
    row.id = key  # type: ignore[attr-defined]  # every journaled table is numbered by id
    return row
