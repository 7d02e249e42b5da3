"""Telegram calls the bot, instead of being asked."""

import pytest
from aiohttp import ClientSession

from tests.simulation.scene import Scene
from tests.simulation.standin import free_port

pytestmark = pytest.mark.acceptance
PUBLIC = "https://bot.example.com"


@pytest.fixture
async def port(scene: Scene) -> int:
    """The bot's own port, which the public address leads to."""
    port = free_port()
    routes = {PUBLIC: f"http://127.0.0.1:{port}"}
    await scene.telegram.call("PATCH", "config", {"webhook_routes": routes})
    scene.bot.more = {
        "HTTP_PORT": str(port),
        "TELEGRAM_WEBHOOK_URL": PUBLIC,
        "TELEGRAM_WEBHOOK_SECRET": "a-secret-of-the-test",
    }
    return port


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_updates_come_by_webhook_and_each_is_answered_once(scene: Scene, port: int) -> None:
    await scene.start()
    await scene.feed(40)
    await scene.settle()
    assert await scene.problems() == []
    assert await scene.doubled() == 0
    assert await scene.telegram.violations() == []
    assert await scene.telegram.requests("getUpdates") == []
    async with ClientSession() as http:
        forged = f"http://127.0.0.1:{port}/telegram/webhook"
        async with http.post(forged, json={"update_id": 1}) as answer:
            assert answer.status == 401


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_what_came_while_the_bot_was_dead_comes_again(scene: Scene, port: int) -> None:
    assert port
    await scene.telegram.call("PATCH", "config", {"webhook_retry_scale": 0.05})
    await scene.start()
    await scene.feed(10)
    await scene.bot.kill()
    for chat in scene.chats[:5]:
        await scene.telegram.says(chat, "/me")
    await scene.start()
    await scene.settle()
    for chat in scene.chats[:5]:
        assert any("Role" in text for text in await scene.telegram.texts(chat))
