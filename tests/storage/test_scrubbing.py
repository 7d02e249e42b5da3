"""Where somebody may be found beside their own rows."""

import gzip
import io
import json

import pytest
from sqlalchemy import JSON, LargeBinary, String, false, select

from services.imports import report_ref
from services.redaction import Traces
from services.tables.writing import workbook
from storage.engine import Database
from storage.models import Base, Blob, Deal, Import, ImportState, Update, UpdateState
from storage.scrubbing import WRITTEN, drop_tables, empty_updates, holding
from storage.trail import Trail
from storage.upsert import table
from tests.talk import MONDAY

WHO = Traces(("端木云", "Ottoline Quandt"), ("+86 139 7531 2468",))


def rows(text: str, *, packed: bool = True, ascii_only: bool = True) -> bytes:
    """A table's rows as they are kept."""
    content = json.dumps([text], ensure_ascii=ascii_only).encode()
    return gzip.compress(content) if packed else content


async def taken_in(database: Database, content: bytes, state: ImportState) -> None:
    async with database.begin() as session:
        blob = Blob(ref="rows", name="x", mime="x", content=content, created_at=MONDAY)
        table_sent = Import(
            person_id=None, name="a.csv", created_at=MONDAY, state=state, rows_ref="rows"
        )
        session.add_all([blob, table_sent])


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("ascii_only", [True, False])
async def test_a_table_that_names_somebody_is_put_aside(
    database: Database, packed: bool, ascii_only: bool
) -> None:
    await taken_in(
        database, rows("见了端木云", packed=packed, ascii_only=ascii_only), ImportState.PLANNED
    )
    trail = Trail(b"salt")
    async with database.begin() as session:
        await drop_tables(session, trail, WHO, false())
    async with database.read() as session:
        kept = (await session.scalars(select(Import))).one()
        assert (kept.state, kept.rows_ref, kept.name) == (ImportState.DROPPED, None, "")
        assert (await session.scalars(select(Blob))).all() == []
    assert trail.counts == {"imports": 1}


@pytest.mark.parametrize("named", ["rows", "report"])
async def test_the_rows_that_were_checked_go_with_their_table(
    database: Database, named: str
) -> None:
    """They are kept as a workbook, in which nothing stands plain."""
    file = io.BytesIO()
    with workbook(file) as book:
        book.sheet("Rows", ["Note"])
        book.row(["见了端木云" if named == "report" else "见了端木"])
    await taken_in(database, rows("端木云" if named == "rows" else "端木"), ImportState.PLANNED)
    async with database.begin() as session:
        number = (await session.scalars(select(Import.id))).one()
        content = file.getvalue()
        for ref in (report_ref(number), report_ref(number + 1)):
            report = Blob(ref=ref, name="x", mime="x", content=content, created_at=MONDAY)
            session.add(report)
        await session.flush()
        await drop_tables(session, Trail(b"salt"), WHO, false())
    async with database.read() as session:
        left = (await session.scalars(select(Blob.ref))).all()
        assert left == [report_ref(number + 1)], "of another table"


async def test_a_table_of_others_goes_on(database: Database) -> None:
    await taken_in(database, rows("见了端木"), ImportState.PLANNED)
    trail = Trail(b"salt")
    async with database.begin() as session:
        await drop_tables(session, trail, WHO, false())
        kept = (await session.scalars(select(Import))).one()
        assert (kept.state, kept.rows_ref) == (ImportState.PLANNED, "rows")
    assert trail.counts == {}


def update(name: str, payload: str, state: UpdateState) -> Update:
    return Update(
        platform="p",
        bot="b",
        external_id=name,
        chat="p:b:c",
        payload=payload,
        received_at=MONDAY,
        state=state,
    )


