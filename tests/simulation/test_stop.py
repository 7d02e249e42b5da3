import asyncio

import pytest

from storage.models import DeliveryState
from tests.simulation import checks
from tests.simulation.crash import PLATFORMS
from tests.simulation.scene import Scene

pytestmark = pytest.mark.acceptance
EACH = pytest.mark.parametrize("platform", PLATFORMS, indirect=True)


@EACH
async def test_asked_to_stop_it_sends_what_is_in_hand_and_leaves_the_rest(scene: Scene) -> None:
    await scene.start()
    await scene.feed(60)
    await asyncio.sleep(0.3)

    assert await scene.bot.stop() == 0

    assert await checks.unsent(scene.database, DeliveryState.SENDING) == 0
    await scene.start()
    await scene.settle()
    assert await scene.problems() == []
    assert await scene.doubled() == 0


@EACH
async def test_stopped_while_idle_it_leaves_without_a_complaint(scene: Scene) -> None:
    await scene.start()
    assert await scene.bot.stop() == 0
    assert [line for line in scene.bot.lines if line.get("level") == "error"] == []
