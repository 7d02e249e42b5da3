"""What all tests share: a database of their own, and a small company on it."""

import os
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest
import structlog
from hypothesis import settings
from sqlalchemy import text

from storage.engine import Database, connect
from storage.models import Base
from tests.talk import Company, Phone

settings.register_profile("noisy", deadline=None)  # nothing is timed: machines are noisy
# In CI the same examples each time: a change is judged by what it changed, not by the dice.
settings.register_profile("same", parent=settings.get_profile("noisy"), derandomize=True)
settings.load_profile("same" if os.environ.get("CI") else "noisy")

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "")
DATABASES = ["sqlite", *(["postgresql"] if POSTGRES else [])]


@pytest.fixture(params=DATABASES)
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """An empty database: a file of SQLite, and a schema of PostgreSQL where there is one."""
    if request.param == "sqlite":
        opened = connect(f"sqlite+aiosqlite:///{tmp_path / 'test.db'}")
        await _create(opened)
        yield opened
        await opened.close()
        return
    schema = f"test_{uuid4().hex}"
    admin = connect(POSTGRES)
    async with admin.engine.begin() as connection:
        await connection.execute(text(f"CREATE SCHEMA {schema}"))
    opened = connect(POSTGRES, schema=schema)
    await _create(opened)
    yield opened
    await opened.close()
    async with admin.engine.begin() as connection:
        await connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    await admin.close()


async def _create(database: Database) -> None:
    async with database.engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)


@pytest.fixture
def phone() -> Phone:
    return Phone()


@pytest.fixture
def company(database: Database, phone: Phone) -> Company:
    return Company(database, phone)


@pytest.fixture(autouse=True)
def _plain_tracebacks() -> None:
    """Rich tracebacks read attributes of detached rows, which fails in the middle of a failure."""
    structlog.configure(
        processors=[
            structlog.processors.format_exc_info,
            structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback),
        ]
    )