async def test_what_is_still_to_be_answered_is_left_but_for_this_one(database: Database) -> None:
    said = json.dumps({"text": "OTTOLINE quandt, 139-7531-2468"})
    async with database.begin() as session:
        this = update("this", said, UpdateState.NEW)
        session.add_all(
            [
                update("done", said, UpdateState.DONE),
                update("aside", f"no json {said}", UpdateState.QUARANTINED),
                update("waits", said, UpdateState.NEW),
                update("other", '{"text": "Ottoline"}', UpdateState.DONE),
                this,
            ]
        )
        await session.flush()
        await empty_updates(session, Trail(b""), WHO, false(), this.id)
    async with database.read() as session:
        found = await session.execute(select(Update.external_id, Update.payload))
        emptied = {name for name, payload in found if payload == "{}"}
    assert emptied == {"done", "aside", "this"}


async def test_rows_are_looked_up_as_they_are_and_as_json_escapes_them(database: Database) -> None:
    async with database.begin() as session:
        for name in ("端木云", "OTTOLINE", "%", "100_0"):
            sent = update(name, json.dumps({"text": name}), UpdateState.DONE)
            session.add(sent)
    async with database.read() as session:
        for hint, count in (("端木云", 1), ("ottoline", 1), ("%", 1), ("0_0", 1), ("0a0", 0)):
            query = select(Update.id).where(holding([Update.payload], [hint]))
            assert len((await session.scalars(query)).all()) == count
        assert (await session.scalars(select(Deal).where(holding([], ["x"])))).all() == []


def test_the_evidence_is_of_what_went_in_its_order_and_of_the_salt() -> None:
    def evidence(salt: bytes, *contents: str) -> str:
        trail = Trail(salt)
        for each in contents:
            trail.add(table(Deal).name, [each, MONDAY])
        return trail.evidence

    assert evidence(b"1", "a", "b") == evidence(b"1", "a", "b")
    different = {evidence(b"1", "a", "b"), evidence(b"1", "b", "a"), evidence(b"2", "a", "b")}
    assert len(different) == 3
    assert "salt" not in repr(Trail(b"salt"))


NAMES_NOBODY = {
    "account_keys key",
    "accounts city code lifecycle name phone phone_digits tax_number tier",
    "attachments mime platform ref",
    "blobs mime name ref",
    "calls card command review token",
    "changes command note source",
    "claims state",
    "column_mappings headings mapping noun",
    "cursors name",
    "deals code currency stage",
    "deliveries chat dedup error lane message_ref state",
    "drafts asking chat command",
    "entries digest noun salt",
    "erasures counts evidence noun",
    "gates key",
    "groups name",
    "identities bot platform",
    "imports noun plan_ref rows_ref state",
    "inbox bot chat error external_id platform state",
    "invites code_hash",
    "job_runs job outcome period",
    "lanes key",
    "pages bot platform",
    "people language zone",
    "reminders rule",
    "retentions kind",
    "seals hash",
    "units name path",
    "visits kind outcome verdict",
}
"""Text that is nobody's name, or is the company's own: customers, units, the bot's own marks."""
GOES = {
    "blobs content",
    "calls answers label",
    "contacts name phone phone_digits title",
    "deliveries payload",
    "drafts answers",
    "entries after before",
    "identities chat external_id",
    "imports found mapping name",
    "inbox fetched payload",
    "invites name",
    "pages chat window",
    "people code name",
}
"""What is emptied or deleted where it names somebody, beside what people wrote."""


def test_every_text_of_every_table_is_either_searched_or_nobody_s() -> None:
    """A new column that people write in belongs into `WRITTEN`, or into what goes."""
    known = {(t.name, column) for t, columns in WRITTEN.items() for column in columns}
    for line in NAMES_NOBODY | GOES:
        name, *columns = line.split()
        known |= {(name, column) for column in columns}
    texts = {
        (each.name, column.name)
        for each in Base.metadata.sorted_tables
        for column in each.columns
        if isinstance(column.type, (String, JSON, LargeBinary))
    }
    assert texts == known
