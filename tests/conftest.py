"""What all tests share: a database of their own, and a small company on it."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import structlog
from hypothesis import settings

from storage.engine import Database
from tests.fresh import (
    DATABASES,
    _nothing_left_behind,  # noqa: F401 - a fixture
    on_postgres,
    on_sqlite,
)
from tests.talk import Company, Phone

settings.register_profile("noisy", deadline=None)  # nothing is timed: machines are noisy
# In CI the same examples each time: a change is judged by what it changed, not by the dice.
settings.register_profile("same", parent=settings.get_profile("noisy"), derandomize=True)
settings.load_profile("same" if os.environ.get("CI") else "noisy")


@pytest.fixture(params=DATABASES)
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """An empty database: a file of SQLite, and a schema of PostgreSQL where there is one."""
    async with on_sqlite(tmp_path) if request.param == "sqlite" else on_postgres() as opened:
        yield opened


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
