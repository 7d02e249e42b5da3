from collections.abc import AsyncIterator

import pytest

from bot.adapters.slack import intake
from storage.engine import Database
from tests.acceptance.slack import Control, slack_control, slack_server
from tests.acceptance.slack_office import Office, Someone, office

__all__ = ["slack_control", "slack_server"]


@pytest.fixture
def mode() -> str:
    """How Slack reaches the bot: a test of both asks for it with other values."""
    return "socket"


@pytest.fixture
async def shop(
    slack_control: Control, database: Database, mode: str, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Office]:
    """The bot at work; whatever it does, Slack has nothing to complain about.

    A form waits almost as long as Slack does: these machines are busy.
    """
    monkeypatch.setattr(intake, "PATIENCE", 2.5)
    async with office(slack_control, database, mode=mode) as found:
        yield found
    assert slack_control.violations == []


@pytest.fixture
async def ana(shop: Office) -> Someone:
    return await shop.hire()
