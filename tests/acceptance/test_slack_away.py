"""Slack is away when the bot starts: who is there is served, and Slack as soon as it is back."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

import handlers
from bot.assembly import Parts
from bot.command_line import platforms as module
from bot.command_line.platforms import joined, platforms
from bot.commands import Defaults, collect
from bot.jobs import collect_jobs
from bot.runtime.adapter import Rejected
from bot.runtime.process import Roles
from bot.runtime.turn import utc_now
from bot.settings import load
from storage.engine import Database
from storage.inbox import Arrival, insert_arrivals
from storage.models import Update
from tests.acceptance import fakes
from tests.acceptance.fakes import telegram_server
from tests.acceptance.slack import ANA, PATIENCE, TEAM, Control
from tests.acceptance.slack_office import ZONE, Office, _address, _environment
from tests.simulation.standin import free_port

__all__ = ["telegram_server"]
pytestmark = pytest.mark.acceptance


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FIRST_PAUSE", 0.05)
    monkeypatch.setattr(module, "LONGEST_PAUSE", 0.05)


@asynccontextmanager
async def begun(
    control: Control, database: Database, mode: str = "socket", telegram: str = ""
) -> AsyncIterator[Office]:
    """The bot, begun as `run` begins it."""
    port = free_port()
    env = dict(_environment(control, mode))
    if telegram:
        env |= {"TELEGRAM_BOT_TOKEN": fakes.TOKEN, "TELEGRAM_API_URL": telegram}
    settings = load(env, None)
    control.server.config.update({"mode": mode, "request_url": _address(port)})
    parts = Parts(
        database, collect(handlers), collect_jobs(handlers), Defaults("en", ZONE), Roles()
    )
    async with (
        joined(parts, list(platforms(parts, settings))),
        parts.running("127.0.0.1", port),
    ):
        yield Office(control, database, parts, port)


async def left_over(office: Office) -> None:
    """A message that came in before the bot stopped, and was not answered."""
    event = {"type": "message", "channel": "D1", "channel_type": "im", "user": ANA}
    event |= {"text": "me", "ts": "1700000000.000100"}
    payload = json.dumps({"type": "event_callback", "team_id": TEAM, "event": event})
    async with office.database.begin() as session:
        rows = [Arrival("Ev1", f"slack:{TEAM}:{ANA}", payload)]
        await insert_arrivals(session, "slack", TEAM, rows, utc_now())


async def state(office: Office) -> str:
    async with office.database.read() as session:
        query = select(Update.state).where(Update.external_id == "Ev1")
        return (await session.scalars(query)).one()


async def until_reached(office: Office) -> None:
    async with asyncio.timeout(PATIENCE):
        while office.parts.awaited:  # noqa: ASYNC110 - it has no event
            await asyncio.sleep(0.01)


async def status(office: Office, path: str, method: str = "GET") -> int:
    url = f"http://127.0.0.1:{office.port}{path}"
    async with aiohttp.ClientSession() as http, http.request(method, url) as answer:
        return answer.status


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_telegram_is_served_meanwhile_and_slack_when_it_is_back(
    slack_control: Control, database: Database, telegram_server: Any, mode: str
) -> None:
    slack_control.breaks("error", "auth.test", error="service_unavailable")
    phone = fakes.Control(telegram_server)
    telegram_server.add_chat(fakes.ANA)
    with capture_logs() as logs:
        async with begun(slack_control, database, mode, telegram_server.url) as office:
            assert await status(office, "/healthz") == 200
            assert await status(office, "/slack/events", "POST") == 503
            ana = await office.hire()
            await left_over(office)
            phone.says("/help")
            await phone.answer(0, timeout=20)
            assert await state(office) == "new"

            slack_control.heals()
            await until_reached(office)
            if mode == "socket":
                await office.connected()
            await office.quiet()
            assert await state(office) == "done"
            ana.sees("This month")
            await ana.says("help")
            assert len(slack_control.texts()) == 2
            found = await status(office, "/slack/events", "POST")
            assert found == (404 if mode == "socket" else 401)
            assert await status(office, "/elsewhere", "POST") == 404
    told = [each for each in logs if each["event"] == "platform_not_reached"]
    assert {(each["platform"], each["error"]) for each in told} == {
        ("slack", "service_unavailable")
    }


async def test_slack_alone_is_waited_for_by_a_bot_that_lives(
    slack_control: Control, database: Database
) -> None:
    slack_control.breaks("error", "auth.test", error="service_unavailable")
    async with begun(slack_control, database) as office:
        ana = await office.hire()
        assert await status(office, "/healthz") == 200
        slack_control.heals()
        await until_reached(office)
        await office.connected()
        await ana.says("me")
        ana.sees("This month")


async def test_an_app_that_was_removed_stops_nobody_else(
    slack_control: Control, database: Database, telegram_server: Any
) -> None:
    slack_control.breaks("error", "auth.test", error="account_inactive")
    telegram_server.add_chat(fakes.ANA)
    phone = fakes.Control(telegram_server)
    with capture_logs() as logs:
        async with begun(slack_control, database, telegram=telegram_server.url) as office:
            await left_over(office)
            phone.says("/help")
            await phone.answer(0, timeout=20)
            assert await state(office) == "new"
    [line] = [each for each in logs if each["event"] == "platform_not_reached"]
    assert line["log_level"] == "error"
    assert "account_inactive" in line["error"]
    assert "Install App" in line["error"]


async def test_where_nobody_lets_it_in_it_ends_and_says_why(
    slack_control: Control, database: Database
) -> None:
    slack_control.breaks("error", "auth.test", error="token_revoked")
    with pytest.raises(Rejected, match="Install App"):
        async with begun(slack_control, database):
            raise AssertionError("it has begun")
