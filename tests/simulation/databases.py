"""Databases of a test's own, with a small company on them."""

import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from bot.runtime.turn import utc_now
from services import accounts, people
from storage.engine import Database, connect
from storage.journal import Author
from storage.migrate import migrate
from storage.models import Identity, Person, Role
from storage.work import Work
from tests.simulation.platforms import Platform

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql+asyncpg://postgres@127.0.0.1:5432/test")


@asynccontextmanager
async def fresh(kind: str, folder: Path) -> AsyncIterator[str]:
    """The URL of a new database with the newest schema."""
    async with _empty(kind, folder) as url:
        database = connect(url)
        await migrate(database, backup_dir=None, now=utc_now())
        await database.close()
        yield url


@asynccontextmanager
async def _empty(kind: str, folder: Path) -> AsyncIterator[str]:
    if kind == "sqlite":
        yield f"sqlite+aiosqlite:///{folder / 'bot.db'}"
        return
    name = f"simulation_{uuid4().hex}"
    await _administer(f"CREATE DATABASE {name}")
    try:
        yield make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)
    finally:
        await _administer(f"DROP DATABASE {name} WITH (FORCE)")


async def _administer(command: str) -> None:
    admin = connect(POSTGRES)
    async with admin.engine.connect() as connection:
        autocommit = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await autocommit.execute(text(command))
    await admin.close()


async def hire(database: Database, platform: Platform, numbers: Sequence[int]) -> None:
    """Reps of these numbers on a platform; each owns the account of the same number."""
    async with database.begin() as session:
        work = Work(session, Author(utc_now(), None, "hire"))
        unit = await people.unit_at(work, "East")
        for number in numbers:
            person = Person(name=f"Rep {number}", role=Role.REP, unit_id=unit.id)
            await work.people.add(person)
            await work.people.add(
                Identity(
                    person_id=person.id,
                    platform=platform.name,
                    external_id=platform.chat(number),
                    bot=platform.bot,
                    chat=platform.chat(number),
                )
            )
            await accounts.create(work, person, account_of(number))


def account_of(number: int) -> str:
    return f"Firma {number}"


async def reachable() -> bool:
    """Whether there is a PostgreSQL to test on."""
    admin = connect(POSTGRES)
    try:
        async with admin.engine.connect():
            return True
    except (OSError, DBAPIError):
        return False
    finally:
        await admin.close()
