from collections.abc import AsyncIterator

import pytest

from bot.adapters.slack.client import Slack
from storage.engine import Database
from tests.acceptance.slack import BOT_TOKEN, Control, slack_control, slack_server
from tests.adapters.slack.taking import Door, at_the_door

__all__ = ["slack_control", "slack_server"]


@pytest.fixture
async def door(database: Database) -> AsyncIterator[Door]:
    """The way in, in front of an empty inbox."""
    async with at_the_door(database) as found:
        yield found


@pytest.fixture
async def slack(slack_control: Control) -> AsyncIterator[Slack]:
    """The adapter, connected to a stand-in that takes any number of messages."""
    slack_control.server.config.rate_limits = False
    adapter = await Slack.connect(BOT_TOKEN, slack_control.server.base_url)
    yield adapter
    await adapter.close()
