import pytest

from tests.simulation.conftest import need
from tests.simulation.crash import PLATFORMS
from tests.simulation.scene import Scene

pytestmark = pytest.mark.acceptance
EACH = pytest.mark.parametrize("platform", PLATFORMS, indirect=True)


@EACH
@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_one_receives_and_another_answers(scene: Scene) -> None:
    need("postgresql")
    scene.bot.roles = "receive"
    await scene.start()
    await scene.helper("work,deliver")
    await scene.feed(60)
    await scene.settle()
    assert await scene.problems() == []
    assert await scene.doubled() == 0


@EACH
@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_one_works_and_another_delivers(scene: Scene) -> None:
    need("postgresql")
    scene.bot.roles = "receive,work"
    await scene.start()
    await scene.helper("deliver")
    await scene.feed(60)
    await scene.settle()
    assert await scene.problems() == []
    assert await scene.doubled() == 0


@EACH
@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_another_takes_over_from_one_that_is_stopped(scene: Scene) -> None:
    need("postgresql")
    await scene.start()
    await scene.helper("receive,work,deliver")
    await scene.feed(30)
    assert await scene.bot.stop() == 0
    await scene.feed(30)
    await scene.settle()
    assert await scene.problems() == []
    assert await scene.doubled() == 0
    assert await scene.platform.violations() == []
