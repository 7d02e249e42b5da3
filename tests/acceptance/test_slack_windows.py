"""Forms in windows: open before the database is touched, filled in, corrected in place, saved."""

import asyncio
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from storage.models import Visit
from tests.acceptance.slack import BEN
from tests.acceptance.slack_office import ZONE, Office, Someone

pytestmark = pytest.mark.acceptance
BOTH = pytest.mark.parametrize("mode", ["socket", "http"])


def today(zone: str) -> str:
    return datetime.now(ZoneInfo(zone)).date().isoformat()


@BOTH
async def test_a_bare_command_opens_the_form_and_save_logs_the_visit(
    shop: Office, ana: Someone
) -> None:
    await shop.open_account(ana, "Acme")
    await ana.command("visit")
    assert shop.control.windows() == 1
    assert "Which customer was it?" in ana.window.text
    done = await ana.submits(account="Acme", note="bring samples")
    assert done["result"] == "closed"
    assert shop.control.windows() == 0
    ana.sees("Logged: Acme", "bring samples")
    assert ana.count == 1
    assert await shop.notes() == ["bring samples"]


@BOTH
async def test_the_window_is_open_although_the_database_is_locked(
    shop: Office, ana: Someone
) -> None:
    async with shop.locked():
        asked = asyncio.create_task(shop.control.command("visit"))
        [opened] = await shop.control.server.wait(kinds=["view"], timeout=2.5)
        assert opened["how"] == "open"
        assert shop.control.windows() == 1
        await asyncio.sleep(1)
        assert "Which customer" not in ana.window.text
    assert (await asked)["delivery"]["state"] == "acked"
    await shop.quiet()
    assert "Which customer was it?" in ana.window.text


async def test_a_button_s_window_is_open_although_the_database_is_locked(
    shop: Office, ana: Someone
) -> None:
    await shop.open_account(ana, "Acme")
    await ana.says("visited Acme, demo went well")
    async with shop.locked():
        asked = asyncio.create_task(shop.control.presses("Edit"))
        [opened] = await shop.control.server.wait(kinds=["view"], timeout=2.5)
        assert opened["how"] == "open"
        await asyncio.sleep(1)
    assert (await asked)["delivery"]["state"] == "acked"
    await shop.quiet()
    assert ana.filled["account"] == "Acme"


@pytest.mark.parametrize("zone", [ZONE, "America/Los_Angeles", "Pacific/Kiritimati"])
async def test_what_is_known_is_filled_in_in_one_s_own_time(shop: Office, zone: str) -> None:
    ben = await shop.hire(BEN, "Ben", zone=zone)
    await shop.open_account(ben, "Acme")
    await ben.says("visited Acme today, demo went well")
    await ben.presses("Edit")
    filled = ben.filled
    assert filled["account"] == "Acme"
    assert filled["at"] == today(zone)


async def test_mistakes_come_back_in_their_place(shop: Office, ana: Someone) -> None:
    await shop.open_account(ana, "Acme")
    await ana.command("visit")
    done = await ana.submits(account="Acme", at="2099-01-01", note="kept")
    assert done["result"] in {"errors", "update"}
    assert shop.control.windows() == 1
    if done["result"] == "errors":
        assert [name.partition("~")[0] for name in done["errors"]] == ["at"]
    else:
        assert "⚠" in ana.window.text
    assert await shop.notes() == []
    done = await ana.submits(at=today(ZONE))
    assert shop.control.windows() == 0
    assert await shop.notes() == ["kept"]


async def test_customers_are_suggested_one_s_own_first_and_by_pinyin(
    shop: Office, ana: Someone
) -> None:
    ben = await shop.hire(BEN, "Ben")
    await shop.open_account(ben, "华东电力")
    await shop.open_account(ana, "华东医院")
    await shop.open_account(ana, "Acme")
    await ana.command("visit")
    assert (await ana.offered("account", "华东"))[0].startswith("华东医院")
    assert (await ana.offered("account", "huadongyy"))[0].startswith("华东医院")
    assert (await ana.offered("account", "hdyy"))[0].startswith("华东医院")
    assert {"华东医院", "Acme"} <= set(await ana.offered("account"))
    assert all("电力" not in each for each in await ana.offered("account"))


async def test_a_customer_of_that_name_may_be_new(shop: Office, ana: Someone) -> None:
    await ana.command("visit")
    assert await ana.offered("account", "Nova Labs") == ["New: Nova Labs"]
    await ana.submits(account="Nova Labs")
    ana.sees("Logged: Nova Labs")


async def test_a_card_is_put_right_in_a_window_and_shows_it(shop: Office, ana: Someone) -> None:
    await shop.open_account(ana, "Acme")
    await ana.says("visited Acme today, demo went well")
    ana.sees("What I understood")
    assert [label for label, _ in ana.last.buttons] == ["Save", "Edit", "Cancel"]
    await ana.presses("Edit")
    assert ana.filled["account"] == "Acme"
    await ana.submits(note="asked for a quote")
    assert ana.count == 1
    ana.sees("asked for a quote")
    [visit] = await shop.all(Visit)
    assert visit.note == "asked for a quote"


async def test_one_answer_of_a_card_is_put_right_in_a_window(shop: Office, ana: Someone) -> None:
    await shop.open_account(ana, "Acme")
    await shop.open_account(ana, "Bolt")
    await ana.says("visited Acme today, demo went well")
    await ana.presses("Edit")
    await ana.submits(account="Bolt")
    ana.sees("Bolt")
    assert ana.count == 1


async def test_a_window_that_is_closed_leaves_its_card_as_it_was(
    shop: Office, ana: Someone
) -> None:
    await shop.open_account(ana, "Acme")
    await ana.says("visited Acme today, demo went well")
    for _ in range(3):
        await ana.presses("Edit")
        assert shop.control.windows() == 1
        await shop.control.server.close_view(user=ana.user)
    assert ana.count == 1
    await ana.presses("Save")
    ana.sees("Logged: Acme")
    assert ana.count == 1


async def test_a_card_that_was_saved_meanwhile_is_not_saved_again_in_its_window(
    shop: Office, ana: Someone
) -> None:
    await shop.open_account(ana, "Acme")
    await ana.says("visited Acme today, demo went well")
    await ana.presses("Edit")
    await ana.presses("Save")
    assert len(await shop.all(Visit)) == 1
    await ana.submits(note="twice")
    assert len(await shop.all(Visit)) == 1
