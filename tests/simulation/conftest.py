"""The bot and the stand-in, each in a process of its own, for tests of the whole."""

from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

import pytest

from storage.engine import Database, connect
from tests.fresh import POSTGRES
from tests.simulation.crash import PLATFORMS
from tests.simulation.databases import fresh, hire
from tests.simulation.platforms import Platform
from tests.simulation.process import BotProcess
from tests.simulation.scene import Scene
from tests.simulation.standin import FAKE

PEOPLE = range(7001, 7021)


def need(kind: str) -> None:
    """Skip the test where it has nothing to run on."""
    if not FAKE.exists():
        pytest.skip(f"the stand-in is not at {FAKE}")
    if kind == "postgresql" and not POSTGRES:
        pytest.skip("TEST_POSTGRES_URL is not set")


@pytest.fixture
async def platform(request: pytest.FixtureRequest) -> AsyncIterator[Platform]:
    """Telegram, unless the test asks for another one."""
    need("")
    opened, _ = PLATFORMS[getattr(request, "param", "telegram")]
    async with opened() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
async def url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The URL of a database of the test's own."""
    need(request.param)
    async with fresh(request.param, tmp_path) as found:
        yield found


@pytest.fixture
async def store(url: str, platform: Platform) -> AsyncIterator[Database]:
    """The bot's database, to look into; twenty reps work there."""
    database = connect(url)
    await hire(database, platform, PEOPLE)
    yield database
    await database.close()


@pytest.fixture
async def scene(
    platform: Platform, url: str, store: Database, tmp_path: Path
) -> AsyncIterator[Scene]:
    """A bot that is not started yet, and its people."""
    _, stream = PLATFORMS[platform.name]
    bot = BotProcess(url, platform.settings, tmp_path)
    found = Scene(platform, store, bot, PEOPLE, stream(platform, PEOPLE, Random(7)))
    yield found
    await found.close()
