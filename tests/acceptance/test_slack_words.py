"""Plain words, to the bot alone and in a channel."""

import pytest

from storage.models import Visit
from tests.acceptance.slack import ANA, BEN, CHANNEL
from tests.acceptance.slack_office import Office, Someone

pytestmark = pytest.mark.acceptance
ME = "<@U0BOT>"
NASTY = (
    "<!channel> <@U0BEN> <#C0TEAM>",
    "*Bold* _& Sons_ ~gone~ `code`",
    "http://evil.example evil.com @here #team",
    "<http://evil.example|click me> &lt;!here&gt;",
    "> quoted ``` :smile: :100:",
)


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_plain_words_are_looked_over_saved_and_taken_back(
    shop: Office, ana: Someone
) -> None:
    await shop.open_account(ana, "Acme")
    await ana.says("visited Acme today, demo went well")
    ana.sees("What I understood", "Acme")
    assert await shop.all(Visit) == []
    await ana.presses("Save")
    ana.sees("Logged: Acme")
    assert ana.count == 1, "the card itself says it"
    assert len(await shop.all(Visit)) == 1
    await ana.presses("Undo")
    assert await shop.all(Visit) == []
    assert ana.count == 1


async def test_a_mention_is_answered_below_it_for_the_asker_alone(
    shop: Office, ana: Someone
) -> None:
    await shop.open_account(ana, "Acme")
    await ana.says(f"{ME} how many visits have I made?", CHANNEL)
    [told] = shop.control._place(CHANNEL, ANA).ephemeral
    # In a thread that nobody has answered in, Slack does not show a whisper.
    assert (told["to"], told.get("thread_ts")) == (ANA, None)
    assert shop.control.texts(BEN, CHANNEL) == []
    assert shop.control.ephemerals(BEN) == []


async def test_a_mention_deep_in_a_thread_is_answered_there(shop: Office, ana: Someone) -> None:
    root = shop.control.says("lunch?", BEN, CHANNEL)["ts"]
    await ana.says(f"{ME} me", CHANNEL, thread_ts=root)
    [told] = shop.control._place(CHANNEL, ANA).ephemeral
    assert told["thread_ts"] == root


async def test_who_names_nobody_in_a_channel_is_left_alone(shop: Office, ana: Someone) -> None:
    await ana.says("visited Acme today, demo went well", CHANNEL)
    assert shop.control._place(CHANNEL, ANA).ephemeral == []
    assert ana.count == 0


async def test_what_is_logged_in_a_channel_is_kept_in_private(shop: Office, ana: Someone) -> None:
    await shop.open_account(ana, "Acme")
    await ana.says(f"{ME} visit Acme, demo", CHANNEL)
    assert len(await shop.all(Visit)) + sum("Save" in dict(s.buttons) for s in ana.whispered())
    assert shop.control.texts(BEN, CHANNEL) == []
    ana.sees("Acme")


@pytest.mark.parametrize("name", NASTY)
async def test_nothing_that_was_typed_becomes_a_mention_a_link_or_markup(
    shop: Office, ana: Someone, name: str
) -> None:
    await shop.open_account(ana, name)
    await ana.command("accounts")
    await ana.command("visit")
    options = await shop.control.suggests("account")
    assert [each["text"]["text"] for each in options][:1] == [name]
    await ana.submits(account=options[0], note=f"said {name}")
    await ana.opens_home()
    shown = [*shop.control.sees(ANA), shop.control.home()]
    assert [each.active for each in shown if each.active] == []
    assert name in ana.last.text.replace("\u2060", "")
    assert f"said {name}" in ana.last.text.replace("\u2060", "")


async def test_a_card_that_is_whispered_is_saved_where_it_is_and_once(
    shop: Office, ana: Someone
) -> None:
    await shop.open_account(ana, "Acme")
    await ana.says(f"{ME} visited Acme today, demo went well", CHANNEL)
    assert "What I understood" in ana.whispered()[-1].text
    ana.sees("What I understood")
    await ana.presses("Save", CHANNEL)
    assert [each.text.count("Logged: Acme") for each in ana.whispered()] == [1]
    assert [each.text.count("Logged: Acme") for each in shop.control.sees(ANA)] == [1]
    assert len(await shop.all(Visit)) == 1
    assert shop.control.texts(BEN, CHANNEL) == []
    assert shop.control.ephemerals(BEN) == []


async def test_a_card_that_is_whispered_is_put_right_in_a_window(
    shop: Office, ana: Someone
) -> None:
    await shop.open_account(ana, "Acme")
    await ana.says(f"{ME} visited Acme today, demo went well", CHANNEL)
    await ana.presses("Edit", CHANNEL)
    assert ana.filled["account"] == "Acme"
    await ana.submits(note="bring samples")
    assert await shop.notes() == ["bring samples"]
    assert shop.control.texts(BEN, CHANNEL) == []


async def test_a_stranger_in_a_channel_is_told_the_way_in_alone(shop: Office) -> None:
    kim = Someone(shop, ANA)
    await kim.says(f"{ME} visit Acme, demo", CHANNEL)
    assert "invitation" in kim.whispered()[-1].text
    assert shop.control.texts(BEN, CHANNEL) == []
