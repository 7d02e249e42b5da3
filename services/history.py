"""Undo: taking back what one person did in one go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError

from services.errors import AlreadyUndone, ChangedSince, NothingToUndo, TooLateToUndo
from storage.journal import MODELS, decode, encode
from storage.models import Base, Change, Entry, Person
from storage.work import Work

UNDO_FOR = timedelta(hours=24)


@dataclass(frozen=True)
class Undone:
    """A change that was taken back, and the rows it had been about."""

    change: Change
    entries: Sequence[Entry]


async def newest(work: Work, person: Person, now: datetime) -> int | None:
    """The change that an undo without a number would take back."""
    change = await work.history.last(person.id, now - UNDO_FOR)
    return change.id if change else None


async def undo(work: Work, person: Person, change_id: int | None, *, now: datetime) -> Undone:
    """Take back a change of one's own, or the newest one of the last 24 hours.

    Every row must still be as the change left it: nothing that came later is overwritten.
    """
    since = now - UNDO_FOR
    if change_id is None:
        change_id = await newest(work, person, now)
    change = await work.history.get(change_id) if change_id else None
    if change is None or change.author_id != person.id:
        raise NothingToUndo
    if change.at < since:
        raise TooLateToUndo(at=change.at)
    undone_at = await work.history.undone_at(change.id)
    if undone_at:
        raise AlreadyUndone(at=undone_at)
    work.author.undoes_id = change.id
    entries = await work.history.entries(change.id)
    try:
        for entry in reversed(entries):
            await _reverse(work, entry)
    except IntegrityError as error:
        raise ChangedSince from error
    return Undone(change, entries)


async def _reverse(work: Work, entry: Entry) -> None:
    row = await work.history.row(entry)
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
