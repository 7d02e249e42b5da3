"""The journal writes itself: each change of a `Journaled` row, in the same transaction."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import event, insert, inspect, select, update
from sqlalchemy.orm import Mapper, Session, UOWTransaction

from storage.models import Base, Change, Entry, Journaled

Row = dict[str, Any]


@dataclass
class Author:
    """Who changes things in this transaction, and by which command and update."""

    at: datetime
    person_id: int | None
    command: str
    update_id: int | None = None
    undoes_id: int | None = None
    change_id: int | None = None
    """The change written so far, once there is one."""
    source: str = ""
    """Where from: a platform, ``terminal`` or ``clock``."""


def sign(session: Session, author: Author) -> None:
    """Say who is responsible for what this session changes from now on."""
    session.info["author"] = author


def write_note(session: Session, text: str, values: Row) -> None:
    """Keep in the change of this transaction what was done beside its rows, as one line."""
    change_id = change_of(session)
    line = " ".join(text.split())
    if values:
        line += f"\t{json.dumps(values, ensure_ascii=False)}"
    connection = session.connection()
    before = connection.scalar(select(Change.note).where(Change.id == change_id))
    note = f"{before}\n{line}" if before else line
    connection.execute(update(Change).where(Change.id == change_id).values(note=note))


def read_notes(note: str) -> list[tuple[str, Row]]:
    """The inverse of `write_note`: the phrases of a change and what fills their braces."""
    lines = (line.partition("\t") for line in note.splitlines())
    return [(text, json.loads(values) if values else {}) for text, _tab, values in lines]


@event.listens_for(Session, "after_flush")
def _write(session: Session, _flush: UOWTransaction) -> None:
    entries = [
        *(_entry(row, None, _values(row)) for row in session.new if isinstance(row, Journaled)),
        *(_entry(row, *_difference(row)) for row in session.dirty if isinstance(row, Journaled)),
        *(
            _entry(row, _values(row), None)
            for row in session.deleted
            if isinstance(row, Journaled)
        ),
    ]
    entries = [entry for entry in entries if entry["before"] != entry["after"]]
    if entries:
        change_id = change_of(session)
        session.connection().execute(
            insert(Entry), [{"change_id": change_id, **entry} for entry in entries]
        )


def change_of(session: Session) -> int:
    """The number of the change that this transaction makes, begun where there is none yet."""
    author: Author | None = session.info.get("author")
    if author is None:
        raise RuntimeError("the company's data is changed by nobody: sign the session first")
    if author.change_id is None:
        values = {
            "at": author.at,
            "author_id": author.person_id,
            "command": author.command,
            "update_id": author.update_id,
            "undoes_id": author.undoes_id,
            "source": author.source,
            "note": "",
        }
        done = session.connection().execute(insert(Change).returning(Change.id), values)
        author.change_id = done.scalar_one()
    return author.change_id


def _entry(row: Any, before: Row | None, after: Row | None) -> Row:
    mapper: Mapper[Any] = inspect(row).mapper
    key = mapper.primary_key_from_instance(row)[0]
    return {"noun": row.__tablename__, "key": key, "before": before, "after": after}


def _values(row: object) -> Row:
    return {
        column.key: encode(getattr(row, column.key)) for column in inspect(row).mapper.column_attrs
    }


def _difference(row: object) -> tuple[Row, Row]:
    """The changed columns alone, as they were and as they are."""
    before: Row = {}
    after: Row = {}
    for column in inspect(row).mapper.column_attrs:
        history = inspect(row).attrs[column.key].history
        if history.has_changes() and history.deleted:
            before[column.key] = encode(history.deleted[0])
            after[column.key] = encode(history.added[0])
    return before, after


def encode(value: Any) -> Any:
    """A column's value as JSON keeps it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()  # an instant has one form, whoever wrote it
    return value.isoformat() if isinstance(value, (date, time)) else value


def decode(model: type[Base], row: Row) -> Row:
    """The inverse of `encode`, by the types of the model's columns."""
    columns = inspect(model).columns
    return {name: _decoded(columns[name].type.python_type, value) for name, value in row.items()}


def _decoded(kind: type, value: Any) -> Any:
    if value is not None and issubclass(kind, (datetime, date, time)):
        return kind.fromisoformat(value)
    return value


MODELS: dict[str, type[Base]] = {
    model.__tablename__: model
    for model in (mapper.class_ for mapper in Base.registry.mappers)
    if issubclass(model, Journaled) and issubclass(model, Base)
}
"""The journaled models by the name of their table."""
