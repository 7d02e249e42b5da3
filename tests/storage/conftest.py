"""Databases without any table yet, and migrations that a test may add to."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from storage import migrate
from storage.engine import Database, connect

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "")


@asynccontextmanager
async def own_postgres() -> AsyncIterator[str]:
    """A PostgreSQL database for one test."""
    if not POSTGRES:
        pytest.skip("TEST_POSTGRES_URL is not set")
    name = f"migrate_{uuid4().hex}"
    server = create_async_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    async with server.connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)
    finally:
        async with server.connect() as connection:
            await connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        await server.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
async def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'sales.db'}"
        return
    async with own_postgres() as address:
        yield address


@pytest.fixture
async def bare(bare_url: str) -> AsyncIterator[Database]:
    database = connect(bare_url)
    yield database
    await database.close()


@pytest.fixture
async def bare_file(tmp_path: Path) -> AsyncIterator[Database]:
    database = connect(f"sqlite+aiosqlite:///{tmp_path / 'sales.db'}")
    yield database
    await database.close()


@pytest.fixture
def migrations(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A copy of the migrations that a test may add to."""
    copy = tmp_path / "migrations"
    shutil.copytree(migrate.LOCATION, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(migrate, "LOCATION", copy)
    return copy
