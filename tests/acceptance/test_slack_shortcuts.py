"""What is chosen from Slack's own menus: of a message, and from anywhere."""

import pytest

from storage.models import Reminder
from tests.acceptance.slack import ANA, BEN, CHANNEL
from tests.acceptance.slack_office import Office, Someone

pytestmark = pytest.mark.acceptance
BOTH = pytest.mark.parametrize("mode", ["socket", "http"])
SAID = "Met Li Wei at Acme today, demo went well, they want a quote"


@BOTH
async def test_a_message_is_logged_as_a_visit(shop: Office, ana: Someone) -> None:
    await shop.open_account(ana, "Acme")
    ts = shop.control.says(SAID, BEN, CHANNEL)["ts"]
    done = await ana.shortcut("log", channel=CHANNEL, message_ts=ts)
    assert done["delivery"]["state"] == "acked"
    assert ana.filled["account"] == "Acme"
    await ana.submits()
    ana.sees("Logged: Acme")
    assert shop.control.texts(BEN, CHANNEL) == []
    [note] = await shop.notes()
    assert "quote" in note


async def test_a_message_that_says_no_customer_asks_for_one(shop: Office, ana: Someone) -> None:
    await shop.open_account(ana, "Acme")
    ts = shop.control.says("went really well!", BEN, CHANNEL)["ts"]
    await ana.shortcut("log", channel=CHANNEL, message_ts=ts)
    await ana.submits(account="Acme")
    ana.sees("Logged: Acme")


@BOTH
async def test_a_message_is_put_on_one_s_list(shop: Office, ana: Someone) -> None:
    ts = shop.control.says("Send Acme the samples on Friday", BEN, CHANNEL)["ts"]
    await ana.shortcut("remind", channel=CHANNEL, message_ts=ts)
    if shop.control.windows():
        await ana.submits()
    [kept] = await shop.all(Reminder)
    assert "samples" in kept.text
    ana.sees("samples")


async def test_the_form_is_there_from_anywhere(shop: Office, ana: Someone) -> None:
    await shop.open_account(ana, "Acme")
    await ana.shortcut("visit")
    assert "Which customer was it?" in ana.window.text
    await ana.submits(account="Acme")
    ana.sees("Logged: Acme")


async def test_a_guest_is_told_in_the_window(shop: Office) -> None:
    kim = Someone(shop, ANA)
    await kim.shortcut("visit")
    assert "invitation" in kim.window.text
    assert await shop.notes() == []
