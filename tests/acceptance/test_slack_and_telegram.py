"""One person on two platforms is one person."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from storage.engine import Database
from storage.models import Identity, Person
from tests.acceptance import fakes
from tests.acceptance.fakes import telegram_server
from tests.acceptance.slack import ANA, Control
from tests.acceptance.slack_office import Office, Someone, office

__all__ = ["telegram_server"]
pytestmark = pytest.mark.acceptance


@pytest.fixture
async def shop(
    slack_control: Control, telegram_server: Any, database: Database
) -> AsyncIterator[Office]:
    telegram_server.add_chat(fakes.ANA)
    async with office(slack_control, database, telegram=telegram_server.url) as found:
        yield found
    assert slack_control.violations == []


async def test_what_is_logged_on_one_is_seen_on_the_other(
    shop: Office, telegram_server: Any
) -> None:
    phone = fakes.Control(telegram_server)
    code = await shop.invites("Kim")
    kim = Someone(shop, ANA)
    await kim.command(f"join {code}")
    kim.sees("Welcome, Kim")
    phone.says(f"/start {code}")
    await phone.answer(0, timeout=20)
    [person] = await shop.all(Person)
    found = await shop.all(Identity)
    assert {(each.platform, each.person_id) for each in found} == {
        ("slack", person.id),
        ("telegram", person.id),
    }

    await shop.open_account(Someone(shop, ANA, person), "Acme")
    await kim.opens_home()
    drawn = len(shop.control.calls("views.publish"))
    seen = telegram_server.event_seq
    phone.says("/visit Acme, demo, went well")
    answered = await phone.answer(seen, timeout=20)
    assert "Logged: Acme" in answered["message"]["text"]
    await shop.quiet()
    assert len(shop.control.calls("views.publish")) == drawn + 1
    assert "Acme" in shop.control.home().text
    await kim.command("account Acme")
    kim.sees("Acme")
    await kim.says("undo")
    assert await shop.notes() == []
