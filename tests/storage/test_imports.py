"""What is kept of tables being taken in, and for how long."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from storage.engine import Database
from storage.imports import drop_before, forget_blobs_before, forget_tables_before
from storage.journal import Author
from storage.kinds import ImportState
from storage.models import Blob, Import
from storage.work import Work
from tests.talk import Company

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=3)


async def begun(company: Company, name: str, at: datetime = NOW) -> tuple[int, int]:
    """An import of somebody's own, with all that is kept of it; its number and theirs."""
    someone = await company.hire(name)
    assert someone.person
    async with company.database.begin() as session:
        work = Work(session, Author(at, someone.person.id, "import"))
        row = Import(person_id=someone.person.id, name=name, created_at=at, found={"size": 7})
        await work.imports.add(row)
        row.rows_ref, row.plan_ref = f"import:{row.id}:rows", f"import:{row.id}:plan"
        for ref in (row.rows_ref, row.plan_ref, f"import:{row.id}:report"):
            await work.imports.keep(ref, name, b"x", at)
        await work.imports.flush()
    return row.id, someone.person.id


async def refs(database: Database) -> list[str]:
    async with database.read() as session:
        return sorted(await session.scalars(select(Blob.ref)))


async def test_an_import_is_nobody_else_s(company: Company) -> None:
    number, owner = await begun(company, "Ana")
    _other, stranger = await begun(company, "Bo")
    async with company.database.read() as session:
        work = Work(session, Author(NOW, None, "test"))
        assert await work.imports.get(number, stranger) is None
        assert await work.imports.get(number, owner)
        assert [row.id for row in await work.imports.unfinished(owner)] == [number]


async def test_what_was_left_is_dropped_with_all_that_was_kept_of_it(company: Company) -> None:
    old, owner = await begun(company, "Ana")
    new, _owner = await begun(company, "Bo", LATER)
    async with company.database.begin() as session:
        assert await drop_before(session, LATER) == 1
        assert await forget_tables_before(session, LATER) == 3
    assert {ref.split(":")[1] for ref in await refs(company.database)} == {str(new)}
    async with company.database.read() as session:
        work = Work(session, Author(LATER, None, "test"))
        row = await work.imports.get(old, owner)
    assert row
    assert (row.state, row.found) == (ImportState.DROPPED, {"size": 7})


async def test_what_is_still_open_keeps_what_it_needs(company: Company) -> None:
    await begun(company, "Ana")
    async with company.database.begin() as session:
        assert await forget_tables_before(session, LATER) == 0
    assert len(await refs(company.database)) == 3


async def test_files_that_no_visit_has_are_forgotten(company: Company) -> None:
    async with company.database.begin() as session:
        for ref, at in (("old", NOW), ("new", LATER)):
            session.add(Blob(ref=ref, name="x", mime="x", content=b"x", created_at=at))
    async with company.database.begin() as session:
        assert await forget_blobs_before(session, LATER) == 1
    assert await refs(company.database) == ["new"]


async def test_how_columns_were_meant_is_one_thing_for_one_kind_of_file(company: Company) -> None:
    async with company.database.begin() as session:
        work = Work(session, Author(NOW, None, "test"))
        for mapping in ({"a": 1}, {"a": 2}):
            await work.imports.remember("accounts", "hash", mapping)
        await work.imports.remember("people", "hash", {"b": 1})
        assert await work.imports.meant("hash") == {"accounts": {"a": 2}, "people": {"b": 1}}
        assert await work.imports.meant("other") == {}
