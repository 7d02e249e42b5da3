"""The slash command, wherever it is typed."""

import pytest

from storage.models import Identity, Visit
from tests.acceptance.slack import ANA, BEN, CHANNEL, ELSEWHERE
from tests.acceptance.slack_office import Office, Someone

pytestmark = pytest.mark.acceptance
BOTH = pytest.mark.parametrize("mode", ["socket", "http"])


@BOTH
async def test_one_gets_in_with_a_code(shop: Office) -> None:
    code = await shop.invites()
    kim = Someone(shop, ANA)
    await kim.command()
    kim.sees("invitation")
    await kim.command(f"join {code}")
    kim.sees("Welcome, Kim")
    assert [each.platform for each in await shop.all(Identity)] == ["slack"]


async def test_a_code_is_good_in_a_channel_too_where_nobody_else_sees_it(shop: Office) -> None:
    code = await shop.invites()
    kim = Someone(shop, ANA)
    await kim.command(f"join {code}", CHANNEL)
    assert "Welcome, Kim" in kim.whispered()[-1].text
    assert [each.chat for each in await shop.all(Identity)] == [ANA]
    assert shop.control.texts(BEN, CHANNEL) == []


async def test_one_gets_in_with_a_code_by_a_message(shop: Office) -> None:
    code = await shop.invites()
    kim = Someone(shop, ANA)
    await kim.says("hello")
    kim.sees("invitation")
    await kim.says(f"join {code}")
    kim.sees("Welcome, Kim")
    await kim.says("me")
    kim.sees("rep")


@BOTH
async def test_one_line_logs_at_once(shop: Office, ana: Someone) -> None:
    await shop.open_account(ana, "Acme")
    done = await ana.command("visit Acme yesterday 3pm, demo, went well")
    assert done["delivery"]["state"] == "acked"
    ana.sees("Logged: Acme", "15:00")
    assert ana.count == 1
    assert len(await shop.all(Visit)) == 1
    await ana.presses("Undo")
    assert await shop.all(Visit) == []


async def test_in_a_channel_only_the_asker_sees_it_and_keeps_it(
    shop: Office, ana: Someone
) -> None:
    await shop.open_account(ana, "Acme")
    await ana.command("visit Acme, demo", CHANNEL)
    assert len(await shop.all(Visit)) == 1
    assert "Logged: Acme" in ana.whispered()[-1].text
    ana.sees("Logged: Acme")
    assert shop.control.texts(ANA, CHANNEL) == []
    assert shop.control.ephemerals(BEN) == []


async def test_where_the_bot_is_not_it_still_answers(shop: Office, ana: Someone) -> None:
    await shop.open_account(ana, "Acme")
    await ana.command("visit Acme, demo", ELSEWHERE)
    assert "Logged: Acme" in ana.whispered(ELSEWHERE)[-1].text
    ana.sees("Logged: Acme")
    await ana.command("me", ELSEWHERE)
    assert "This month" in ana.whispered(ELSEWHERE)[-1].text
    assert shop.control.texts(ANA, ELSEWHERE) == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "/salesbot visit"),
        ("help", "/salesbot visit"),
        ("vsit Acme", "/salesbot visit"),
        ("what is this", "what I can do"),
    ],
)
async def test_whatever_is_no_command_gets_help(
    shop: Office, ana: Someone, typed: str, told: str
) -> None:
    await ana.command(typed)
    ana.sees(told)


async def test_words_say_it_as_well_as_commands_do(shop: Office, ana: Someone) -> None:
    await shop.open_account(ana, "Acme")
    await ana.command("met Li Wei at Acme today, demo went well")
    ana.sees("What I understood", "Acme", "Li Wei")
    await ana.presses("Save")
    ana.sees("Logged: Acme")
