"""People who can't be reached any more, and channels that the bot was taken out of."""

import pytest

from storage.models import Identity
from tests.acceptance.slack import ANA, BEN, CHANNEL
from tests.acceptance.slack_office import Office, Someone

pytestmark = pytest.mark.acceptance


@pytest.mark.parametrize("error", ["user_disabled", "channel_not_found", "user_not_found"])
async def test_who_is_gone_is_marked_as_such(shop: Office, ana: Someone, error: str) -> None:
    shop.control.breaks("error", "chat.postMessage", error=error)
    await ana.says("me")
    assert [each.reachable for each in await shop.all(Identity)] == [False]
    shop.control.heals()
    await ana.says("me")
    ana.sees("This month")


async def test_the_bot_is_taken_out_of_a_channel(shop: Office, ana: Someone) -> None:
    await shop.open_account(ana, "Acme")
    place = shop.control._place(CHANNEL, ANA)
    shop.control.says("<@U0BOT> visit Acme, demo", ANA, CHANNEL)
    place.members.remove(shop.control.server.team().bot_user)
    await shop.quiet()
    ana.sees("Acme")
    assert [each.reachable for each in await shop.all(Identity)] == [True]
    assert shop.control.texts(BEN, CHANNEL) == []
