import asyncio
from typing import Any

import pytest
from aiohttp import ClientSession
from sqlalchemy import func, select

from storage.models import Update, UpdateState
from tests.simulation.crash import PLATFORMS
from tests.simulation.scene import Scene
from tests.simulation.standin import TOKEN

pytestmark = pytest.mark.acceptance
MANY = 40


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("kind", "method", "more", "doubles"),
    [
        ("error", "sendMessage", {"times": 6}, 0),
        ("reset", "sendMessage", {"times": 6}, 0),
        ("lost", "sendMessage", {"times": 4}, 4),
        ("slow_response", "sendMessage", {"times": 6, "seconds": 1.0}, 0),
        ("delay", "send*", {"times": 6, "seconds": 1.0}, 0),
        ("flood", "sendMessage", {"times": 1, "retry_after": 2}, 0),
        ("error", "getUpdates", {"times": 2}, 0),
        ("error", "getUpdates", {"times": 2, "status": 200, "body": "<html>"}, 0),
        ("reset", "getUpdates", {"times": 2}, 0),
        ("lost", "getUpdates", {"times": 4}, 0),
        ("error", "answerCallbackQuery", {"times": 4}, 0),
        ("lost", "editMessageText", {"times": 4}, 0),
    ],
)
async def test_trouble_is_waited_out(
    scene: Scene, kind: str, method: str, more: dict[str, Any], doubles: int
) -> None:
    await scene.start()
    await scene.feed(10)
    await scene.telegram.breaks(kind, method=method, **more)
    await scene.feed(MANY)
    await scene.settle()
    assert await scene.problems() == []
    # An answer that was lost may mean that a reply is sent again: people rather read it twice.
    assert await scene.doubled() <= doubles


async def test_a_second_poller_is_outlasted(scene: Scene) -> None:
    await scene.start()
    async with ClientSession() as http:
        for _ in range(5):
            address = f"{scene.telegram.url}/bot{TOKEN}/getUpdates"
            async with http.post(address, data={"timeout": "0"}):
                await scene.feed(5)
    await scene.settle()
    assert await scene.problems() == []
    assert await scene.doubled() == 0


async def test_what_cannot_be_read_is_put_aside_and_counted(scene: Scene) -> None:
    await scene.start()
    nobody = {
        "message_id": 1,
        "date": 1_800_000_000,
        "chat": {"id": scene.chats[0], "type": "private"},
        "text": "/visit",
    }
    await scene.telegram.call("POST", "update", {"update": {"message": nobody}})
    await scene.feed(MANY)
    await scene.settle()

    wrong = [each for each in await scene.problems() if UpdateState.QUARANTINED not in each]
    assert wrong == []
    async with scene.database.read() as session:
        query = select(func.count()).where(Update.state == UpdateState.QUARANTINED)
        assert await session.scalar(query) == 1
    [running] = scene.bot.said("running")
    async with (
        ClientSession() as http,
        http.get(f"http://127.0.0.1:{running['port']}/metrics") as page,
    ):
        counted = [line for line in (await page.text()).splitlines() if "quarantined" in line]
    assert any(line.endswith(" 1.0") and "telegram" in line for line in counted)


@pytest.mark.parametrize("platform", PLATFORMS, indirect=True)
async def test_a_platform_that_is_away_when_the_bot_starts_is_waited_for(scene: Scene) -> None:
    method = {"telegram": "getMe", "slack": "auth.test"}[scene.platform.name]
    await scene.platform.breaks("error", method=method, status=503, times=2)
    await scene.bot.start()
    await asyncio.sleep(0)
    await scene.feed(5)
    await scene.bot.running()
    await scene.settle()
    assert await scene.problems() == []
