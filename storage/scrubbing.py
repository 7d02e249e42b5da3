"""Taking what somebody is known by out of everything that is kept of others.

Rows are looked up by letters that every way to write a name has, and judged one by one: the
database finds a few too many, and what is to be taken out of them is not its business.
"""

import asyncio
import gzip
import json
import re
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from io import BytesIO
from typing import Any, Protocol
from zipfile import ZipFile

from sqlalchemy import (
    ColumnElement,
    String,
    Table,
    bindparam,
    cast,
    false,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from storage.imports import EXPORT, KEPT, REPORT
from storage.inbox import EMPTY
from storage.models import (
    Attachment,
    Blob,
    Claim,
    Deal,
    Delivery,
    Draft,
    Entry,
    Import,
    ImportState,
    Reminder,
    StoredCall,
    Update,
    UpdateState,
    Visit,
)
from storage.spelling import spelled
from storage.trail import ERASURES, Trail, empty
from storage.upsert import many, table

SLICE = 500
GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
UNICODE = re.compile(r"\\u([0-9a-fA-F]{4})")
VISITS, REMINDERS, DEALS, CLAIMS = table(Visit), table(Reminder), table(Deal), table(Claim)
ATTACHMENTS, ENTRIES, CALLS, DRAFTS = (
    table(Attachment),
    table(Entry),
    table(StoredCall),
    table(Draft),
)
DELIVERIES, INBOX, IMPORTS, BLOBS = table(Delivery), table(Update), table(Import), table(Blob)
WRITTEN: Mapping[Table, tuple[str, ...]] = {
    VISITS: ("note", "next_step", "product", "competitor"),
    REMINDERS: ("text",),
    DEALS: ("name", "note"),
    CLAIMS: ("reason",),
    ATTACHMENTS: ("name",),
}
"""What people wrote, which stays the company's."""


class Traces(Protocol):
    """What somebody is known by."""

    @property
    def hints(self) -> Collection[str]:
        """Letters of which some are in every way to write any of it."""

    def found(self, text: str) -> bool:
        """Whether a text has any of it."""

    def cleaned(self, value: Any) -> Any:
        """Text, or JSON, without any of it."""


def holding(columns: Collection[Any], hints: Collection[str]) -> ColumnElement[bool]:
    """Rows that have one of these in whatever case, as it is or as JSON escapes it."""
    if not hints:
        return false()
    some = spelled(*hints)
    return or_(false(), *(cast(column, String).regexp_match(some) for column in columns))


async def write_texts(
    session: AsyncSession,
    trail: Trail,
    written: Table,
    traces: Traces,
    where: ColumnElement[bool],
) -> None:
    """Take it out of what people wrote, in the rows of one table."""
    columns = [written.c[name] for name in WRITTEN[written]]
    query = select(written.c.id, *columns).where(where, holding(columns, traces.hints))
    rows = []
    for row in (await session.execute(query.order_by(written.c.id))).mappings():
        texts = {name: row[name] for name in WRITTEN[written]}
        clean = {name: traces.cleaned(text) for name, text in texts.items()}
        if clean != texts:
            trail.add(written.name, [row["id"], texts])
            rows.append(
                {"row": row["id"], **{f"new_{name}": each for name, each in clean.items()}}
            )
    if rows:
        statement = update(written).where(written.c.id == bindparam("row"))
        new = {name: bindparam(f"new_{name}", type_=String()) for name in WRITTEN[written]}
        await many(session, statement.values(**new), rows)


async def empty_entries(
    session: AsyncSession,
    trail: Trail,
    traces: Traces,
    where: ColumnElement[bool],
    judge: Callable[[Sequence[Any]], Awaitable[Sequence[Traces]]],
) -> None:
    """Take the contents of the journal's entries that name somebody; their digests stay.

    ``where`` are those that lose them whatever is in them; ``judge`` tells of some rows what
    somebody is known by in each.
    """
    columns, last = ENTRIES.c, 0
    sides = (columns.before, columns.after)
    query = (
        select(ENTRIES, where.label("theirs"))
        .where(columns.id > bindparam("last"), or_(where, holding(sides, traces.hints)))
        .where(or_(columns.salt.is_not(None), columns.digest.is_(None)))
        .where(columns.noun != ERASURES)
        .order_by(columns.id)
        .limit(SLICE)
    )
    while rows := (await session.execute(query, {"last": last})).all():
        gone, last = [], rows[-1].id
        for row, known in zip(rows, await judge(rows), strict=True):
            held = [row.before, row.after]
            if row.theirs or known.cleaned(held) != held:
                gone.append(row)
        await empty(session, trail, gone)


async def clean_messages(session: AsyncSession, trail: Trail, traces: Traces) -> None:
    """Take it out of messages that were sent to others, or wait."""
    columns = DELIVERIES.c
    query = select(columns.id, columns.payload).where(holding([columns.payload], traces.hints))
    rows = []
    for row, payload in (await session.execute(query.order_by(columns.id))).all():
        clean = traces.cleaned(payload)
        if clean != payload:
            trail.add(DELIVERIES.name, [row, payload])
            rows.append({"row": row, "clean": clean})
    if rows:
        statement = update(DELIVERIES).where(columns.id == bindparam("row"))
        await many(session, statement.values(payload=bindparam("clean")), rows)


async def drop_buttons(session: AsyncSession, trail: Trail, traces: Traces) -> None:
    """Forget what buttons and half-filled forms of others do, where it names somebody."""
    for kept, key, columns in (
        (CALLS, CALLS.c.token, (CALLS.c.answers, CALLS.c.label)),
        (DRAFTS, DRAFTS.c.id, (DRAFTS.c.answers,)),
    ):
        query = select(key, *columns).where(holding(columns, traces.hints)).order_by(key)
        rows = []
        for row, *held in (await session.execute(query)).all():
            if traces.cleaned(held) != held:
                trail.add(kept.name, held)
                rows.append({"row": row})
        if rows:
            await many(session, kept.delete().where(key == bindparam("row")), rows)


async def empty_updates(
    session: AsyncSession,
    trail: Trail,
    traces: Traces,
    where: ColumnElement[bool],
    this: int | None,
) -> None:
    """Empty what came in from somebody, which ``where`` tells, or names them.

    The rows stay, by whose number an update that comes again is known. What is still to be
    answered is left, but for ``this``, which is being answered.
    """
    columns = INBOX.c
    over = or_(columns.state != UpdateState.NEW, columns.id == (this or 0))
    said = (columns.payload, columns.fetched)
    query = (
        select(columns.id, columns.payload, columns.fetched, where.label("theirs"))
        .where(or_(where, over & holding(said, traces.hints)), columns.payload != EMPTY)
        .order_by(columns.id)
    )
    rows: list[dict[str, Any]] = []
    gone: list[dict[str, Any]] = []
    for row, payload, fetched, theirs in (await session.execute(query)).all():
        value = [_parsed(payload), fetched]
        if theirs or traces.cleaned(value) != value:
            trail.add(INBOX.name, value)
            rows.append({"row": row})
            gone.extend([{"row": row}] if theirs else [])
    statement = update(INBOX).where(columns.id == bindparam("row"))
    if rows:
        await many(session, statement.values(payload=EMPTY, fetched=null()), rows)
    if gone:
        await many(session, statement.values(chat="", state=UpdateState.DONE), gone)


def _parsed(payload: str) -> Any:
    """What an update says; one that isn't JSON, as it is."""
    try:
        return json.loads(payload)
    except ValueError:
        return payload


async def drop_tables(
    session: AsyncSession, trail: Trail, traces: Traces, where: ColumnElement[bool]
) -> None:
    """Forget tables that were sent, where they name somebody, and all of those that ``where`` has.

    That they were sent, and what became of it, stays.
    """
    columns = IMPORTS.c
    query = select(IMPORTS, where.label("theirs")).order_by(columns.id)
    for row in (await session.execute(query)).mappings():
        held = [row["name"], row["mapping"], row["found"]]
        refs = [ref for ref in (row["rows_ref"], row["plan_ref"]) if ref]
        refs.append(f"{KEPT}{row['id']}{REPORT}")
        named = traces.cleaned(held) != held or await _in_blobs(session, refs, traces)
        if not (row["theirs"] or named):
            continue
        trail.add(IMPORTS.name, held)
        over = row["state"] if row["state"] == ImportState.DONE else ImportState.DROPPED
        await session.execute(
            update(IMPORTS)
            .where(columns.id == row["id"])
            .values(name="", mapping={}, found={}, rows_ref=None, plan_ref=None, state=over)
        )
        await session.execute(BLOBS.delete().where(BLOBS.c.ref.in_(refs)))


async def drop_exports(session: AsyncSession) -> None:
    """Forget files that are about to be sent: anybody may be in them, and they are made anew."""
    await session.execute(BLOBS.delete().where(BLOBS.c.ref.startswith(EXPORT)))


async def _in_blobs(session: AsyncSession, refs: Sequence[str], traces: Traces) -> bool:
    """Whether the rows of a table name somebody; others go on meanwhile: it may be long."""
    query = select(BLOBS.c.content).where(BLOBS.c.ref.in_(refs))
    contents = list(await session.scalars(query)) if refs else []
    return await asyncio.to_thread(lambda: any(_names(each, traces) for each in contents))


def _names(content: bytes, traces: Traces) -> bool:
    if content.startswith(GZIP):
        content = gzip.decompress(content)
    if content.startswith(ZIP):
        with ZipFile(BytesIO(content)) as parts:
            content = b"\n".join(map(parts.read, parts.namelist()))
    text = content.decode("utf-8", "replace")
    return traces.found(text) or ("\\u" in text and traces.found(UNICODE.sub(_unescaped, text)))


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))
