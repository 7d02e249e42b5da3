from collections.abc import AsyncIterator

import pytest

from storage.engine import Database
from tests.acceptance.slack import slack_control, slack_server
from tests.adapters.slack.taking import Door, at_the_door

__all__ = ["slack_control", "slack_server"]


@pytest.fixture
async def door(database: Database) -> AsyncIterator[Door]:
    """The way in, in front of an empty inbox."""
    async with at_the_door(database) as found:
        yield found
