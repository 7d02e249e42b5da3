import asyncio
import json
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import pytest
from aiohttp import ClientSession, web

from bot.adapters.telegram import Telegram, Webhook, register
from bot.adapters.telegram.webhook import LARGEST, SECRET_HEADER
from bot.runtime.adapter import Rejected
from tests.acceptance.fakes import ANA, Control
from tests.adapters.telegram.conftest import FakeInbox, until
from tests.adapters.telegram.updates import message

SECRET = "a-long-secret"
PUBLIC = "https://bot.example.com"


@pytest.fixture
async def address(inbox: FakeInbox) -> AsyncIterator[str]:
    app = web.Application(client_max_size=10 * LARGEST)
    app.router.add_post("/telegram", Webhook("123456", SECRET, inbox).receive)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def post(address: str, body: Any, secret: str = SECRET) -> int:
    data = BytesIO(body if isinstance(body, bytes) else json.dumps(body).encode())
    headers = {SECRET_HEADER: secret} if secret else {}
    async with (
        ClientSession() as session,
        session.post(f"{address}/telegram", data=data, headers=headers) as response,
    ):
        return response.status


async def test_an_update_is_committed_then_acknowledged(address: str, inbox: FakeInbox) -> None:
    assert await post(address, message("hi")) == 200
    assert inbox.rows["9"].chat == "telegram:123456:7001"
    assert inbox.cursors == [], "a webhook has no place to go on from"


@pytest.mark.parametrize("secret", ["", "wrong", SECRET + "x", "é"])
async def test_without_the_secret_nothing_is_read(
    address: str, inbox: FakeInbox, secret: str
) -> None:
    assert await post(address, message("hi"), secret) == 401
    assert inbox.takes == 0


async def test_a_webhook_without_a_secret_refuses_everything(inbox: FakeInbox) -> None:
    assert not Webhook("1", "", inbox)._knows("")


async def test_what_could_not_be_committed_is_sent_again(address: str, inbox: FakeInbox) -> None:
    inbox.fails = 1

    assert await post(address, message("hi")) == 500
    assert await post(address, message("hi")) == 200


async def test_nonsense(address: str, inbox: FakeInbox) -> None:
    assert await post(address, b"not JSON") == 400
    assert await post(address, b"[" * 100_000) == 400
    assert await post(address, b"x" * (LARGEST + 1)) == 413
    assert await post(address, {"message": {}}) == 200, "sending it again would not help"
    assert inbox.rows == {}


async def test_telegram_delivers_to_it(
    address: str, inbox: FakeInbox, telegram: Telegram, control: Control
) -> None:
    server = control.server
    server.config.webhook_routes[PUBLIC] = address
    server.config.webhook_retry_scale = 0.01
    inbox.fails = 2
    control.breaks("webhook_lost_ack", times=3)
    await register(telegram, f"{PUBLIC}/telegram", SECRET)
    for n in range(30):
        control.says(str(n), ANA + n % 3)
    await until(lambda: not control.pending)

    assert len(inbox.rows) == 30
    assert control.violations == []
    assert server.bot().allowed == {
        "message", "edited_message", "callback_query", "my_chat_member",
    }  # fmt: skip


async def test_registering_from_many_processes_at_once(
    telegram: Telegram, control: Control
) -> None:
    control.breaks("error", status=502, method="setWebhook", times=1)
    await asyncio.gather(*(register(telegram, f"{PUBLIC}/telegram", SECRET) for _ in range(3)))

    assert control.server.bot().webhook.secret == SECRET


async def test_an_address_that_telegram_refuses_is_said_at_once(telegram: Telegram) -> None:
    with pytest.raises(Rejected, match=r"(?i)https"):
        await register(telegram, "http://bot.example.com/telegram", SECRET)
