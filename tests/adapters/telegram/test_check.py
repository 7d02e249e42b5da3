import json
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.adapters.telegram import check as module
from bot.finding import Finding
from tests.acceptance.fakes import TOKEN
from tests.acceptance.fakes import load as stand_in


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
async def server() -> AsyncIterator[Any]:
    async with stand_in("fake_telegram").FakeTelegram(tokens=[TOKEN]) as server:
        server.config.webhook_policy = "local"
        yield server


async def look(
    server: Any,
    webhook_url: str | None = None,
    *,
    token: str = TOKEN,
    now: Callable[[], datetime] = now,
) -> list[Finding]:
    api = server if isinstance(server, str) else server.base_url.removesuffix("/bot")
    return [finding async for finding in module.look(token, api, webhook_url, now=now)]


def of(part: str, findings: list[Finding]) -> Finding:
    (found,) = [finding for finding in findings if finding.part == part]
    return found


async def test_a_bot_that_is_ready(server: Any) -> None:
    found = await look(server)
    assert [(finding.part, finding.ok) for finding in found] == [
        *(("telegram", True), ("updates", True), ("clock", True)),
    ]
    assert of("telegram", found).says == f"the bot is @{server.bot().info['username']}"


async def test_a_clock_that_telegram_contradicts(server: Any) -> None:
    found = await look(server, now=lambda: now() + timedelta(seconds=90))
    assert not of("clock", found).ok
    assert "s ahead of Telegram's" in of("clock", found).says


async def test_a_token_that_telegram_does_not_know(server: Any) -> None:
    (found,) = [each for each in await look(server, token="654321:" + "B" * 35) if not each.ok]
    assert found.says == "Telegram does not know this token"
    assert "B" * 35 not in str(found)


@pytest.mark.parametrize("fault", [{"kind": "error", "status": 502}, {"kind": "flood"}])
async def test_telegram_in_trouble(server: Any, fault: Any) -> None:
    server.add_fault(**fault)
    found = of("telegram", await look(server))
    assert "does not answer as it should" in found.says
    assert TOKEN not in str(found)


async def test_telegram_is_not_reached() -> None:
    (found,) = await look("http://127.0.0.1:1")
    assert not found.ok
    assert "127.0.0.1:1 does not answer" in found.says
    assert "HTTPS_PROXY" in found.do


async def test_telegram_hangs(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SECONDS", 0.3)
    server.add_fault(kind="hang", seconds=2)
    assert not of("telegram", await look(server)).ok


URL = "https://bot.example.com/hook"


async def set_webhook(server: Any, url: str) -> Any:
    await server._quiet_dispatch(server.bot(), "setwebhook", {"url": url})
    assert server.bot().webhook
    return server.bot().webhook


async def test_a_foreign_webhook_when_polling(server: Any) -> None:
    await set_webhook(server, "https://other.example.com/secret-path")
    found = of("updates", await look(server))
    assert not found.ok
    assert found.says.endswith("at other.example.com")
    assert "salesbot run takes them over" in found.do


@pytest.mark.parametrize(
    "url", ["https://other.example.com/hook", "https://bot.example.com/hooked"]
)
async def test_a_foreign_webhook_in_place_of_ours(server: Any, url: str) -> None:
    await set_webhook(server, url)
    assert not of("updates", await look(server, URL)).ok


@pytest.mark.parametrize("path", ["", "/", "/telegram/webhook"])
async def test_our_own_webhook(server: Any, path: str) -> None:
    await set_webhook(server, URL + path)
    found = of("updates", await look(server, URL))
    assert found == Finding("updates", ok=True, says="come by webhook; 0 updates wait")


async def test_a_webhook_that_is_not_set_yet(server: Any) -> None:
    found = of("updates", await look(server, URL))
    assert found == Finding("updates", ok=True, says="salesbot run will set the webhook")


async def test_a_webhook_that_fails(server: Any) -> None:
    hook = await set_webhook(server, URL)
    hook.last_error = "Wrong response from the webhook: 502 Bad Gateway"
    hook.last_error_date = int(now().timestamp()) - 60
    found = of("updates", await look(server, URL))
    assert "502 Bad Gateway" in found.says
    assert "TELEGRAM_WEBHOOK_URL" in found.do
    hook.last_error_date -= 7200
    assert of("updates", await look(server, URL)).ok


async def test_it_asks_telegram_for_nothing_else(server: Any) -> None:
    await look(server)
    assert [call["method"] for call in server.requests] == ["getme", "getwebhookinfo"]
    assert not server.violations, json.dumps(server.violations)
