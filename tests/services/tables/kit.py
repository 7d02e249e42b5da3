"""Tables taken in and written out on real databases, for tests."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from services import people
from services.tables.applying import Applied, apply
from services.tables.exporting import Format, export
from services.tables.noun import Noun
from services.tables.nouns import NOUNS
from services.tables.planning import plan
from services.tables.plans import Plan
from services.tables.reading import read
from services.tables.refusals import EmptyTable
from services.tables.table import Cell, Table
from storage.engine import Database
from storage.journal import Author
from storage.models import Person, Role
from storage.work import Work
from tests.talk import MONDAY


def table(*rows: Mapping[str, Cell]) -> tuple[dict[int, str], Table]:
    """Rows by the names of columns, and how they are meant."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    cells = [tuple(row.get(name) for name in names) for row in rows]
    return dict(enumerate(names)), Table(tuple(names), cells)


async def hired(
    database: Database, name: str, role: Role = Role.HQ, unit: str = "", **more: Any
) -> Person:
    """A new person, and their unit with them."""
    async with database.begin() as session:
        work = Work(session, Author(MONDAY, None, "hire"))
        home = await people.unit_at(work, unit)
        more = {"zone": "Asia/Shanghai", **more}
        person = Person(name=name, role=role, unit_id=home.id, **more)
        await work.people.add(person)
        return await work.people.get(person.id)


async def planned(
    database: Database,
    person: Person,
    noun: str,
    *rows: Mapping[str, Cell],
    now: datetime = MONDAY,
    refused: Sequence[tuple[str, str]] = (),
) -> Plan:
    """What would become of these rows."""
    return await plan_of(database, person, NOUNS[noun], *table(*rows), now=now, refused=refused)


async def plan_of(
    database: Database,
    person: Person,
    noun: Noun,
    mapping: Mapping[int, str],
    rows: Table,
    *,
    now: datetime = MONDAY,
    refused: Sequence[tuple[str, str]] = (),
) -> Plan:
    async with database.read() as session:
        work = Work(session, Author(now, person.id, "import"))
        asker = await work.people.get(person.id)
        return await plan(work, asker, noun, mapping, rows, now=now, refused=refused)


async def applied(
    database: Database, person: Person, made: Plan, now: datetime = MONDAY
) -> Applied:
    """Do what was planned."""
    async with database.begin() as session:
        work = Work(session, Author(now, person.id, "import"))
        asker = await work.people.get(person.id)
        return await apply(work, asker, Plan.load(made.dump()), now=now)


async def taken(
    database: Database,
    person: Person,
    noun: str,
    *rows: Mapping[str, Cell],
    now: datetime = MONDAY,
) -> Applied:
    """Plan and do it."""
    return await applied(
        database, person, await planned(database, person, noun, *rows, now=now), now
    )


async def exported(
    database: Database,
    person: Person,
    language: str = "en",
    form: Format = Format.XLSX,
    now: datetime = MONDAY,
) -> bytes:
    """All that somebody may see, as a file."""
    async with database.read() as session:
        work = Work(session, Author(now, person.id, "export"))
        asker = await work.people.get(person.id)
        return (await export(work, asker, language=language, form=form, now=now)).content


def read_back(content: bytes, form: Format) -> list[Table]:
    """The tables of an exported file."""
    if form is Format.XLSX:
        return read(content, "export.xlsx")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        found = []
        for name in archive.namelist():
            with suppress(EmptyTable):
                [one] = read(archive.read(name), name)
                found.append(Table(one.headings, one.rows, name.removesuffix(".csv"), one.numbers))
        return found


async def all_taken(
    database: Database, person: Person, tables: Sequence[Table], language: str
) -> list[Plan]:
    """Take in every table of an export, in the order in which they build on one another."""
    plans = []
    for noun in NOUNS.values():
        for each in tables:
            if each.sheet != noun.titles[language]:
                continue
            names = {column.titles[language]: column.name for column in noun.columns}
            mapping = {at: names[heading] for at, heading in enumerate(each.headings)}
            plans.append(await plan_of(database, person, noun, mapping, each))
            await applied(database, person, plans[-1])
    return plans
