"""What is exported and taken in elsewhere is the same again."""

import tempfile
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.tables.exporting import Format
from services.tables.plans import Outcome
from storage.engine import Database
from tests.fresh import DATABASES, on_postgres, on_sqlite
from tests.services.tables.companies import company
from tests.services.tables.kit import all_taken, exported, hired, read_back

LOOPED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def opened(kind: str) -> AbstractAsyncContextManager[Database]:
    return on_sqlite(Path(tempfile.mkdtemp())) if kind == "sqlite" else on_postgres()


async def round_trip(kind: str, seed: int, language: str, form: Format) -> None:
    async with opened(kind) as database:
        boss = await hired(database, "The Boss of All")
        await company(database, seed)
        first = await exported(database, boss, language, form)
    tables = read_back(first, form)
    async with opened(kind) as database:
        boss = await hired(database, "The Boss of All")
        for plan in await all_taken(database, boss, tables, language):
            assert [(s.label, s.reason) for s in plan.skipped] == []
            assert plan.matches == []
        second = await exported(database, boss, language, form)
        assert read_back(second, form) == tables
        for plan in await all_taken(database, boss, tables, language):
            assert set(plan.counts) <= {Outcome.SAME}, plan.noun.name


@pytest.mark.parametrize("form", list(Format))
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", DATABASES)
@given(seed=st.integers(0, 10**6))
@settings(max_examples=4, suppress_health_check=LOOPED)
async def test_export_and_import_is_the_identity(
    kind: str, language: str, form: Format, seed: int
) -> None:
    await round_trip(kind, seed, language, form)
