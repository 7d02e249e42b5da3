from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import web

from bot.adapters.slack import check as module
from bot.adapters.slack.check import App
from bot.adapters.slack.scopes import NEEDED
from bot.finding import Finding
from bot.web import serve
from tests.acceptance.fakes import load as stand_in

BOT, APP = "xoxb-test", "xapp-test"


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
async def server() -> AsyncIterator[Any]:
    async with stand_in("fake_slack").FakeSlack() as server:
        server.config.scopes = [*NEEDED]
        yield server


def app(server: Any, *, bot: str = BOT, socket: str = APP, signed: bool = False) -> App:
    return App(server if isinstance(server, str) else server.base_url, bot, socket, signed=signed)


async def look(app: App, now: Callable[[], datetime] = now) -> list[Finding]:
    found = [finding async for finding in module.look(app, now=now)]
    assert all(finding.ok or finding.do for finding in found)
    assert not any(secret in str(found) for secret in (app.bot_token, app.app_token) if secret)
    return found


def of(part: str, findings: list[Finding]) -> Finding:
    (found,) = [finding for finding in findings if finding.part == part]
    return found


async def test_an_app_that_is_ready(server: Any) -> None:
    found = await look(app(server))
    assert all(finding.ok and not finding.do for finding in found)
    assert [f"{finding.part}: {finding.says}" for finding in found] == [
        f"slack: the bot is @{server.team().users['U0BOT']['name']} in {server.team().name}",
        "scopes: all that are needed are granted",
        "events: come by Socket Mode",
        "clock: agrees with Slack's",
    ]


async def test_it_asks_slack_for_nothing_else(server: Any) -> None:
    await look(app(server))
    called = [call["method"] for call in server.requests]
    assert called == ["auth.test", "apps.connections.open"]
    assert not server.violations


async def test_with_a_signing_secret_alone_slack_calls_the_bot(server: Any) -> None:
    found = of("events", await look(app(server, socket="", signed=True)))
    assert found.ok
    assert "/slack/events" in found.says
    assert [call["method"] for call in server.requests] == ["auth.test"]


async def test_with_both_it_is_socket_mode(server: Any) -> None:
    found = of("events", await look(app(server, signed=True)))
    assert found.says == "come by Socket Mode; SLACK_SIGNING_SECRET is not used with it"


async def test_scopes_that_were_not_granted(server: Any) -> None:
    server.config.scopes = ["users:read", *set(NEEDED) - {"app_mentions:read", "files:read"}]
    found = of("scopes", await look(app(server)))
    assert not found.ok
    assert found.says == (
        f"it can't {NEEDED['app_mentions:read']} (app_mentions:read),"
        f" {NEEDED['files:read']} (files:read)"
    )
    assert found.do.startswith("Add app_mentions:read, files:read in your Slack app")
    assert "reinstall" in found.do


async def test_where_scopes_are_not_told_that_is_said(server: Any) -> None:
    server.config.scopes = []
    found = of("scopes", await look(app(server)))
    assert found.ok
    assert "not checked" in found.says


async def test_a_token_that_slack_does_not_know(server: Any) -> None:
    (found,) = await look(app(server, bot="xoxb-unknown"))
    assert found.says == "Slack does not know this token"
    assert "OAuth & Permissions" in found.do


@pytest.mark.parametrize("reason", ["account_inactive", "token_revoked"])
async def test_an_app_that_was_removed(server: Any, reason: str) -> None:
    server.add_fault(kind="error", method="auth.test", error=reason)
    (found,) = await look(app(server))
    assert found.says == f"the app is not installed any more ({reason})"
    assert "Install App" in found.do


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("invalid_auth", "Slack does not know the app's token"),
        ("missing_scope", "the app's token may not connect: it lacks connections:write"),
        ("forbidden_team", "Slack opens no connection: forbidden_team"),
    ],
)
async def test_an_app_token_that_opens_no_connection(server: Any, reason: str, said: str) -> None:
    server.add_fault(kind="error", method="apps.connections.open", error=reason)
    found = await look(app(server))
    assert of("slack", found).ok
    assert of("events", found).says == said
    assert "connections:write" in of("events", found).do


async def test_an_app_token_of_nobody(server: Any) -> None:
    assert not of("events", await look(app(server, socket="xapp-unknown"))).ok


async def test_a_clock_that_slack_contradicts(server: Any) -> None:
    found = await look(app(server), lambda: now() - timedelta(seconds=90))
    assert not of("clock", found).ok
    assert "s behind Slack's" in of("clock", found).says


FAULTS = [
    {"kind": "error", "status": 503, "error": "busy"},
    {"kind": "error", "error": "fatal_error"},
    {"kind": "ratelimited"},
    {"kind": "reset"},
]


@pytest.mark.parametrize("fault", FAULTS)
async def test_slack_in_trouble(server: Any, fault: Any) -> None:
    server.add_fault(**fault)
    (found,) = await look(app(server))
    assert " does not answer as it should: " in found.says
    assert "HTTPS_PROXY" in found.do
    assert len(server.requests) == 1


async def test_slack_is_not_reached() -> None:
    (found,) = await look(app("http://127.0.0.1:1/api/"))
    assert found.says.startswith("127.0.0.1:1 does not answer as it should: ")


async def test_slack_hangs(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SECONDS", 0.3)
    server.add_fault(kind="hang", seconds=2)
    (found,) = await look(app(server))
    assert "TimeoutError" in found.says


@asynccontextmanager
async def answering(**response: Any) -> AsyncIterator[App]:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(**response)

    served = web.Application()
    served.add_routes([web.post("/api/auth.test", answer)])
    async with serve(served, "127.0.0.1", 0) as port:
        yield app(f"http://127.0.0.1:{port}/api/", socket="", signed=True)


@pytest.mark.parametrize(
    "response",
    [
        {"text": "a proxy's own page"},
        {"text": "<html>", "content_type": "text/html"},
        {"text": "[1]", "content_type": "application/json"},
        {"text": "{", "content_type": "application/json"},
        {"body": b"\xff", "content_type": "application/json"},
        {"status": 502, "text": "bad gateway"},
        {"status": 204},
    ],
)
async def test_what_is_not_slack(response: Any) -> None:
    async with answering(**response) as proxied:
        (found,) = await look(proxied)
    assert "does not answer as it should: " in found.says


async def test_a_date_that_cannot_be_read_is_no_clock() -> None:
    body = '{"ok": true, "user": "salesbot", "team": "Acme"}'
    headers = {"Date": "soon", "x-oauth-scopes": ", ".join(NEEDED)}
    async with answering(text=body, content_type="application/json", headers=headers) as proxied:
        found = await look(replace(proxied, signed=True))
    assert [finding.part for finding in found] == ["slack", "scopes", "events"]
    assert of("slack", found).says == "the bot is @salesbot in Acme"
    assert of("scopes", found).ok
