"""The home tab: what is to do, kept up to date wherever things are done."""

import pytest

from storage.models import Reminder
from tests.acceptance.slack import ANA
from tests.acceptance.slack_office import Office, Someone

pytestmark = pytest.mark.acceptance
BOTH = pytest.mark.parametrize("mode", ["socket", "http"])


@BOTH
async def test_it_shows_what_is_to_do_and_strikes_it_off(shop: Office, ana: Someone) -> None:
    await ana.command("remind send the samples today")
    await ana.opens_home()
    home = shop.control.home()
    assert "send the samples" in home.text
    [done] = [label for label, _ in home.buttons if "Done" in label or "✓" in label]
    await ana.presses(done, home=True)
    [kept] = await shop.all(Reminder)
    assert kept.done_at
    assert done not in dict(shop.control.home().buttons)


async def test_it_is_drawn_anew_after_a_visit_logged_elsewhere(shop: Office, ana: Someone) -> None:
    await shop.open_account(ana, "Acme")
    await ana.opens_home()
    before = shop.control.home().text
    await ana.command("visit Acme, demo next: send the quote on Friday")
    after = shop.control.home().text
    assert before != after
    assert len(shop.control.calls("views.publish")) == 2


async def test_a_guest_s_home_shows_the_way_in(shop: Office) -> None:
    kim = Someone(shop, ANA)
    await kim.opens_home()
    assert "invitation" in shop.control.home().text


async def test_the_messages_tab_draws_nothing(shop: Office, ana: Someone) -> None:
    shop.control.server.open_home(user=ana.user, tab="messages")
    await shop.quiet()
    assert shop.control.calls("views.publish") == []


async def test_a_form_is_opened_from_it_and_it_shows_what_came_of_it(
    shop: Office, ana: Someone
) -> None:
    await shop.open_account(ana, "Acme")
    await ana.opens_home()
    await ana.presses("Log a visit", home=True)
    assert "Which customer was it?" in ana.window.text
    await ana.submits(account="Acme")
    assert shop.control.windows() == 0
    ana.sees("Logged: Acme")
    assert "Acme" in shop.control.home().text
