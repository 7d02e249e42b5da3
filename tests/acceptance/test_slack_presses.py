"""Buttons: whose they are, how often they work, and for how long."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.runtime.turn import utc_now
from storage.models import StoredCall, Visit
from tests.acceptance.slack import ANA, BEN, CHANNEL
from tests.acceptance.slack_office import Office, Someone

pytestmark = pytest.mark.acceptance
ME = "<@U0BOT>"


async def logged(shop: Office, ana: Someone) -> None:
    await shop.open_account(ana, "Acme")
    await ana.command("visit Acme, demo")


async def test_a_second_press_says_what_has_happened(shop: Office, ana: Someone) -> None:
    await logged(shop, ana)
    card = shop.control._card("Undo", ANA, None, None)
    button = next(e for b in card["blocks"] for e in b.get("elements", ()) if "value" in e)
    shop.control.server._find_message(shop.control._place(None, ANA), card["ts"], ANA)
    both = [ana.control.presses("Undo"), ana.control.presses("Undo")]
    await asyncio.gather(*both)
    await shop.quiet()
    assert await shop.all(Visit) == []
    assert button["value"]
    assert sum("pressed already" in text for text in ana.control.texts(ANA)) == 1


async def test_somebody_else_s_card_is_not_theirs_to_press(shop: Office, ana: Someone) -> None:
    ben = await shop.hire(BEN, "Ben")
    await logged(shop, ana)
    [card] = shop.control.messages(ANA)
    place = shop.control._place(None, ANA)
    place.members.append(BEN)
    action = next(e for b in card["blocks"] for e in b.get("elements", ()) if "value" in e)
    await shop.control.server.action(
        user=BEN, channel=place.id, message_ts=card["ts"], action_id=action["action_id"]
    )
    await shop.quiet()
    assert len(await shop.all(Visit)) == 1
    ben.sees("someone else's")


async def test_an_expired_button_says_so(shop: Office, ana: Someone) -> None:
    await logged(shop, ana)
    async with shop.database.begin() as session:
        long_ago = utc_now() - timedelta(days=400)
        await session.execute(update(StoredCall).values(expires_at=long_ago))
    await ana.presses("Undo")
    assert len(await shop.all(Visit)) == 1
    ana.sees("no longer works")


async def test_a_whispered_card_works_in_its_place(shop: Office, ana: Someone) -> None:
    await logged(shop, ana)
    await ana.command("account Acme", CHANNEL)
    whispered = ana.whispered()
    assert "Acme" in whispered[-1].text
    label = next(name for name, token in whispered[-1].buttons if token)
    done = await ana.presses(label, CHANNEL)
    assert done["delivery"]["state"] == "acked"
    assert shop.control.texts(BEN, CHANNEL) == []
